/** An allowlist as a file: what is written, what is read, and what can be wrong with a file. */
import type { AllowlistEntry, Target, TargetKind } from '../allowlist.ts'
import type { PermissionConfiguration } from '../permissions.ts'

/** The settings beside a list. Undefined: this server or this file does not say. */
export type ListSettings = {
  readonly inboundEnabled?: boolean | undefined
  readonly pushAllowed?: boolean | undefined
  readonly crossProjectPushAllowed?: boolean | undefined
}

/** A list as it is written into a file. */
export type ListExport = {
  /** The address of the GitLab, for people. */
  readonly server: string
  readonly project: Pick<Target, 'id' | 'fullPath'>
  /** ISO 8601. */
  readonly at: string
  /** A selection says nothing about what it leaves out. */
  readonly extent: Extent
  readonly settings: ListSettings
  /** Stored entries alone: without the row that stands for no entry of the own project. */
  readonly entries: readonly AllowlistEntry[]
}

export type Extent = 'whole' | 'selection'

/** An entry that a file names. At least one of `id` and `fullPath` is there. */
export type FileEntry = {
  readonly kind: TargetKind
  readonly id: number | undefined
  readonly fullPath: string | undefined
  /** Undefined where the format cannot say: then any permissions agree with it. */
  readonly permissions: PermissionConfiguration | undefined
  /** Where it stands in the file, from 1. */
  readonly line: number
}

/** A list as it was read from a file. */
export type ListFile = {
  readonly format: 'json' | 'csv' | 'terraform'
  /** Where the list is from; undefined where the format does not say. */
  readonly server: string | undefined
  /** The project that owns the list; undefined where the format does not say. */
  readonly project: Partial<Pick<Target, 'id' | 'fullPath'>> | undefined
  readonly at: string | undefined
  readonly extent: Extent
  readonly settings: ListSettings
  readonly entries: readonly FileEntry[]
}

export type FileProblem = {
  /** From 1; undefined where the whole file is meant. */
  readonly line: number | undefined
  /** Such as `entries[3].kind`; empty where no field is meant. */
  readonly field: string
  readonly reason: ProblemReason
}

export type ProblemReason =
  | 'empty'
  | 'too-long'
  /** Neither JSON nor CSV nor Terraform of an allowlist. */
  | 'not-recognized'
  | 'syntax'
  | 'missing'
  | 'unknown-field'
  | 'not-text'
  | 'not-boolean'
  | 'not-id'
  | 'not-list'
  | 'not-object'
  /** Neither `project` nor `group`. */
  | 'not-kind'
  | 'not-extent'
  | 'not-policy'
  /** A version of the format that this console does not know. */
  | 'version'
  /** The same entry, field or resource stands there before. */
  | 'twice'
  /** A row has more or fewer cells than the first one. */
  | 'cells'
  /** Terraform determines the value when it runs: a variable, a reference, a loop. */
  | 'computed'
  /** No resource of the file belongs to this project. */
  | 'other-project'

export type ReadResult =
  | { readonly ok: ListFile }
  /** At least one. */
  | { readonly errors: readonly FileProblem[] }

/** The largest file that is read, in characters: some 20,000 entries. */
export const mostCharacters = 5_000_000

/** More problems help nobody. */
const mostProblems = 20

/** The result of reading: a file with a problem is refused as a whole. */
export function resultOf(problems: readonly FileProblem[], file: () => ListFile): ReadResult {
  if (problems.length > 0) return { errors: problems.slice(0, mostProblems) }
  const read = file()
  const repeated = repeats(read.entries)
  return repeated.length > 0 ? { errors: repeated.slice(0, mostProblems) } : { ok: read }
}

/** Entries that name what an entry before them names. */
function repeats(entries: readonly FileEntry[]): FileProblem[] {
  const seen = new Set<string>()
  return entries.flatMap(({ kind, id, fullPath, line }) => {
    const names = [
      ...(id === undefined ? [] : [`${kind} #${id}`]),
      ...(fullPath === undefined ? [] : [`${kind} ${fullPath.toLowerCase()}`]),
    ]
    const isRepeat = names.some((name) => seen.has(name))
    for (const name of names) seen.add(name)
    return isRepeat ? [{ line, field: fullPath ?? `#${id}`, reason: 'twice' as const }] : []
  })
}

/** A name that GitLab could have given to a policy: the console need not know it. */
export const isPolicy = (name: string): boolean => /^[^\s,;"]{1,255}$/u.test(name)

/** A number that can be an id. */
export const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0

/**
 * Shows what cannot be seen, and what turns the direction of a text: for comments in scripts, which
 * must end where their line ends.
 */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`,
  )
