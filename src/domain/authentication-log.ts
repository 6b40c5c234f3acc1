/**
 * The authentication log of a project: one row for each other project that used a job token here in
 * the last 30 days. Together with the allowlist, it tells which entry let each of them in. GitLab
 * logs successful uses only, about five minutes late, and never a project's use of itself.
 * https://docs.gitlab.com/ci/jobs/ci_job_token/#job-token-authentication-log
 */
import { type AllowlistEntry, entryKey, type TargetKind } from './allowlist.ts'
import { coveringEntries, type EntryIndex } from './covering.ts'

/** The project whose job used the token. The server may name it in part, or not at all. */
export type LogOrigin = {
  readonly id: number | undefined
  readonly fullPath: string | undefined
  readonly name: string | undefined
  readonly avatarUrl: string | null
  /** As the server sent it, not necessarily safe; null where the user cannot see the project. */
  readonly webUrl: string | null
}

/** The last use of this project by the job tokens of another one. */
export type Authorization = {
  readonly origin: LogOrigin
  /** ISO 8601. */
  readonly lastAuthorizedAt: string
  /** Undefined where the server does not return the used policies. */
  readonly usedPolicies: readonly string[] | undefined
}

/** The time of a use in milliseconds; an invalid date counts as the oldest. */
export function usedAt({ lastAuthorizedAt }: Authorization): number {
  const time = Date.parse(lastAuthorizedAt)
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time
}

/**
 * Keeps one row per project, in the given order. A log that changes while its pages are read
 * repeats a row, and the newer use counts. Rows without a project are all kept: they may belong to
 * different projects.
 */
export function withoutRepeats(rows: readonly Authorization[]): Authorization[] {
  const newest = new Map<number, Authorization>()
  for (const row of rows) {
    const { id } = row.origin
    if (id === undefined) continue
    const known = newest.get(id)
    if (!known || usedAt(row) > usedAt(known)) newest.set(id, row)
  }
  return rows.filter((row) => row.origin.id === undefined || newest.get(row.origin.id) === row)
}

/** The rule that lets a project in now. */
export type LetIn =
  | { readonly by: 'entry'; readonly entry: AllowlistEntry }
  /** All groups and projects may come in; entries are not checked. */
  | { readonly by: 'mode' }
  /** The own project's jobs, which are let in where no entry limits them. */
  | { readonly by: 'own-project' }
  /** No entry covers the project. */
  | { readonly by: 'nothing' }
  /** The server does not return enough about the project to find its entry. */
  | { readonly by: 'unknown' }

/** The accessed project's settings and entries, as far as the log needs them. */
export type Gate = {
  readonly projectId: number
  /** Whether the allowlist is in force. */
  readonly inboundEnabled: boolean
  readonly entries: EntryIndex
}

export function letIn({ id, fullPath }: LogOrigin, gate: Gate): LetIn {
  if (!gate.inboundEnabled) return { by: 'mode' }
  const [entry] = coveringEntries(gate.entries, { id, fullPath })
  if (entry) return { by: 'entry', entry }
  if (id !== undefined && id === gate.projectId) return { by: 'own-project' }
  // Without its path, the project may be inside one of the listed groups.
  const isKnown = fullPath !== undefined || (id !== undefined && gate.entries.groups.length === 0)
  return { by: isKnown ? 'nothing' : 'unknown' }
}

/** When each entry was last used, according to a log that was read completely. */
export type LastUses = {
  /** ISO 8601, by `entryKey`. */
  readonly at: ReadonlyMap<string, string>
  /**
   * The kinds of entries that may have been used by a project that the server does not name. An
   * entry of another kind without a date was not used in the last 30 days.
   */
  readonly unsure: ReadonlySet<TargetKind>
}

/**
 * Finds when each entry was last used: the newest use by a project for which it is the nearest
 * entry. A row without an id may belong to any entry. A row with an unlisted id and without a path
 * may belong to any group.
 */
export function lastUses(rows: readonly Authorization[], entries: EntryIndex): LastUses {
  const newest = new Map<string, Authorization>()
  const unsure = new Set<TargetKind>()
  for (const row of rows) {
    const [entry] = coveringEntries(entries, row.origin)
    const { id, fullPath } = row.origin
    if (entry) {
      const key = entryKey(entry.target)
      const known = newest.get(key)
      if (!known || usedAt(row) > usedAt(known)) newest.set(key, row)
    } else if (fullPath === undefined) {
      unsure.add('group')
      if (id === undefined) unsure.add('project')
    }
  }
  return { at: new Map([...newest].map(([key, row]) => [key, row.lastAuthorizedAt])), unsure }
}
