import { useEffect } from 'react'
import { useHistory } from '../../api/change-history.ts'
import {
  compareSet,
  dropSet,
  isFailed,
  isSettingLeft,
  useChangeSet,
} from '../../api/change-sets.ts'
import { useApi } from '../../api/use-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import { formatNumber } from '../../i18n/format.ts'
import { memoWords } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import type { ListToolName } from '../shared/list-tool.ts'

type WaitingSetProps = {
  projectId: number
  /** All of the list; undefined while that is not known. */
  rows: readonly AllowlistEntry[] | undefined
  onOpen: (tool: ListToolName) => void
}

/** Says that a set of changes waits, how much of it is done, and offers the rest. */
export const WaitingSet = memoWords(function WaitingSet({
  projectId,
  rows,
  onOpen,
}: WaitingSetProps) {
  const api = useApi()
  const set = useChangeSet(projectId)
  useEffect(() => {
    if (rows) compareSet(api, projectId, rows)
  }, [api, projectId, rows])
  const at = set?.state.at
  if (!set || at === 'saving' || at === 'paused') return null
  if (at === 'done' && !set.lines.some(isFailed) && !set.settings.some(isSettingLeft)) return null
  const included = [...set.lines, ...set.settings].filter((line) => line.included)
  const done = included.filter(
    ({ outcome }) =>
      outcome === 'saved' ||
      (typeof outcome === 'object' && 'what' in outcome && outcome.what === 'saved'),
  )
  return (
    <Alert
      variant="info"
      actions={
        <>
          <Button size="small" onClick={() => onOpen('review')}>
            {at === 'review' ? m.set_review() : m.set_continue()}
          </Button>
          <Button size="small" onClick={() => dropSet(api, projectId)}>
            {m.set_discard()}
          </Button>
        </>
      }
    >
      {at === 'review'
        ? m.set_waits({ count: included.length })
        : m.set_waits_partly({
            count: formatNumber(done.length),
            total: formatNumber(included.length),
          })}
    </Alert>
  )
})

/** Opens the changes of this tab, once there are some. */
export const ChangesButton = memoWords(function ChangesButton({
  projectId,
  onOpen,
}: Omit<WaitingSetProps, 'rows'>) {
  const count = useHistory().filter(({ change }) => change.projectId === projectId).length
  if (count === 0) return null
  return (
    <Button size="small" onClick={() => onOpen('changes')}>
      {m.changes_open({ count: formatNumber(count) })}
    </Button>
  )
})
