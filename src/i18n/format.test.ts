import { afterEach, expect, test } from 'vitest'
import { formatDate, formatList, formatNumber } from './format.ts'
import { setLocale } from './paraglide/runtime.js'

afterEach(() => setLocale('en', { reload: false }))

test.each([
  ['en', '10,000', 'Jan 15, 2026', 'a, b, and c'],
  ['ja', '10,000', '2026/01/15', 'a、b、c'],
] as const)('numbers, dates and lists are written as in %s', (locale, number, date, list) => {
  setLocale(locale, { reload: false })
  expect(formatNumber(10_000)).toBe(number)
  expect(formatDate('2026-01-15T12:00:00')).toBe(date)
  expect(formatList(['a', 'b', 'c'])).toBe(list)
})

test('what is no date is shown as it is', () => {
  expect(formatDate('soon')).toBe('soon')
})
