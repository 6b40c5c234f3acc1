import { formatDate, formatNames, formatNumber } from '../../../i18n/format.ts'
import { useLocale } from '../../../i18n/locale.ts'
import { m } from '../../../i18n/paraglide/messages.js'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { notify } from '../../../ui/toasts.ts'
import type { Flow } from '../states/state.ts'
import { copyText } from './copy-text.ts'
import styles from './ReviewSummary.module.css'
import { type Review, reviewAsMarkdown } from './review.ts'

type ReviewSummaryProps = {
  /** All flows. */
  flows: readonly Flow[]
  review: Review
  /** The whole address of a state. */
  addressOf: (name: string) => string
}

/** How far the review is, what has changed since the last visit, and the notes to take along. */
export function ReviewSummary({ flows, review, addressOf }: ReviewSummaryProps) {
  const locale = useLocale()
  const states = flows.flatMap((flow) => flow.states).map(({ name }) => review.of(name))
  const changed = states.filter(({ since }) => since !== 'same').length
  const progress = m.demo_gallery_progress({
    looked: formatNumber(states.filter(({ looked }) => looked).length),
    total: formatNumber(states.length),
    notes: formatNumber(states.filter(({ note }) => note.trim() !== '').length),
  })

  function exported(): string {
    const words = {
      title: m.demo_gallery_export_title({ date: formatDate(new Date().toISOString()) }),
      summary: progress,
      changed: m.demo_gallery_changed(),
      new: m.demo_gallery_new(),
    }
    return reviewAsMarkdown(flows, review, words, {
      addressOf: ({ name }) => addressOf(name),
      purposeOf: ({ purpose }) => purpose[locale],
    })
  }

  return (
    <div className={styles.summary}>
      <p>
        {progress}
        {review.before && (
          <>
            {' '}
            {m.demo_gallery_since({
              count: formatNumber(changed),
              date: formatDate(review.before),
            })}
          </>
        )}
        {review.gone.length > 0 && <> {m.demo_gallery_gone({ names: formatNames(review.gone) })}</>}
      </p>
      <MenuButton
        size="small"
        items={() => [
          {
            key: 'copy',
            label: m.demo_gallery_export_copy(),
            about: m.demo_gallery_export_copy_about(),
          },
          {
            key: 'save',
            label: m.demo_gallery_export_save(),
            about: m.demo_gallery_export_save_about(),
          },
        ]}
        onSelect={(key) => {
          if (key === 'copy') return void copyText(exported(), m.demo_gallery_export_copied)
          saveFile('review.md', 'text/markdown', exported())
          notify(() => m.demo_gallery_export_saved({ file: 'review.md' }))
        }}
      >
        {m.demo_gallery_export()}
      </MenuButton>
    </div>
  )
}
