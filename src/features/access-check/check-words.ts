/** The texts of the access check, in the language of the screen. */
import type { Origin, Rule, Verdict } from '../../domain/decision.ts'
import {
  type Assessment,
  type Contradiction,
  contradictionsOf,
  type Inquiry,
} from '../../domain/inquiry.ts'
import { grantLines } from '../../domain/permissions.ts'
import type { Answer, Finding, ProjectName, Refusal } from '../../domain/reading/findings.ts'
import type { Reading } from '../../domain/reading/read.ts'
import { formatNames } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { grantWords } from '../shared/policy-words.ts'
import type { Named } from './use-project-names.ts'

export const kindWords: Record<Reading['kind'], () => string> = {
  log: m.check_kind_log,
  question: m.check_kind_question,
  ci: m.check_kind_ci,
  configuration: m.check_kind_configuration,
  shell: m.check_kind_shell,
}

/** Whom a sentence is about. */
export type Places = { readonly project: string; readonly origin: Origin }

export const policyList = (policies: readonly string[]): string =>
  formatNames(grantLines(policies).map(grantWords))

export const projectName = (name: ProjectName): string => ('id' in name ? `#${name.id}` : name.path)

export const originName = ({ fullPath, id }: Origin): string =>
  fullPath ?? (id === undefined ? m.check_origin_unnamed() : `#${id}`)

/** The project or group that the text names, and that is not the checked one. */
export function elsewhere({ whose }: Inquiry): string | undefined {
  if (whose.kind === 'named') return projectName(whose.name)
  return 'reference' in whose ? referenceName(whose.reference) : undefined
}

const referenceName = (reference: string) =>
  /^\d+$/.test(reference) ? m.check_project_id({ id: reference }) : reference

/** A project as the text calls it, with what is known of it. */
export function namedWords(reference: string, names: ReadonlyMap<string, Named>): string {
  const found = names.get(reference)
  return found ? pathAndId(found) : referenceName(reference)
}

export const pathAndId = ({ fullPath, id }: Named): string =>
  m.check_project_named({ path: fullPath, id: String(id) })

/** The same of a project that a refusal names. */
export const nameWords = (name: ProjectName, names: ReadonlyMap<string, Named>): string =>
  'id' in name ? namedWords(String(name.id), names) : name.path

/** Whose data it is. */
export function accessWords(
  inquiry: Inquiry,
  checked: Named,
  names: ReadonlyMap<string, Named>,
): string {
  const project = checked.fullPath
  const { whose } = inquiry
  switch (whose.kind) {
    case 'checked':
      return m.check_accesses({ project: pathAndId(checked) })
    case 'assumed':
      if (whose.why === 'owners') return m.check_accesses_owners({ project })
      return whose.written === undefined
        ? m.check_accesses_assumed({ project })
        : m.check_accesses_variable({ project, written: whose.written })
    case 'own':
      return m.check_accesses_own()
    case 'group':
      return m.check_accesses_group({ group: whose.reference })
    case 'project':
      return m.check_accesses({ project: namedWords(whose.reference, names) })
    case 'named':
      return m.check_accesses({ project: nameWords(whose.name, names) })
  }
}

/** Words for a refusal by GitLab in a log. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal.code) {
    case 'policies': {
      const policies = policyList(refusal.policies)
      return m.check_refused_policies({ project: projectName(refusal.project), policies })
    }
    case 'not-listed':
      // Releases that name the project by id give this answer also when the user may not read it.
      return (
        'id' in refusal.accessed ? m.check_refused_not_listed_by_id : m.check_refused_not_listed
      )({
        origin: projectName(refusal.origin),
        project: projectName(refusal.accessed),
      })
    case 'membership':
      return m.check_refused_membership({ project: projectName(refusal.project) })
    case 'reason':
      return m.check_refused_reason({ reason: refusal.reason })
    case 'missing':
      return m.check_refused_missing({ reason: refusal.reason })
    case 'storage':
      return m.check_refused_storage({ host: refusal.host })
    case 'moved':
      return m.check_refused_moved()
    case 'no-route':
      return m.check_refused_no_route()
    case 'no-policy':
      return m.check_refused_no_policy()
    case 'registry':
      return m.check_rule_registry()
    case 'git-push':
      return m.check_refused_push()
    case 'not-found':
    case 'git-not-found':
      return m.check_refused_not_found()
    case 'forbidden':
      return m.check_refused_forbidden()
    case 'unauthorized':
      return m.check_refused_unauthorized()
  }
}

/** Words for a call about which no allowlist decides. */
export function answerWords(answer: Answer): string | undefined {
  switch (answer.code) {
    case 'not-possible':
      if (answer.because === 'registry-of-another-project') return m.check_rule_registry()
      if (answer.because === 'image-of-another-project') return m.check_rule_image()
      return answer.because === 'graphql' ? m.check_rule_graphql() : m.check_rule_no_job_tokens()
    case 'wrong-token':
      return wrongWords[answer.because]()
    case 'wrong-place':
      return answer.reads === 'basic' ? m.check_place_basic() : m.check_place_request()
    case 'lost-address':
      return answer.loses === 'port' ? m.check_lost_port() : m.check_lost_path()
    case 'experiment':
      return m.check_experiment()
    case 'unknown-token':
      return m.check_unknown_token()
    case 'other-token':
      return m.check_other_token()
    case 'no-token':
      return m.check_no_token()
    case 'not-recognised':
      return m.check_not_recognised()
    case 'needs':
    case 'not-controllable':
      return undefined
  }
}

type WrongToken = Extract<Answer, { code: 'wrong-token' }>['because']

const wrongWords: Record<WrongToken, () => string> = {
  'private-token': m.check_wrong_header,
  'user-name': m.check_wrong_user,
  'deploy-token': m.check_wrong_deploy,
  'unread-name': m.check_wrong_name,
  'not-filled-in': m.check_wrong_quotes,
}

/** A remark on a finding: an assumption behind it, or a lookup that the script can leave out. */
export function remarkWords(finding: Finding): string | undefined {
  if (finding.kind === 'call') {
    if (finding.assumes === 'lost-token') return m.check_assumes_lost()
    return finding.assumes && m.check_assumes_job_token()
  }
  if (finding.advice === 'no-auth') return m.check_advice_auth()
  return finding.advice && m.check_advice_lazy()
}

/** How a finding stands; `apart` where no allowlist has a say. */
export type Standing =
  | 'allowed'
  | 'denied'
  | 'perhaps'
  | 'refused'
  | 'overtaken'
  | 'unknown'
  | 'apart'

export const standingWords: Record<Standing, () => string> = {
  allowed: m.check_allowed,
  denied: m.check_denied,
  perhaps: m.check_perhaps,
  refused: m.check_refused,
  overtaken: m.check_overtaken,
  unknown: m.check_unknown,
  apart: m.check_apart,
}

/** @param origin the entries that cover it are not known while it is not */
export function standingOf(assessment: Assessment, origin: Origin): Standing {
  const { finding, verdict } = assessment
  if (verdict) {
    if (contradictionsOf(assessment).length > 0) return 'overtaken'
    // GitLab's word counts where the list does not say more.
    const saysMore = verdict.outcome !== 'unknown' && !isOpen(verdict, origin)
    if (!saysMore && finding.kind === 'denial' && !isVague(finding.refusal)) return 'refused'
    if (isOpen(verdict, origin)) return 'unknown'
    return verdict.outcome === 'may-be-allowed' ? 'perhaps' : verdict.outcome
  }
  // GitLab also answers "missing" for a hidden project, so such a refusal proves nothing.
  if (finding.kind === 'denial') return isVague(finding.refusal) ? 'unknown' : 'refused'
  const { code } = finding.answer
  if (/^(?:not-possible|wrong-token|wrong-place|lost-address)$/.test(code)) return 'denied'
  return /^(?:not-recognised|unknown-token|experiment)$/.test(code) ? 'unknown' : 'apart'
}

const isVague = ({ code }: Refusal) => /^(?:git-)?not-found$/.test(code)

/** Whether the verdict depends on the origin project while the user has not named one. */
const isOpen = ({ rule }: Verdict, { id, fullPath }: Origin) =>
  id === undefined &&
  fullPath === undefined &&
  (rule === 'not-listed' || rule === 'entries-unknown' || rule === 'missing-policies')

export const wayWords: Record<Contradiction, (names: { project: string }) => string> = {
  membership: m.check_way_membership,
  'changed-since': m.check_way_changed,
  elsewhere: () => m.check_way_elsewhere(),
  'other-token': () => m.check_way_token(),
  incident: () => m.check_way_incident(),
}

/**
 * The rule that decided, in one sentence.
 * @param entry the words for the entry that decided
 */
export function ruleWords(
  verdict: Verdict,
  inquiry: Inquiry,
  { project, origin }: Places,
  entry: string,
): string {
  const { whose } = inquiry
  if (verdict.rule === 'rules-unreadable') {
    const other = elsewhere(inquiry)
    if (whose.kind === 'own') return m.check_rule_own()
    if (whose.kind === 'group') return m.check_rule_group({ group: whose.reference })
    if (other !== undefined) return m.check_rule_elsewhere({ project: other })
  }
  if (isOpen(verdict, origin)) return m.check_origin_needed({ project })
  const { deciding } = verdict
  // Refused for want of an entry, which is all that is known of the call.
  if (inquiry.action?.kind === 'without-policies' && inquiry.refused && deciding) {
    return m.check_rule_listed({ entry, origin: originName(origin) })
  }
  return sentences[verdict.rule]({
    project,
    origin: originName(origin),
    entry,
    policies: policyList(verdict.missing),
  })
}

type Names = { project: string; origin: string; entry: string; policies: string }

const sentences: Record<Rule, (names: Names) => string> = {
  'no-job-tokens': () => m.check_rule_no_job_tokens(),
  'not-yet': () => m.check_rule_not_yet(),
  'no-project': () => m.check_rule_no_project(),
  'registry-of-another-project': () => m.check_rule_registry(),
  'own-project': () => m.check_rule_own(),
  'mode-all': m.check_rule_mode_all,
  'not-listed': m.check_rule_not_listed,
  'not-controllable': m.check_rule_uncontrolled,
  'fine-grained-off': m.check_rule_switched_off,
  'default-permissions': m.check_rule_default,
  'policies-granted': m.check_rule_granted,
  'missing-policies': m.check_rule_missing,
  'needs-default-permissions': m.check_rule_needs_default,
  'needs-unconfirmed': m.check_rule_unconfirmed,
  'push-on': m.check_rule_push_on,
  'push-off': m.check_rule_push_off,
  'push-needs-allowlist': m.check_rule_push_needs_allowlist,
  'outbound-limit': m.check_rule_outbound,
  'entries-unknown': () => m.check_rule_entries_unknown(),
  'rules-unreadable': m.check_rule_unreadable,
}
