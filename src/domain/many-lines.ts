/**
 * Many groups and projects in one pasted text, each to become an entry: the names in the text, and
 * what is to become of each once it is known what it names.
 */
import {
  type AllowlistEntry,
  countStored,
  entryKey,
  isImplied,
  isOwnProject,
  type Target,
} from './allowlist.ts'
import { ancestorsOf, foldPath } from './covering.ts'
import { allowlistLimit } from './permission-catalogue.ts'
import { type PermissionConfiguration, samePermissions } from './permissions.ts'

/** The most names that are taken from one text. */
export const mostNames = 500

/** One name in a pasted text, without bullets, numbers, quotes and commas around it. */
export type PastedName = {
  /** The number of its line, from 1. */
  readonly line: number
  readonly text: string
}

/** `- `, `* [x] `, `1. `, `2) `, `• `: what people put before an item of a list. */
const bullet = /^ ?(?:[-*+•‣◦·–—]|\(?\d{1,4}[.)]|\[[ xX]?\]|>) /
/** `#90` is a number of GitLab's, any other `#` starts a comment, and so do `//` and `--`. */
const comment = /^ ?(?:#(?!\d)|\/\/|-- ).*$| (?:#(?!\d+\b)|\/\/ |-- ).*$/
/** A link of Markdown: what counts is where it leads. */
const link = /\[[^\]]*\]\(([^)\s]+)[^)]*\)/g
const around = /^[\s"'`“”‘’«»<>[\](){}]+|[\s"'`“”‘’«»<>[\](){}.:]+$/g

/** The names in a text: one a line, or several between commas, semicolons or tabs. */
export function namesIn(text: string): PastedName[] {
  return text.split(/\r\n|\r|\n/).flatMap((whole, at) => {
    const plain = whole.replace(/[\u200b\ufeff]/g, '').replace(/[^\S\t]+/g, ' ')
    const line = withoutBullets(plain.replace(comment, ''))
    return line
      .replace(link, '$1')
      .split(/[,;\t]/)
      .map((part) => part.replace(around, ''))
      .filter((part) => part !== '')
      .map((part) => ({ line: at + 1, text: part }))
  })
}

function withoutBullets(line: string): string {
  const rest = line.replace(bullet, '')
  return rest === line ? line : withoutBullets(rest)
}

/** What is to become of a target that a pasted text names. */
export type Verdict =
  | { readonly kind: 'add' }
  /** An earlier name is the same target. */
  | { readonly kind: 'folded'; readonly into: PastedName }
  /** A group above it, listed or added along, grants the same: an entry of its own changes nothing. */
  | { readonly kind: 'covered'; readonly by: Target }
  /** There already, with the wanted permissions or with others. */
  | { readonly kind: 'listed'; readonly entry: AllowlistEntry; readonly same: boolean }
  | { readonly kind: 'own-project' }
  /** GitLab's limit of entries of this kind is reached before it. */
  | { readonly kind: 'limit' }

export type Named = { readonly name: PastedName; readonly target: Target }

type List = {
  readonly rows: readonly AllowlistEntry[]
  /** The project that owns the list. */
  readonly projectId: number
  /** What each added entry gets. */
  readonly permissions: PermissionConfiguration
}

/**
 * Decides about targets. Where the limit does not suffice for all, groups above others come first, then
 * those that stand first in the text.
 * @param named in the order of the text
 * @returns a verdict for each, in the same order
 */
export function judgeNames(
  named: readonly Named[],
  { rows, projectId, permissions }: List,
): Verdict[] {
  const listed = new Map(
    rows.filter((row) => !isImplied(row, projectId)).map((row) => [entryKey(row.target), row]),
  )
  const groups = new Map<string, Pick<AllowlistEntry, 'target' | 'permissions'>>()
  for (const row of rows) {
    if (row.target.kind === 'group') groups.set(foldPath(row.target.fullPath), row)
  }
  const counts = { ...countStored(rows, projectId) }
  const firsts = new Map<string, PastedName>()
  for (const { name, target } of named.toReversed()) firsts.set(entryKey(target), name)

  function judge({ name, target }: Named): Verdict {
    const key = entryKey(target)
    const into = firsts.get(key)
    if (into && into !== name) return { kind: 'folded', into }
    if (isOwnProject({ target }, projectId)) return { kind: 'own-project' }
    const entry = listed.get(key)
    if (entry) {
      return { kind: 'listed', entry, same: samePermissions(entry.permissions, permissions) }
    }
    const [nearest] = ancestorsOf(target.fullPath).flatMap((path) => groups.get(path) ?? [])
    if (nearest && samePermissions(nearest.permissions, permissions)) {
      return { kind: 'covered', by: nearest.target }
    }
    if (counts[target.kind] >= allowlistLimit) return { kind: 'limit' }
    counts[target.kind] += 1
    if (target.kind === 'group') groups.set(foldPath(target.fullPath), { target, permissions })
    return { kind: 'add' }
  }

  const verdicts = new Map(named.toSorted(byHeight).map((each) => [each, judge(each)]))
  return named.map((each) => verdicts.get(each) ?? judge(each))
}

/** Groups before projects, and those above others before them. */
const byHeight = (a: Named, b: Named): number => heightOf(a) - heightOf(b)

const heightOf = ({ target: { kind, fullPath } }: Named): number =>
  kind === 'project' ? Number.MAX_SAFE_INTEGER : fullPath.split('/').length
