import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { refreshPanel } from '../../api/allowlist.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { useApi } from '../../api/use-api.ts'
import { formatClock } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { IconButton } from '../../ui/IconButton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { errorWords } from '../shared/error-words.ts'
import { useLater } from '../shared/lazy-part.tsx'
import styles from './AllowlistCard.module.css'

type FreshnessProps = {
  projectId: number
  /** When the list was read, in milliseconds since 1970. */
  at: number
}

type Refresh =
  | { readonly state: 'idle' | 'busy' | 'done' }
  | { readonly state: 'failed'; readonly why: Error }

/** When the list was read, and a button that reads it again, with the mode and the log. */
export function Freshness({ projectId, at }: FreshnessProps) {
  const api = useApi()
  const client = useQueryClient()
  const [refresh, setRefresh] = useState<Refresh>({ state: 'idle' })

  async function press() {
    endWaits()
    setRefresh({ state: 'busy' })
    try {
      await refreshPanel(client, api, projectId)
      setRefresh({ state: 'done' })
    } catch (error) {
      if (error instanceof Error) setRefresh({ state: 'failed', why: error })
    }
  }

  const words = useLater(errorWords)
  const failed = refresh.state === 'failed'
  const time = formatClock(at)
  const text = failed ? m.as_of_failed({ time }) : m.as_of({ time })
  const why = failed ? words?.errorTexts(refresh.why).text : undefined
  return (
    <div className={styles.freshness}>
      <span data-failed={failed || undefined} title={why}>
        {text}
      </span>
      {/* Announced once it is read again, and not whenever the list changes. */}
      <span role="status">
        {(refresh.state === 'done' || failed) && (
          <VisuallyHidden>
            {text} {why}
          </VisuallyHidden>
        )}
      </span>
      <IconButton
        variant="quiet"
        icon="retry"
        label={m.refresh()}
        busy={refresh.state === 'busy'}
        onClick={() => void press()}
      />
    </div>
  )
}
