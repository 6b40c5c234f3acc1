import { type ReactNode, useId, useState } from 'react'
import styles from './Disclosure.module.css'
import { Icon } from './Icon.tsx'

type DisclosureProps = {
  /** What the button shows. */
  summary: ReactNode
  /** The button's accessible name, where what it shows does not say enough. */
  label?: string | undefined
  /** Names the region that it opens. */
  region: string
  /** What stands in the region, such as lists: rendered while it is open. */
  children: () => ReactNode
}

/** A small button that opens a long list below itself, which scrolls in a frame of its own. */
export function Disclosure({ summary, label, region, children }: DisclosureProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        onClick={() => setOpen(!open)}
      >
        {summary}
        <Icon name="chevron-down" size={12} />
      </button>
      {open && (
        <section
          id={id}
          className={styles.region}
          aria-label={region}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
          tabIndex={0}
        >
          {children()}
        </section>
      )}
    </>
  )
}
