import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/paraglide/messages.js'
import type { Flow } from '../states/state.ts'
import { flows as allFlows } from '../states/states.ts'
import styles from './Flows.module.css'
import { heightOf, type PreviewLook } from './look.ts'
import { createPreviewQueue } from './preview-queue.ts'
import type { Review } from './review.ts'
import { StateCard } from './StateCard.tsx'

type FlowsProps = {
  /** With the states that are shown. */
  flows: readonly Flow[]
  look: PreviewLook
  /** The whole address of each state. */
  addresses: ReadonlyMap<string, string>
  review: Review
  /** Whether no preview may run, because one is open alone. */
  paused: boolean
  onLook: (name: string, looked: boolean) => void
  onOpen: (name: string, at?: 'note') => void
  /** What comes after the flows. */
  children: ReactNode
}

/** At most so many previews run at a time, and none before scrolling has rested for so long. */
const limits = { most: 3, rest: 300 }

/** The states as cards, by flow. */
export function Flows({
  flows,
  look,
  addresses,
  review,
  paused,
  onLook,
  onOpen,
  children,
}: FlowsProps) {
  const [queue] = useState(() => createPreviewQueue(limits))
  const { width } = look
  const columns = useRef<HTMLDivElement>(null)

  useEffect(() => {
    window.addEventListener('scroll', queue.scrolled, { passive: true })
    return () => {
      window.removeEventListener('scroll', queue.scrolled)
      queue.end()
    }
  }, [queue])
  useEffect(() => queue.pause(paused), [queue, paused])
  useLayoutEffect(() => fitPreviews(columns.current, width), [width])

  return (
    <div ref={columns} className={styles.columns} data-narrow={width < 1000 || undefined}>
      <nav className={styles.nav} aria-label={m.demo_gallery_flows()}>
        <ul>
          {flows.map(({ name, title, states }) => (
            <li key={name}>
              <button type="button" className={styles.jump} onClick={() => goTo(name)}>
                <span>{title()}</span>
                <span className={styles.count}>{formatNumber(states.length)}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.flows}>
        {flows.map(({ name, title, states }) => (
          <section key={name} aria-labelledby={`flow-${name}`} className={styles.flow}>
            <div className={styles.head}>
              <h2 id={`flow-${name}`} tabIndex={-1}>
                {title()}
              </h2>
              <p className={styles.count}>
                {m.demo_gallery_flow_count({
                  count: formatNumber(states.length),
                  total: formatNumber(
                    allFlows.find((flow) => flow.name === name)?.states.length ?? 0,
                  ),
                })}
              </p>
            </div>
            <ul className={styles.cards} aria-label={title()}>
              {states.map((state) => (
                <StateCard
                  key={state.name}
                  state={state}
                  address={addresses.get(state.name) ?? ''}
                  look={look}
                  queue={queue}
                  review={review.of(state.name)}
                  onLook={onLook}
                  onOpen={onOpen}
                />
              ))}
            </ul>
          </section>
        ))}
        {children}
      </div>
    </div>
  )
}

function goTo(flow: string): void {
  const heading = document.getElementById(`flow-${flow}`)
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

/** Says in style properties how large the previews are, and scales them to their cards of one width. */
function fitPreviews(columns: HTMLElement | null, width: number): (() => void) | undefined {
  if (!columns) return undefined
  const { style } = columns
  style.setProperty('--preview-width', `${width}`)
  style.setProperty('--preview-height', `${heightOf(width)}`)
  const observer = new ResizeObserver(() => {
    const card = columns.querySelector('li[data-card]')
    if (card) style.setProperty('--preview-scale', `${card.clientWidth / width}`)
  })
  observer.observe(columns)
  return () => observer.disconnect()
}
