/** What the console can do at a GitLab, and what stands in the way of the rest. */
import { type Feature, has, sinceOf } from './releases.ts'
import type { Version } from './version.ts'

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

/** All abilities, the most common first. */
export function abilities({ version, canWrite, isAdmin }: Circumstances): AbilityState[] {
  const from = (ability: Ability, feature: Feature): AbilityState =>
    has(version, feature)
      ? { ability, state: 'yes' }
      : { ability, state: 'no', limit: { because: 'version', since: sinceOf(feature) } }
  return [
    { ability: 'read', state: 'yes' },
    canWrite
      ? { ability: 'write', state: 'yes' }
      : { ability: 'write', state: 'no', limit: { because: 'token-scope' } },
    has(version, 'fineGrained') && !has(version, 'fineGrainedForAll')
      ? {
          ability: 'fine-grained',
          state: 'limited',
          limit: { because: 'beta', since: sinceOf('fineGrainedForAll') },
        }
      : from('fine-grained', 'fineGrained'),
    from('authentication-log', 'authenticationLog'),
    from('cross-project-push', 'crossProjectPush'),
    isAdmin
      ? { ability: 'enforcement', state: 'yes' }
      : { ability: 'enforcement', state: 'no', limit: { because: 'administrators-only' } },
  ]
}
