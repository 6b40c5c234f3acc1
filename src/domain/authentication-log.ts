/**
 * The authentication log of a project: which other projects used a job token here in the last 30 days,
 * one row each, and what follows from it together with the allowlist. GitLab logs successful use only,
 * some five minutes late, and never a project's use of itself.
 * https://docs.gitlab.com/ci/jobs/ci_job_token/#job-token-authentication-log
 */
import { type AllowlistEntry, entryKey, type TargetKind } from './allowlist.ts'
import { coveringEntries, type EntryIndex } from './covering.ts'

/** The project whose jobs used the token, as far as the server names it: perhaps not at all. */
export type LogOrigin = {
  readonly id: number | undefined
  readonly fullPath: string | undefined
  readonly name: string | undefined
  readonly avatarUrl: string | null
  /** As the server sent it, not necessarily a safe link; null where the user cannot see the project. */
  readonly webUrl: string | null
}

/** The last use of this project by the job tokens of another one. */
export type Authorization = {
  readonly origin: LogOrigin
  /** ISO 8601. */
  readonly lastAuthorizedAt: string
  /** Undefined where the server does not tell. */
  readonly usedPolicies: readonly string[] | undefined
}

/** When a row says that the token was used, in milliseconds; a date that is none counts as the oldest. */
export function usedAt({ lastAuthorizedAt }: Authorization): number {
  const time = Date.parse(lastAuthorizedAt)
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time
}

/**
 * One row per project, in the order given. A log that changes between two of its pages repeats a row;
 * the newer use counts. Rows without a project are all kept: two of them may be two projects.
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

/** What lets a project in now. */
export type LetIn =
  | { readonly by: 'entry'; readonly entry: AllowlistEntry }
  /** All groups and projects may come in, and entries do not count. */
  | { readonly by: 'mode' }
  /** A project always lets its own jobs in, where no entry says what they may do. */
  | { readonly by: 'own-project' }
  /** It is on no entry. */
  | { readonly by: 'nothing' }
  /** The server does not name the project, or not enough of it to find its entry. */
  | { readonly by: 'unknown' }

/** What a project says about job tokens, as far as the log needs it. */
export type Gate = {
  readonly projectId: number
  /** Whether the allowlist counts. */
  readonly inboundEnabled: boolean
  readonly entries: EntryIndex
}

export function letIn({ id, fullPath }: LogOrigin, gate: Gate): LetIn {
  if (!gate.inboundEnabled) return { by: 'mode' }
  const [entry] = coveringEntries(gate.entries, { id, fullPath })
  if (entry) return { by: 'entry', entry }
  if (id !== undefined && id === gate.projectId) return { by: 'own-project' }
  // Without a path one of the groups may be an ancestor of it.
  const isKnown = fullPath !== undefined || (id !== undefined && gate.entries.groups.length === 0)
  return { by: isKnown ? 'nothing' : 'unknown' }
}

/** When entries were last used, as far as a log tells that was read whole. */
export type LastUses = {
  /** ISO 8601, by the keys of entries. */
  readonly at: ReadonlyMap<string, string>
  /**
   * The kinds of entries of which one may have let in a project that the server does not name. An entry
   * of another kind that has no date was not used in the last 30 days.
   */
  readonly unsure: ReadonlySet<TargetKind>
}

/**
 * When each entry was last used: the newest use among the projects for which it is the nearest entry.
 * A row without an id may belong to any entry. A row with an id that is not on the list itself, but
 * without a path, may belong to any group.
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
