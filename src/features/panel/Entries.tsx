import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import {
  type RefObject,
  use,
  useCallback,
  useDeferredValue,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { metadataQuery } from '../../api/server.ts'
import { useApi } from '../../api/use-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import type { ListSearch } from '../../domain/entry-filter.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { lazyPart, PartFailed, usePart } from '../shared/lazy-part.tsx'
import type { ListToolName } from '../shared/list-tool.ts'
import { useAddressText } from '../shared/use-address-text.ts'
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
  const [text, follow] = useAddressText(
    search.list_q ?? '',
    (typed) => typed.trim(),
    (next) => change({ list_q: next || undefined }),
  )
  // What is typed is shown first, and what it finds after that.
  const wanted = useDeferredValue(text)
  const uses = use(LastUsesContext)
  const version = useQuery(metadataQuery(useApi())).data?.version
  const { loaded, failed, retry } = usePart(listView)
  const view = useMemo(
    () => loaded?.viewOf({ rows, complete, projectId: project.id, search, wanted, uses, version }),
    [loaded, rows, complete, project.id, search, wanted, uses, version],
  )
  const sort = view?.sort
  const head = useMemo(() => sort && loaded?.headOf(sort, change), [loaded, sort, change])
  const place = useRef<HTMLDivElement>(null)
  const [news, setNews] = useState<ListNews>()
  const isHeld = view ? view.isWaiting : Object.keys(search).length > 0
  const parts = view && {
    ...{ project, rows, view, search, text, readAt, locked, openDialog, selection, place },
    ...{ news, onText: follow, onChange: change, onOpen, onNews: setNews },
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
          compare={view?.compare}
          head={head || undefined}
        />
      )}
      {parts && loaded?.footOf(parts)}
    </div>
  )
}
