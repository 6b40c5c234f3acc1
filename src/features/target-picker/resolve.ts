import type { TargetReference } from '../../api/gitlab-api.ts'
import type { Target, TargetKind } from '../../domain/allowlist.ts'
import { isTooLong, parseReference } from '../../domain/reference.ts'

/** The result of resolving a text to a target, for this user. */
export type Resolution =
  | { readonly state: 'empty' }
  /** Neither a path nor an id nor an address. */
  | { readonly state: 'unreadable' }
  /** More than GitLab could hold: not to be sent. */
  | { readonly state: 'too-long' }
  /** An address of another host. */
  | { readonly state: 'foreign'; readonly host: string }
  /** Not there, or not for this user to see: GitLab does not say which. */
  | { readonly state: 'missing' }
  /** Groups and projects are numbered separately: an id can name one of each. */
  | { readonly state: 'ambiguous'; readonly targets: readonly Target[] }
  | { readonly state: 'failed'; readonly error: Error }
  | { readonly state: 'found'; readonly target: Target }

/** The settings for resolving a text, and the function that looks its target up. */
export type LookUp = {
  /** Address of the GitLab in use. */
  readonly webAddress: string
  /** The kind to take where the text may name either kind; undefined: not known. */
  readonly kind?: TargetKind | undefined
  /** Targets that need no look-up. */
  readonly known: readonly Target[]
  /** Finds all targets that a reference may name for this user. */
  readonly lookUp: (reference: TargetReference) => Promise<readonly Target[]>
}

/**
 * Resolves a text to a target, in any spelling: path, id, address. For one field or for many lines.
 * @returns never rejects: a look-up that fails is `failed`
 */
export async function resolve(
  text: string,
  { webAddress, kind, known, lookUp }: LookUp,
): Promise<Resolution> {
  const parsed = parseTarget(text, webAddress, kind)
  if ('state' in parsed) return parsed
  const target = knownTarget(known, parsed)
  if (target) return { state: 'found', target }
  try {
    return resolutionOf(await lookUp(parsed))
  } catch (error) {
    return { state: 'failed', error: error instanceof Error ? error : new Error(String(error)) }
  }
}

/** Reads a text as a reference, or says why it is none. */
export function parseTarget(
  text: string,
  webAddress: string,
  kind: TargetKind | undefined,
):
  | TargetReference
  | Extract<Resolution, { state: 'empty' | 'unreadable' | 'too-long' | 'foreign' }> {
  if (!text.trim()) return { state: 'empty' }
  const reference = parseReference(text, webAddress)
  if (!reference) return { state: isTooLong(text) ? 'too-long' : 'unreadable' }
  if ('foreign' in reference) return { state: 'foreign', host: reference.foreign }
  return kind ? { ...reference, kind } : reference
}

/** The result of a look-up that found these targets. */
export function resolutionOf(targets: readonly Target[]): Resolution {
  const [target, second] = targets
  if (!target) return { state: 'missing' }
  return second ? { state: 'ambiguous', targets } : { state: 'found', target }
}

/** The one target of these kinds that a text names. */
export function targetOf(
  resolution: Resolution | { readonly state: 'searching' },
  kinds: readonly TargetKind[],
): Target | undefined {
  const targets = 'targets' in resolution ? resolution.targets : []
  const found = resolution.state === 'found' ? [resolution.target] : targets
  const [target, second] = found.filter(({ kind }) => kinds.includes(kind))
  return second ? undefined : target
}

/**
 * The target that a reference names for certain. A path names one thing, in whatever case it is
 * written; an id may name a group and a project, unless its kind is said.
 */
export function knownTarget(
  targets: readonly Target[],
  reference: TargetReference,
): Target | undefined {
  const { kind } = reference
  if ('id' in reference) {
    return kind && targets.find((target) => target.kind === kind && target.id === reference.id)
  }
  const path = reference.path.toLowerCase()
  return targets.find(({ fullPath }) => fullPath.toLowerCase() === path)
}
