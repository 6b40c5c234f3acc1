/** What the console can do at a GitLab, and what stands in the way of the rest. */
import { atLeast, type Version } from './version.ts'

export type Ability =
  | 'read'
  | 'write'
  | 'fine-grained'
  | 'authentication-log'
  | 'cross-project-push'
  | 'enforcement'

/** Why something is missing or limited: a release, the token, or who one is. */
export type Limit =
  | { readonly because: 'version'; readonly since: string }
  | { readonly because: 'beta'; readonly since: string }
  | { readonly because: 'token-scope' }
  | { readonly because: 'administrators-only' }

export type AbilityState = {
  readonly ability: Ability
  readonly state: 'yes' | 'limited' | 'no'
  readonly limit?: Limit
}

type Circumstances = {
  readonly version: Version
  /** The token may write. */
  readonly canWrite: boolean
  readonly isAdmin: boolean
}

/** GitLab's releases that brought what is not on every server. */
const since = {
  /** https://docs.gitlab.com/ci/jobs/fine_grained_permissions/ */
  fineGrained: '18.0',
  fineGrainedForAll: '18.3',
  /** https://docs.gitlab.com/ci/jobs/ci_job_token/#job-token-authentication-log */
  authenticationLog: '17.6',
  /** https://docs.gitlab.com/ci/jobs/ci_job_token/ */
  crossProjectPush: '19.0',
} as const

/** All abilities, the most common first. */
export function abilities({ version, canWrite, isAdmin }: Circumstances): AbilityState[] {
  const from = (ability: Ability, release: string): AbilityState =>
    atLeast(version, release)
      ? { ability, state: 'yes' }
      : { ability, state: 'no', limit: { because: 'version', since: release } }
  return [
    { ability: 'read', state: 'yes' },
    canWrite
      ? { ability: 'write', state: 'yes' }
      : { ability: 'write', state: 'no', limit: { because: 'token-scope' } },
    atLeast(version, since.fineGrained) && !atLeast(version, since.fineGrainedForAll)
      ? {
          ability: 'fine-grained',
          state: 'limited',
          limit: { because: 'beta', since: since.fineGrainedForAll },
        }
      : from('fine-grained', since.fineGrained),
    from('authentication-log', since.authenticationLog),
    from('cross-project-push', since.crossProjectPush),
    isAdmin
      ? { ability: 'enforcement', state: 'yes' }
      : { ability: 'enforcement', state: 'no', limit: { because: 'administrators-only' } },
  ]
}
