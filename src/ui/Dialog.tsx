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

/** The open dialogs, the last on top, each with what had the focus before it. */
const openDialogs: { readonly dialog: HTMLDialogElement; readonly opener: Element | null }[] = []

/** A modal dialog, open for as long as it is mounted. */
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
  const focusFirst = useEffectEvent((dialog: HTMLDialogElement) => {
    const first = initialFocus?.current ?? dialog.querySelector<HTMLElement>('[data-dialog-title]')
    first?.focus()
  })
  const focusAfter = useEffectEvent(() => returnFocus?.())

  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    // Once: development runs this twice, and the second time the focus is inside already.
    opener.current ??= document.activeElement
    if (!dialog.open) dialog.showModal()
    // A dialog may close together with the one below it, which held what opened it.
    const openers = [opener.current, ...openDialogs.map((below) => below.opener).reverse()]
    const entry = { dialog, opener: opener.current }
    openDialogs.push(entry)
    focusFirst(dialog)

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
      window.removeEventListener('keydown', onKeyDown)
      openDialogs.splice(openDialogs.indexOf(entry), 1)
      const fallback = focusAfter()
      // Not by close(), which gives the focus back at once: in the middle of an update React
      // hears no focus event, and the row that held the opener may be leaving in this same update.
      setTimeout(() => restoreFocus(openers, fallback))
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

  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      data-size={size}
      aria-labelledby={id}
      aria-busy={busy || undefined}
      onCancel={(event) => {
        // Bubbles up from file inputs too.
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        askToClose()
      }}
      onClose={(event) => {
        // The browser insisted. The owner has not agreed yet, so it stays open until then.
        if (event.target !== event.currentTarget || event.currentTarget.open) return
        event.currentTarget.showModal()
        askToClose()
      }}
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
    </dialog>
  )
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
