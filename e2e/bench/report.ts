import { type Sample, seenSlowdown } from './measure.ts'
import { timesBare } from './set.ts'
import type { Size } from './worlds.ts'

/** A part of the benchmark: the panel with this many entries, a set of changes, the reading of pasted text. */
export type Part = Size | 'set' | 'reading'

/** All runs of one subject under the same conditions. */
export type Series = {
  readonly subject: string
  readonly part: Part
  readonly slowdown: number
  readonly runs: Sample[]
}

/** The target of a measurement; `times` is relative to the floor. */
type Target = { readonly at: number; readonly unit: 'times' | 'ms' | 'MB' | 'x' }

function targetOf(measure: string, { part: size, slowdown, subject }: Series): Target | undefined {
  if (size === 'set') {
    return measure === timesBare && subject === 'console' ? { at: 1.15, unit: 'x' } : undefined
  }
  if (size === 'reading') return { at: measure.startsWith('match') ? 100 : 200, unit: 'ms' }
  if (size === 400 && measure === 'table painted') return { at: 2, unit: 'times' }
  if (size === 400 && measure === 'heap, JavaScript') return { at: 15, unit: 'MB' }
  if (slowdown !== 4 || size > 400) return undefined
  if (/^(?:one choice, press|a letter in the search,) to painted$/.test(measure))
    return { at: 50, unit: 'ms' }
  return measure.includes('press to usable') ? { at: 150, unit: 'ms' } : undefined
}

function unitOf(measure: string): string {
  if (measure.startsWith('heap')) return 'MB'
  if (measure.startsWith('writes, times')) return 'x'
  return measure === seenSlowdown || measure.startsWith('frames') ? '' : 'ms'
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1)
  return (low + high) / 2
}

export type Row = {
  readonly part: Part
  readonly slowdown: number
  readonly subject: string
  readonly measure: string
  readonly median: number
  readonly least: number
  readonly most: number
  readonly timesFloor?: number
  readonly target?: Target
  readonly reached?: boolean
}

/** One row per measurement; the floor has rows of its own. */
export function summarize(all: readonly Series[]): Row[] {
  return all.flatMap((series) => {
    const floor = all.find(
      ({ subject, part, slowdown }) =>
        subject === 'floor' && part === series.part && slowdown === series.slowdown,
    )
    return Object.keys(series.runs[0] ?? {}).map((measure): Row => {
      const valuesOf = (runs: readonly Sample[]) => runs.map((run) => run[measure] ?? Number.NaN)
      const values = valuesOf(series.runs)
      const isFloor = series.subject === 'floor'
      const beside = floor && !isFloor ? median(valuesOf(floor.runs)) : Number.NaN
      const times = median(values) / beside
      const target = isFloor ? undefined : targetOf(measure, series)
      return {
        part: series.part,
        slowdown: series.slowdown,
        subject: series.subject,
        measure,
        median: median(values),
        least: Math.min(...values),
        most: Math.max(...values),
        ...(Number.isFinite(times) && { timesFloor: times }),
        ...(target && {
          target,
          reached: (target.unit === 'times' ? times : median(values)) <= target.at,
        }),
      }
    })
  })
}

const written = (value: number, unit: string) =>
  `${value.toFixed(unit === 'x' ? 2 : unit === 'MB' || value < 10 ? 1 : 0)} ${unit}`

/** Whether other load kept the CPU from being slowed down as requested. */
export const isTooBusy = ({ measure, slowdown, median: seen }: Row): boolean =>
  measure === seenSlowdown && seen < slowdown * 0.75

/** Formats the rows for people: one block per size and slow-down. */
export function format(rows: readonly Row[]): string {
  const titles = rows.map(titleOf)
  return [...new Set(titles)]
    .map((title) =>
      formatBlock(
        title,
        rows.filter((_, n) => titles[n] === title),
      ),
    )
    .join('\n\n')
}

function titleOf({ part, slowdown }: Row): string {
  if (part === 'reading') return 'what is pasted, a megabyte at a time, in Node'
  if (part === 'set') return 'a set of 400 changes, 20 ms of latency for each write'
  return `${part} entries, ${slowdown}x CPU`
}

function formatBlock(title: string, rows: readonly Row[]): string {
  const widths = [30, 12, 10, 18, 9]
  const line = (...cells: string[]) =>
    cells
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  ')
      .trimEnd()
  const lines = rows.map(({ subject, measure, median: middle, least, most, ...rest }) => {
    const unit = unitOf(measure)
    const { timesFloor, target, reached } = rest
    const verdict = target
      ? `${reached ? 'reached' : 'MISSED'}: at most ${target.at} ${target.unit}`
      : ''
    return line(
      measure,
      subject,
      written(middle, unit),
      `${written(least, '')}to ${written(most, '')}`,
      timesFloor === undefined ? '' : `${timesFloor.toFixed(2)} x`,
      verdict,
    )
  })
  return [`── ${title}`, line('', '', 'median', 'range', 'floor'), ...lines].join('\n')
}
