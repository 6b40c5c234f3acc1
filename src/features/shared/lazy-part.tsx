import { type ReactNode, useEffect, useState } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { afterPaint, whenIdle } from '../../ui/defer.ts'

/** A part of a page whose code comes later, and can be asked for anew where it did not come. */
export type Part<Loaded> = ReturnType<typeof lazyPart<Loaded>>

export function lazyPart<Loaded>(load: () => Promise<Loaded>) {
  let loaded: Loaded | undefined
  let pending: Promise<boolean> | undefined
  async function fetchPart() {
    try {
      loaded = await load()
    } catch {
      pending = undefined
    }
    return loaded !== undefined
  }
  return {
    /** The loaded module; undefined until it has been fetched. */
    loaded: () => loaded,
    /**
     * Fetches the code once; after a failure the next call tries again.
     * @returns whether it is here
     */
    preload() {
      pending ??= fetchPart()
      return pending
    },
  }
}

/**
 * Fetches a part's code, but only after the current render has been painted: for components that show
 * themselves what is missing.
 * @param start when to fetch it
 */
export function usePart<Loaded>(part: Part<Loaded>, start: typeof afterPaint = afterPaint) {
  /** Undefined until the fetch has succeeded or failed. */
  const [failed, setFailed] = useState<boolean>()
  const loaded = part.loaded()
  // The state at this render: code that has arrived since needs another render, too.
  const isMissing = failed === undefined && loaded === undefined
  useEffect(() => {
    if (!isMissing) return
    let left = false
    const callOff = start(async () => {
      const isHere = await part.preload()
      if (!left) setFailed(!isHere)
    })
    return () => {
      left = true
      callOff()
    }
  }, [part, isMissing, start])
  return { loaded, failed, retry: () => setFailed(undefined) }
}

/**
 * A part's module once it is loaded, for components that are complete without it if it never loads. The
 * page is drawn first.
 */
export const useLater = <Loaded,>(part: Part<Loaded>): Loaded | undefined =>
  usePart(part, whenIdle).loaded

/**
 * Fetches a part's code beside what the part waits for. If it does not come now, it is fetched when the
 * part is rendered.
 * @param isWanted whether it is likely to be rendered
 */
export function usePreload(part: Part<unknown>, isWanted = true) {
  useEffect(() => (isWanted ? whenIdle(() => void part.preload()) : undefined), [part, isWanted])
}

type LazyPartProps<Loaded> = {
  part: Part<Loaded>
  /** Stands in its place until it is there. */
  fallback?: ReactNode
  /** Closes a part that covers the page, such as a dialog, when its code does not load. */
  onGiveUp?: (() => void) | undefined
  children: (part: Loaded) => ReactNode
}

/**
 * Renders a part: at once when its code is loaded, as it is after a preload. It does not use
 * React's `lazy`, which suspends once even then, and delays suspended content by 300 ms. The page
 * around the part stays when the code does not load, because the browser is offline or the server
 * has another version of the console by now.
 */
export function LazyPart<Loaded>({ part, fallback, onGiveUp, children }: LazyPartProps<Loaded>) {
  const { loaded, failed, retry } = usePart(part)
  if (loaded) return children(loaded)
  return failed ? <PartFailed onRetry={retry} onGiveUp={onGiveUp} /> : fallback
}

type PartFailedProps = { onRetry: () => void; onGiveUp?: (() => void) | undefined }

/** Says that a part's code did not load. */
export function PartFailed({ onRetry, onGiveUp }: PartFailedProps) {
  return (
    <Alert
      variant="danger"
      live="assertive"
      title={m.part_failed()}
      actions={
        <>
          <Button size="small" autoFocus={onGiveUp !== undefined} onClick={onRetry}>
            {m.try_again()}
          </Button>
          <Button size="small" onClick={() => location.reload()}>
            {m.reload_page()}
          </Button>
          {onGiveUp && (
            <Button size="small" onClick={onGiveUp}>
              {m.cancel()}
            </Button>
          )}
        </>
      }
    >
      {m.part_failed_body()}
    </Alert>
  )
}
