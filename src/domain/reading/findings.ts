/** The types of the findings in a pasted text. */
import type { TargetKind } from '../allowlist.ts'
import type { Policy } from '../endpoint-catalogue.ts'
import type { Endpoint } from '../endpoints.ts'

/** The known facts about where the text comes from. */
export type ReadingContext = {
  /** Address of the GitLab in use, with its relative URL root; without it no host is foreign. */
  readonly gitlabUrl: string
  /** The project whose jobs run the text, as far as it is known: what goes there needs no entry. */
  readonly ownProject?: { readonly id?: number; readonly fullPath?: string }
  /** Values that the user gives for variables that the text does not set. */
  readonly variables?: Readonly<Record<string, string>>
}

/**
 * Whose data a call is for. `reference` is an id, a full path, or a variable as written, such as
 * `$DEPLOY_PROJECT`, which the text gives no value.
 */
export type Addressee =
  | { readonly kind: 'own' }
  | { readonly kind: TargetKind; readonly reference: string }
  /** `owners`: each project that owns a package which this registry offers. */
  | { readonly kind: 'unknown'; readonly why?: 'owners' }

/** The action of a call: a REST endpoint of the catalogue, or an action without an endpoint. */
export type Deed =
  | Endpoint
  | 'git-read'
  | 'git-push'
  | 'image-pull'
  | 'image-push'
  | 'registry-login'
  | 'uncatalogued'

/** The place in a request in which a job token is sent. */
export type SentAs = 'header' | 'parameter' | 'basic'

/**
 * The answer about a call.
 * - `needs`: an entry with these policies, or with default permissions.
 * - `not-controllable`: no policy is asked for; the other project's allowlist still is, if any.
 * - `not-possible`: no permission can allow it; `because` says why.
 * - `wrong-token`: the job token goes in a way that GitLab reads nowhere: as a personal access token
 *   or a deploy token, with a user name other than `gitlab-ci-token`, under a name that GitLab does
 *   not know, or as the name of its variable, because quotes keep the shell from filling it in.
 * - `wrong-place`: it goes in a way that this endpoint does not read; no permission helps.
 * - `other-token`, `no-token`: another token goes along, or none, as the text shows, so that the
 *   allowlist has no say.
 * - `unknown-token`: the text does not tell which token goes along.
 * - `lost-address`: `$CI_SERVER_HOST` has neither the port nor the path of this GitLab.
 * - `experiment`: takes job tokens for the own project where GitLab has it, and asks for no policy.
 * - `not-recognised`: a job token is used, but the text does not tell for what.
 */
export type Answer =
  | {
      readonly code: 'needs'
      readonly deed: Deed
      readonly policies: readonly Policy[]
      readonly addressee: Addressee
    }
  | { readonly code: 'not-controllable'; readonly deed: Deed; readonly addressee: Addressee }
  | { readonly code: 'not-possible'; readonly because: 'no-job-tokens' | 'graphql' }
  | {
      readonly code: 'not-possible'
      readonly because: 'registry-of-another-project' | 'image-of-another-project'
      readonly deed: Deed
      readonly addressee: Addressee
    }
  | {
      readonly code: 'wrong-token'
      readonly because:
        | 'private-token'
        | 'user-name'
        | 'deploy-token'
        | 'unread-name'
        | 'not-filled-in'
    }
  | {
      readonly code: 'wrong-place'
      readonly endpoint: Endpoint
      readonly sent: SentAs
      readonly reads: 'request' | 'basic'
    }
  | { readonly code: 'lost-address'; readonly loses: 'port' | 'path' }
  | {
      readonly code: 'other-token' | 'no-token' | 'unknown-token' | 'experiment' | 'not-recognised'
    }

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
  /**
   * What the answer takes for granted: that a masked or unknown password is the job token, or that a
   * command pasted alone has lost its token.
   */
  readonly assumes?: 'job-token' | 'lost-token'
  /** The jobs of CI configuration that make it, in their order; none outside of it. */
  readonly jobs?: readonly string[]
} & Variables

/** On which variables an answer depends, of those to which the text gives no value. */
export type Variables = {
  /** Nobody has said what they hold. */
  readonly unset?: readonly string[]
  /** Those with a value of `ReadingContext.variables`. */
  readonly given?: readonly string[]
}

/** A project as GitLab's refusals name it: its last path segment, or its id in newer releases. */
export type ProjectName = { readonly path: string } | { readonly id: number }

/**
 * What a refusal says.
 * - `policies`: these policies are required, all of them; in upper case, unknown ones included.
 * - `no-policy`: the endpoint asks for none, and the entry is fine-grained.
 * - `not-listed`: the origin project is on no entry of the accessed one; over REST also, that the user
 *   who started the job may not read it.
 * - `membership`: the job is let in, but its user may not read the project.
 * - `registry`: the container registry's API takes only job tokens of its own project.
 * - `moved`: the project has another path now; list and permission were right.
 * - `no-route`: there is no such address in GitLab's API.
 * - `missing`: the project let the call in, but the thing that it asks for is not there.
 * - `not-found`: a plain 404, which has both meanings: there is no such thing, or the token may not
 *   see it. `git-not-found` is Git's way of saying it.
 * - `git-push`: pushing is not allowed.
 * - `reason`: a 403 with a reason that is about no entry and no permission, as GitLab words it.
 * - `storage`: GitLab accepted the token and sent the runner to another host, which refused.
 * - `forbidden`, `unauthorized`: a 403 or 401 that says no more; a 401 means that the token is not
 *   valid (any more), went in a way that GitLab does not read, or that the endpoint takes none.
 */
export type Refusal =
  | {
      readonly code: 'policies'
      readonly project: ProjectName
      readonly policies: readonly string[]
    }
  | { readonly code: 'not-listed'; readonly origin: ProjectName; readonly accessed: ProjectName }
  | { readonly code: 'membership'; readonly project: ProjectName }
  | { readonly code: 'reason' | 'missing'; readonly reason: string }
  | { readonly code: 'storage'; readonly host: string }
  | {
      readonly code:
        | 'no-policy'
        | 'registry'
        | 'moved'
        | 'no-route'
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
  readonly call?: Pick<Call, 'request' | 'answer'> & Variables
  /**
   * A call of python-gitlab that nobody needs: `auth()`, or a look-up that `lazy=True` saves. None of
   * them takes job tokens.
   */
  readonly advice?: 'no-auth' | 'lazy'
  /** The log has asked `GET /job` with the job token before, and GitLab answered: the token is good. */
  readonly isTokenGood?: true
}

export type Finding = Call | Denial

/** A call with a job token that goes to another host than this GitLab's, whose lists do not decide about it. */
export type Elsewhere = Pick<Call, 'line' | 'text'> & { readonly host: string }

/** The variables that would have to be known to answer in full, each once, in the order of the text. */
export function unsetVariables(findings: readonly Finding[]): string[] {
  const names = new Set<string>()
  for (const finding of findings) {
    const { unset = [], given = [] } = (finding.kind === 'call' ? finding : finding.call) ?? {}
    for (const name of [...given, ...unset]) names.add(name)
  }
  return [...names]
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
