import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { allowlistQuery } from '../../api/allowlist.ts'
import { useApi } from '../../api/use-api.ts'
import { type AllowlistEntry, entryKey } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { afterPaint } from '../../ui/defer.ts'
import { boxIn } from './row-buttons.ts'

/** What changed in the list while the tab was in the background. */
export type ListNews = {
  /** The words on the rows of entries that are new or were changed. */
  readonly marks: ReadonlyMap<AllowlistEntry, () => string>
  readonly gone: readonly AllowlistEntry[]
}

/** How long a tab is away before its list is read again, in milliseconds. */
const longAway = 60_000

/** Reads the list again when its tab comes back after more than a minute, and tells what changed meanwhile. */
export function useListNews(projectId: number, onNews: (news: ListNews) => void): void {
  const api = useApi()
  const client = useQueryClient()

  const readAgain = useEffectEvent(async () => {
    const { queryKey } = allowlistQuery(api, projectId)
    const before = client.getQueryData(queryKey)
    const focused = document.activeElement?.closest('[role=row]')
    const next = focused?.nextElementSibling ?? focused?.previousElementSibling
    // A read that is under way is as fresh, and its failure is said above the list.
    await client.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false })
    const after = client.getQueryData(queryKey)
    if (!before || !after || before === after) return
    const news = newsOf(before.entries, after.entries)
    if (news.marks.size + news.gone.length > 0) onNews(news)
    afterPaint(() => {
      // The row that had the focus is gone: its neighbour takes its place.
      if (focused && !focused.isConnected) boxIn(next)?.focus({ preventScroll: true })
    })
  })

  useEffect(() => {
    let left: number | undefined
    function onVisibility() {
      if (document.hidden) left = Date.now()
      else if (left !== undefined && Date.now() - left > longAway) void readAgain()
    }
    document.addEventListener('visibilitychange', onVisibility)
    return () => document.removeEventListener('visibilitychange', onVisibility)
  }, [])
}

/** Entries that did not change are the same objects in both lists. */
function newsOf(before: readonly AllowlistEntry[], after: readonly AllowlistEntry[]): ListNews {
  const old = new Set(before)
  const keysBefore = new Set(before.map(({ target }) => entryKey(target)))
  const keysAfter = new Set(after.map(({ target }) => entryKey(target)))
  const fresh = after.filter((entry) => !old.has(entry))
  return {
    marks: new Map(
      fresh.map((entry) => [
        entry,
        keysBefore.has(entryKey(entry.target)) ? m.news_changed : m.news_added,
      ]),
    ),
    gone: before.filter(({ target }) => !keysAfter.has(entryKey(target))),
  }
}
