import {
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { useCanWrite } from '../../api/use-can-write.ts'
import { type AllowlistEntry, entryKey } from '../../domain/allowlist.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { proposalFor } from '../change-set/proposal.ts'
import type { ListToolName } from '../shared/list-tool.ts'
import styles from './ListFoot.module.css'
import type { ListView } from './list-view.tsx'
import { followRows } from './select-rows.ts'
import type { Selection } from './selection.ts'

export type SelectionBarProps = {
  project: Project
  rows: readonly AllowlistEntry[]
  view: ListView
  selection: Selection
  locked: string | undefined
  /** The element around the rows. */
  place: RefObject<HTMLDivElement | null>
  onOpen: (tool: ListToolName, action?: 'remove') => void
}

/** How many entries are selected, and what can be done with them: in sight as long as the list is. */
export function SelectionBar({
  project,
  rows,
  view,
  selection,
  locked,
  place,
  onOpen,
}: SelectionBarProps) {
  const keys = useSyncExternalStore(selection.subscribe, selection.keys)
  const countIn = (some: readonly AllowlistEntry[]) =>
    new Set(some.map(({ target }) => entryKey(target)).filter((key) => keys.has(key))).size
  const count = keys.size === 0 ? 0 : countIn(rows)
  const outside = count === 0 ? 0 : count - countIn(view.shown)
  const [isAsking, setIsAsking] = useState(false)
  const bar = useRef<HTMLElement>(null)

  const drop = useEffectEvent(() => {
    if (keys.size === 0) return
    if (proposalFor(project.id)?.from === 'bulk') setIsAsking(true)
    else selection.clear()
  })
  useEffect(() => {
    if (!place.current) return
    return followRows(place.current, {
      selection,
      onEscape: () => drop(),
      toActions: () => bar.current?.querySelector('button')?.focus(),
    })
  }, [place, selection])

  const isEmpty = count === 0
  useLayoutEffect(() => {
    const box = document.activeElement
    // It may lie below the bar that has just appeared.
    if (!isEmpty && place.current?.contains(box)) box?.scrollIntoView({ block: 'nearest' })
  }, [isEmpty, place])

  const words = { count: formatNumber(count), outside: formatNumber(outside) }
  return (
    <section
      ref={bar}
      className={styles.bar}
      data-empty={isEmpty || undefined}
      aria-label={m.selection_title()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isAsking) return
        drop()
        place.current?.querySelector<HTMLElement>('[role=cell] > [type=checkbox]')?.focus()
      }}
    >
      <p role="status" className={styles.count}>
        {!isEmpty && (outside > 0 ? m.selection_outside(words) : m.selection_count(words))}
      </p>
      {!isEmpty && (
        <>
          <ChangeButtons locked={locked} onOpen={onOpen} />
          <Button size="small" onClick={() => onOpen('export')}>
            {m.selection_export()}
          </Button>
          <Button size="small" variant="quiet" onClick={() => drop()}>
            {m.selection_clear()}
          </Button>
        </>
      )}
      {isAsking && (
        <ConfirmDialog
          title={m.selection_drop_title()}
          confirmLabel={m.selection_clear()}
          cancelLabel={m.cancel()}
          closeLabel={m.close()}
          onConfirm={() => {
            selection.clear()
            setIsAsking(false)
          }}
          onClose={() => setIsAsking(false)}
        >
          {m.selection_drop_body()}
        </ConfirmDialog>
      )}
    </section>
  )
}

/** What changes the selected entries; in its place, why nothing can. */
function ChangeButtons({ locked, onOpen }: Pick<SelectionBarProps, 'locked' | 'onOpen'>) {
  const canWrite = useCanWrite()
  const reason = locked ?? (canWrite ? undefined : m.read_only_token_reason())
  if (reason) return <p className={styles.reason}>{reason}</p>
  return (
    <>
      <Button size="small" onClick={() => onOpen('bulk')}>
        {m.selection_change()}
      </Button>
      <Button size="small" onClick={() => onOpen('bulk', 'remove')}>
        {m.selection_remove()}
      </Button>
    </>
  )
}
