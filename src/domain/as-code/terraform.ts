/**
 * Membership of an allowlist for the official Terraform provider, written and read.
 *
 * Source: `gitlab_project_job_token_scopes` and `gitlab_project_job_token_scope` of
 * https://registry.terraform.io/providers/gitlabhq/gitlab/18.0.0/docs. The first one owns the list, the
 * second one entry of it.
 */
import { isOwnProject, type Target, type TargetKind } from '../allowlist.ts'
import { expressionOf, type HclResource, readResources } from './hcl-reader.ts'
import {
  type FileEntry,
  type FileProblem,
  isId,
  type ListExport,
  type ListSettings,
  type ReadResult,
  resultOf,
  visible,
} from './list-file.ts'

const wholeList = 'gitlab_project_job_token_scopes'
const oneEntry = 'gitlab_project_job_token_scope'

/**
 * Writes the whole list as one resource, and a selection as one resource per entry: the former would
 * remove what is not selected.
 */
export function toTerraform(list: ListExport): string {
  const { project, entries, extent } = list
  const others = entries.filter((entry) => !isOwnProject(entry, project.id))
  const body =
    extent === 'whole' ? wholeResource(list, others) : others.map((entry) => single(list, entry))
  return `${[...header(list), ...body].join('\n')}\n`
}

function header({ server, project, at, extent, entries }: ListExport): string[] {
  const lost = entries.filter(({ permissions }) => !permissions.defaultPermissions).length
  const effect =
    extent === 'whole'
      ? [
          'Applying it REMOVES every group and project that is not in it,',
          'and ADDS those that are missing with DEFAULT permissions, which limit no resource.',
        ]
      : ['Applying it ADDS those that are missing with DEFAULT permissions.']
  const remarks = [
    `CI/CD job token allowlist of ${project.fullPath} (project ${project.id})`,
    `at ${server}, ${at}`,
    '',
    'WARNING: membership only. The provider cannot express',
    '- fine-grained permissions: ' +
      (lost === 0
        ? 'no entry here has them'
        : `${lost} of these entries have them, and lose them if added again`),
    '- the settings for Git push requests by job tokens',
    "- the project's own entry",
    ...effect,
  ]
  return [...remarks.map(comment), '']
}

const comment = (text: string): string => (text ? `# ${visible(text)}` : '#')

function wholeResource(
  { project, settings }: ListExport,
  entries: ListExport['entries'],
): string[] {
  const ids = (kind: TargetKind) =>
    entries
      .filter(({ target }) => target.kind === kind)
      .map(({ target }) => `    ${target.id}, ${comment(target.fullPath)}`)
  return [
    `resource "${wholeList}" "allowlist" {`,
    `  project = "${project.id}"`,
    ...(settings.inboundEnabled === undefined ? [] : [`  enabled = ${settings.inboundEnabled}`]),
    '',
    '  target_project_ids = [',
    ...ids('project'),
    '  ]',
    '',
    '  target_group_ids = [',
    ...ids('group'),
    '  ]',
    '}',
  ]
}

const single = ({ project }: ListExport, { target }: ListExport['entries'][number]): string =>
  [
    `resource "${oneEntry}" "${target.kind}_${target.id}" {`,
    `  project = "${project.id}"`,
    `  target_${target.kind}_id = ${target.id} ${comment(target.fullPath)}`,
    '}',
    '',
  ].join('\n')

const known = [
  'project',
  'project_id',
  'enabled',
  'target_project_ids',
  'target_group_ids',
  'target_project_id',
  'target_group_id',
  // These do not change which entries there are.
  'provider',
  'depends_on',
]

/** Reads the resources of one project; those of other projects are left out. */
export function fromTerraform(text: string, own: Pick<Target, 'id' | 'fullPath'>): ReadResult {
  const file = readResources(text)
  if ('brokenAt' in file) return { errors: [{ line: file.brokenAt, field: '', reason: 'syntax' }] }
  const resources = file.resources.filter(({ type }) => type === wholeList || type === oneEntry)
  const [first] = resources
  if (!first) return { errors: [{ line: undefined, field: '', reason: 'not-recognized' }] }

  const problems: FileProblem[] = []
  const entries: FileEntry[] = []
  let settings: ListSettings = {}
  let found = 0
  let whole = 0

  function readResource({ type, name, line, attributes }: HclResource): void {
    const problem = (field: string, reason: FileProblem['reason'], at = line) => {
      problems.push({ line: at, field: `${name}.${field}`, reason })
    }
    const read = (field: string) => {
      const attribute = attributes.find((one) => one.name === field)
      if (!attribute) return undefined
      const value = expressionOf(attribute.tokens)
      if (value === undefined) problem(field, 'computed', attribute.line)
      return value === undefined ? undefined : { value, line: attribute.line }
    }
    const ids = (kind: TargetKind, field: string, isList: boolean) => {
      const given = read(field)
      if (!given) return
      if (isList !== Array.isArray(given.value)) {
        problem(field, isList ? 'not-list' : 'not-id', given.line)
        return
      }
      const list = Array.isArray(given.value) ? given.value : [{ ...given, value: given.value }]
      for (const { value, line } of list) {
        const id = Number(value)
        if (typeof value === 'boolean' || !isId(id)) problem(field, 'not-id', line)
        else entries.push({ kind, id, fullPath: undefined, permissions: undefined, line })
      }
    }

    const project = read('project') ?? read('project_id')
    const isStated = attributes.some((one) => one.name === 'project' || one.name === 'project_id')
    if (!isStated) problem('project', 'missing')
    if (!project || !isOf(String(project.value), own)) return
    found += 1
    for (const [at, attribute] of attributes.entries()) {
      if (attribute.name === 'count' || attribute.name === 'for_each')
        problem(attribute.name, 'computed', attribute.line)
      else if (!known.includes(attribute.name))
        problem(attribute.name, 'unknown-field', attribute.line)
      else if (attributes.findIndex((one) => one.name === attribute.name) < at)
        problem(attribute.name, 'twice', attribute.line)
    }
    if (type === oneEntry) {
      ids('project', 'target_project_id', false)
      ids('group', 'target_group_id', false)
      return
    }
    whole += 1
    if (whole > 1) problem('project', 'twice')
    ids('project', 'target_project_ids', true)
    ids('group', 'target_group_ids', true)
    const enabled = read('enabled')
    if (enabled && typeof enabled.value !== 'boolean')
      problem('enabled', 'not-boolean', enabled.line)
    else if (enabled) settings = { inboundEnabled: enabled.value === true }
  }

  for (const resource of resources) readResource(resource)
  if (found === 0 && problems.length === 0)
    problems.push({ line: first.line, field: `${first.name}.project`, reason: 'other-project' })
  return resultOf(problems, () => ({
    format: 'terraform',
    server: undefined,
    project: own,
    at: undefined,
    extent: 'whole',
    settings,
    entries,
  }))
}

const isOf = (named: string, { id, fullPath }: Pick<Target, 'id' | 'fullPath'>): boolean =>
  named === String(id) || named.toLowerCase() === fullPath.toLowerCase()
