/** Which previews of the gallery run at a time: few, and none while somebody scrolls. */

/**
 * How far a preview is.
 *
 * | Phase | What its frame holds |
 * | --- | --- |
 * | `waiting` | nothing |
 * | `running` | the demo, on its way to the state |
 * | `drawing` | the demo in its state, and a still of it that is being laid out |
 * | `drawn` | the still alone |
 */
export type Phase =
  | { readonly at: 'waiting' | 'running' }
  | { readonly at: 'drawing' | 'drawn'; readonly still: Still }

/** What a state looked like once: a document without scripts. */
export type Still = {
  readonly html: string
  /** Whether the state was not reached. */
  readonly failed: boolean
}

export type PreviewQueue = {
  /** Says how far a card is from the window, in pixels (0 in sight), or undefined where that is too far. */
  readonly place: (name: string, distance: (() => number) | undefined) => void
  readonly phaseOf: (name: string) => Phase
  readonly reached: (name: string, still: Still) => void
  readonly drawn: (name: string) => void
  readonly scrolled: () => void
  readonly pause: (paused: boolean) => void
  readonly subscribe: (listener: () => void) => () => void
  readonly end: () => void
}

const waiting: Phase = { at: 'waiting' }

/**
 * Lets previews run, those in sight first.
 * @param most how many are alive at a time
 * @param rest milliseconds without scrolling after which they start
 */
export function createPreviewQueue({ most, rest }: { most: number; rest: number }): PreviewQueue {
  const near = new Map<string, () => number>()
  const phases = new Map<string, Phase>()
  const stills = new Map<string, Still>()
  const listeners = new Set<() => void>()
  let paused = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const phaseOf = (name: string) => phases.get(name) ?? waiting
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const isAlive = ({ at }: Phase) => at === 'running' || at === 'drawing'

  function fill() {
    if (timer !== undefined || paused) return
    let free = most - [...phases.values()].filter(isAlive).length
    if (free > 0) {
      const next = [...near]
        .filter(([name]) => phaseOf(name).at === 'waiting')
        .map(([name, distance]) => ({ name, distance: distance() }))
        .sort((a, b) => a.distance - b.distance)
      for (const { name } of next.slice(0, free)) {
        const still = stills.get(name)
        phases.set(name, still ? { at: 'drawing', still } : { at: 'running' })
        free -= 1
      }
    }
    tell()
  }

  function wait() {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      // Nobody scrolls now: what is far away is given up.
      for (const name of phases.keys()) if (!near.has(name)) phases.delete(name)
      fill()
    }, rest)
  }

  /** Starting the demo takes long tasks, for which nobody who scrolls or types should wait. */
  function stop() {
    const running = [...phases].filter(([, { at }]) => at === 'running')
    for (const [name] of running) phases.delete(name)
    if (running.length > 0) tell()
  }

  return {
    place(name, distance) {
      if (distance) near.set(name, distance)
      else near.delete(name)
      if (timer === undefined) wait()
    },
    phaseOf,
    reached(name, still) {
      if (phaseOf(name).at !== 'running') return
      stills.set(name, still)
      phases.set(name, { at: 'drawing', still })
      tell()
    },
    drawn(name) {
      const phase = phaseOf(name)
      if (phase.at !== 'drawing') return
      phases.set(name, { at: 'drawn', still: phase.still })
      fill()
    },
    scrolled() {
      stop()
      wait()
    },
    pause(next) {
      paused = next
      if (paused) stop()
      else wait()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    end() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
