import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type RefObject, use, useCallback, useMemo, useRef, useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { metadataQuery } from '../../api/server.ts'
import { useApi } from '../../api/use-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import type { ListSearch } from '../../domain/entry-filter.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { beforeNextInput } from '../../ui/defer.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { ShowAhead } from '../../ui/Table.tsx'
import { lazyPart, PartFailed, usePart } from '../shared/lazy-part.tsx'
import type { ListToolName } from '../shared/list-tool.ts'
import { AllowlistTable } from './AllowlistTable.tsx'
import styles from './Entries.module.css'
import type { OpenDialog } from './EntryDialogs.tsx'
import { LastUsesContext } from './last-uses.ts'
import type { Selection } from './selection.ts'
import type { ListNews } from './use-list-news.ts'

const listView = lazyPart(() => import('./list-view.tsx'))

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

/** The parameters of an address that narrow or order the list. */
const listSearch = (search: ListSearch): ListSearch =>
  Object.fromEntries(Object.entries(search).filter(([name]) => name.startsWith('list_')))

type EntriesProps = {
  project: Project
  rows: readonly AllowlistEntry[]
  drawn: number
  complete: boolean
  /** When the list was read, in milliseconds since 1970. */
  readAt: number
  locked: string | undefined
  openDialog: RefObject<OpenDialog | null>
  selection: Selection
  onOpen: (tool: ListToolName, action?: 'remove') => void
}

/**
 * The table of entries, with what finds, orders and selects them. The code for that comes after the
 * table, in a place that is kept free; an address that narrows the list shows no row before.
 */
export function Entries({
  project,
  rows,
  drawn,
  complete,
  readAt,
  locked,
  openDialog,
  selection,
  onOpen,
}: EntriesProps) {
  const navigate = route.useNavigate()
  const search = route.useSearch({ select: listSearch, structuralSharing: true })
  const change = useCallback(
    (next: ListSearch) =>
      void navigate({
        search: (kept) => ({ ...kept, ...next }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  const written = search.list_q ?? ''
  /** A search text that the address does not contain yet; it counts until the address changes. */
  const [typed, setTyped] = useState({ text: written, over: written })
  const wanted = typed.over === written ? typed.text : written
  const uses = use(LastUsesContext)
  const version = useQuery(metadataQuery(useApi())).data?.version
  const { loaded, failed, retry } = usePart(listView)
  const view = useMemo(
    () => loaded?.viewOf({ rows, complete, projectId: project.id, search, wanted, uses, version }),
    [loaded, rows, complete, project.id, search, wanted, uses, version],
  )
  const sort = view?.sort
  const head = useMemo(() => sort && loaded?.headOf(sort, change), [loaded, sort, change])
  const ahead = useRef<ShowAhead<AllowlistEntry>>(null)
  const place = useRef<HTMLDivElement>(null)
  const [news, setNews] = useState<ListNews>()
  const isHeld = view ? view.isWaiting : Object.keys(search).length > 0
  const parts = view && {
    ...{ project, rows, view, written, readAt, locked, openDialog, selection, place },
    ...{
      news,
      // The rows are painted first, and after that how many they are, and what else depends on them.
      onTyped: (text: string) => {
        ahead.current?.(loaded?.searching(view, text))
        beforeNextInput(() => setTyped({ text, over: written }))
      },
      onChange: change,
      onOpen,
      onNews: setNews,
    },
  }
  return (
    <div ref={place} className={styles.list} data-flush="">
      {parts && loaded ? (
        loaded.barOf(parts)
      ) : failed ? (
        <PartFailed onRetry={retry} />
      ) : (
        <div className={styles.barPlace} />
      )}
      {isHeld ? (
        !failed && <Skeleton label={m.loading()} lines={8} lineHeight="2.5rem" />
      ) : (
        <AllowlistTable
          rows={rows}
          drawn={drawn}
          complete={complete}
          projectId={project.id}
          locked={locked}
          openDialog={openDialog}
          selection={selection}
          marks={news?.marks}
          isShown={view?.isShown}
          ahead={ahead}
          compare={view?.compare}
          head={head || undefined}
        />
      )}
      {parts && loaded?.footOf(parts)}
    </div>
  )
}
