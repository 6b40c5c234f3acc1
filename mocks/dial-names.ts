import type { Dials } from './dials.ts'

/**
 * What an address can turn: a search parameter each. Apart from what they mean, so that the console's
 * router can name them without the mock.
 */
export const dialNames = [
  'scenario',
  'as',
  'latency',
  'now',
  'api',
  'fault',
] as const satisfies readonly (keyof Dials)[]

/** The same for every dial. */
export const eachDial = <Value>(value: Value) =>
  Object.fromEntries(dialNames.map((name) => [name, value])) as Record<keyof Dials, Value>
