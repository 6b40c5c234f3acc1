import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { allowlistQuery } from '../../api/allowlist.ts'
import { ApiError } from '../../api/api-error.ts'
import type { Project } from '../../api/gitlab-api.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { useApi } from '../../api/use-api.ts'
import { useLastError } from '../../api/use-last-error.ts'
import { type Authorization, letIn } from '../../domain/authentication-log.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorText } from '../shared/ErrorText.tsx'
import { Path } from '../shared/Path.tsx'
import { noQuestion } from './EntryDialogs.tsx'
import styles from './UnlistedCallers.module.css'
import { useEntryIndex, useLog } from './use-log.ts'

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

/** The most projects that are named; the log below names all of them. */
const named = 5

/**
 * Before the allowlist is switched on: which projects used a job token here in the last 30 days and
 * will be refused then, for they are on no entry.
 */
export function UnlistedCallers({ project }: { project: Project }) {
  const log = useLog(project.id)
  const list = useQuery(allowlistQuery(useApi(), project.id))
  const logError = useLastError(log)
  const listError = useLastError(list)
  const entries = useEntryIndex(project.id)

  if (log.data?.extent === 'not-offered') return <Alert>{m.log_not_offered()}</Alert>
  if (!log.data && logError) {
    return <Unread what={m.mode_unlisted_failed()} query={log} error={logError} />
  }
  if (!list.data && listError) {
    return <Unread what={m.mode_unlisted_no_list()} query={list} error={listError} />
  }
  if (list.data?.cut) {
    const error = new ApiError('malformed', { reason: 'list-cut' })
    return <Unread what={m.mode_unlisted_no_list()} query={list} error={error} />
  }
  if (!log.data || log.data.extent === 'arriving' || !entries) {
    return <p role="status">{m.mode_unlisted_reading()}</p>
  }
  const { authorizations, extent } = log.data
  const gate = { projectId: project.id, inboundEnabled: true, entries }
  const refused = authorizations.filter(({ origin }) => letIn(origin, gate).by === 'nothing')
  const unknown = authorizations.filter(({ origin }) => letIn(origin, gate).by === 'unknown')
  const rest = refused.length - named
  const hidden = unknown.length > 0 && <p>{m.mode_unlisted_hidden({ count: unknown.length })}</p>

  if (refused.length > 0) {
    return (
      <Alert variant="warning" live="polite" title={m.mode_unlisted({ count: refused.length })}>
        <p>{m.mode_unlisted_body()}</p>
        <ul className={styles.callers}>
          {refused.slice(0, named).map((row) => (
            <Caller key={row.origin.id ?? row.origin.fullPath} row={row} />
          ))}
        </ul>
        {rest > 0 && <p>{m.mode_unlisted_more({ count: rest })}</p>}
        {hidden}
        {extent === 'partly' && <p>{m.mode_unlisted_partly()}</p>}
      </Alert>
    )
  }
  if (unknown.length > 0 || extent === 'partly') {
    return (
      <Alert variant="warning" live="polite">
        {hidden}
        {extent === 'partly' && <p>{m.mode_unlisted_partly_none()}</p>}
      </Alert>
    )
  }
  return (
    <Alert variant="success" live="polite">
      {authorizations.length > 0 ? m.mode_unlisted_none() : m.log_none()}
    </Alert>
  )
}

/** A project, and the way to add it; one that the user cannot see is not theirs to add. */
function Caller({ row }: { row: Authorization }) {
  const { id } = route.useParams()
  const { origin } = row
  const path = origin.fullPath ?? origin.name ?? `#${origin.id}`
  if (origin.webUrl === null) {
    return (
      <li>
        <Path path={path} />{' '}
        <Badge variant="muted" icon="eye-slash">
          {m.badge_hidden()}
        </Badge>
      </li>
    )
  }
  return (
    <li>
      <Link
        to="/projects/$id/settings/ci_cd"
        params={{ id }}
        search={(kept) => ({
          ...kept,
          ...noQuestion,
          dialog: 'add',
          target: path,
          kind: 'project',
        })}
        resetScroll={false}
      >
        {m.mode_unlisted_add({ path })}
      </Link>
    </li>
  )
}

type UnreadProps = {
  what: ReactNode
  query: Pick<UseQueryResult, 'isFetching' | 'refetch'>
  error: Error
}

function Unread({ what, query, error }: UnreadProps) {
  return (
    <Alert
      variant="warning"
      live="polite"
      title={what}
      actions={
        <Button
          size="small"
          busy={query.isFetching}
          onClick={() => {
            endWaits()
            void query.refetch()
          }}
        >
          {m.try_again()}
        </Button>
      }
    >
      <ErrorText error={error} />
    </Alert>
  )
}
