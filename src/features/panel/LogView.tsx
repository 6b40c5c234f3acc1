import { getRouteApi } from '@tanstack/react-router'
import { useDeferredValue, useMemo } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import type { AuthorizationLog, Project } from '../../api/gitlab-api.ts'
import { formatNumber } from '../../i18n/format.ts'
import { useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { ErrorText } from '../shared/ErrorText.tsx'
import { useAddressText } from '../shared/use-address-text.ts'
import { Arriving } from './Arriving.tsx'
import { GitLabLog } from './GitLabLog.tsx'
import { LogTable } from './LogTable.tsx'
import styles from './LogView.module.css'
import { createLogRows, csvName, finder, logAsCsv, sortRows } from './log-rows.ts'
import type { LogSort } from './log-sorts.ts'
import { useGate } from './use-log.ts'

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

/** The newest use first, as GitLab has it. */
const usualSort: LogSort = '-used'

type LogViewProps = {
  project: Project
  log: AuthorizationLog
  /** Whether it is being read again. */
  busy: boolean
  onRetry: () => void
}

/** The authentication log, in whatever state it is. */
export function LogView({ project, log, busy, onRetry }: LogViewProps) {
  const locale = useLocale()
  const { authorizations, total, extent } = log
  if (extent === 'not-offered') return <p>{m.log_not_offered()}</p>
  if (extent === 'whole' && authorizations.length === 0) return <p>{m.log_none()}</p>
  return (
    <>
      {extent === 'partly' && (
        <Alert
          variant="warning"
          live="polite"
          title={m.log_partly()}
          actions={
            <>
              <Button size="small" busy={busy} onClick={onRetry}>
                {m.try_again()}
              </Button>
              <GitLabLog project={project} />
            </>
          }
        >
          <ErrorText error={log.failure} instead={unanswered(log.failure)} /> {m.log_partly_body()}
        </Alert>
      )}
      {extent === 'arriving' && (
        <Arriving
          loaded={authorizations.length}
          total={total}
          label={m.log_arriving()}
          uncounted={m.log_arriving_so_far}
        />
      )}
      {authorizations.length > 0 && (
        // Rows hold words: another language makes all of them anew.
        <Found key={locale} project={project} log={log} />
      )}
    </>
  )
}

/** An answer that has errors beside its rows was given, not refused. */
const unanswered = ({ kind, reason }: ApiError) =>
  kind === 'invalid' && !reason ? m.log_partly_unanswered() : undefined

/** How many projects are shown, and of how many. */
function countWords({ authorizations, total, extent }: AuthorizationLog, found?: number): string {
  const read = authorizations.length
  if (found !== undefined) {
    return m.log_found({ count: formatNumber(found), total: formatNumber(read) })
  }
  return extent === 'partly' && total !== undefined && total > read
    ? m.log_found({ count: formatNumber(read), total: formatNumber(total) })
    : m.log_count({ count: formatNumber(read) })
}

/** The rows, with what narrows, orders and saves them. */
function Found({ project, log }: Pick<LogViewProps, 'project' | 'log'>) {
  const { authorizations, extent } = log
  const { log_q: search = '', log_sort: sort = usualSort } = route.useSearch()
  const navigate = route.useNavigate()
  const [text, follow] = useAddressText(
    search,
    (typed) => typed.trim(),
    (next) => change({ log_q: next || undefined }),
  )
  const change = (next: { log_q?: string | undefined; log_sort?: LogSort | undefined }) =>
    void navigate({
      search: (kept) => ({ ...kept, ...next }),
      replace: true,
      resetScroll: false,
    })

  const gate = useGate(project.id)
  const rowOf = useMemo(() => createLogRows(gate), [gate])
  // Typing and pressing come first, a thousand rows after them.
  const order = useDeferredValue(sort)
  const rows = useMemo(
    () => sortRows(authorizations.map(rowOf), order),
    [authorizations, rowOf, order],
  )
  const isShown = useDeferredValue(useMemo(() => finder(text), [text]))
  const shown = isShown ? rows.filter(isShown).length : rows.length

  return (
    <>
      <search className={styles.bar}>
        <SearchField
          label={m.log_search()}
          clearLabel={m.log_search_clear()}
          placeholder={m.log_search_placeholder()}
          value={text}
          onValueChange={follow}
        />
        <p role="status" className={styles.count}>
          {countWords(log, isShown && shown)}
        </p>
        {extent === 'whole' && (
          <Button
            size="small"
            onClick={() =>
              saveFile(csvName(project.id, new Date()), 'text/csv', logAsCsv(authorizations))
            }
          >
            {m.log_download()}
          </Button>
        )}
      </search>
      {shown === 0 && <p>{m.log_none_found({ search: text.trim() })}</p>}
      <LogTable
        rows={rows}
        isShown={isShown}
        sort={sort}
        onSort={(next) => change({ log_sort: next === usualSort ? undefined : next })}
      />
    </>
  )
}
