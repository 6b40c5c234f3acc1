import {
  type MouseEvent,
  type ReactNode,
  type RefObject,
  type SubmitEvent,
  useContext,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import styles from './Dialog.module.css'
import { afterPaint } from './defer.ts'
import { DialogOpen } from './dialog-open.ts'
import { IconButton } from './IconButton.tsx'
import { bringIntoSight } from './into-sight.ts'

type DialogProps = {
  title: string
  /** What it is about, in sight beside the title at all times. */
  subject?: ReactNode
  children: ReactNode
  /** Buttons; in sight at all times. */
  footer?: ReactNode
  /**
   * What is to be in sight at all times: the answer to a press (an error, a conflict, what is being
   * waited for), and a sentence on what the press would do. It stands in the footer, and scrolls by itself
   * where that would take more than half of the window.
   */
  notice?: ReactNode
  closeLabel: string
  /** Escape, the cross or a press beside the dialog: the owner decides whether to unmount it. */
  onClose: () => void
  /** Makes a form of it, so that Enter in a field presses the footer's submit button. */
  onSubmit?: ((event: SubmitEvent<HTMLFormElement>) => void) | undefined
  /** While at work it does not close. */
  busy?: boolean | undefined
  size?: 'small' | 'medium' | 'large' | undefined
  /** What has the focus at first; else the title, which a screen reader then reads out. */
  initialFocus?: RefObject<HTMLElement | null> | undefined
  /**
   * Where the focus goes afterwards: asked once the dialog is gone and the page behind it is drawn. If
   * to nothing in particular, then to what opened the dialog, or where that is gone to the page.
   */
  returnFocus?: (() => HTMLElement | null | undefined) | undefined
}

type OpenDialog = { readonly dialog: HTMLElement; readonly opener: Element | null }

/** Above the page and its messages. */
const lowest = 6

/** The last one is on top. */
const openDialogs: OpenDialog[] = []

/**
 * A modal dialog, open for as long as it is mounted (but see `DialogOpen`). Not by `showModal()`,
 * which has the whole page behind it styled anew before the dialog is painted: this one lies over the
 * page, which is made inert once the dialog is in sight.
 */
export function Dialog({
  title,
  subject,
  children,
  footer,
  notice,
  closeLabel,
  onClose,
  onSubmit,
  busy = false,
  size = 'medium',
  initialFocus,
  returnFocus,
}: DialogProps) {
  const id = useId()
  const open = useContext(DialogOpen)
  const [prepared] = useState(!open)
  const ref = useRef<HTMLDialogElement>(null)
  const opener = useRef<Element>(null)
  const pressedBeside = useRef(false)

  const askToClose = () => {
    if (!busy) onClose()
  }
  const askByKey = useEffectEvent(askToClose)
  const focusFirst = useEffectEvent((dialog: HTMLElement) => {
    const first = initialFocus?.current ?? dialog.querySelector<HTMLElement>('[data-dialog-title]')
    first?.focus()
  })
  const placeAfter = useEffectEvent(() => returnFocus)

  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (!open) {
      panelOf(dialog).inert = true
      // For whatever reads a page by its roles and does not heed `inert`.
      dialog.ariaHidden = 'true'
      return
    }
    // Once: development runs this twice, and the second time the focus is inside already.
    opener.current ??= document.activeElement
    // A dialog may close together with the one below it, which held what opened it.
    const openers = [opener.current, ...openDialogs.map((below) => below.opener).reverse()]
    const entry = { dialog, opener: opener.current }
    openDialogs.push(entry)
    // By when it was opened: one that was there before may be opened after another.
    dialog.style.zIndex = String(lowest + openDialogs.length)
    // What was out of reach stays so until it is in sight: to change that has all of it styled anew. The
    // dialog itself takes the presses by then, and a key lets it in.
    if (!panelOf(dialog).inert) focusFirst(dialog)
    else if (opener.current instanceof HTMLElement) opener.current.blur()
    const letIn = () => {
      dialog.ariaHidden = null
      panelOf(dialog).inert = false
      // Not where another one has opened on top since, as for a session that has ended.
      const isOnTop = openDialogs.at(-1) === entry
      if (isOnTop && !dialog.contains(document.activeElement)) focusFirst(dialog)
    }
    let cancel = afterPaint(() => {
      letIn()
      // By itself: to shut off hundreds of rows takes longer than all before.
      cancel = afterPaint(settle)
    })
    // A key that comes sooner than that is meant for the dialog, which it finds ready.
    function settle() {
      cancel()
      window.removeEventListener('keydown', settle, true)
      letIn()
      shutOff()
    }
    window.addEventListener('keydown', settle, true)

    // On the window, after everything else: a list that is open inside takes Escape first. Not by
    // the dialog's own cancel event, which browsers withhold from a second press.
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (openDialogs.at(-1) !== entry) return
      event.preventDefault()
      askByKey()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => {
      cancel()
      window.removeEventListener('keydown', settle, true)
      window.removeEventListener('keydown', onKeyDown)
      openDialogs.splice(openDialogs.indexOf(entry), 1)
      const findPlace = placeAfter()
      // Later: in the middle of an update React hears no focus event, and the row that held the
      // opener may be leaving in this same update.
      setTimeout(() => {
        shutOff()
        restoreFocus([findPlace?.(), ...openers])
      })
    }
  }, [open])

  const isBeside = (event: MouseEvent) => event.target === event.currentTarget
  const panel = (
    <>
      <div className={styles.header}>
        <div className={styles.heading}>
          <h2 id={id} className={styles.title} tabIndex={-1} data-dialog-title="">
            {title}
          </h2>
          {subject && (
            <div id={`${id}subject`} className={styles.subject}>
              {subject}
            </div>
          )}
        </div>
        <IconButton
          icon="close"
          variant="quiet"
          label={closeLabel}
          plain
          disabled={busy}
          onClick={askToClose}
        />
      </div>
      <div className={styles.body}>{children}</div>
      {footer && (
        <div className={styles.footer}>
          <Notice>{notice}</Notice>
          <div className={styles.buttons}>{footer}</div>
        </div>
      )}
    </>
  )

  // Beside the page, which becomes inert, and not within it.
  return createPortal(
    <dialog
      ref={ref}
      // Also while it is hidden: the browser has laid it out by the time it is asked for.
      open
      aria-modal={open || undefined}
      aria-labelledby={id}
      aria-describedby={subject ? `${id}subject` : undefined}
      aria-busy={busy || undefined}
      className={styles.dialog}
      data-open={open || undefined}
      data-prepared={prepared || undefined}
      data-size={size}
      onMouseDown={(event) => {
        // What is not within reach yet hands its presses on to the dialog.
        pressedBeside.current = isBeside(event) && !panelOf(event.currentTarget).inert
      }}
      onMouseUp={(event) => {
        // Both: selecting text must not close the dialog when the pointer slips out. And not by the
        // second half of the double click that opened it.
        if (pressedBeside.current && isBeside(event) && event.detail < 2) askToClose()
        pressedBeside.current = false
      }}
    >
      {onSubmit ? (
        <form noValidate className={styles.panel} onSubmit={onSubmit}>
          {panel}
        </form>
      ) : (
        <div className={styles.panel}>{panel}</div>
      )}
    </dialog>,
    document.body,
  )
}

/** Scrolls where it is long; then the keyboard, too, must be able to scroll it. */
function Notice({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const scroller = place.current
    if (!scroller || !content.current) return
    const observer = new ResizeObserver(() => {
      if (scroller.scrollHeight > scroller.clientHeight) scroller.tabIndex = 0
      else scroller.removeAttribute('tabindex')
    })
    observer.observe(scroller)
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={place} className={styles.notice}>
      <div ref={content} className={styles.noticeContent}>
        {children}
      </div>
    </div>
  )
}

/** Makes inert whatever the topmost dialog covers, and nothing else. */
function shutOff() {
  const covered = openDialogs.length > 0
  document.getElementById('root')?.toggleAttribute('inert', covered)
  for (const { dialog } of openDialogs) {
    dialog.inert = dialog !== openDialogs.at(-1)?.dialog
  }
}

/** All of a dialog but what lies around it. */
function panelOf(dialog: HTMLElement): HTMLElement {
  const panel = dialog.firstElementChild
  if (!(panel instanceof HTMLElement)) throw new TypeError('a dialog without a panel')
  return panel
}

function restoreFocus(places: (Element | null | undefined)[]) {
  // Somebody has taken the focus already, perhaps the next dialog.
  if (document.activeElement !== null && document.activeElement !== document.body) return
  const candidates = places.filter((place) => place !== document.body)
  const title = openDialogs.at(-1)?.dialog.querySelector('[data-dialog-title]')
  const target = [...candidates, title, page()].find(
    (place) => place?.isConnected && !place.closest('[inert]'),
  )
  if (!(target instanceof HTMLElement)) return
  target.focus({ preventScroll: true })
  bringIntoSight(target)
}

function page() {
  const main = document.querySelector('main')
  if (main && !main.hasAttribute('tabindex')) main.tabIndex = -1
  return main
}
