import type { Project } from '../../api/gitlab-api.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { useLastError } from '../../api/use-last-error.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { LazyPart, lazyPart, usePreload } from '../shared/lazy-part.tsx'
import { QueryView } from '../shared/QueryView.tsx'
import { GitLabLog } from './GitLabLog.tsx'
import { useLog } from './use-log.ts'

const view = lazyPart(() => import('./LogView.tsx').then((x) => x.LogView))

/** As tall as a few rows. */
const place = { lines: 4, lineHeight: '2.5rem' } as const

/**
 * Lists the other projects that used a job token here in the last 30 days, and what lets each in.
 */
export function LogCard({ project }: { project: Project }) {
  usePreload(view)
  const log = useLog(project.id)
  const error = useLastError(log)
  return (
    <Card title={m.log_title()} description={m.log_about()} flush>
      <QueryView query={log} what={m.what_log()} {...place}>
        {(data) => (
          <LazyPart part={view} fallback={<Skeleton label={m.loading()} {...place} />}>
            {(LogView) => (
              <LogView
                project={project}
                log={data}
                busy={log.isFetching}
                onRetry={() => {
                  endWaits()
                  void log.refetch()
                }}
              />
            )}
          </LazyPart>
        )}
      </QueryView>
      {log.data === undefined && error && (
        <p>
          <GitLabLog project={project} />
        </p>
      )}
    </Card>
  )
}
