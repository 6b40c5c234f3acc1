/** Formats numbers, dates and lists in the language of the screen. */
import type { Locale } from './locale.ts'
import { getLocale } from './paraglide/runtime.js'

/** Caches a formatter per locale: creating one is slow, and tables format hundreds of values. */
function perLocale<Formatter>(make: (locale: Locale) => Formatter): () => Formatter {
  const made = new Map<Locale, Formatter>()
  return () => {
    const locale = getLocale()
    const formatter = made.get(locale) ?? make(locale)
    made.set(locale, formatter)
    return formatter
  }
}

const numbers = perLocale((locale) => new Intl.NumberFormat(locale))
const dates = perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }))
const times = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long' }),
)
const moments = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
)
const clocks = perLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }))
const lists = perLocale((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }))
const names = perLocale((locale) => new Intl.ListFormat(locale, { style: 'narrow' }))

/** Counts up to 999 are plain digits in both languages: the first view need not wait for Intl. */
export const formatNumber = (value: number): string =>
  Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : numbers().format(value)

/** @param iso a timestamp in ISO 8601; a text that is no date is returned unchanged */
export function formatDate(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : dates().format(date)
}

/** A date with seconds and time zone. @param iso as in `formatDate` */
export function formatTime(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : times().format(date)
}

/** @param time in milliseconds since 1970 */
export const formatMoment = (time: number): string => moments().format(time)

/** The time of day, such as "2:02 PM". @param time in milliseconds since 1970 */
export const formatClock = (time: number): string => clocks().format(time)

export const formatList = (items: Iterable<string>): string => lists().format(items)

/** A list without "and", for labels rather than sentences. */
export const formatNames = (items: Iterable<string>): string => names().format(items)
