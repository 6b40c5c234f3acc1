import { useCallback } from 'react'
import { memoWords, useLocale } from '../../../i18n/locale.ts'
import { m } from '../../../i18n/paraglide/messages.js'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import type { State } from '../states/state.ts'
import { CopyButtons } from './CopyButtons.tsx'
import type { PreviewLook } from './look.ts'
import { Preview } from './Preview.tsx'
import type { PreviewQueue } from './preview-queue.ts'
import type { StateReview } from './review.ts'
import styles from './StateCard.module.css'

type StateCardProps = {
  state: State
  /** The whole address of the state, in this look. */
  address: string
  look: PreviewLook
  queue: PreviewQueue
  review: StateReview
  onLook: (name: string, looked: boolean) => void
  onOpen: (name: string, at?: 'note') => void
}

/** One state of the console: what it looks like, what it is, and what a reviewer says of it. */
export const StateCard = memoWords(function StateCard({
  state,
  address,
  look,
  queue,
  review,
  onLook,
  onOpen,
}: StateCardProps) {
  const locale = useLocale()
  const { name, purpose } = state
  const { looked, note, since } = review

  // The distance to the window decides which previews run first.
  const watch = useCallback(
    (card: HTMLLIElement) => {
      const distance = () => {
        const { top, bottom } = card.getBoundingClientRect()
        return Math.max(0, -bottom, top - window.innerHeight)
      }
      const observer = new IntersectionObserver(
        ([entry]) => queue.place(name, entry?.isIntersecting ? distance : undefined),
        { rootMargin: '50% 0px' },
      )
      observer.observe(card)
      return () => {
        observer.disconnect()
        queue.place(name, undefined)
      }
    },
    [name, queue],
  )

  return (
    <li ref={watch} className={styles.card} data-card="">
      <div className={styles.place}>
        <Preview name={name} address={address} look={look} queue={queue} />
        <button
          type="button"
          id={`open-${name}`}
          className={styles.open}
          aria-label={m.demo_gallery_open({ name })}
          onClick={() => onOpen(name)}
        />
      </div>
      <div className={styles.about}>
        <div className={styles.heading}>
          <h3 className={styles.name}>
            <a href={address} target="_blank" rel="noreferrer" lang="en">
              {name}
            </a>
          </h3>
          {since !== 'same' && (
            <Badge variant={since === 'new' ? 'info' : 'warning'}>
              {since === 'new' ? m.demo_gallery_new() : m.demo_gallery_changed()}
            </Badge>
          )}
        </div>
        <p className={styles.purpose}>{purpose[locale]}</p>
        {note.trim() !== '' && <p className={styles.note}>{note.trim()}</p>}
      </div>
      <div className={styles.review}>
        <Checkbox
          label={m.demo_gallery_looked()}
          aria-label={m.demo_gallery_looked_at({ name })}
          checked={looked}
          onChange={({ target }) => onLook(name, target.checked)}
        />
        <Button
          size="small"
          variant="quiet"
          aria-label={m.demo_gallery_note_of({ name })}
          onClick={() => onOpen(name, 'note')}
        >
          {m.demo_gallery_note()}
        </Button>
      </div>
      <div className={styles.copies}>
        <CopyButtons name={name} address={address} />
      </div>
    </li>
  )
})
