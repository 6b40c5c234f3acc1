/**
 * Turns the findings of a pasted text into questions (whose allowlist, which action, which
 * policies), decides them, and merges the remedies of several verdicts into one.
 */
import {
  type Accessed,
  type Action,
  decide,
  type Origin,
  type Question,
  type Remedy,
  type Rule,
  type Verdict,
} from './decision.ts'
import type { Policy } from './endpoint-catalogue.ts'
import { resourceOffers } from './permission-catalogue.ts'
import { grantLines, policyFor } from './permissions.ts'
import type { Addressee, Answer, Denial, Finding, ProjectName } from './reading/findings.ts'
import { fits } from './reading/findings.ts'

/** The project whose allowlist decides, relative to the project whose access is checked. */
export type Whose =
  | { readonly kind: 'checked' }
  /** The text does not name the project; `written` is the variable in its place. */
  | { readonly kind: 'assumed'; readonly written: string | undefined; readonly why?: 'owners' }
  /** The origin project itself, where that is not the checked one. */
  | { readonly kind: 'own' }
  /** Another project or group, by id or full path. */
  | { readonly kind: 'project'; readonly reference: string }
  | { readonly kind: 'group'; readonly reference: string }
  /** Another project, of which a refusal contains only the name. */
  | { readonly kind: 'named'; readonly name: ProjectName }

/** The question that a finding raises. */
export type Inquiry = {
  readonly whose: Whose
  /** Undefined where a refusal names policies that the console does not know. */
  readonly action: Action | undefined
  /** All required policies, as far as known. */
  readonly policies: readonly string[]
  /** True where GitLab has refused the request: then it is certainly not open to everybody. */
  readonly refused: boolean
}

type Project = Pick<Accessed, 'id' | 'fullPath'>

/**
 * The question that a finding raises.
 * @param checked the project whose access is checked
 * @param origin the project whose job makes the call
 * @returns undefined where no allowlist or permission is involved, or where the request is not
 *   known
 */
export function inquiryOf(finding: Finding, checked: Project, origin: Origin): Inquiry | undefined {
  const places = { checked, origin }
  if (finding.kind === 'call') return ofAnswer(finding.answer, places)
  const tried = finding.call && ofAnswer(finding.call.answer, places)
  const inquiry = ofRefusal(finding, tried, checked)
  return inquiry && { ...inquiry, refused: true }
}

type Places = { readonly checked: Project; readonly origin: Origin }

function ofAnswer(answer: Answer, places: Places): Inquiry | undefined {
  if (!('deed' in answer)) return undefined
  const policies = answer.code === 'needs' ? answer.policies : []
  const whose = whoseIs(answer.addressee, places)
  return { whose, action: actionOf(answer.deed), policies, refused: false }
}

function actionOf(deed: Extract<Answer, { deed: unknown }>['deed']): Action {
  if (typeof deed === 'object') return { kind: 'endpoint', endpoint: deed }
  if (deed === 'git-push') return { kind: 'push' }
  return { kind: deed === 'git-read' ? 'clone' : 'without-policies' }
}

function whoseIs(addressee: Addressee, { checked, origin }: Places): Whose {
  if (addressee.kind === 'own')
    return isSame(checked, origin) ? { kind: 'checked' } : { kind: 'own' }
  if (addressee.kind === 'unknown') {
    return { kind: 'assumed', written: undefined, ...(addressee.why && { why: addressee.why }) }
  }
  const { kind, reference } = addressee
  if (/[$%{]/.test(reference)) return { kind: 'assumed', written: reference }
  if (kind === 'project' && isNamed(checked, reference)) return { kind: 'checked' }
  return { kind, reference }
}

const isSame = (checked: Project, { id, fullPath }: Origin) =>
  id === undefined ? fullPath !== undefined && isNamed(checked, fullPath) : id === checked.id

const isNamed = ({ id, fullPath }: Project, reference: string) =>
  reference === String(id) || reference.toLowerCase() === fullPath.toLowerCase()

type Open = Omit<Inquiry, 'refused'>

function ofRefusal(
  { refusal }: Denial,
  tried: Inquiry | undefined,
  checked: Project,
): Open | undefined {
  // A refusal contains only the project's name; the command before it in the log contains the path.
  const told = tried && tried.whose.kind !== 'assumed' ? tried.whose : undefined
  const called = (name: ProjectName): Whose =>
    told ?? (fits(name, checked) ? { kind: 'checked' } : { kind: 'named', name })
  const somewhere: Whose = tried?.whose ?? { kind: 'assumed', written: undefined }

  switch (refusal.code) {
    case 'policies': {
      const whose = called(refusal.project)
      return { whose, action: asking(refusal.policies, tried), policies: refusal.policies }
    }
    case 'not-listed': {
      const { action, policies } = tried ?? { action: anyEntry, policies: [] }
      return { whose: called(refusal.accessed), action, policies }
    }
    case 'no-policy':
      return { whose: somewhere, action: { kind: 'undeclared' }, policies: [] }
    case 'git-push':
      return { whose: somewhere, action: { kind: 'push' }, policies: ['ADMIN_REPOSITORIES'] }
    case 'git-not-found':
      return tried ?? { whose: somewhere, action: { kind: 'clone' }, policies: [] }
    // These refusals are not caused by a missing entry or permission.
    case 'registry':
    case 'membership':
    case 'moved':
    case 'no-route':
    case 'missing':
    case 'reason':
    case 'storage':
      return undefined
    default:
      return tried
  }
}

const anyEntry: Action = { kind: 'without-policies' }

/** The action that requires these policies: the endpoint that was tried, or any that requires them. */
function asking(policies: readonly string[], tried: Inquiry | undefined): Action | undefined {
  const triedNeeds = tried?.policies.toSorted().join()
  if (tried?.action && triedNeeds === policies.toSorted().join()) return tried.action
  const known = policies.filter(isPolicy)
  return known.length > 0 && known.length === policies.length
    ? { kind: 'policies', policies: known }
    : undefined
}

const isPolicy = (text: string): text is Policy =>
  resourceOffers.some(({ name }) => text === `READ_${name}` || text === `ADMIN_${name}`)

/** A project of which nothing is known: no name in a text fits it. */
export const nobody = { id: 0, fullPath: '' }

/**
 * The projects that a text names, by id or full path as it writes them, in the order in which it comes to
 * them. A project of which a refusal tells no more than the last part of its path is not among them.
 */
export function namedProjects(findings: readonly Finding[], origin: Origin): string[] {
  const references = findings.flatMap((finding) => {
    const whose = inquiryOf(finding, nobody, origin)?.whose
    if (whose?.kind === 'project') return whose.reference
    return whose?.kind === 'named' && 'id' in whose.name ? String(whose.name.id) : []
  })
  const spellings = references.map((text) => text.toLowerCase())
  return references.filter((_, at) => spellings.indexOf(spellings[at] ?? '') === at)
}

/** The findings of a text by the project whose allowlist they concern, and those that concern none of them. */
export type Dealt<Known> = {
  readonly to: ReadonlyMap<Known, readonly Finding[]>
  readonly rest: readonly Finding[]
}

/** Deals the findings of a text out to the projects that it names; each goes to one of them. */
export function dealOut<Known extends Project>(
  findings: readonly Finding[],
  projects: readonly Known[],
  origin: Origin,
): Dealt<Known> {
  const to = new Map<Known, Finding[]>()
  const rest: Finding[] = []
  for (const finding of findings) {
    const project = projects.find(
      (one) => inquiryOf(finding, one, origin)?.whose.kind === 'checked',
    )
    if (!project) rest.push(finding)
    else if (to.has(project)) to.get(project)?.push(finding)
    else to.set(project, [finding])
  }
  return { to, rest }
}

/** The same grants in the order of GitLab's panel, without policies that others include. */
export const smallest = (policies: readonly string[]): string[] =>
  grantLines(policies).flatMap((line) =>
    'policy' in line ? [line.policy] : (policyFor(line.resource, line.scope) ?? []),
  )

/** Whether an entry of another project can allow it at all. */
export const canBeGranted = (finding: Finding): boolean =>
  finding.kind === 'denial' || finding.answer.code !== 'not-possible'

/**
 * The policies that a project has to grant for all that a text asks of it, where its rules are not
 * looked at: the least of them, in the order of GitLab's panel. Without policies an entry of any kind
 * will do.
 * @param origin the project whose jobs run the text
 * @returns undefined where nothing asks the project, or nothing that an entry can allow
 */
export function askedOf(
  project: Project,
  findings: readonly Finding[],
  origin: Origin,
): readonly string[] | undefined {
  const asked = findings.map((finding) => ({
    finding,
    inquiry: inquiryOf(finding, project, origin),
    verdict: undefined,
  }))
  return needsOf(asked).find(({ whose }) => whose.kind === 'checked')?.policies
}

/** A change of an entry: the origin project's own one, or that of a group above it. */
export type EntryRemedy = Extract<Remedy, { kind: 'add-entry' | 'raise-entry' }>

export const entryRemedy = (verdict: Verdict | undefined): EntryRemedy | undefined =>
  verdict?.least?.find((change) => change.kind === 'add-entry' || change.kind === 'raise-entry')

/** Merges several remedies for the same origin project into one; undefined if there are none. */
export function together(remedies: readonly EntryRemedy[]): EntryRemedy | undefined {
  const [first] = remedies
  const defaultPermissions = remedies.some(({ permissions }) => permissions.defaultPermissions)
  const policies = smallest(remedies.flatMap(({ permissions }) => permissions.policies))
  return (
    first && {
      ...first,
      permissions: { defaultPermissions, policies: defaultPermissions ? [] : policies },
    }
  )
}

/**
 * The alternative to a remedy: where a group's entry lacks something, raise that entry instead of
 * adding an entry for the project that repeats the group's grants.
 * @param verdict one of the verdicts that led to the remedy; they have the same deciding entry
 */
export function alternativeTo(
  remedy: EntryRemedy,
  verdict: Verdict | undefined,
): EntryRemedy | undefined {
  const entry = verdict?.deciding
  const isGroups = remedy.kind === 'add-entry' && entry?.target.kind === 'group'
  return isGroups ? { kind: 'raise-entry', entry, permissions: remedy.permissions } : undefined
}

/** What one project has to grant for all that a text does there. */
export type Need = {
  readonly whose: Extract<Whose, { readonly kind: 'checked' | 'assumed' | 'project' | 'named' }>
  /** In the order of GitLab's panel; none where an entry of any kind will do. */
  readonly policies: readonly string[]
  readonly lines: readonly number[]
  /** The calls of which this is made. */
  readonly assessments: readonly Assessment[]
}

/** No allowlist decides, or no entry and no permission helps. */
const hopeless: ReadonlySet<Rule> = new Set([
  'no-job-tokens',
  'not-yet',
  'no-project',
  'registry-of-another-project',
])

/**
 * The least that each accessed project has to grant for all calls of a text, those included that it lets
 * in already; in the order in which the text comes to them.
 */
export function needsOf(assessments: readonly Assessment[]): Need[] {
  const needs = new Map<string, { whose: Need['whose']; assessments: Assessment[] }>()
  for (const assessment of assessments) {
    const { finding, inquiry, verdict } = assessment
    if (!inquiry || !canBeGranted(finding) || (verdict && hopeless.has(verdict.rule))) continue
    const { whose } = inquiry
    if (whose.kind === 'own' || whose.kind === 'group') continue
    const key = JSON.stringify(whose)
    const need = needs.get(key) ?? { whose, assessments: [] }
    needs.set(key, need)
    need.assessments.push(assessment)
  }
  return [...needs.values()].map(({ whose, assessments: all }) => ({
    whose,
    policies: smallest(all.flatMap(({ inquiry }) => inquiry?.policies ?? [])),
    lines: [...new Set(all.map(({ finding }) => finding.line))],
    assessments: all,
  }))
}

/** How GitLab's refusal and a list that lets the call in can both be true; the likely ones first. */
export type Contradiction =
  | 'membership'
  | 'changed-since'
  | 'elsewhere'
  | 'other-token'
  | 'incident'

/**
 * Over Git, "not allowed from A to B" says that no entry let A in. Over REST it stands also for a user who
 * may not read the project (`handle_job_token_failure!` in `lib/api/helpers.rb`).
 * @returns none where the list does not contradict what GitLab said
 */
export function contradictionsOf({ finding, verdict }: Assessment): readonly Contradiction[] {
  if (finding.kind !== 'denial' || verdict?.outcome !== 'allowed') return []
  const { code } = finding.refusal
  if (!/^(?:not-listed|policies|no-policy|git-push)$/.test(code)) return []
  const answer = finding.call?.answer
  const deed = answer && 'deed' in answer ? answer.deed : undefined
  const isGit = deed === 'git-read' || deed === 'git-push' || /\bremote:/.test(finding.text)
  const since = ['changed-since', 'elsewhere', 'other-token', 'incident'] as const
  return code === 'not-listed' && !isGit ? ['membership', ...since] : since
}

/** A finding with its question and verdict. */
export type Assessment = {
  readonly finding: Finding
  readonly inquiry: Inquiry | undefined
  /** Undefined where there is no question, or no action to decide about. */
  readonly verdict: Verdict | undefined
}

type Case = Pick<Question, 'origin' | 'rules' | 'version'> & { readonly checked: Accessed }

/**
 * Decides all findings of a text. For a project other than the checked one, its settings are not
 * known: only rules that do not depend on them can decide.
 */
export function assess(findings: readonly Finding[], subject: Case): Assessment[] {
  // Long texts repeat the same questions.
  const verdicts = new Map<string, Verdict>()
  return findings.map((finding) => {
    const inquiry = inquiryOf(finding, subject.checked, subject.origin)
    if (!inquiry?.action) return { finding, inquiry, verdict: undefined }
    const { action, whose, refused } = inquiry
    const { kind } = action
    const asked =
      kind === 'endpoint' ? action.endpoint.id : kind === 'policies' ? action.policies : ''
    const key = JSON.stringify([kind, asked, whose.kind, refused])
    const verdict = verdicts.get(key) ?? decide(questionOf(inquiry, action, subject))
    verdicts.set(key, verdict)
    return { finding, inquiry, verdict }
  })
}

function questionOf({ whose, refused }: Inquiry, action: Action, subject: Case): Question {
  const { checked, origin, rules, version } = subject
  if (whose.kind === 'own') {
    return { action, origin: nobody, accessed: nobody, rules: undefined, version }
  }
  if (whose.kind !== 'checked' && whose.kind !== 'assumed') {
    return { action, origin, accessed: nobody, rules: undefined, version }
  }
  const { id, fullPath } = checked
  const accessed: Accessed = refused ? { id, fullPath, visibility: 'private' } : checked
  return { action, origin, accessed, rules, version }
}
