import { type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { placeAbove } from './place.ts'
import styles from './use-tooltip.module.css'

type Tooltip = {
  /** Attributes for the tooltip's element, to spread before its own handlers. */
  trigger: {
    onPointerEnter: (event: { pointerType: string; currentTarget: HTMLElement }) => void
    onPointerLeave: () => void
    onFocus: (event: { target: Element; currentTarget: HTMLElement }) => void
    onBlur: () => void
    'aria-describedby': string | undefined
  }
  show: (element: HTMLElement) => void
  hide: () => void
  /** The tooltip, to render beside the element. */
  tooltip: ReactNode
}

/**
 * A tooltip on hover and keyboard focus. With `describes` it is also the element's accessible
 * description; without, it only repeats the accessible name visually.
 */
export function useTooltip(text: string | undefined, describes: boolean): Tooltip {
  const id = useId()
  const [anchor, show] = useState<HTMLElement | null>(null)
  const hide = () => show(null)

  const describedBy = describes && text !== undefined ? id : undefined
  return {
    trigger: {
      // A finger does not hover: the tooltip would stay after the tap.
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
  /** The element beside which the tooltip is shown; null while it is hidden. */
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
    // In the top layer, so that a scrolling table or a dialog does not clip it.
    element.showPopover?.()
    placeAbove(element, anchor)

    const { top, left } = anchor.getBoundingClientRect()
    // A scroll from before it was shown may still be told.
    const onScroll = () => {
      const now = anchor.getBoundingClientRect()
      if (now.top !== top || now.left !== left) hide()
    }
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hide()
    // A message that comes above moves the page's content under it.
    const sizes = new ResizeObserver(() => placeAbove(element, anchor))
    for (let box = anchor.parentElement; box; box = box.parentElement) sizes.observe(box)
    window.addEventListener('scroll', onScroll, true)
    window.addEventListener('keydown', onKey)
    return () => {
      sizes.disconnect()
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
