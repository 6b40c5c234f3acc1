import { expect, test } from 'vitest'
import { heightOf, lookOf } from './look.ts'

const own = { lang: 'ja', theme: 'dark' } as const

test('is the gallery’s own where the address says nothing', () => {
  expect(lookOf({}, own)).toEqual({ lang: 'ja', theme: 'dark', width: 1280, text: 100 })
})

test('is what the address says', () => {
  const search = {
    preview_lang: 'en',
    preview_theme: 'light',
    preview_width: '412',
    preview_text: '200',
  }
  expect(lookOf(search, own)).toEqual({ lang: 'en', theme: 'light', width: 412, text: 200 })
})

test.each(['319', '2561', 'wide', '', 'Infinity'])('has no window that is %j wide', (width) => {
  expect(lookOf({ preview_width: width }, own).width).toBe(1280)
})

test('has no language, theme or size that does not exist', () => {
  const search = { preview_lang: 'de', preview_theme: 'system', preview_text: '150' }
  expect(lookOf(search, own)).toEqual(lookOf({}, own))
})

test.each([
  [320, 569],
  [768, 1024],
  [1280, 800],
])('a window that is %i wide is %i high', (width, height) => {
  expect(heightOf(width)).toBe(height)
})
