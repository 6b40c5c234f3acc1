/** What reading a pasted text can find, and what to grant for it. */
import type { TargetKind } from '../allowlist.ts'
import type { Policy } from '../endpoint-catalogue.ts'
import type { Endpoint } from '../endpoints.ts'
import { resourceOffers } from '../permission-catalogue.ts'

/** What is known about where the text comes from. */
export type ReadingContext = {
  /** Address of the GitLab in use, with its relative URL root; without it no host is foreign. */
  readonly gitlabUrl: string
  /** The project whose jobs run the text, as far as it is known: what goes there needs no entry. */
  readonly ownProject?: { readonly id?: number; readonly fullPath?: string }
}

/**
 * Whose data a call is for. `reference` is an id, a full path, or a variable as written, such as
 * `$DEPLOY_PROJECT`, which the text gives no value.
 */
export type Target =
  | { readonly kind: 'own' }
  | { readonly kind: TargetKind; readonly reference: string }
  | { readonly kind: 'unknown' }

/** What a call does: a REST endpoint of the catalogue, or one of the things that have none. */
export type Deed = Endpoint | 'git-read' | 'git-push' | 'registry-login' | 'uncatalogued'

/**
 * What is to be said about a call.
 * - `needs`: an entry with these policies, or with default permissions.
 * - `not-controllable`: no policy is asked for; the other project's allowlist still is, if any.
 * - `not-possible`: no permission can allow it; `because` says why.
 * - `wrong-token`: the job token goes in a way that GitLab does not read: as a personal access
 *   token, or with a user name other than `gitlab-ci-token`.
 * - `other-token`, `no-token`: another token goes along, or none that the text shows, so that the
 *   allowlist has no say.
 * - `not-recognised`: a job token is used, but the text does not tell for what.
 */
export type Answer =
  | {
      readonly code: 'needs'
      readonly deed: Deed
      readonly policies: readonly Policy[]
      readonly target: Target
    }
  | { readonly code: 'not-controllable'; readonly deed: Deed; readonly target: Target }
  | { readonly code: 'not-possible'; readonly because: 'no-job-tokens' | 'graphql' }
  | {
      readonly code: 'not-possible'
      readonly because: 'registry-of-another-project'
      readonly deed: Endpoint
      readonly target: Target
    }
  | { readonly code: 'wrong-token'; readonly because: 'private-token' | 'user-name' }
  | { readonly code: 'other-token' }
  | { readonly code: 'no-token' }
  | { readonly code: 'not-recognised' }

/** A call found in CI text, a script, a configuration or a question. */
export type Call = {
  readonly kind: 'call'
  /** Where it begins, from 1. */
  readonly line: number
  /** That line, trimmed, with its secrets masked. */
  readonly text: string
  /** The program or format, such as `curl`. */
  readonly tool: string
  /** What goes to GitLab; absent for Git, registries and what was not recognised. */
  readonly request?: { readonly method: string; readonly url: string }
  readonly answer: Answer
}

/** A project as GitLab's refusals name it: its last path segment, or its id in newer releases. */
export type ProjectName = { readonly path: string } | { readonly id: number }

/**
 * What a refusal says.
 * - `policies`: these policies are required, all of them; in upper case, unknown ones included.
 * - `no-policy`: the endpoint asks for none, and the entry is fine-grained.
 * - `not-listed`: the origin project is on no entry of the accessed one.
 * - `registry`: the container registry's API takes only job tokens of its own project.
 * - `not-found`: a plain 404, which has both meanings: there is no such thing, or the token may not
 *   see it. `git-not-found` is Git's way of saying it.
 * - `git-push`: pushing is not allowed.
 * - `forbidden`, `unauthorized`: a 403 or 401 that says no more; a 401 mostly means that the token
 *   is not valid (any more), or went in a way that GitLab does not read.
 */
export type Refusal =
  | {
      readonly code: 'policies'
      readonly project: ProjectName
      readonly policies: readonly string[]
    }
  | { readonly code: 'not-listed'; readonly origin: ProjectName; readonly accessed: ProjectName }
  | {
      readonly code:
        | 'no-policy'
        | 'registry'
        | 'not-found'
        | 'git-not-found'
        | 'git-push'
        | 'forbidden'
        | 'unauthorized'
    }

/** A refusal found in a job's log. */
export type Denial = {
  readonly kind: 'denial'
  readonly line: number
  readonly text: string
  readonly refusal: Refusal
  /** What was refused, where the log tells: in the same line, or as the command echoed before. */
  readonly call?: Pick<Call, 'request' | 'answer'>
}

export type Finding = Call | Denial

/** What one target would have to grant; without policies an entry of any kind will do. */
export type Suggestion = {
  /** `named` is a project of which a refusal tells only the name. */
  readonly target:
    | Exclude<Target, { kind: 'own' }>
    | { readonly kind: 'named'; readonly name: ProjectName }
  /** In the order of GitLab's panel; `ADMIN_X` includes `READ_X`. */
  readonly policies: readonly string[]
  /** The lines that ask for it. */
  readonly lines: readonly number[]
}

/**
 * The smallest set of policies per target over all calls to other projects, and nothing for what
 * goes to the own project, has no job token or is not recognised.
 */
export function suggest(findings: readonly Finding[]): Suggestion[] {
  type Draft = { target: Suggestion['target']; policies: Set<string>; lines: Set<number> }
  const drafts = new Map<string, Draft>()
  for (const finding of findings) {
    const wish = wishOf(finding)
    if (!wish) continue
    const key = JSON.stringify(wish.target)
    const draft = drafts.get(key) ?? {
      target: wish.target,
      policies: new Set(),
      lines: new Set(),
    }
    drafts.set(key, draft)
    for (const policy of wish.policies) draft.policies.add(policy)
    draft.lines.add(finding.line)
  }
  return [...drafts.values()].map(({ target, policies, lines }) => ({
    target,
    policies: smallest(policies),
    lines: [...lines],
  }))
}

function wishOf(
  finding: Finding,
): { target: Suggestion['target']; policies: readonly string[] } | undefined {
  if (finding.kind === 'denial') {
    const { refusal, call } = finding
    const told = call && wishOf({ ...finding, kind: 'call', tool: '', ...call })
    if (refusal.code === 'policies') {
      // The call in the log tells the path; the refusal only the name.
      const target = told && told.target.kind !== 'unknown' ? told.target : undefined
      return {
        target: target ?? { kind: 'named', name: refusal.project },
        policies: refusal.policies,
      }
    }
    if (refusal.code === 'not-listed') {
      return told ?? { target: { kind: 'named', name: refusal.accessed }, policies: [] }
    }
    return undefined
  }
  const { answer } = finding
  if (answer.code !== 'needs' && answer.code !== 'not-controllable') return undefined
  const { target } = answer
  if (target.kind === 'own') return undefined
  if (answer.code === 'needs') return { target, policies: answer.policies }
  // Only a project has an allowlist that could still be asked.
  return target.kind === 'project' ? { target, policies: [] } : undefined
}

const panelOrder = resourceOffers.flatMap(({ name }) => [`READ_${name}`, `ADMIN_${name}`])

function smallest(policies: ReadonlySet<string>): string[] {
  const place = (policy: string) => (panelOrder.indexOf(policy) + 1 || panelOrder.length + 1) - 1
  return [...policies]
    .filter((policy) => !policies.has(policy.replace(/^READ_/, 'ADMIN_')) || !/^READ_/.test(policy))
    .sort((a, b) => place(a) - place(b))
}

/** Whether a project may be the one that a refusal names. */
export function fits(
  name: ProjectName,
  project: { readonly id: number; readonly fullPath: string },
): boolean {
  if ('id' in name) return name.id === project.id
  const path = project.fullPath.toLowerCase()
  const written = name.path.toLowerCase()
  return path === written || path.endsWith(`/${written}`)
}
