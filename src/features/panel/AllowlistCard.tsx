import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Activity, startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { allowlistQuery } from '../../api/allowlist.ts'
import type { EntryList, Project } from '../../api/gitlab-api.ts'
import { useApi } from '../../api/use-api.ts'
import {
  type AllowlistEntry,
  arrange,
  countStored,
  type TargetKind,
} from '../../domain/allowlist.ts'
import { allowlistLimit, mostRows } from '../../domain/permission-catalogue.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { openings } from '../entry-dialog/lazy-openings.ts'
import { LazyPart, lazyPart } from '../shared/lazy-part.tsx'
import { QueryView } from '../shared/QueryView.tsx'
import styles from './AllowlistCard.module.css'
import { AllowlistTable } from './AllowlistTable.tsx'

const entryDialog = lazyPart(() =>
  import('../entry-dialog/EntryDialog.tsx').then((x) => x.EntryDialog),
)
const removeDialog = lazyPart(() =>
  import('./RemoveEntryDialog.tsx').then((x) => x.RemoveEntryDialog),
)

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

type DialogSearch = { dialog: 'add' | 'edit'; target?: string; policies?: string }
const add: DialogSearch = { dialog: 'add' }
const editSearch = ({ target }: AllowlistEntry): DialogSearch => ({
  dialog: 'edit',
  target: target.fullPath,
})
const noDialog = { dialog: undefined, target: undefined, policies: undefined }

/** Who is on the allowlist, and the ways to change that. */
export function AllowlistCard({ project }: { project: Project }) {
  const list = useQuery(allowlistQuery(useApi(), project.id))
  const entries = list.data?.entries
  const rows = useMemo(() => entries && arrange(entries, project), [entries, project])
  const drawn = useGrowing(rows?.length ?? 0)
  const { dialog, target, policies } = route.useSearch()
  const navigate = route.useNavigate()
  const [leaving, setLeaving] = useState<AllowlistEntry | null>(null) // here, not in the row: rows vanish
  const addButton = useRef<HTMLButtonElement>(null)
  const locked = project.archived ? m.archived_reason() : undefined

  // What will be asked for next, as far as anybody can tell: its dialog is drawn out of sight.
  const [expected, setExpected] = useState<DialogSearch>()
  const round = useRounds(dialog !== undefined)
  const asked = dialog ? { dialog, target, policies } : expected

  const expectAdd = () => setExpected(add)
  const arrived = rows !== undefined
  useEffect(() => (arrived ? preloadWhenIdle(() => setExpected(add)) : undefined), [arrived])

  const openDialog = useCallback(
    (search: DialogSearch) =>
      void navigate({
        search: (kept) => ({ ...kept, ...noDialog, ...search }),
        resetScroll: false,
      }),
    [navigate],
  )
  const closeDialog = (how: 'saved' | 'left') =>
    void navigate({
      search: (kept) => ({ ...kept, ...noDialog }),
      replace: true,
      resetScroll: false,
      ignoreBlocker: how === 'saved',
    })
  // Of one identity, or opening a dialog would draw every row again.
  const edit = useCallback((entry: AllowlistEntry) => openDialog(editSearch(entry)), [openDialog])
  const expectEdit = useCallback((entry: AllowlistEntry) => setExpected(editSearch(entry)), [])

  return (
    <>
      <Card
        title={m.allowlist_title()}
        flush
        count={rows && list.data && <Counts rows={rows} list={list.data} projectId={project.id} />}
        actions={
          <Button
            ref={addButton}
            size="small"
            disabledReason={locked}
            // Its own handlers would take the place of those that show the reason.
            {...(locked === undefined && { onPointerEnter: expectAdd, onFocus: expectAdd })}
            onClick={() => openDialog(add)}
          >
            {m.add()}
          </Button>
        }
      >
        <QueryView query={list} lines={8} lineHeight="2.5rem">
          {(data) => (
            <>
              <Arriving loaded={Math.min(data.loaded, drawn)} total={data.total} />
              <AllowlistTable
                rows={rows ?? []}
                drawn={drawn}
                projectId={project.id}
                locked={locked}
                onEdit={edit}
                onExpectEdit={expectEdit}
                onRemove={setLeaving}
              />
            </>
          )}
        </QueryView>
      </Card>
      {/* A list that is still arriving cannot tell yet what is on it. */}
      {asked && rows && list.data?.loaded === list.data?.total && (
        <Activity
          // One dialog per question: another address is another form.
          key={`${round} ${asked.dialog} ${asked.target} ${asked.policies}`}
          mode={dialog ? 'visible' : 'hidden'}
        >
          <LazyPart part={entryDialog} onGiveUp={() => closeDialog('left')}>
            {(EntryDialog) => (
              <EntryDialog
                project={project}
                rows={rows}
                mode={asked.dialog}
                wanted={asked.target}
                policies={asked.policies}
                onEditInstead={edit}
                onAddInstead={(path) => openDialog({ dialog: 'add', target: path })}
                onClose={closeDialog}
              />
            )}
          </LazyPart>
        </Activity>
      )}
      {leaving && (
        <LazyPart part={removeDialog} onGiveUp={() => setLeaving(null)}>
          {(RemoveEntryDialog) => (
            <RemoveEntryDialog
              entry={leaving}
              projectId={project.id}
              onClose={() => setLeaving(null)}
              returnFocus={() => addButton.current}
            />
          )}
        </LazyPart>
      )}
    </>
  )
}

/** Another number after each closing, so that nothing of a dialog outlives it. */
function useRounds(open: boolean): number {
  const [wasOpen, setWasOpen] = useState(open)
  const [round, setRound] = useState(0)
  if (open !== wasOpen) {
    setWasOpen(open)
    if (!open) setRound(round + 1)
  }
  return round
}

/**
 * How many of so many rows to draw by now: as many as GitLab's limits allow at once, the rest little
 * by little, so that the page scrolls and answers meanwhile.
 */
function useGrowing(length: number): number {
  const [count, setCount] = useState(mostRows)
  useEffect(() => {
    if (count >= length) return
    const timer = setTimeout(() => startTransition(() => setCount(count + mostRows)), 50)
    return () => clearTimeout(timer)
  }, [count, length])
  return count
}

/** The dialogs are wanted within one click of here: fetched while nobody waits for them. */
function preloadWhenIdle(onDone: () => void): () => void {
  const preload = () => {
    // A dialog whose code could not be fetched now is fetched when it is opened.
    Promise.all([entryDialog.preload(), openings.preload()]).then(onDone, () => {})
    removeDialog.preload().catch(() => {})
  }
  if ('requestIdleCallback' in window) {
    const handle = requestIdleCallback(preload)
    return () => cancelIdleCallback(handle)
  }
  const handle = setTimeout(preload, 500)
  return () => clearTimeout(handle)
}

type CountsProps = { rows: readonly AllowlistEntry[]; list: EntryList; projectId: number }

function Counts({ rows, list, projectId }: CountsProps) {
  if (list.loaded !== list.total) return null
  const stored = countStored(rows, projectId)
  return (
    <ul className={styles.counts}>
      <Count kind="group" count={stored.group} />
      <Count kind="project" count={stored.project} />
    </ul>
  )
}

function Count({ kind, count }: { kind: TargetKind; count: number }) {
  const texts = { count, limit: formatNumber(allowlistLimit) }
  const words = kind === 'group' ? m.count_groups(texts) : m.count_projects(texts)
  return (
    <li className={styles.count} title={words} data-full={count >= allowlistLimit || undefined}>
      <Icon name={kind} />
      <span aria-hidden="true">
        {formatNumber(count)}
        <span className={styles.limit}>/{formatNumber(allowlistLimit)}</span>
      </span>
      <VisuallyHidden>{words}</VisuallyHidden>
    </li>
  )
}

/** Only lists beyond GitLab's own limits come in more than one part. */
function Arriving({ loaded, total }: Pick<EntryList, 'loaded' | 'total'>) {
  if (loaded === total) return null
  return (
    <div>
      {total === undefined ? (
        <p role="status">{m.allowlist_arriving({ loaded: formatNumber(loaded) })}</p>
      ) : (
        <ProgressBar
          label={m.allowlist_arriving_all()}
          status={m.allowlist_arriving_of({
            loaded: formatNumber(loaded),
            total: formatNumber(total),
          })}
          value={loaded}
          max={total}
        />
      )}
    </div>
  )
}
