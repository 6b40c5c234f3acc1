/**
 * An allowlist as JSON. The schema is `public/allowlist.v1.schema.json`; a change that an older console
 * cannot read gets a new version.
 */
import type { PermissionConfiguration } from '../permissions.ts'
import { type JsonField, type JsonNode, readJson } from './json-reader.ts'
import {
  type Extent,
  type FileEntry,
  type FileProblem,
  isId,
  isPolicy,
  type ListExport,
  type ListSettings,
  type ProblemReason,
  type ReadResult,
  resultOf,
} from './list-file.ts'

const schemaId = 'urn:job-token-console:allowlist:1'
const version = 1

/** The settings by their names in GitLab's REST API. */
const settingNames = {
  inbound_enabled: 'inboundEnabled',
  ci_push_repository_for_job_token_allowed: 'pushAllowed',
  ci_cross_project_push_for_job_token_allowed: 'crossProjectPushAllowed',
} as const satisfies Record<string, keyof ListSettings>

/** Writes a list, with names as in GitLab's REST API. */
export function toJson({ server, project, at, extent, settings, entries }: ListExport): string {
  const stored = Object.entries(settingNames).map(([name, key]) => [name, settings[key]])
  const file = {
    $schema: schemaId,
    version,
    server,
    project: { id: project.id, full_path: project.fullPath },
    exported_at: at,
    extent,
    settings: Object.fromEntries(stored),
    entries: entries.map(({ target, permissions }) => ({
      kind: target.kind,
      id: target.id,
      full_path: target.fullPath,
      default_permissions: permissions.defaultPermissions,
      job_token_policies: permissions.policies,
    })),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Reads what `toJson` writes, also where a person has edited it. */
export function fromJson(text: string): ReadResult {
  const node = readJson(text)
  if ('brokenAt' in node) {
    return { errors: [{ line: node.brokenAt, field: '', reason: 'syntax' }] }
  }
  const problems: FileProblem[] = []
  const problem = (line: number, field: string, reason: ProblemReason) => {
    problems.push({ line, field, reason })
  }

  /** The fields of an object. Without `optional` and `required` names there is nothing else in it. */
  function fieldsOf(
    node: JsonNode,
    path: string,
    required: readonly string[],
    optional: readonly string[],
  ): Map<string, JsonNode> | undefined {
    if (node.kind !== 'object') {
      problem(node.line, path, 'not-object')
      return undefined
    }
    const fields = new Map<string, JsonNode>()
    const at = (name: string) => (path ? `${path}.${name}` : name)
    for (const { name, line, node: value } of node.fields satisfies readonly JsonField[]) {
      if (fields.has(name)) problem(line, at(name), 'twice')
      else if (!required.includes(name) && !optional.includes(name))
        problem(line, at(name), 'unknown-field')
      fields.set(name, value)
    }
    for (const name of required) if (!fields.has(name)) problem(node.line, at(name), 'missing')
    return fields
  }

  /** The value of a field that has to be of a certain form; undefined where it is not there. */
  function plain<Value>(
    node: JsonNode | undefined,
    path: string,
    reason: ProblemReason,
    isRight: (value: unknown) => value is Value,
  ): Value | undefined {
    if (!node) return undefined
    const value = node.kind === 'plain' ? node.value : undefined
    if (isRight(value)) return value
    problem(node.line, path, reason)
    return undefined
  }

  const text_ = (node: JsonNode | undefined, path: string) => plain(node, path, 'not-text', isText)
  const flag = (node: JsonNode | undefined, path: string) =>
    plain(node, path, 'not-boolean', isBoolean)

  function listOf(node: JsonNode | undefined, path: string): readonly JsonNode[] {
    if (!node) return []
    if (node.kind === 'list') return node.items
    problem(node.line, path, 'not-list')
    return []
  }

  function permissionsOf(fields: Map<string, JsonNode>, path: string): PermissionConfiguration {
    const list = `${path}.job_token_policies`
    return {
      defaultPermissions:
        flag(fields.get('default_permissions'), `${path}.default_permissions`) ?? false,
      policies: listOf(fields.get('job_token_policies'), list).flatMap(
        (item, at) => plain(item, `${list}[${at}]`, 'not-policy', isPolicyName) ?? [],
      ),
    }
  }

  function entryOf(node: JsonNode, at: number): FileEntry[] {
    const path = `entries[${at}]`
    const fields = fieldsOf(
      node,
      path,
      ['kind', 'full_path', 'default_permissions', 'job_token_policies'],
      ['id'],
    )
    if (!fields) return []
    const kind = plain(fields.get('kind'), `${path}.kind`, 'not-kind', isKind)
    const id = plain(fields.get('id'), `${path}.id`, 'not-id', isId)
    const fullPath = text_(fields.get('full_path'), `${path}.full_path`)
    const permissions = permissionsOf(fields, path)
    return kind ? [{ kind, id, fullPath, permissions, line: node.line }] : []
  }

  const whole = fieldsOf(
    node,
    '',
    ['version', 'entries'],
    ['$schema', 'server', 'project', 'exported_at', 'extent', 'settings'],
  )
  const versionNode = whole?.get('version')
  if (whole && versionNode && !(versionNode.kind === 'plain' && versionNode.value === version)) {
    // What a later version means by its other fields is not known.
    return { errors: [{ line: versionNode.line, field: 'version', reason: 'version' }] }
  }
  text_(whole?.get('$schema'), '$schema')
  const server = text_(whole?.get('server'), 'server')
  const at = text_(whole?.get('exported_at'), 'exported_at')
  const extent = plain(whole?.get('extent'), 'extent', 'not-extent', isExtent) ?? 'whole'
  const projectNode = whole?.get('project')
  const projectFields = projectNode && fieldsOf(projectNode, 'project', [], ['id', 'full_path'])
  const project = projectFields && {
    id: plain(projectFields.get('id'), 'project.id', 'not-id', isId),
    fullPath: text_(projectFields.get('full_path'), 'project.full_path'),
  }
  const settingsNode = whole?.get('settings')
  const settingFields =
    settingsNode && fieldsOf(settingsNode, 'settings', [], Object.keys(settingNames))
  const settings = Object.fromEntries(
    Object.entries(settingNames).map(([name, key]) => [
      key,
      flag(settingFields?.get(name), `settings.${name}`),
    ]),
  ) satisfies ListSettings
  const entries = listOf(whole?.get('entries'), 'entries').flatMap(entryOf)
  return resultOf(problems, () => ({
    format: 'json',
    server,
    project: project && withoutUndefined(project),
    at,
    extent,
    settings,
    entries,
  }))
}

const withoutUndefined = ({
  id,
  fullPath,
}: {
  id: number | undefined
  fullPath: string | undefined
}) => ({
  ...(id !== undefined && { id }),
  ...(fullPath !== undefined && { fullPath }),
})

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
const isKind = (value: unknown): value is 'project' | 'group' =>
  value === 'project' || value === 'group'
const isExtent = (value: unknown): value is Extent => value === 'whole' || value === 'selection'
const isPolicyName = (value: unknown): value is string =>
  typeof value === 'string' && isPolicy(value)
