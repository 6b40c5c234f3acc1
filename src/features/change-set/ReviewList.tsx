import { useState } from 'react'
import type { SetState, SettingLine } from '../../api/change-sets.ts'
import type { Project } from '../../api/gitlab-api.ts'
import { type AllowlistEntry, countStored } from '../../domain/allowlist.ts'
import { changeKey, type Direction } from '../../domain/change.ts'
import { allowlistLimit } from '../../domain/permission-catalogue.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { type LineSort, type ReviewLine, searchLines, sortLines } from './lines.ts'
import { ReviewItem } from './ReviewItem.tsx'
import styles from './ReviewList.module.css'
import { SettingItem } from './SettingItem.tsx'

type ReviewListProps = {
  lines: readonly ReviewLine[]
  settings: readonly SettingLine[]
  state: SetState
  project: Project
  rows: readonly AllowlistEntry[]
  /** Whether the list is not in force, so that nobody gains or loses anything for now. */
  idle: boolean
}

const sortLabels: Record<LineSort, () => string> = {
  effect: m.set_sort_effect,
  path: m.set_sort_path,
  outcome: m.set_sort_outcome,
}

/** Up to so many lines are taken in at a glance. */
const fewLines = 5

/** The changes of a set, with a search and an order. */
export function ReviewList({ lines, settings, state, project, rows, idle }: ReviewListProps) {
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<LineSort>()
  const isOver = state.at === 'done' || state.at === 'stopped' || state.at === 'interrupted'
  // Lines keep their places while they are being saved.
  const sort = chosen ?? (isOver ? 'outcome' : 'effect')
  const shown = sortLines(searchLines(lines, search), sort)
  const sorts = (
    ['effect', 'path', ...(state.at === 'review' ? [] : ['outcome'])] as LineSort[]
  ).map((value) => ({ value, label: sortLabels[value]() }))
  const full = fullKind(lines, rows, project.id)
  return (
    <div className={styles.review}>
      {idle && <Alert variant="info">{m.effect_once()}</Alert>}
      {state.at === 'review' && full !== undefined && (
        <Alert variant="warning">
          {m.set_limit({ count: formatNumber(full), limit: formatNumber(allowlistLimit) })}
        </Alert>
      )}
      <Directions lines={lines} />
      {settings.length > 0 && (
        <ul className={styles.lines} aria-label={m.set_settings()}>
          {settings.map((line) => (
            <SettingItem key={line.name} line={line} projectId={project.id} state={state.at} />
          ))}
        </ul>
      )}
      {lines.length > fewLines && (
        <div className={styles.tools}>
          <SearchField
            label={m.set_search()}
            placeholder={m.set_search_placeholder()}
            clearLabel={m.set_search_clear()}
            value={search}
            onValueChange={setSearch}
          />
          <Select
            label={m.set_sort()}
            inline
            options={sorts}
            value={sort}
            onChange={({ target }) => setChosen(target.value as LineSort)}
          />
        </div>
      )}
      <ul className={styles.lines} aria-label={m.set_lines()}>
        {shown.map((item) => (
          <ReviewItem key={changeKey(item.line.change)} {...item} state={state.at} />
        ))}
      </ul>
      {shown.length === 0 && lines.length > 0 && <p role="status">{m.set_no_match()}</p>}
    </div>
  )
}

const directionCounts: Record<Direction, (texts: { count: string }) => string> = {
  widens: m.set_count_widens,
  mixed: m.set_count_mixed,
  narrows: m.set_count_narrows,
  neither: m.set_count_neither,
}

/** How many changes widen and how many narrow, leaving out what none does. */
function Directions({ lines }: { lines: readonly ReviewLine[] }) {
  const parts = (Object.keys(directionCounts) as Direction[]).flatMap((direction) => {
    const count = lines.filter(({ effect }) => effect?.direction === direction).length
    return count > 0 ? directionCounts[direction]({ count: formatNumber(count) }) : []
  })
  return parts.length > 0 && <p className={styles.directions}>{parts.join(' · ')}</p>
}

/** How many entries of a kind there will be, where these are more than GitLab takes; else undefined. */
function fullKind(
  lines: readonly ReviewLine[],
  rows: readonly AllowlistEntry[],
  projectId: number,
): number | undefined {
  const now = countStored(rows, projectId)
  return (['project', 'group'] as const)
    .map((kind) => {
      const more = lines.reduce((sum, { line: { included, change } }) => {
        const { target, before, after } = change
        if (!included || target.kind !== kind) return sum
        return sum + (before ? 0 : 1) - (after ? 0 : 1)
      }, 0)
      return more > 0 ? now[kind] + more : 0
    })
    .find((count) => count > allowlistLimit)
}
