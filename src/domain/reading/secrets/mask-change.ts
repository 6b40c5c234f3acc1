/** Masks while somebody types, without the page having to wait for all of a long text. */
import { mask } from './mask.ts'

/** The most characters that are masked on the page itself, in a time that nobody notices. */
const mostAtOnce = 10_000

/**
 * The number of characters around a change that may decide about it: a name, the line before, the
 * head of a key.
 */
const around = 2000

/**
 * The text with its secrets masked, where little of it is new.
 * @param before what was masked already
 * @param after what somebody made of it
 * @returns undefined where so much is new that masking it belongs into a worker
 */
export function maskChange(before: string, after: string): string | undefined {
  if (after.length <= mostAtOnce) return mask(after)
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  let end = 0
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end++
  }
  const from = Math.max(0, start - around)
  const to = Math.min(after.length, after.length - end + around)
  if (to - from > mostAtOnce) return undefined
  return after.slice(0, from) + mask(after.slice(from, to)) + after.slice(to)
}

/** Masks a text of a field or an address that is meant to be short; what is longer is cut. */
export const maskShort = (text: string): string => mask(text.slice(0, mostAtOnce))
