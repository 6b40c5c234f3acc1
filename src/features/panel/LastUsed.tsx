import { use } from 'react'
import { entryKey, type Target } from '../../domain/allowlist.ts'
import { formatDate, formatTime } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Sign } from '../../ui/Sign.tsx'
import { LastUsesContext } from './last-uses.ts'

const unknownWords = {
  unread: m.used_unknown,
  'not-offered': m.used_not_offered,
  'list-cut': m.used_list_cut,
} as const

type LastUsedProps = {
  /** Of the entry. */
  target: Target
  /** Whether it is that of the project itself. */
  own: boolean
}

/** When the jobs that an entry lets in last used a token, as far as the authentication log tells. */
export function LastUsed({ target, own }: LastUsedProps) {
  const uses = use(LastUsesContext)
  if (own) return <Sign text="–" meaning={m.used_own()} />
  // The first view shows this in hundreds of rows for a moment, so it uses few DOM nodes.
  if (uses.state === 'reading') return <span title={m.used_reading()}>…</span>
  if (uses.state === 'unknown') {
    return <Sign text="?" meaning={unknownWords[uses.because]()} />
  }
  const at = uses.at.get(entryKey(target))
  if (at === undefined) {
    return uses.unsure.has(target.kind) ? (
      <Sign text="?" meaning={m.used_hidden()} />
    ) : (
      m.used_never()
    )
  }
  return (
    <time dateTime={at} title={formatTime(at)}>
      {formatDate(at)}
    </time>
  )
}
