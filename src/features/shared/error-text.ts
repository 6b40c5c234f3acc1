import { ApiError, type ErrorReason } from '../../api/api-error.ts'
import { formatMoment } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'

/** An error in the user's words, and the server's own where we know no better. */
export type ErrorTexts = {
  readonly text: string
  /** A further fact for the user, beside the error. */
  readonly note?: string | undefined
  /** GitLab's own words, English whatever the language of the screen; quoted after our sentence. */
  readonly quote?: string | undefined
  /**
   * The end of our sentence, in English: a call and its expected answer, or the message of a bug.
   */
  readonly detail?: string | undefined
}

const reasonTexts: Record<ErrorReason, () => string> = {
  'already-listed': m.error_already_listed,
  limit: m.error_limit,
  'target-missing': m.error_target_missing,
  'target-not-visible': m.error_target_not_visible,
  'policy-refused': m.error_policy_refused,
  'policies-not-unique': m.error_policies_not_unique,
  'not-listed': m.error_not_listed,
  'own-project': m.error_own_project,
  enforced: m.mode_enforced,
  'project-missing': m.error_project_missing,
  'unknown-address': m.error_unknown_address,
  'token-expired': m.error_token_expired,
  'no-permissions-extension': m.error_no_permissions_extension,
  'not-offered': m.error_not_offered,
  'no-token': m.session_ended,
  'too-large': m.error_too_large,
  'list-cut': m.error_list_cut,
}

/** Reads any error that a query or mutation ends with. */
export function errorTexts(error: Error): ErrorTexts {
  if (!(error instanceof ApiError)) return { text: m.error_unexpected(), detail: error.message }
  return { ...textsOf(error), note: noteOf(error) }
}

function noteOf({ outcomeUnknown, mayFollow }: ApiError): string | undefined {
  if (outcomeUnknown) return m.error_outcome_unknown()
  return mayFollow ? m.error_may_follow() : undefined
}

/**
 * The title above the error of a write. It says that nothing was saved only where that is known.
 */
export const saveErrorTitle = (error: Error): string =>
  error instanceof ApiError && noteOf(error) ? m.save_open() : m.save_failed()

function textsOf(error: ApiError): ErrorTexts {
  if (error.reason) {
    const detail = error.reason === 'too-large' ? error.expected : undefined
    return { text: reasonTexts[error.reason](), detail }
  }
  switch (error.kind) {
    case 'unauthorized':
      return { text: m.error_unauthorized() }
    case 'insufficient-scope':
      return { text: m.error_insufficient_scope() }
    case 'forbidden':
      return { text: m.error_forbidden(), quote: beyondStatus(error.serverText) }
    case 'not-found':
      return { text: m.error_not_found(), quote: beyondStatus(error.serverText) }
    case 'invalid':
      return { text: m.error_invalid(), quote: error.serverText }
    case 'rate-limited':
      return { text: rateLimitText(error) }
    case 'unreachable':
      return { text: navigator.onLine ? m.error_unreachable() : m.error_offline() }
    case 'timeout':
      return { text: m.error_timeout() }
    case 'malformed':
      return { text: m.error_malformed(), detail: error.expected }
    case 'unavailable':
      return { text: m.error_unavailable({ status: String(error.status ?? '') }) }
  }
}

/** A wait of more seconds than this is said by when it ends. */
const mostSeconds = 300

/** How long GitLab asked to wait, which stays true while that goes by. */
function rateLimitText({ retryAfter, quietUntil }: ApiError): string {
  if (!retryAfter || !quietUntil) return m.error_rate_limited()
  return retryAfter > mostSeconds
    ? m.error_rate_limited_until({ time: formatMoment(quietUntil) })
    : m.error_rate_limited_for({ seconds: retryAfter })
}

/** `403 Forbidden` alone says nothing that our sentence does not. */
export function beyondStatus(text: string | undefined): string | undefined {
  return text && /^\d{3} [\w ]+$/.test(text) ? undefined : text
}
