import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import { allowlistQuery } from '../../api/allowlist.ts'
import type { Project } from '../../api/gitlab-api.ts'
import { scopeQuery } from '../../api/scope.ts'
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
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useGrowing } from '../../ui/use-growing.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { LazyPart, lazyPart, useLater } from '../shared/lazy-part.tsx'
import type { ListToolName } from '../shared/list-tool.ts'
import { QueryView } from '../shared/QueryView.tsx'
import styles from './AllowlistCard.module.css'
import { Entries } from './Entries.tsx'
import { EntryDialogs, type OpenDialog } from './EntryDialogs.tsx'
import { Freshness } from './Freshness.tsx'
import { LastUsesProvider } from './LastUsesProvider.tsx'
import { useNewSelection } from './selection.ts'

const listTools = lazyPart(() => import('./ListTools.tsx'))

const goneEntries = lazyPart(() => import('./GoneEntries.tsx').then((x) => x.GoneEntries))
const partialList = lazyPart(() => import('./PartialList.tsx').then((x) => x.PartialList))

const setNotices = lazyPart(() => import('../change-set/SetNotices.tsx'))

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

/** A list within GitLab's limits is drawn at once; of a longer one the rest follows in such steps. */
const rowsAtOnce = mostRows

/** Who is on the allowlist, and the ways to change that. */
export function AllowlistCard({ project }: { project: Project }) {
  const list = useQuery(allowlistQuery(useApi(), project.id))
  const entries = list.data?.entries
  const rows = useMemo(() => entries && arrange(entries, project), [entries, project])
  const drawn = useGrowing(rows?.length ?? 0, rowsAtOnce)
  const locked = project.archived ? m.archived_reason() : undefined

  const stored =
    rows && list.data?.loaded === list.data?.total ? countStored(rows, project.id) : undefined

  const menu = useLater(listTools)
  const GoneEntries = useLater(goneEntries)
  const openDialog = useRef<OpenDialog>(null)
  const selection = useNewSelection()
  useFocusedRow(rows, drawn)

  const notices = useLater(setNotices)
  const { tool } = route.useSearch()
  const navigate = route.useNavigate()
  const openTool = (tool: ListToolName | undefined, action?: 'remove') =>
    void navigate({ search: (kept) => ({ ...kept, tool, action }), resetScroll: false })
  const closeTool = () => openTool(undefined)

  return (
    <>
      <Card
        title={m.allowlist_title()}
        flush
        sticky
        count={stored ? <Counts {...stored} /> : <span className={styles.awaitedCounts} />}
        actions={
          <>
            {notices && <notices.ChangesButton projectId={project.id} onOpen={openTool} />}
            {entries ? (
              <Freshness projectId={project.id} at={list.dataUpdatedAt} />
            ) : (
              <span className={styles.awaitedTime} />
            )}
            <span className={styles.menu}>{menu && <menu.ListMenu onOpen={openTool} />}</span>
            <Button
              variant="confirm"
              disabledReason={locked}
              onClick={() => openDialog.current?.({ dialog: 'add' })}
            >
              {m.add()}
            </Button>
          </>
        }
      >
        <QueryView query={list} what={m.what_list()} lines={8} lineHeight="2.5rem">
          {(data) => (
            <>
              <NotInForce projectId={project.id} />
              {notices && (
                <notices.WaitingSet
                  projectId={project.id}
                  rows={data.loaded === data.total ? rows : undefined}
                  onOpen={openTool}
                />
              )}
              {(data.cut || Math.min(data.loaded, drawn) !== data.total) && (
                <LazyPart part={partialList}>
                  {(PartialList) => <PartialList list={data} drawn={drawn} query={list} />}
                </LazyPart>
              )}
              {GoneEntries && rows && data.loaded === data.total && (
                <GoneEntries key={project.id} project={project} rows={rows} onOpen={openTool} />
              )}
              <LastUsesProvider projectId={project.id} listCut={data.cut !== undefined}>
                <Entries
                  project={project}
                  rows={rows ?? []}
                  drawn={drawn}
                  complete={data.loaded === data.total}
                  readAt={list.dataUpdatedAt}
                  locked={locked}
                  openDialog={openDialog}
                  selection={selection}
                  onOpen={openTool}
                />
              </LastUsesProvider>
            </>
          )}
        </QueryView>
      </Card>
      <EntryDialogs
        ref={openDialog}
        project={project}
        // The dialogs wait for the list: while it is arriving, a missing row proves nothing.
        rows={list.data?.cut || list.data?.loaded === list.data?.total ? rows : undefined}
        complete={!list.data?.cut}
      />
      {tool && rows && list.data && (
        <LazyPart part={listTools} onGiveUp={closeTool}>
          {({ ListTools }) => (
            <ListTools
              tool={tool}
              project={project}
              rows={rows}
              complete={list.data.loaded === list.data.total}
              selection={selection}
              onOpen={openTool}
              onClose={closeTool}
            />
          )}
        </LazyPart>
      )}
    </>
  )
}

/** Shows the row of the entry that the address names, once it is drawn, and takes the name out of the address. */
function useFocusedRow(rows: readonly AllowlistEntry[] | undefined, drawn: number) {
  const { focus } = route.useSearch()
  const navigate = route.useNavigate()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time more rows are drawn, it may be one of them
  useEffect(() => {
    if (!focus || !rows) return
    const search = (kept: object) => ({ ...kept, focus: undefined })
    const onShown = () => void navigate({ search, replace: true, resetScroll: false })
    void import('./show-row.ts').then(({ showRow }) => showRow(focus, rows, onShown))
  }, [focus, rows, drawn, navigate])
}

/** Said where the entries are read: GitLab keeps and lists them in both modes. */
function NotInForce({ projectId }: { projectId: number }) {
  const scope = useQuery(scopeQuery(useApi(), projectId))
  if (scope.data?.inboundEnabled !== false) return null
  return <Alert variant="warning">{m.allowlist_not_in_force()}</Alert>
}

function Counts({ group, project }: Record<TargetKind, number>) {
  return (
    <ul className={styles.counts}>
      <Count kind="group" count={group} />
      <Count kind="project" count={project} />
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
