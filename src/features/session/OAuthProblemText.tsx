import type { ConnectionProblem } from '../../api/check-connection.ts'
import type { OAuthProblem } from '../../api/oauth.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { beyondStatus } from '../shared/error-text.ts'
import { problemTexts } from './use-connection-check.ts'

const texts: Record<
  Exclude<OAuthProblem, ConnectionProblem>,
  (input: { origin: string }) => string
> = {
  'oauth-denied': () => m.oauth_denied(),
  'oauth-state': () => m.oauth_state(),
  'oauth-late': () => m.oauth_late(),
  'oauth-code': () => m.oauth_code(),
  'oauth-application': () => m.oauth_application(),
  'oauth-refused': () => m.oauth_refused(),
  'oauth-unreachable': (input) => m.oauth_unreachable(input),
  'oauth-answer': () => m.oauth_answer(),
  'oauth-insecure': () => m.oauth_insecure(),
  'oauth-storage': () => m.oauth_storage(),
}

/** Why GitLab's page signed nobody in, and its own words behind ours. */
export function OAuthProblemText({
  problem,
  said,
}: {
  problem: OAuthProblem
  said: string | undefined
}) {
  const { origin } = location
  const quote = beyondStatus(said)
  return (
    <>
      {problem in problemTexts
        ? problemTexts[problem as ConnectionProblem].text({ origin })
        : texts[problem as keyof typeof texts]({ origin })}
      {quote && (
        <>
          {' '}
          {m.connect_answer()} <q lang="en">{quote}</q>
        </>
      )}
    </>
  )
}
