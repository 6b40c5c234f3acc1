import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Icon } from './Icon.tsx'
import styles from './Popover.module.css'

type PopoverProps = {
  /** What stands on the button. */
  trigger: ReactNode
  /** The button's accessible name, which holds the words that stand on it. */
  label: string
  /** Where both begin, or where both end. */
  align?: 'start' | 'end' | undefined
  /** The button is about to be pressed: time to fetch what it opens. */
  onNear?: (() => void) | undefined
  /** Drawn while it is open. */
  children: (close: () => void) => ReactNode
}

/**
 * A button, and what it opens below itself. It closes by Escape, and when the pointer or the focus
 * goes elsewhere. In place rather than in the top layer, so that the Tab key goes from one to the
 * other, and it moves along with its button when the page scrolls.
 */
export function Popover({ trigger, label, align = 'start', onNear, children }: PopoverProps) {
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  function close() {
    setOpen(false)
    // What had the focus is about to go.
    button.current?.focus()
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // The keys that choose among Japanese spellings are not for the popover.
    if (event.key !== 'Escape' || event.isComposing) return
    event.preventDefault()
    close()
  })
  useEffect(() => {
    if (!open) return
    const onElsewhere = ({ target }: Event) => {
      if (target instanceof Node && !place.current?.contains(target)) setOpen(false)
    }
    window.addEventListener('keydown', onKey)
    window.addEventListener('pointerdown', onElsewhere)
    window.addEventListener('focusin', onElsewhere)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('pointerdown', onElsewhere)
      window.removeEventListener('focusin', onElsewhere)
    }
  }, [open])

  return (
    <div ref={place} className={styles.place}>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-label={label}
        aria-expanded={open}
        onPointerEnter={onNear}
        onFocus={onNear}
        onClick={() => setOpen(!open)}
      >
        {trigger}
        <Icon name="chevron-down" size={12} />
      </button>
      {open && (
        <div ref={moveIntoSight} className={styles.popup} data-align={align}>
          {children(close)}
        </div>
      )}
    </div>
  )
}

/** In pixels, between what a popover shows and the edge of the window. */
const margin = 8

/** Moves what would reach beyond the window's edge. */
function moveIntoSight(popup: HTMLElement | null): void {
  if (!popup) return
  const { left, right } = popup.getBoundingClientRect()
  const beyond = right - (document.documentElement.clientWidth - margin)
  if (beyond > 0) popup.style.translate = `${-Math.min(beyond, left - margin)}px`
  else if (left < margin) popup.style.translate = `${margin - left}px`
}
