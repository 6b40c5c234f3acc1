import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorText } from './ErrorText.tsx'
import { SlowNotice } from './SlowNotice.tsx'
import { useComeback } from './use-comeback.ts'

type QueryViewProps<Data> = {
  query: UseQueryResult<Data, Error>
  /** How tall the awaited content is likely to be, so that nothing shifts. */
  lines?: number
  lineHeight?: `${number}rem`
  children: (data: Data) => ReactNode
}

/** The one place that tells waiting, failing and having apart. */
export function QueryView<Data>({ query, lines, lineHeight, children }: QueryViewProps<Data>) {
  const seconds = useComeback(query)
  const error = useLastError(query)
  const retry = (
    <>
      <Button size="small" busy={query.isFetching} onClick={() => void query.refetch()}>
        {m.try_again()}
      </Button>
      {/* A timer is not read out at every second. */}
      {seconds !== undefined && <span role="timer">{m.retry_in({ seconds })}</span>}
    </>
  )
  if (query.data !== undefined) {
    return (
      <>
        {query.isRefetchError && (
          <Alert variant="warning" live="polite" title={m.refresh_failed()} actions={retry}>
            <ErrorText error={query.error} />
          </Alert>
        )}
        {children(query.data)}
      </>
    )
  }
  if (error) {
    return (
      <>
        <Alert variant="danger" live="assertive" title={m.load_failed()} actions={retry}>
          {/* Put in anew, so that the same failure is read out again after another try. */}
          <ErrorText key={query.errorUpdatedAt} error={error} />
        </Alert>
        <SlowNotice waiting={query.isFetching} />
      </>
    )
  }
  return (
    <>
      <Skeleton label={m.loading()} lines={lines} lineHeight={lineHeight} />
      <SlowNotice waiting={query.isFetching} />
    </>
  )
}

/**
 * The error of a query without data, also while it is tried again: React Query forgets it then,
 * and the button that was pressed would go away with the focus on it.
 */
function useLastError(query: UseQueryResult<unknown, Error>): Error | null {
  const [last, setLast] = useState(query.error)
  if (query.error && query.error !== last) setLast(query.error)
  return query.error ?? (query.errorUpdateCount > 0 ? last : null)
}
