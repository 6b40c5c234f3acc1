/**
 * Decides whether GitLab lets a job token in: by the allowlist, its permissions, and the rules
 * around them. All of these only restrict the user who started the job: `allowed` says that the job
 * token is not in the way, not that the user's role suffices.
 *
 * Sources: https://docs.gitlab.com/ci/jobs/ci_job_token/,
 * https://docs.gitlab.com/ci/jobs/fine_grained_permissions/, and GitLab's
 * - `app/models/ci/job_token/scope.rb`: gitlabhq 039951a8, and for entries that limit the project's
 *   own jobs (since 18.3) the description of merge request 192395;
 * - `app/policies/project_policy.rb` (Git pushes): GitLab 19.0;
 * - `lib/api/helpers.rb`: gitlabhq d66adcb6.
 */
import { type AllowlistEntry, entryKey } from './allowlist.ts'
import { coveringEntries, foldPath, indexEntries } from './covering.ts'
import type { Policy } from './endpoint-catalogue.ts'
import type { Endpoint } from './endpoints.ts'
import type { ResourceName } from './permission-catalogue.ts'
import type { PermissionConfiguration } from './permissions.ts'
import {
  crossProjectPushSince,
  isCatalogued,
  ownEntriesSince,
  ownPushSince,
  policiesSince,
} from './releases.ts'
import { atLeast, type Version } from './version.ts'

/** A request of a job. */
export type Action =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  /** What GitLab has refused for want of these, by whichever endpoint. */
  | { readonly kind: 'policies'; readonly policies: readonly Policy[] }
  /** `clone` stands for all reads by Git. */
  | { readonly kind: 'clone' | 'push' }
  /**
   * An endpoint of a project outside the catalogue that accepts job tokens and requires no
   * policies: `POST /projects/:id/trigger/pipeline`, NuGet, Helm, the Terraform module registry.
   */
  | { readonly kind: 'without-policies' }
  /** An endpoint that GitLab refuses with `This action is unauthorized for CI/CD job tokens.` */
  | { readonly kind: 'undeclared' }
  /** GraphQL, and every REST endpoint that does not accept job tokens. */
  | { readonly kind: 'no-job-tokens' }

/** Where the job runs, as far as known. An empty object stands for some other project. */
export type Origin = {
  readonly id?: number
  /** Also determines the project's ancestor groups. */
  readonly fullPath?: string
  /** The setting "Limit access from this project", which GitLab 18.0 removed from its panel. */
  readonly outboundEnabled?: boolean
}

/** Features that everybody can read where both the project and the feature are public. */
export type PublicFeature =
  | 'builds'
  | 'environments'
  | 'package_registry'
  | 'releases'
  | 'repository'

/** The project that the job accesses. Properties that are left out are not known. */
export type Accessed = {
  readonly id: number
  readonly fullPath: string
  readonly visibility?: 'private' | 'internal' | 'public'
  readonly features?: {
    readonly [Feature in PublicFeature]?: 'disabled' | 'private' | 'enabled' | 'public'
  }
}

/** The accessed project's settings for job tokens. */
export type Rules = {
  /** The allowlist is in force by the project's own mode or by the instance's enforcement. */
  readonly mode: { readonly inboundEnabled: boolean; readonly enforced: boolean }
  readonly entries: readonly AllowlistEntry[]
  /** False where the server has more entries than the signed-in user could read. */
  readonly complete: boolean
  /** False while the group's switch of GitLab 17.11 to 18.2 is off. */
  readonly fineGrainedAllowed: boolean
  /** Undefined where a setting is not known, or where the server does not have it. */
  readonly push: { readonly own: boolean | undefined; readonly crossProject: boolean | undefined }
}

export type Question = {
  readonly action: Action
  readonly origin: Origin
  readonly accessed: Accessed
  /** Undefined where the signed-in user may not read the accessed project's settings. */
  readonly rules: Rules | undefined
  readonly version: Version
}

/** The rule that decided. Rules without a source of their own come from `scope.rb`. */
export type Rule =
  /** The endpoint does not accept job tokens. */
  | 'no-job-tokens'
  /** The endpoint accepts job tokens only in a later release. */
  | 'not-yet'
  /** The path names no project, so that no allowlist or permission is checked. */
  | 'no-project'
  /** The container registry API takes only the project's own tokens (`lib/api/helpers.rb`). */
  | 'registry-of-another-project'
  /** The own project's jobs are let in where no entry limits them. */
  | 'own-project'
  /** All groups and projects may come in; permissions are not checked. */
  | 'mode-all'
  /** No entry covers the project. */
  | 'not-listed'
  /** An entry covers the project, and no permission controls the endpoint. */
  | 'not-controllable'
  /** An entry covers the project, and the group's switch disables fine-grained permissions. */
  | 'fine-grained-off'
  | 'default-permissions'
  | 'policies-granted'
  | 'missing-policies'
  /** The endpoint declares no policies, so that only default permissions allow it. */
  | 'needs-default-permissions'
  /** The policies that the endpoint requires could not be confirmed. */
  | 'needs-unconfirmed'
  /** The project's setting lets its own jobs push. */
  | 'push-on'
  /** A setting required for pushing is off (https://docs.gitlab.com/ci/jobs/ci_job_token/). */
  | 'push-off'
  /** Pushing to another project requires the allowlist to be in force. */
  | 'push-needs-allowlist'
  /** The origin project limits which projects its tokens reach, and REST does not list these. */
  | 'outbound-limit'
  /** An entry, or one of the origin project's groups, is not known and would change the outcome. */
  | 'entries-unknown'
  /** The signed-in user may not read the accessed project's settings. */
  | 'rules-unreadable'

/** One setting or entry to change in the accessed project, so that it lets a job in. */
export type Remedy =
  /** Adds an entry for the origin project; for the own project, stores its first entry. */
  | { readonly kind: 'add-entry'; readonly permissions: PermissionConfiguration }
  | {
      readonly kind: 'raise-entry'
      readonly entry: AllowlistEntry
      /** All permissions of the entry after the change, including the ones that it had. */
      readonly permissions: PermissionConfiguration
    }
  | { readonly kind: 'allow-push' | 'allow-cross-project-push' | 'use-allowlist' }

export type Verdict = {
  /**
   * `may-be-allowed`: the rule denies the request, but GitLab allows some reads of public features
   * anyway, and does not document which.
   */
  readonly outcome: 'allowed' | 'denied' | 'may-be-allowed' | 'unknown'
  readonly rule: Rule
  /** The nearest entry, which alone decides. */
  readonly deciding: AllowlistEntry | undefined
  /** The required policies that the deciding entry lacks; without an entry, all required ones. */
  readonly missing: readonly Policy[]
  /** Entries that also cover the origin project, ignored because the deciding one is nearer. */
  readonly shadowed: readonly AllowlistEntry[]
  /**
   * The smallest set of remedies that, followed together, allows the request. Empty where it is
   * allowed; undefined where nothing helps or the right remedy is not known. Neither the limits of
   * the list nor the signed-in user's rights are considered.
   */
  readonly least: readonly Remedy[] | undefined
}

/** Decides a question, with the checks in GitLab's order. */
export function decide(question: Question): Verdict {
  const { action, rules, version } = question
  if (action.kind === 'no-job-tokens') return plainly('denied', 'no-job-tokens')
  if (!isServed(action, version)) return plainly('denied', 'not-yet')
  if (action.kind === 'push') return decidePush(question)
  if (namesNoProject(action)) return plainly('allowed', 'no-project')

  const own = isOwn(question)
  if (isRegistry(action)) {
    return own
      ? plainly('allowed', 'own-project')
      : plainly('denied', 'registry-of-another-project')
  }
  const needs = needsOf(action)
  // The own project's entry can limit its own jobs, but only for endpoints that require policies.
  if (own && (needs === 'entry' || !atLeast(version, ownEntriesSince))) {
    return plainly('allowed', 'own-project')
  }
  if (!rules) return plainly('unknown', 'rules-unreadable')
  const verdict = isListInForce(rules)
    ? decideByEntry(question, rules, needs)
    : plainly('allowed', 'mode-all')
  return own ? verdict : withOutbound(question, verdict)
}

type Outcome = Verdict['outcome']

/** A verdict in which no entry is involved. */
function plainly(outcome: Outcome, rule: Rule, remedies?: readonly Remedy[]): Verdict {
  const least = outcome === 'allowed' ? [] : remedies
  return { outcome, rule, deciding: undefined, missing: [], shadowed: [], least }
}

const isListInForce = ({ mode }: Rules) => mode.inboundEnabled || mode.enforced

const isServed = (action: Action, version: Version) =>
  action.kind !== 'endpoint' || isCatalogued(version, action.endpoint.since)

const namesNoProject = (action: Action) =>
  action.kind === 'endpoint' &&
  action.endpoint.resource === null &&
  !action.endpoint.path.startsWith('/projects/')

const isRegistry = (action: Action) =>
  action.kind === 'endpoint' && action.endpoint.path.startsWith('/projects/:id/registry/')

function isOwn({ origin, accessed }: Question): boolean {
  if (origin.id !== undefined) return origin.id === accessed.id
  return origin.fullPath !== undefined && foldPath(origin.fullPath) === foldPath(accessed.fullPath)
}

/** What an entry must grant: `entry` stands for any entry, `default` for default permissions. */
type Needs = readonly Policy[] | 'entry' | 'default'

function needsOf(action: Action): Needs {
  if (action.kind === 'undeclared') return 'default'
  if (action.kind === 'policies') return action.policies
  if (action.kind !== 'endpoint' || action.endpoint.resource === null) return 'entry'
  return action.endpoint.policies
}

/** Decides by the nearest entry: the origin's own one, or else that of its closest group. */
function decideByEntry(question: Question, rules: Rules, needs: Needs): Verdict {
  const { covering, guesses } = candidates(question, rules)
  const [deciding, ...shadowed] = covering
  const judged = judge(question, rules, needs, deciding?.permissions)
  const others = guesses.map((guess) => judge(question, rules, needs, guess))
  if (others.some(({ outcome }) => outcome !== judged.outcome)) {
    return plainly('unknown', 'entries-unknown')
  }
  const verdict = { ...judged, deciding, shadowed }
  return { ...verdict, least: leastOf(question, rules, needs, verdict) }
}

type Candidates = {
  /** The entries that certainly cover the origin project, the nearest first. */
  readonly covering: readonly AllowlistEntry[]
  /** The permissions of entries that may be the deciding one instead. */
  readonly guesses: readonly PermissionConfiguration[]
}

const anything: readonly PermissionConfiguration[] = [
  { defaultPermissions: true, policies: [] },
  { defaultPermissions: false, policies: [] },
]

function candidates({ origin, accessed }: Question, rules: Rules): Candidates {
  const index = indexEntries(rules.entries, accessed.id)
  const covering = coveringEntries(index, origin)
  const [nearest] = covering
  // The target is listed repeatedly with different rows; it is not known which of them GitLab
  // applies.
  const twins = [...index.projects, ...index.groups]
    .filter(({ target }) => nearest && entryKey(target) === entryKey(nearest.target))
    .map(({ permissions }) => permissions)
  if (nearest?.target.kind === 'project') return { covering, guesses: twins }

  const { id, fullPath } = origin
  const possible = [
    ...(id === undefined && fullPath === undefined ? index.projects : []),
    ...(fullPath === undefined ? index.groups : []),
  ].map(({ permissions }) => permissions)
  const guesses = [...twins, ...possible]
  return { covering, guesses: rules.complete ? guesses : [...guesses, ...anything] }
}

type Judgement = Pick<Verdict, 'outcome' | 'rule' | 'missing'>

/** The verdict if the nearest entry grants `permissions`; undefined stands for no entry. */
function judge(
  question: Question,
  rules: Rules,
  needs: Needs,
  granted: PermissionConfiguration | undefined,
): Judgement {
  const denied = mayBePublic(question) ? 'may-be-allowed' : 'denied'
  const allowed = (rule: Rule): Judgement => ({ outcome: 'allowed', rule, missing: [] })
  if (!granted) {
    if (isOwn(question)) return allowed('own-project')
    return { outcome: denied, rule: 'not-listed', missing: missingOf(needs, []) }
  }
  if (needs === 'entry') return allowed('not-controllable')
  if (!rules.fineGrainedAllowed) return allowed('fine-grained-off')
  if (granted.defaultPermissions) return allowed('default-permissions')
  if (needs === 'default') {
    return { outcome: 'denied', rule: 'needs-default-permissions', missing: [] }
  }
  if (isUncertain(question.action)) {
    return { outcome: 'unknown', rule: 'needs-unconfirmed', missing: [] }
  }
  const missing = missingOf(needs, granted.policies)
  if (missing.length === 0) return allowed('policies-granted')
  return { outcome: denied, rule: 'missing-policies', missing }
}

const isUncertain = (action: Action) => action.kind === 'endpoint' && action.endpoint.uncertain

/**
 * The required policies that the granted ones do not include. `ADMIN_X` includes `READ_X`
 * (`expanded_job_token_policies.rb` in GitLab's `app/models/concerns/ci/job_token/`, gitlabhq
 * 35b6ac04).
 */
export function missingOf(needs: Needs, granted: readonly string[]): Policy[] {
  if (typeof needs === 'string') return []
  return needs.filter((need) => !granted.includes(need) && !granted.includes(toAdmin(need)))
}

const toAdmin = (policy: string) => policy.replace(/^READ_/, 'ADMIN_')

/**
 * The feature that opens a resource to everybody when it is public; `other` for a feature that the
 * console does not read, null where members only are let in.
 */
const featureOf: Readonly<Record<ResourceName, PublicFeature | 'other' | null>> = {
  BADGES: 'repository',
  DEPLOYMENTS: 'environments',
  ENVIRONMENTS: 'environments',
  JOBS: 'builds',
  MERGE_REQUESTS: 'other',
  PACKAGES: 'package_registry',
  PIPELINES: 'other',
  RELEASES: 'other',
  REPOSITORIES: 'repository',
  SECURE_FILES: null,
  TERRAFORM_STATE: null,
  WORK_ITEMS: 'other',
}

/**
 * Whether the request may be open to everybody, so that GitLab allows it without an entry or
 * policy. GitLab does not list the reads for which this holds:
 * https://docs.gitlab.com/ci/jobs/ci_job_token/#limit-job-token-scope-for-public-or-internal-projects
 */
function mayBePublic({ action, accessed }: Question): boolean {
  const feature = featureReadBy(action)
  if (!feature) return false
  const access = feature === 'other' ? undefined : accessed.features?.[feature]
  if (access === 'public') return true
  return accessed.visibility !== 'private' && access !== 'private' && access !== 'disabled'
}

function featureReadBy(action: Action): PublicFeature | 'other' | null {
  if (action.kind === 'clone') return 'repository'
  if (action.kind === 'without-policies') return 'other'
  if (action.kind !== 'endpoint') return null
  const { resource, policies } = action.endpoint
  if (!policies.every((policy) => policy.startsWith('READ_'))) return null
  // Of a project's endpoints that no permission controls, only the registry's and Conan's are left
  // here.
  return resource === null ? 'package_registry' : featureOf[resource]
}

/**
 * The smallest change of the entries. Where a group's entry lacks something, the origin project
 * gets an entry of its own, which also grants what the group's entry grants.
 */
function leastOf(
  question: Question,
  { fineGrainedAllowed }: Rules,
  needs: Needs,
  { outcome, deciding, missing }: Pick<Verdict, 'outcome' | 'deciding' | 'missing'>,
): readonly Remedy[] | undefined {
  if (outcome === 'allowed') return []
  if (outcome === 'unknown' || isUncertain(question.action)) return undefined
  const policies = raised(deciding?.permissions.policies ?? [], missing)
  // A group entry that limits the project's own jobs is hardly ever intended.
  const caught = deciding?.target.kind === 'group' && isOwn(question)
  const canBeFine = fineGrainedAllowed && atLeast(question.version, policiesSince)
  const permissions =
    needs === 'default' || caught || !canBeFine
      ? { defaultPermissions: true, policies: [] }
      : { defaultPermissions: false, policies }
  return deciding?.target.kind === 'project'
    ? [{ kind: 'raise-entry', entry: deciding, permissions }]
    : [{ kind: 'add-entry', permissions }]
}

/** The granted and the missing policies; a missing `ADMIN_X` replaces a granted `READ_X`. */
const raised = (granted: readonly string[], missing: readonly Policy[]): string[] => [
  ...granted.filter((policy) => !missing.some((wanted) => wanted === toAdmin(policy))),
  ...missing,
]

/**
 * Decides Git pushes. A job may push to its own project where that project's setting allows it.
 * Since GitLab 19.0 it may push to another project if that project also allows cross-project
 * pushes, has its allowlist in force, and has an entry that grants the push.
 */
function decidePush(question: Question): Verdict {
  const { rules, version } = question
  const own = isOwn(question)
  if (!atLeast(version, own ? ownPushSince : crossProjectPushSince))
    return plainly('denied', 'not-yet')
  if (!rules || rules.push.own === undefined) return plainly('unknown', 'rules-unreadable')
  const ownOff: Remedy[] = rules.push.own ? [] : [{ kind: 'allow-push' }]
  if (own)
    return rules.push.own ? plainly('allowed', 'push-on') : plainly('denied', 'push-off', ownOff)

  if (rules.push.crossProject === undefined) return plainly('unknown', 'rules-unreadable')
  const off: Remedy[] = [
    ...ownOff,
    ...(rules.push.crossProject ? [] : [{ kind: 'allow-cross-project-push' } as const]),
  ]
  const modeOff: Remedy[] = isListInForce(rules) ? [] : [{ kind: 'use-allowlist' }]
  const byEntry = decideByEntry(question, rules, ['ADMIN_REPOSITORIES'])
  const least = byEntry.least && [...off, ...modeOff, ...byEntry.least]
  if (off.length > 0) return plainly('denied', 'push-off', least)
  if (modeOff.length > 0) return plainly('denied', 'push-needs-allowlist', least)
  return withOutbound(question, byEntry)
}

/** The origin project can keep its tokens from private projects: then the outcome is unknown. */
function withOutbound({ origin, accessed }: Question, verdict: Verdict): Verdict {
  const limited = origin.outboundEnabled && !isOpenToUsers(accessed)
  return limited && verdict.outcome === 'allowed'
    ? { ...verdict, outcome: 'unknown', rule: 'outbound-limit', least: undefined }
    : verdict
}

const isOpenToUsers = ({ visibility }: Accessed) =>
  visibility === 'public' || visibility === 'internal'
