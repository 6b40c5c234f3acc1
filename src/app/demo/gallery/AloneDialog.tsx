import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useLocale } from '../../../i18n/locale.ts'
import { m } from '../../../i18n/paraglide/messages.js'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { aloneName, framed } from '../preview.ts'
import { type Look, lookEvent } from '../states/look-event.ts'
import type { State } from '../states/state.ts'
import styles from './AloneDialog.module.css'
import { CopyButtons } from './CopyButtons.tsx'
import { type GitLabTerm, termsOn } from './gitlab-terms.ts'
import { LookSwitches } from './LookSwitches.tsx'
import { type LookSearch, type PreviewLook, setTextSize } from './look.ts'
import type { StateReview } from './review.ts'

type AloneDialogProps = {
  state: State
  /** The whole address of the state. */
  address: string
  look: PreviewLook
  onLookChange: (changes: LookSearch) => void
  review: StateReview
  onLook: (looked: boolean) => void
  onNote: (note: string) => void
  /** Whether the focus begins in the note. */
  startsInNote: boolean
  /** The states beside this one, by name. */
  before: string | undefined
  after: string | undefined
  onOpen: (name: string) => void
  onClose: () => void
}

/**
 * A state by itself, as large as the window allows, to be used like the page that it is: beside GitLab's
 * terms for what it shows, and the reviewer's note.
 */
export function AloneDialog({
  state,
  address,
  look,
  onLookChange,
  review,
  onLook,
  onNote,
  startsInNote,
  before,
  after,
  onOpen,
  onClose,
}: AloneDialogProps) {
  const locale = useLocale()
  const note = useRef<HTMLTextAreaElement>(null)
  const [terms, setTerms] = useState<readonly GitLabTerm[]>([])
  const { name, purpose } = state

  const step = (to: string | undefined, label: string) => (
    <Button disabled={to === undefined} onClick={() => to !== undefined && onOpen(to)}>
      {label}
    </Button>
  )
  return (
    <Dialog
      title={<span lang="en">{name}</span>}
      subject={purpose[locale]}
      size="window"
      closeLabel={m.close()}
      onClose={onClose}
      {...(startsInNote && { initialFocus: note })}
      // The button of its card, of whichever state the dialog shows by then.
      returnFocus={() => document.getElementById(`open-${name}`)}
      footer={
        <>
          {step(before, m.demo_gallery_before())}
          {step(after, m.demo_gallery_after())}
        </>
      }
    >
      <div className={styles.body}>
        <AloneFrame
          key={name}
          name={name}
          address={address}
          look={look}
          onTerms={setTerms}
          onEscape={onClose}
        />
        <div className={styles.side}>
          <Checkbox
            label={m.demo_gallery_looked()}
            checked={review.looked}
            onChange={({ target }) => onLook(target.checked)}
          />
          <label className={styles.note}>
            <span>{m.demo_gallery_note()}</span>
            <textarea
              ref={note}
              rows={4}
              value={review.note}
              onChange={({ target }) => onNote(target.value)}
            />
          </label>
          <span className={styles.copies}>
            <CopyButtons name={name} address={address} />
          </span>
          <LookSwitches look={look} onChange={onLookChange} />
          <Terms terms={terms} />
        </div>
      </div>
    </Dialog>
  )
}

/** GitLab's terms, beside the console's. */
function Terms({ terms }: { terms: readonly GitLabTerm[] }) {
  if (terms.length === 0) return null
  return (
    <table className={styles.terms}>
      <caption>{m.demo_gallery_terms()}</caption>
      <thead>
        <tr>
          <th scope="col">{m.demo_gallery_terms_here()}</th>
          <th scope="col" lang="en">
            GitLab
          </th>
        </tr>
      </thead>
      <tbody>
        {terms.map(({ here, gitlab, langs }) => (
          <tr key={here}>
            <td lang={langs.here}>{here}</td>
            {gitlab === here ? (
              <td className={styles.same}>{m.demo_gallery_terms_same()}</td>
            ) : (
              <td lang={langs.gitlab}>{gitlab}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type AloneFrameProps = {
  name: string
  address: string
  look: PreviewLook
  /** GitLab's terms for what the page shows, whenever that has changed. */
  onTerms: (terms: readonly GitLabTerm[]) => void
  /** Escape was pressed in the frame, and nothing in there has taken it. */
  onEscape: () => void
}

/** The demo in a frame as high as its place, and scaled down where it is wider. */
function AloneFrame({ name, address, look, onTerms, onEscape }: AloneFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [place, setPlace] = useState({ width: 0, height: 0 })
  // The frame keeps the address at which it began: at another one it would begin anew.
  const [first] = useState(address)
  const { lang, theme, width, text } = look
  const scale = Math.min(1, place.width / width)

  function turn() {
    const { contentDocument: page } = frame.current ?? {}
    if (!page?.defaultView) return
    setTextSize(page, text)
    const detail: Look = { lang, theme }
    page.defaultView.dispatchEvent(new page.defaultView.CustomEvent(lookEvent, { detail }))
  }
  useEffect(turn, [lang, theme, text])

  const leave = useEffectEvent(onEscape)
  const tell = useEffectEvent(onTerms)
  function watch(page: Document) {
    let pause: ReturnType<typeof setTimeout> | undefined
    const observer = new MutationObserver(() => {
      clearTimeout(pause)
      pause = setTimeout(() => tell(termsOn(page)), 200)
    })
    observer.observe(page.body, { subtree: true, childList: true, characterData: true })
    page.defaultView?.addEventListener('keydown', (event) => {
      // Later: what is open in the frame takes Escape first, and says so.
      if (event.key === 'Escape') setTimeout(() => event.defaultPrevented || leave())
    })
  }

  return (
    <div ref={(element) => followSize(element, setPlace)} className={styles.place}>
      <div
        className={styles.window}
        style={{ width: width * scale, height: place.height, colorScheme: theme }}
      >
        <iframe
          ref={frame}
          name={aloneName}
          title={m.demo_gallery_frame({ name })}
          src={framed(first)}
          className={styles.frame}
          style={{ width, height: place.height / scale, transform: `scale(${scale})` }}
          onLoad={({ currentTarget: { contentDocument } }) => {
            if (!contentDocument) return
            turn()
            watch(contentDocument)
          }}
        />
      </div>
    </div>
  )
}

/** Reports the size of an element, now and whenever it changes. */
function followSize(
  element: HTMLElement | null,
  report: (size: { width: number; height: number }) => void,
) {
  if (!element) return
  const observer = new ResizeObserver(() =>
    report({ width: element.clientWidth, height: element.clientHeight }),
  )
  observer.observe(element)
  return () => observer.disconnect()
}
