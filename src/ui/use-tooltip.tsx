import { type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { placeAbove } from './place.ts'
import styles from './use-tooltip.module.css'

type Tooltip = {
  /** To be spread on the element that the tooltip belongs to, before its own handlers. */
  trigger: {
    onPointerEnter: (event: { pointerType: string; currentTarget: HTMLElement }) => void
    onPointerLeave: () => void
    onFocus: (event: { target: Element; currentTarget: HTMLElement }) => void
    onBlur: () => void
    'aria-describedby': string | undefined
  }
  show: (element: HTMLElement) => void
  hide: () => void
  /** To be rendered beside the element. */
  tooltip: ReactNode
}

/**
 * A text that appears by an element on hover and on keyboard focus. With `describes` it is also
 * the element's accessible description; without, it only repeats the name for sighted people.
 */
export function useTooltip(text: string | undefined, describes: boolean): Tooltip {
  const id = useId()
  const [anchor, show] = useState<HTMLElement | null>(null)
  const hide = () => show(null)

  const describedBy = describes && text !== undefined ? id : undefined
  return {
    trigger: {
      // A finger has no hover; it would leave the text standing after the tap.
      onPointerEnter: (event) => event.pointerType !== 'touch' && show(event.currentTarget),
      onPointerLeave: hide,
      onFocus: (event) => event.target.matches(':focus-visible') && show(event.currentTarget),
      onBlur: hide,
      'aria-describedby': describedBy,
    },
    show,
    hide,
    tooltip: text !== undefined && (anchor || describes) && (
      <Bubble id={id} anchor={anchor} onHide={hide} named={describes}>
        {text}
      </Bubble>
    ),
  }
}

type BubbleProps = {
  id: string
  /** What it stands by while it is shown. */
  anchor: HTMLElement | null
  onHide: () => void
  named: boolean
  children: ReactNode
}

function Bubble({ id, anchor, onHide, named, children }: BubbleProps) {
  const bubble = useRef<HTMLSpanElement>(null)
  const hide = useEffectEvent(onHide)

  useEffect(() => {
    const element = bubble.current
    if (!anchor || !element) return
    // The top layer: a table that scrolls or a dialog must not cut the text off.
    element.showPopover?.()
    placeAbove(element, anchor)

    const onScroll = () => hide()
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hide()
    window.addEventListener('scroll', onScroll, true)
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('scroll', onScroll, true)
      window.removeEventListener('keydown', onKey)
      if (element.isConnected) element.hidePopover?.()
    }
  }, [anchor])

  return (
    <span
      ref={bubble}
      id={id}
      role="tooltip"
      popover="manual"
      className={styles.tooltip}
      data-open={anchor !== null}
      aria-hidden={named ? undefined : true}
    >
      {children}
    </span>
  )
}
