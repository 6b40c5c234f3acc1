/** Numbers, dates and lists in the language of the screen. */
import type { Locale } from './locale.ts'
import { getLocale } from './paraglide/runtime.js'

/** Formatters are costly to make and a table asks for hundreds of times. */
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

/** Counts up to 999 are plain digits in both languages: no need to wait for Intl on a first view. */
export const formatNumber = (value: number): string =>
  Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : numbers().format(value)

/** @param iso a moment in ISO 8601; what is no date is shown as it is */
export function formatDate(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : dates().format(date)
}

/** To the second, with the time zone. @param iso as `formatDate` takes it */
export function formatTime(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : times().format(date)
}

/** @param time in milliseconds since 1970 */
export const formatMoment = (time: number): string => moments().format(time)

/** The time of day, such as "2:02 PM". @param time in milliseconds since 1970 */
export const formatClock = (time: number): string => clocks().format(time)

export const formatList = (items: Iterable<string>): string => lists().format(items)

/** A list without "and", for what is rather a label than a sentence. */
export const formatNames = (items: Iterable<string>): string => names().format(items)
