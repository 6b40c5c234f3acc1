import { useState } from 'react'

/** The selected entries of a list, by `entryKey`: outside of React, so that selecting renders no row. */
export type Selection = {
  /** Another object after each change. */
  readonly keys: () => ReadonlySet<string>
  readonly set: (keys: Iterable<string>, selected: boolean) => void
  readonly clear: () => void
  readonly subscribe: (listener: () => void) => () => void
}

function createSelection(): Selection {
  let selected: ReadonlySet<string> = new Set()
  const listeners = new Set<() => void>()
  function become(next: ReadonlySet<string>) {
    selected = next
    for (const listener of listeners) listener()
  }
  return {
    keys: () => selected,
    set(keys, on) {
      const next = new Set(selected)
      for (const key of keys) next[on ? 'add' : 'delete'](key)
      become(next)
    },
    clear: () => become(new Set()),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A selection that lasts as long as the component. */
export const useNewSelection = (): Selection => useState(createSelection)[0]
