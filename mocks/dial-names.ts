import type { Dials } from './dials.ts'

/**
 * The dials that an address can set, one search parameter each. In a file without their meaning, so
 * that the console's router can name them without importing the mock.
 */
export const dialNames = [
  'scenario',
  'as',
  'latency',
  'now',
  'api',
  'fault',
] as const satisfies readonly (keyof Dials)[]

/** An object with the same value for every dial. */
export const eachDial = <Value>(value: Value) =>
  Object.fromEntries(dialNames.map((name) => [name, value])) as Record<keyof Dials, Value>
