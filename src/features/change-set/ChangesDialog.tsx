import { useState } from 'react'
import { type DoneChange, undoAll, useHistory } from '../../api/change-history.ts'
import { type AllowlistEntry, entryKey } from '../../domain/allowlist.ts'
import {
  canUndo,
  type EntryChange,
  entryIn,
  inverseOf,
  isAsSeen,
  lossesOf,
  sameEntry,
} from '../../domain/change.ts'
import type { PermissionConfiguration } from '../../domain/permissions.ts'
import { formatMoment } from '../../i18n/format.ts'
import { memoWords } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { ListToolProps } from '../shared/list-tool.ts'
import { Path } from '../shared/Path.tsx'
import styles from './ChangesDialog.module.css'
import { propose } from './proposal.ts'
import { lossWords, stateWords } from './state-words.ts'
import { redo, undo, usePlace } from './undo.ts'

/** What was changed in this tab, with undo and redo of each change. */
export const ChangesDialog = memoWords(function ChangesDialog({
  project,
  rows,
  onOpen,
  onClose,
}: ListToolProps) {
  const done = useHistory().filter(({ change }) => change.projectId === project.id)
  const all = [...groupByTarget(done).values()].flatMap((same) => {
    const change = undoAll(same)
    return change &&
      canUndo(inverseOf(change), !same.some(({ hidden }) => hidden)) &&
      isAsSeen(change, entryIn(rows, change))
      ? change
      : []
  })
  const locked = project.archived ? m.archived_reason() : undefined

  function undoEverything() {
    propose(project.id, { from: 'undo', changes: all })
    onOpen('review')
  }

  return (
    <Dialog
      title={m.changes_title()}
      closeLabel={m.close()}
      onClose={onClose}
      footer={
        <>
          {all.length > 1 && (
            <Button disabledReason={locked} onClick={undoEverything}>
              {m.changes_undo_all({ count: all.length })}
            </Button>
          )}
          <Button variant="confirm" onClick={onClose}>
            {m.close()}
          </Button>
        </>
      }
    >
      <p className={styles.about}>{done.length > 0 ? m.changes_about() : m.changes_empty()}</p>
      <ul className={styles.changes} aria-label={m.changes_title()}>
        {done.toReversed().map((item) => (
          <Item key={item.id} item={item} rows={rows} locked={locked} />
        ))}
      </ul>
    </Dialog>
  )
})

function groupByTarget(done: readonly DoneChange[]): Map<string, DoneChange[]> {
  const groups = new Map<string, DoneChange[]>()
  for (const item of done) {
    const key = entryKey(item.change.target)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}

type ItemProps = {
  item: DoneChange
  rows: readonly AllowlistEntry[]
  locked: string | undefined
}

function Item({ item: { at, change, undone, hidden }, rows, locked }: ItemProps) {
  const place = usePlace()
  const [busy, setBusy] = useState(false)
  const path = change.target.fullPath
  const time = formatMoment(at)
  const now = entryIn(rows, change)
  // What a press would send, as long as GitLab holds what was written last.
  const next = undone ? change : inverseOf(change)
  const isHeld = isAsSeen(next, now)
  const possible = isHeld && (undone || canUndo(change, !hidden))
  async function press() {
    setBusy(true)
    await (undone ? redo : undo)(place, change)
    setBusy(false)
  }
  return (
    <li className={styles.change} data-undone={undone || undefined}>
      <div className={styles.words}>
        <p className={styles.head}>
          <strong>
            <Path path={path} />
          </strong>
          <time dateTime={new Date(at).toISOString()}>{time}</time>
          {undone && <span>{m.changes_undone()}</span>}
        </p>
        <p>
          {stateWords(change.before)} →{'\u00a0'}
          {stateWords(change.after)}
        </p>
        {!isHeld && <NowWords now={now} change={change} />}
        {isHeld &&
          !undone &&
          lossesOf(change, !hidden).map((loss) => (
            <p key={loss}>{lossWords(loss, change.before)}</p>
          ))}
      </div>
      {possible && (
        <Button
          size="small"
          busy={busy}
          disabledReason={locked}
          aria-label={
            undone ? m.changes_redo_of({ path, time }) : m.changes_undo_of({ path, time })
          }
          onClick={() => void press()}
        >
          {undone ? m.redo() : m.undo()}
        </Button>
      )}
    </li>
  )
}

/** What stands on the list instead of what was written. */
function NowWords({
  now,
  change,
}: {
  now: PermissionConfiguration | undefined
  change: EntryChange
}) {
  if (sameEntry(now, change.after)) return null
  return (
    <p>
      {m.set_now()}: {stateWords(now)}
    </p>
  )
}
