import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { useLastError } from '../../api/use-last-error.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { errorWords } from './error-words.ts'
import { useLater } from './lazy-part.tsx'
import { SlowNotice } from './SlowNotice.tsx'
import { useRetryAfterWait } from './use-retry-after-wait.ts'

type QueryViewProps<Data> = {
  query: UseQueryResult<Data, Error>
  /** Names the content in the message of a failed first load, such as "The allowlist". */
  what: string
  /** How tall the awaited content is likely to be, so that nothing shifts. */
  lines?: number
  lineHeight?: `${number}rem`
  /** In place of the lines: the awaited content's own shape. */
  shape?: ReactNode
  children: (data: Data) => ReactNode
}

/** Whether GitLab has refused for so long that nothing more is sent by itself. */
const hasStopped = ({ error, isFetching }: UseQueryResult<unknown, Error>): boolean =>
  error instanceof ApiError &&
  error.kind === 'rate-limited' &&
  error.againAt === undefined &&
  !isFetching

/** The one place that tells waiting, failing and having apart. */
export function QueryView<Data>({
  query,
  what,
  lines,
  lineHeight,
  shape = <Skeleton label={m.loading()} lines={lines} lineHeight={lineHeight} />,
  children,
}: QueryViewProps<Data>) {
  const seconds = useRetryAfterWait(query)
  const error = useLastError(query)
  const words = useLater(errorWords)
  const retry = (
    <>
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
      {/* A timer is not read out at every second. */}
      {seconds !== undefined && <span role="timer">{m.retry_in({ seconds })}</span>}
      {hasStopped(query) && <span>{m.retry_stopped()}</span>}
    </>
  )
  if (query.data !== undefined) {
    return (
      <>
        {query.isRefetchError && (
          <Alert variant="warning" live="polite" title={m.refresh_failed()} actions={retry}>
            {words && <words.ErrorText error={query.error} />}
          </Alert>
        )}
        {children(query.data)}
      </>
    )
  }
  if (error) {
    return (
      <>
        <Alert variant="danger" live="assertive" title={m.load_failed({ what })} actions={retry}>
          {/* Put in anew, so that the same failure is read out again after another try. */}
          {words && <words.ErrorText key={query.errorUpdatedAt} error={error} />}
        </Alert>
        <SlowNotice waiting={query.isFetching} />
      </>
    )
  }
  return (
    <>
      {shape}
      <SlowNotice waiting={query.isFetching} />
    </>
  )
}
