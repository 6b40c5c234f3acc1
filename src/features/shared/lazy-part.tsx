import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'

/** A part of a page whose code comes later, and can be asked for anew where it did not come. */
export type Part<Props> = {
  /** The part, if its code is here. */
  readonly loaded: () => ComponentType<Props> | undefined
  /** Fetches the code once; after a failure the next call tries again. */
  readonly preload: () => Promise<void>
}

export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let component: ComponentType<Props> | undefined
  let pending: Promise<void> | undefined
  return {
    loaded: () => component,
    preload() {
      pending ??= load().then(
        (part) => {
          component = part
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

type LazyPartProps<Props> = {
  part: Part<Props>
  /** Stands in its place until it is there. */
  fallback?: ReactNode
  /** For what was asked for and covers the page: the way back, when it does not come. */
  onGiveUp?: (() => void) | undefined
  children: (Part: ComponentType<Props>) => ReactNode
}

/**
 * Draws a part: at once when its code is here, as it is after a preload. Not by React's lazy, which
 * suspends once even then, and holds what has suspended back for 300 ms. The page around it stays
 * when the code does not come: offline, or another version of the console is there by now.
 */
export function LazyPart<Props>({ part, fallback, onGiveUp, children }: LazyPartProps<Props>) {
  const [state, setState] = useState<'waiting' | 'here' | 'failed'>('waiting')

  useEffect(() => {
    if (state !== 'waiting' || part.loaded()) return
    let left = false
    part.preload().then(
      () => left || setState('here'),
      () => left || setState('failed'),
    )
    return () => {
      left = true
    }
  }, [part, state])

  const Loaded = part.loaded()
  if (Loaded) return children(Loaded)
  if (state !== 'failed') return fallback
  return (
    <Alert
      variant="danger"
      live="assertive"
      title={m.part_failed()}
      actions={
        <>
          <Button
            size="small"
            autoFocus={onGiveUp !== undefined}
            onClick={() => setState('waiting')}
          >
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
