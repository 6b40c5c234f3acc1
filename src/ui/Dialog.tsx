import {
  type MouseEvent,
  type ReactNode,
  type RefObject,
  type SubmitEvent,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
} from 'react'
import { createPortal } from 'react-dom'
import styles from './Dialog.module.css'
import { afterPaint } from './defer.ts'
import { IconButton } from './IconButton.tsx'
import { bringIntoSight } from './into-sight.ts'

type DialogProps = {
  title: ReactNode
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
  /** `window` takes the whole of it, whatever the content. */
  size?: 'small' | 'medium' | 'large' | 'window' | undefined
  /** On paper it stands alone and at its whole length, without its controls; else with the page behind it. */
  printed?: boolean | undefined
  /** What has the focus at first; else the title, which a screen reader then reads out. */
  initialFocus?: RefObject<HTMLElement | null> | undefined
  /**
   * Where the focus goes afterwards: asked once the dialog is gone and the page behind it is drawn. If
   * to nothing in particular, then to what opened the dialog, or where that is gone to the page.
   */
  returnFocus?: (() => HTMLElement | null | undefined) | undefined
}

/** The last one is on top. */
const openDialogs: HTMLElement[] = []

/**
 * A modal dialog, open for as long as it is mounted. Ctrl or Cmd with Enter presses its confirming button.
 * It has the focus before it is painted, so that no key is lost. Not by `showModal()`, which restyles the
 * whole page behind the dialog before the dialog is painted: this one covers the page, which becomes inert
 * once the dialog is in sight.
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
  printed = false,
  initialFocus,
  returnFocus,
}: DialogProps) {
  const id = useId()
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
    // Once: development runs this twice, and the second time the focus is inside already.
    opener.current ??= document.activeElement
    openDialogs.push(dialog)
    focusFirst(dialog)
    // To restyle hundreds of rows takes longer than all before: neither the first picture nor the first
    // key waits for it.
    afterPaint(shutOff)

    // On the window, after everything else: a list that is open inside takes Escape first. Not by
    // the dialog's own cancel event, which browsers withhold from a second press.
    function onKeyDown(event: KeyboardEvent) {
      // Of all keys this one alone could lead out of the dialog.
      if (event.key === 'Tab') shutOff()
      if (event.defaultPrevented || event.isComposing || openDialogs.at(-1) !== dialog) return
      if (event.key === 'Escape') {
        event.preventDefault()
        askByKey()
      }
      // From wherever the focus is: a long list can stand before the button.
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        const confirm = `.${styles.buttons} [data-variant=confirm]`
        if (!event.repeat) dialog?.querySelector<HTMLElement>(confirm)?.click()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      openDialogs.splice(openDialogs.indexOf(dialog), 1)
      const findPlace = placeAfter()
      // Later: in the middle of an update React hears no focus event, and the row that held the
      // opener may be leaving in this same update.
      setTimeout(() => {
        shutOff()
        restoreFocus([findPlace?.(), opener.current])
      })
    }
  }, [])

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
          <div ref={watchLength} className={styles.notice}>
            <div className={styles.noticeContent}>{notice}</div>
          </div>
          <div className={styles.buttons}>{footer}</div>
        </div>
      )}
    </>
  )

  // Beside the page, which becomes inert, and not within it.
  return createPortal(
    <dialog
      ref={ref}
      open
      aria-modal
      aria-labelledby={id}
      aria-describedby={subject ? `${id}subject` : undefined}
      aria-busy={busy || undefined}
      className={styles.dialog}
      data-size={size}
      data-printed={printed || undefined}
      onMouseDown={(event) => {
        pressedBeside.current = isBeside(event)
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
function watchLength(scroller: HTMLDivElement) {
  const observer = new ResizeObserver(() => {
    if (scroller.scrollHeight > scroller.clientHeight) scroller.tabIndex = 0
    else scroller.removeAttribute('tabindex')
  })
  for (const element of [scroller, ...scroller.children]) observer.observe(element)
  return () => observer.disconnect()
}

/** Makes inert whatever the topmost dialog covers, and nothing else. */
function shutOff() {
  const covered = openDialogs.length > 0
  document.getElementById('root')?.toggleAttribute('inert', covered)
  for (const dialog of openDialogs) dialog.inert = dialog !== openDialogs.at(-1)
}

function restoreFocus(places: (Element | null | undefined)[]) {
  // Somebody has taken the focus already, perhaps the next dialog.
  if (document.activeElement !== null && document.activeElement !== document.body) return
  const title = openDialogs.at(-1)?.querySelector('[data-dialog-title]')
  const target = [...places, title, document.querySelector('main')].find(
    (place) => place !== document.body && place?.isConnected && !place.closest('[inert]'),
  )
  if (!(target instanceof HTMLElement)) return
  target.focus({ preventScroll: true })
  bringIntoSight(target)
}
