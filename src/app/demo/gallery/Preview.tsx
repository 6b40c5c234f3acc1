import { useEffect, useRef, useSyncExternalStore } from 'react'
import { m } from '../../../i18n/paraglide/messages.js'
import { Badge } from '../../../ui/Badge.tsx'
import { framed, previewName } from '../preview.ts'
import { type PreviewLook, setTextSize } from './look.ts'
import styles from './Preview.module.css'
import type { PreviewQueue } from './preview-queue.ts'
import { restoreStill, stillOf } from './still.ts'

type PreviewProps = {
  /** The name of the state. */
  name: string
  /** Where the state is. */
  address: string
  look: PreviewLook
  queue: PreviewQueue
}

/** Milliseconds after which a state that was not reached is shown as it is. */
const patience = 30_000

/**
 * A state in the look of the gallery: the demo runs in a frame until it has reached the state, and gives
 * way to a still. It is inert: a card's button opens the state alone.
 */
export function Preview({ name, address, look, queue }: PreviewProps) {
  const phase = useSyncExternalStore(queue.subscribe, () => queue.phaseOf(name))
  const still = useRef<HTMLIFrameElement>(null)
  const { theme, text } = look

  useEffect(() => {
    const root = still.current?.contentDocument?.documentElement
    if (root) root.dataset.theme = theme
  }, [theme])

  return (
    <>
      <div className={styles.screen} data-at={phase.at} style={{ colorScheme: theme }} inert>
        {(phase.at === 'running' || phase.at === 'drawing') && (
          <RunningFrame
            name={name}
            address={address}
            text={text}
            onEnd={(page, failed) => queue.reached(name, { html: stillOf(page), failed })}
          />
        )}
        {'still' in phase && (
          <iframe
            ref={still}
            title={name}
            tabIndex={-1}
            sandbox="allow-same-origin"
            srcDoc={phase.still.html}
            className={styles.frame}
            onLoad={({ currentTarget: { contentDocument } }) => {
              if (!contentDocument) return
              contentDocument.documentElement.dataset.theme = theme
              restoreStill(contentDocument)
              queue.drawn(name)
            }}
          />
        )}
      </div>
      {'still' in phase && phase.still.failed && (
        <span className={styles.failed}>
          <Badge variant="danger">{m.demo_gallery_failed()}</Badge>
        </span>
      )}
    </>
  )
}

type RunningFrameProps = {
  name: string
  address: string
  text: PreviewLook['text']
  /** The state is reached, or it has failed. */
  onEnd: (page: Document, failed: boolean) => void
}

function RunningFrame({ name, address, text, onEnd }: RunningFrameProps) {
  const leave = useRef(() => {})
  useEffect(() => () => leave.current(), [])

  function watch(page: Document) {
    const root = page.documentElement
    setTextSize(page, text)
    const look = () => {
      if (root.dataset.state !== undefined) end(root.dataset.state === 'failed')
    }
    const end = (failed: boolean) => {
      leave.current()
      onEnd(page, failed)
    }
    const observer = new MutationObserver(look)
    const limit = setTimeout(() => end(true), patience)
    leave.current = () => {
      observer.disconnect()
      clearTimeout(limit)
    }
    observer.observe(root, { attributeFilter: ['data-state'] })
    look()
  }

  return (
    <iframe
      name={previewName}
      title={name}
      tabIndex={-1}
      src={framed(address)}
      className={styles.frame}
      onLoad={({ currentTarget: { contentDocument } }) => {
        leave.current()
        if (contentDocument) watch(contentDocument)
      }}
    />
  )
}
