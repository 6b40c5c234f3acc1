/** The abilities of the console at a given GitLab, and what limits each of them. */
import {
  authenticationLogSince,
  crossProjectPushSince,
  fineGrainedForAllSince,
  fineGrainedSince,
} from './releases.ts'
import { atLeast, type Version } from './version.ts'

export type Ability =
  | 'read'
  | 'write'
  | 'fine-grained'
  | 'authentication-log'
  | 'cross-project-push'
  | 'enforcement'

/** Why an ability is missing or limited: the release, the token, or the user's rights. */
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

/** All abilities, the most commonly available first. */
export function abilities({ version, canWrite, isAdmin }: Circumstances): AbilityState[] {
  const from = (ability: Ability, since: string): AbilityState =>
    atLeast(version, since)
      ? { ability, state: 'yes' }
      : { ability, state: 'no', limit: { because: 'version', since } }
  return [
    { ability: 'read', state: 'yes' },
    canWrite
      ? { ability: 'write', state: 'yes' }
      : { ability: 'write', state: 'no', limit: { because: 'token-scope' } },
    atLeast(version, fineGrainedSince) && !atLeast(version, fineGrainedForAllSince)
      ? {
          ability: 'fine-grained',
          state: 'limited',
          limit: { because: 'beta', since: fineGrainedForAllSince },
        }
      : from('fine-grained', fineGrainedSince),
    from('authentication-log', authenticationLogSince),
    from('cross-project-push', crossProjectPushSince),
    isAdmin
      ? { ability: 'enforcement', state: 'yes' }
      : { ability: 'enforcement', state: 'no', limit: { because: 'administrators-only' } },
  ]
}
