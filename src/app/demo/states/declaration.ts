import { inWords, type State } from './state.ts'
import { stateNamed } from './states.ts'

/**
 * The declarations of a state and of all states that it goes on from, as a text. It is the same in every
 * language of the page, because messages stand in it in English; and whatever the order of the fields.
 */
export function declarationOf(state: State): string {
  const before = 'after' in state ? stateNamed(state.after) : undefined
  const own = JSON.stringify(state, plain)
  return before ? `${declarationOf(before)}\n${own}` : own
}

/** A short mark of that text, of eight digits, that a change of the declaration changes as well. */
export function markOf(state: State): string {
  // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(declarationOf(state))) {
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}

function plain(_name: string, value: unknown): unknown {
  if (isMessage(value)) return inWords(value, { locale: 'en', origin: '' })
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** No other function stands in a declaration. */
const isMessage = (value: unknown): value is () => string => typeof value === 'function'
