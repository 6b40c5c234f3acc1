/** A list in a file against the list at GitLab. */
import { type AllowlistEntry, entryKey, isOwnProject, type Target } from '../allowlist.ts'
import type { EntryChange } from '../change.ts'
import { type PermissionConfiguration, samePermissions } from '../permissions.ts'
import type { FileEntry, ListFile, ListSettings } from './list-file.ts'

/** An entry of the file and what stands for it at GitLab. */
export type Different = {
  readonly entry: AllowlistEntry
  readonly after: PermissionConfiguration
  /** The path in the file, where the group or project has another one now. */
  readonly movedFrom: string | undefined
}

/** An entry of the file that is not listed. */
export type Missing = {
  readonly target: Target
  readonly after: PermissionConfiguration
  readonly movedFrom: string | undefined
}

/** An entry of the file whose group or project could not be found. */
export type Unknown = { readonly entry: FileEntry; readonly why: 'missing' | 'failed' }

export type SettingName = keyof ListSettings

export type Comparison = {
  readonly missing: readonly Missing[]
  readonly different: readonly Different[]
  /** Listed at GitLab and not in the file; empty for the file of a selection. */
  readonly added: readonly AllowlistEntry[]
  readonly unknown: readonly Unknown[]
  readonly settings: readonly {
    readonly name: SettingName
    readonly now: boolean
    readonly after: boolean
  }[]
  /** Entries that are as in the file. */
  readonly same: number
}

/** What a look-up of an entry's group or project came to. */
export type Found = Target | 'missing' | 'failed'

/** The project that owns the list, and what is listed there. */
export type Present = {
  readonly server: string
  readonly project: Pick<Target, 'id' | 'fullPath'>
  readonly rows: readonly AllowlistEntry[]
  readonly settings: ListSettings
}

/** Whether ids of the file mean the same here. A file that names no server is taken to be of this one. */
export const isOfServer = ({ server }: ListFile, here: string): boolean =>
  server === undefined || sameAddress(server, here)

const sameAddress = (a: string, b: string): boolean =>
  a.replace(/\/+$/, '').toLowerCase() === b.replace(/\/+$/, '').toLowerCase()

/**
 * The entries of a file that count, each with its row. The own project's entry is no part of a
 * comparison, neither that of this project nor that of the project whose list the file is.
 */
function matched(file: ListFile, { server, project, rows }: Present) {
  const byId = new Map(rows.map((row) => [entryKey(row.target), row]))
  const byPath = new Map(rows.map((row) => [pathKey(row.target), row]))
  const useIds = isOfServer(file, server)
  const isOwn = ({ kind, id, fullPath }: FileEntry): boolean => {
    const owners = [project, ...(file.project ? [file.project] : [])]
    return (
      kind === 'project' &&
      owners.some((owner) =>
        useIds && id !== undefined && owner.id !== undefined
          ? owner.id === id
          : fullPath !== undefined && owner.fullPath?.toLowerCase() === fullPath.toLowerCase(),
      )
    )
  }
  return file.entries
    .filter((entry) => !isOwn(entry))
    .map((entry) => {
      const { kind, id, fullPath } = entry
      const row = useIds && id !== undefined ? byId.get(entryKey({ kind, id })) : undefined
      return { entry, row: row ?? (fullPath ? byPath.get(pathKey({ kind, fullPath })) : undefined) }
    })
}

const pathKey = ({ kind, fullPath }: Pick<Target, 'kind' | 'fullPath'>): string =>
  `${kind} ${fullPath.toLowerCase()}`

/** The entries of a file that are not listed: their groups and projects have to be looked up. */
export const toLookUp = (file: ListFile, present: Present): FileEntry[] =>
  matched(file, present).flatMap(({ entry, row }) => (row ? [] : entry))

/**
 * Compares a file with the list.
 * @param found what came of the look-ups of `toLookUp`, by entry
 */
export function compare(
  file: ListFile,
  present: Present,
  found: ReadonlyMap<FileEntry, Found>,
): Comparison {
  const { rows, project, settings } = present
  const byKey = new Map(rows.map((row) => [entryKey(row.target), row]))
  const missing: Missing[] = []
  const different: Different[] = []
  const unknown: Unknown[] = []
  const inFile = new Set<string>()
  let same = 0
  for (const { entry, row } of matched(file, present)) {
    const answer = row?.target ?? found.get(entry) ?? 'failed'
    if (typeof answer === 'string') {
      unknown.push({ entry, why: answer })
      continue
    }
    const key = entryKey(answer)
    // A path and an id of the file can lead to the same target: the first one counts.
    if (inFile.has(key) || isOwnProject({ target: answer }, project.id)) continue
    inFile.add(key)
    const { fullPath, permissions } = entry
    const movedFrom =
      fullPath !== undefined && fullPath.toLowerCase() !== answer.fullPath.toLowerCase()
        ? fullPath
        : undefined
    const listed = row ?? byKey.get(key)
    if (!listed) missing.push({ target: answer, after: permissions ?? unrestricted, movedFrom })
    else if (permissions && !grantsSame(listed.permissions, permissions))
      different.push({ entry: listed, after: permissions, movedFrom })
    else same += 1
  }
  return {
    missing,
    different,
    added:
      file.extent === 'selection'
        ? []
        : rows.filter((row) => !inFile.has(entryKey(row.target)) && !isOwnProject(row, project.id)),
    unknown,
    settings: settingNames.flatMap((name) => {
      const now = settings[name]
      const after = file.settings[name]
      return now === undefined || after === undefined || now === after ? [] : { name, now, after }
    }),
    same,
  }
}

const settingNames = [
  'inboundEnabled',
  'pushAllowed',
  'crossProjectPushAllowed',
] as const satisfies readonly SettingName[]

const unrestricted: PermissionConfiguration = { defaultPermissions: true, policies: [] }

/** Whether two entries grant the same: beside default permissions GitLab ignores the policies. */
const grantsSame = (a: PermissionConfiguration, b: PermissionConfiguration): boolean =>
  (a.defaultPermissions && b.defaultPermissions) || samePermissions(a, b)

/** Whether a list is as the file says, as far as that could be found out. */
export const isSame = ({ missing, different, added, unknown, settings }: Comparison): boolean =>
  [missing, different, added, unknown, settings].every(({ length }) => length === 0)

/**
 * The changes that make the chosen lines as the file says: additions and changes before removals.
 * @param isChosen by the `entryKey` of a line's target
 */
export function changesOf(
  { missing, different, added }: Comparison,
  projectId: number,
  isChosen: (key: string) => boolean,
): EntryChange[] {
  const changes: EntryChange[] = [
    ...missing.map(({ target, after }) => ({ projectId, target, before: undefined, after })),
    ...different.map(({ entry, after }) => ({
      projectId,
      target: entry.target,
      before: entry.permissions,
      after,
    })),
    ...added.map(({ target, permissions }) => ({
      projectId,
      target,
      before: permissions,
      after: undefined,
    })),
  ]
  return changes.filter(({ target }) => isChosen(entryKey(target)))
}
