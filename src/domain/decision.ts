/**
 * Whether GitLab lets a job token in: the allowlist, its permissions, and what lies beyond them. All
 * this only narrows what the user who started the job may do: `allowed` says that the job token's
 * permissions are not in the way, not that the user's role suffices.
 *
 * Rules: https://docs.gitlab.com/ci/jobs/ci_job_token/,
 * https://docs.gitlab.com/ci/jobs/fine_grained_permissions/, and GitLab's
 * `app/models/ci/job_token/scope.rb`, `app/policies/project_policy.rb` and `lib/api/helpers.rb`.
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

/** What a job asks for. */
export type Action =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  /** What GitLab has refused for want of these, by whichever endpoint. */
  | { readonly kind: 'policies'; readonly policies: readonly Policy[] }
  /** `clone` stands for every Git read. */
  | { readonly kind: 'clone' | 'push' }
  /**
   * An endpoint of a project outside the catalogue that takes job tokens and asks for no policies:
   * `POST /projects/:id/trigger/pipeline`, NuGet, Helm, the Terraform module registry.
   */
  | { readonly kind: 'without-policies' }
  /** One that GitLab refuses by `This action is unauthorized for CI/CD job tokens.` */
  | { readonly kind: 'undeclared' }
  /** GraphQL, and every REST endpoint that takes other tokens only. */
  | { readonly kind: 'no-job-tokens' }

/** Where the job runs, as far as known. Nothing known stands for some other project. */
export type Origin = {
  readonly id?: number
  /** Its ancestor groups follow from it. */
  readonly fullPath?: string
  /** The setting "Limit access from this project", which GitLab 18.0 took off its panel. */
  readonly outboundEnabled?: boolean
}

/** Features that GitLab shows to everybody where the project and the feature are public. */
export type PublicFeature =
  | 'builds'
  | 'environments'
  | 'package_registry'
  | 'releases'
  | 'repository'

/** The project that the job asks for. What is left out is not known. */
export type Accessed = {
  readonly id: number
  readonly fullPath: string
  readonly visibility?: 'private' | 'internal' | 'public'
  readonly features?: {
    readonly [Feature in PublicFeature]?: 'disabled' | 'private' | 'enabled' | 'public'
  }
}

/** What the accessed project says about job tokens. */
export type Rules = {
  /** Whether the allowlist counts: by the project's own mode or by the instance's enforcement. */
  readonly mode: { readonly inboundEnabled: boolean; readonly enforced: boolean }
  readonly entries: readonly AllowlistEntry[]
  /** False when GitLab has entries that the signed-in user is not shown. */
  readonly complete: boolean
  /** False while the group's switch of GitLab 17.11 to 18.2 is off. */
  readonly fineGrainedAllowed: boolean
  /** Undefined: not known, or the server has no such setting. */
  readonly push: { readonly own: boolean | undefined; readonly crossProject: boolean | undefined }
}

export type Question = {
  readonly action: Action
  readonly origin: Origin
  readonly accessed: Accessed
  /** Undefined: the signed-in user may not read them. */
  readonly rules: Rules | undefined
  readonly version: Version
}

/** The rule that decided. Those without a source of their own are `scope.rb`'s. */
export type Rule =
  /** Not made for job tokens. */
  | 'no-job-tokens'
  /** A later release lets job tokens in. */
  | 'not-yet'
  /** The address names no project, so that no allowlist and no permission is asked. */
  | 'no-project'
  /** The container registry API takes tokens of the same project only (`lib/api/helpers.rb`). */
  | 'registry-of-another-project'
  /** A project always lets its own jobs in, where no entry says what they may do. */
  | 'own-project'
  /** All groups and projects may come in, and permissions do not count. */
  | 'mode-all'
  /** No entry for the project or one of its groups. */
  | 'not-listed'
  /** There is an entry, and no permission controls this. */
  | 'not-controllable'
  /** There is an entry, and the group's switch keeps permissions from counting. */
  | 'fine-grained-off'
  | 'default-permissions'
  | 'policies-granted'
  | 'missing-policies'
  /** Asks for no policies, which only default permissions let pass. */
  | 'needs-default-permissions'
  /** What it needs could not be confirmed. */
  | 'needs-unconfirmed'
  /** The project's settings let its own jobs push. */
  | 'push-on'
  /** A setting that pushing needs is off (https://docs.gitlab.com/ci/jobs/ci_job_token/). */
  | 'push-off'
  /** Pushing to another project needs the allowlist to count. */
  | 'push-needs-allowlist'
  /** The origin project limits where its tokens go, and REST does not list where. */
  | 'outbound-limit'
  /** Entries, or the origin project's groups, are not known, and they matter. */
  | 'entries-unknown'
  /** The signed-in user may not read the rules of the accessed project. */
  | 'rules-unreadable'

/** One thing to change in the accessed project, so that it lets a job in. */
export type Remedy =
  /** Adds an entry for the origin project; for the own project, saves its row. */
  | { readonly kind: 'add-entry'; readonly permissions: PermissionConfiguration }
  | {
      readonly kind: 'raise-entry'
      readonly entry: AllowlistEntry
      /** All that the entry then grants; what it did grant is in it. */
      readonly permissions: PermissionConfiguration
    }
  | { readonly kind: 'allow-push' | 'allow-cross-project-push' | 'use-allowlist' }

export type Verdict = {
  /**
   * `may-be-allowed`: by the rule it is denied, but GitLab forgives that for some reads of public
   * features, and does not say for which.
   */
  readonly outcome: 'allowed' | 'denied' | 'may-be-allowed' | 'unknown'
  readonly rule: Rule
  /** The one entry that counts. */
  readonly deciding: AllowlistEntry | undefined
  /** The policies that the deciding entry lacks; without an entry all that are asked for. */
  readonly missing: readonly Policy[]
  /** Entries that cover the origin project too, and that the deciding one keeps from counting. */
  readonly shadowed: readonly AllowlistEntry[]
  /**
   * The remedies, all of them together, that allow it and grant as little else as can be: none where
   * it is allowed, undefined where nothing can help or what helps is not known. Whether the list is
   * full, or the signed-in user may make them, is not looked at.
   */
  readonly least: readonly Remedy[] | undefined
}

/** Answers as GitLab would, in its order of checks. */
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
  // Its own entry may limit a project's jobs, unless none is asked for.
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

/** A verdict that no entry has part in. */
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

/** What an entry must grant: `entry` for any entry, `default` for default permissions. */
type Needs = readonly Policy[] | 'entry' | 'default'

function needsOf(action: Action): Needs {
  if (action.kind === 'undeclared') return 'default'
  if (action.kind === 'policies') return action.policies
  if (action.kind !== 'endpoint' || action.endpoint.resource === null) return 'entry'
  return action.endpoint.policies
}

/** The entry that counts is the nearest one: the project's own, or else its closest group's. */
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
  /** The entries that surely cover the origin project, the nearest first. */
  readonly covering: readonly AllowlistEntry[]
  /** What an entry would grant that may count instead. */
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
  // Listed more than once, with rows that differ: which one counts is not known.
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

/** What the project answers when the nearest entry grants this; undefined: there is no entry. */
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
 * The needed policies that the granted ones do not cover. `ADMIN_X` includes `READ_X`: GitLab's
 * `ExpandedJobTokenPolicies`.
 */
export function missingOf(needs: Needs, granted: readonly string[]): Policy[] {
  if (typeof needs === 'string') return []
  return needs.filter((need) => !granted.includes(need) && !granted.includes(toAdmin(need)))
}

const toAdmin = (policy: string) => policy.replace(/^READ_/, 'ADMIN_')

/**
 * The feature whose being public may open a resource: `other` for one that the console does not
 * read, null where only members are let in.
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
 * Whether what is asked for may be open to everybody. GitLab forgives a missing entry or policy
 * there for reads that it does not list:
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
  // Of those of a project that no permission controls, all but the registry's are Conan's.
  return resource === null ? 'package_registry' : featureOf[resource]
}

/**
 * The smallest change at the entries. What a group's entry lacks is granted to the project alone, in
 * an entry of its own that keeps what the group's grants it.
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
  // A project trusts itself: that a group's entry limits its own jobs is hardly ever meant.
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

/** What is granted, and what is missing; where a write is missing, the read goes. */
const raised = (granted: readonly string[], missing: readonly Policy[]): string[] => [
  ...granted.filter((policy) => !missing.some((wanted) => wanted === toAdmin(policy))),
  ...missing,
]

/**
 * Git pushes. To its own project a job may push where the project says so; to another one, since
 * GitLab 19.0, if in addition that says so for other projects, uses its allowlist and has an entry
 * that grants it.
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

/** A private project is out of reach of a token that its own project keeps from going there. */
function withOutbound({ origin, accessed }: Question, verdict: Verdict): Verdict {
  const limited = origin.outboundEnabled && !isOpenToUsers(accessed)
  return limited && verdict.outcome === 'allowed'
    ? { ...verdict, outcome: 'unknown', rule: 'outbound-limit', least: undefined }
    : verdict
}

const isOpenToUsers = ({ visibility }: Accessed) =>
  visibility === 'public' || visibility === 'internal'
