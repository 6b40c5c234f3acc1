/** The lines of a review: what is shown of each change, and in which order. */
import type { SetLine } from '../../api/change-sets.ts'
import { type AllowlistEntry, entryKey } from '../../domain/allowlist.ts'
import {
  type Circumstances,
  type Direction,
  directionOf,
  type Effect,
  effectOfSet,
  isNothing,
  type Shift,
} from '../../domain/change.ts'
import { type Endpoint, endpointsOf, openedBy } from '../../domain/endpoints.ts'
import { fold } from '../../domain/entry-filter.ts'

/** The effect of one line, while all included lines are saved together. */
export type LineEffect = {
  readonly effect: Effect
  readonly direction: Direction
  readonly gained: readonly Endpoint[]
  readonly lost: readonly Endpoint[]
}

/** What is shown of one change. */
export type ReviewLine = {
  readonly line: SetLine
  /** Undefined where the whole list is not known, and for a line that was taken out. */
  readonly effect: LineEffect | undefined
  /** Whether the signed-in user can see the target. */
  readonly accessible: boolean
}

/** Determines the effects of a set's lines, by the key of their entry. */
export function effectsOf(
  lines: readonly SetLine[],
  circumstances: Circumstances | undefined,
): ReadonlyMap<string, LineEffect> {
  if (!circumstances) return new Map()
  // Of a list that is not in force: as it will be then.
  const inForce = { ...circumstances, inForce: true }
  const changes = lines.filter(({ included }) => included).map(({ change }) => change)
  const endpoints = endpointsOf(circumstances.version)
  const effects = effectOfSet(changes, inForce)
  return new Map(
    changes.flatMap(({ target }, at): [string, LineEffect][] => {
      const effect = effects[at]
      if (!effect) return []
      const direction = directionOf(effect)
      return [[entryKey(target), { effect, direction, ...endpointsBy(effect.callers, endpoints) }]]
    }),
  )
}

function endpointsBy({ had, has }: Shift, endpoints: readonly Endpoint[]) {
  const before = new Set(openedBy(had, endpoints))
  const after = new Set(openedBy(has, endpoints))
  return {
    gained: [...after].filter((endpoint) => !before.has(endpoint)),
    lost: [...before].filter((endpoint) => !after.has(endpoint)),
  }
}

/** Puts together what is shown of each line. */
export function linesOf(
  lines: readonly SetLine[],
  effects: ReadonlyMap<string, LineEffect>,
  rows: readonly AllowlistEntry[],
): ReviewLine[] {
  const hidden = new Set(rows.filter((row) => !row.accessible).map((row) => entryKey(row.target)))
  return lines.map((line) => {
    const entry = entryKey(line.change.target)
    return {
      line,
      effect: line.included ? effects.get(entry) : undefined,
      accessible: !hidden.has(entry),
    }
  })
}

/** The entry that grants more and that a line's entry comes to replace for its jobs. */
export function overridden({ effect }: LineEffect): AllowlistEntry | undefined {
  const { before, after, lost } = effect.callers
  if (!before || !after || isNothing(lost)) return undefined
  return entryKey(before.target) === entryKey(after.target) ? undefined : before
}

export const lineSorts = ['effect', 'path', 'outcome'] as const
export type LineSort = (typeof lineSorts)[number]

const byDirection: readonly (Direction | undefined)[] = [
  'widens',
  'mixed',
  'narrows',
  'neither',
  undefined,
]
const byOutcome: readonly (string | undefined)[] = [
  'refused',
  'not-known',
  'conflict',
  'gone',
  'saved-otherwise',
  'to-do',
  undefined,
  'saved',
]
const collator = new Intl.Collator('en', { numeric: true })

/** Sorts lines; those that are equal keep the order of the set. */
export function sortLines(lines: readonly ReviewLine[], sort: LineSort): ReviewLine[] {
  switch (sort) {
    case 'effect':
      return lines.toSorted(
        (a, b) =>
          byDirection.indexOf(a.effect?.direction) - byDirection.indexOf(b.effect?.direction),
      )
    case 'path':
      return lines.toSorted((a, b) =>
        collator.compare(a.line.change.target.fullPath, b.line.change.target.fullPath),
      )
    case 'outcome':
      return lines.toSorted(
        (a, b) => byOutcome.indexOf(a.line.outcome?.what) - byOutcome.indexOf(b.line.outcome?.what),
      )
  }
}

/** The lines whose path or name contains every word. */
export function searchLines(lines: readonly ReviewLine[], search: string): readonly ReviewLine[] {
  const words = fold(search).split(/\s+/).filter(Boolean)
  if (words.length === 0) return lines
  return lines.filter(
    ({
      line: {
        change: { target },
      },
    }) => {
      const text = fold(`${target.fullPath} ${target.name}`)
      return words.every((word) => text.includes(word))
    },
  )
}
