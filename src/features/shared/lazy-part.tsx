import { type ReactNode, useEffect, useReducer, useState } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { afterPaint } from '../../ui/defer.ts'

/** A part of a page whose code comes later, and can be asked for anew where it did not come. */
export type Part<Loaded> = {
  /** What it brings, if that is here. */
  readonly loaded: () => Loaded | undefined
  /** Fetches the code once; after a failure the next call tries again. */
  readonly preload: () => Promise<void>
}

export function lazyPart<Loaded>(load: () => Promise<Loaded>): Part<Loaded> {
  let loaded: Loaded | undefined
  let pending: Promise<void> | undefined
  return {
    loaded: () => loaded,
    preload() {
      pending ??= load().then(
        (part) => {
          loaded = part
        },
        (error) => {
          pending = undefined
          throw error
        },
      )
      return pending
    },
  }
}

/** What a part brings, as soon as it is there: for what is complete without it until then, and if it never comes. */
export function useLater<Loaded>(part: Part<Loaded>): Loaded | undefined {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const loaded = part.loaded()
  // As it was drawn: what has arrived since has to be drawn, too.
  const isHere = loaded !== undefined

  useEffect(() => {
    if (!isHere) part.preload().then(redraw, () => {})
  }, [part, isHere])

  return loaded
}

/** Fetches a part's code beside what the part waits for, but not before what is here is in sight. */
export function usePreload(part: Part<unknown>): void {
  useEffect(() => afterPaint(() => part.preload().catch(() => {})), [part])
}

type LazyPartProps<Component> = {
  part: Part<Component>
  /** Stands in its place until it is there. */
  fallback?: ReactNode
  /** For what was asked for and covers the page: the way back, when it does not come. */
  onGiveUp?: (() => void) | undefined
  children: (Part: Component) => ReactNode
}

/**
 * Draws a part: at once when its code is here, as it is after a preload. Not by React's lazy, which
 * suspends once even then, and holds what has suspended back for 300 ms. The page around it stays
 * when the code does not come: offline, or another version of the console is there by now.
 */
export function LazyPart<Component>({
  part,
  fallback,
  onGiveUp,
  children,
}: LazyPartProps<Component>) {
  const [state, setState] = useState<'waiting' | 'here' | 'failed'>('waiting')
  const isAsked = onGiveUp !== undefined
  const Loaded = part.loaded()
  // As it was drawn: what has arrived since has to be drawn, too.
  const isHere = Loaded !== undefined

  useEffect(() => {
    if (state !== 'waiting' || isHere) return
    let left = false
    const fetchPart = () =>
      part.preload().then(
        () => left || setState('here'),
        () => left || setState('failed'),
      )
    // What belongs to the page comes once the page is in sight.
    const callOff = isAsked ? void fetchPart() : afterPaint(fetchPart)
    return () => {
      left = true
      callOff?.()
    }
  }, [part, state, isAsked, isHere])

  if (Loaded) return children(Loaded)
  if (state !== 'failed') return fallback
  return (
    <Alert
      variant="danger"
      live="assertive"
      title={m.part_failed()}
      actions={
        <>
          <Button size="small" autoFocus={isAsked} onClick={() => setState('waiting')}>
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
