/** What is said of a list that is not there as a whole: seldom, and therefore apart from the first view. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { EntryList } from '../../api/gitlab-api.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Arriving } from './Arriving.tsx'

type PartialListProps = {
  list: EntryList
  /** How many of its rows are in the page. */
  drawn: number
  query: UseQueryResult<EntryList, Error>
}

/** Says that a list is still arriving, or that GitLab's answers did not yield all of it. */
export function PartialList({ list, drawn, query }: PartialListProps) {
  return list.cut ? (
    <Cut why={list.cut} query={query} />
  ) : (
    // Only lists beyond GitLab's own limits come in more than one part.
    <Arriving
      loaded={Math.min(list.loaded, drawn)}
      total={list.total}
      label={m.allowlist_arriving_all()}
      uncounted={m.allowlist_arriving}
    />
  )
}

type CutProps = { why: NonNullable<EntryList['cut']>; query: UseQueryResult<EntryList, Error> }

/** Says that rows are missing: a target that is not shown may be listed all the same. */
function Cut({ why, query }: CutProps) {
  return (
    <Alert
      variant="warning"
      live="polite"
      title={m.allowlist_cut_title()}
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
      {why === 'too-long' ? m.allowlist_cut_long() : m.allowlist_cut_repeated()}
    </Alert>
  )
}
