import {
  type PointerEvent,
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
import { IconButton } from './IconButton.tsx'

type DialogProps = {
  title: string
  children: ReactNode
  /** Buttons; in sight at all times. */
  footer?: ReactNode
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
  /** Where the focus goes afterwards if what opened the dialog is gone; else to the page. */
  returnFocus?: (() => HTMLElement | null | undefined) | undefined
}

type OpenDialog = { readonly dialog: HTMLElement; readonly opener: Element | null }

/** The last one is on top. */
const openDialogs: OpenDialog[] = []

/**
 * A modal dialog, open for as long as it is mounted. Not by `showModal()`, which has the whole page
 * behind it styled anew before the dialog is painted: a popover covers the page at once, and what it
 * covers is made inert afterwards.
 */
export function Dialog({
  title,
  children,
  footer,
  closeLabel,
  onClose,
  onSubmit,
  busy = false,
  size = 'medium',
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
  const focusAfter = useEffectEvent(() => returnFocus?.())

  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    // Once: development runs this twice, and the second time the focus is inside already.
    opener.current ??= document.activeElement
    dialog.showPopover()
    // A dialog may close together with the one below it, which held what opened it.
    const openers = [opener.current, ...openDialogs.map((below) => below.opener).reverse()]
    const entry = { dialog, opener: opener.current }
    openDialogs.push(entry)
    focusFirst(dialog)
    const cancel = afterPaint(() => {
      shutOff()
      if (!dialog.contains(document.activeElement)) focusFirst(dialog)
    })

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
      window.removeEventListener('keydown', onKeyDown)
      openDialogs.splice(openDialogs.indexOf(entry), 1)
      const fallback = focusAfter()
      // Later: in the middle of an update React hears no focus event, and the row that held the
      // opener may be leaving in this same update.
      setTimeout(() => {
        shutOff()
        restoreFocus(openers, fallback)
      })
    }
  }, [])

  const isBeside = (event: PointerEvent) => event.target === event.currentTarget
  const panel = (
    <>
      <header className={styles.header}>
        <h2 id={id} className={styles.title} tabIndex={-1} data-dialog-title="">
          {title}
        </h2>
        <IconButton
          icon="close"
          variant="quiet"
          label={closeLabel}
          plain
          disabled={busy}
          onClick={askToClose}
        />
      </header>
      <div className={styles.body}>{children}</div>
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </>
  )

  // Beside the page, which becomes inert, and not within it.
  return createPortal(
    <dialog
      ref={ref}
      popover="manual"
      aria-modal="true"
      aria-labelledby={id}
      aria-busy={busy || undefined}
      className={styles.dialog}
      data-size={size}
      onPointerDown={(event) => {
        pressedBeside.current = isBeside(event)
      }}
      onPointerUp={(event) => {
        // Both: selecting text must not close the dialog when the pointer slips out.
        if (pressedBeside.current && isBeside(event)) askToClose()
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

/** Makes inert whatever the topmost dialog covers, and nothing else. */
function shutOff() {
  const covered = openDialogs.length > 0
  document.getElementById('root')?.toggleAttribute('inert', covered)
  for (const { dialog } of openDialogs) dialog.inert = dialog !== openDialogs.at(-1)?.dialog
}

/** @returns calls it off */
function afterPaint(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

function restoreFocus(
  [opener, ...below]: (Element | null)[],
  fallback: HTMLElement | null | undefined,
) {
  // Somebody has taken the focus already, perhaps the next dialog.
  if (document.activeElement !== null && document.activeElement !== document.body) return
  const candidates = [opener, fallback, ...below].filter((place) => place !== document.body)
  const target = [...candidates, page()].find((place) => place?.isConnected)
  if (target instanceof HTMLElement) target.focus()
}

function page() {
  const main = document.querySelector('main')
  if (main && !main.hasAttribute('tabindex')) main.tabIndex = -1
  return main
}
