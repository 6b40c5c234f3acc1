import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import type { ButtonSize } from './button-class.ts'
import { Icon } from './Icon.tsx'
import styles from './MenuButton.module.css'

type MenuItem<Key extends string> = {
  readonly key: Key
  readonly label: string
  /** What it does, below its name. */
  readonly about: string
}

type MenuButtonProps<Key extends string> = {
  children: string
  size?: ButtonSize | undefined
  /** Asked for when the menu opens. */
  items: () => readonly MenuItem<Key>[]
  onSelect: (key: Key) => void
}

/**
 * A button that opens a menu of commands. The arrow keys, Home and End move in it, a letter finds the next
 * item that begins with it, Escape goes back to the button.
 * https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function MenuButton<Key extends string>({
  children,
  size,
  items,
  onSelect,
}: MenuButtonProps<Key>) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  const close = () => setOpen(false)
  useLayoutEffect(() => {
    if (!open || !menu.current || !button.current) return
    // In the top layer, where no dialog cuts it off.
    menu.current.showPopover?.()
    placeBelow(menu.current, button.current)
    entriesOf(menu.current)[0]?.focus()
  }, [open])

  useEffect(() => {
    if (!open) return
    const closeFromOutside = ({ target }: Event) => {
      const parts = [menu.current, button.current]
      if (!parts.some((part) => target instanceof Node && part?.contains(target))) setOpen(false)
    }
    // What it stands by may move away beneath it.
    const events = ['pointerdown', 'scroll', 'resize']
    for (const event of events) window.addEventListener(event, closeFromOutside, true)
    return () => {
      for (const event of events) window.removeEventListener(event, closeFromOutside, true)
    }
  }, [open])

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const all = entriesOf(event.currentTarget)
    const at = all.findIndex((entry) => entry.matches(':focus'))
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      all.at(next % all.length)?.focus()
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      // Escape closes the menu alone, and not the dialog around it; Tab goes on from the button.
      if (event.key === 'Escape') event.preventDefault()
      button.current?.focus()
      close()
    } else if (event.key.length === 1 && event.key !== ' ') {
      const letter = event.key.toLowerCase()
      const after = [...all.slice(at + 1), ...all.slice(0, at + 1)]
      after.find((entry) => entry.textContent.toLowerCase().startsWith(letter))?.focus()
    }
  }

  return (
    <>
      <Button
        ref={button}
        size={size}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (open || event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <span className={styles.trigger}>
          {children}
          <Icon name="chevron-down" size={12} />
        </span>
      </Button>
      {open && (
        <div
          ref={menu}
          id={id}
          role="menu"
          aria-label={children}
          popover="manual"
          className={styles.menu}
          onKeyDown={onKeyDown}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (!currentTarget.contains(relatedTarget) && relatedTarget !== button.current) close()
          }}
        >
          {items().map(({ key, label, about }) => (
            <button
              key={key}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={styles.item}
              onClick={() => {
                button.current?.focus()
                close()
                onSelect(key)
              }}
            >
              <span className={styles.label}>{label}</span>
              <span className={styles.about}>{about}</span>
            </button>
          ))}
        </div>
      )}
    </>
  )
}

const entriesOf = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')]

/** Below the button, from the same start, or above where it fits there alone, and within the window. */
function placeBelow(menu: HTMLElement, button: HTMLElement): void {
  const gap = 4
  const edge = 8
  const target = button.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const rightmost = document.documentElement.getBoundingClientRect().width - width - edge
  const below = target.bottom + gap
  const above = target.top - gap - height
  const up = below + height > window.innerHeight - edge && above >= edge
  menu.style.left = `${Math.max(edge, Math.min(target.left, rightmost))}px`
  menu.style.top = `${up ? above : Math.max(edge, Math.min(below, window.innerHeight - edge - height))}px`
  menu.style.maxHeight = `${window.innerHeight - 2 * edge}px`
}
