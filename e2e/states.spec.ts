import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Page } from '@playwright/test'
import { lookEvent } from '../src/app/demo/states/look-event.ts'
import type { State } from '../src/app/demo/states/state.ts'
import { flows } from '../src/app/demo/states/states.ts'
import { type Lang, speak } from './support/language.ts'
import { barriers, leftInEnglish, outOfSight, smallTargets } from './support/looks.ts'
import { openState } from './support/states.ts'
import { expect, test } from './support/test.ts'

const narrowest = { width: 320, height: 568 }
const usual = { width: 1280, height: 720 }
/** In CSS pixels; at 200 % zoom a window of 1280 × 800 has half of them. */
const windows = [
  narrowest,
  { width: 640, height: 400 },
  { width: 768, height: 1024 },
  { width: 1920, height: 1080 },
]

const softly = expect.configure({ soft: true })

/** Turns the language of the page, as the gallery does. */
async function turnLanguage(page: Page, lang: Lang): Promise<void> {
  await page.evaluate(
    ({ event, lang }) => window.dispatchEvent(new CustomEvent(event, { detail: { lang } })),
    { event: lookEvent, lang },
  )
  speak(lang)
}

/** While nothing sticks: a row that slides under a sticky head or bar would count as too small to press. */
async function barriersOf(page: Page, looks?: Parameters<typeof barriers>[1]) {
  const stuck = await page.evaluateHandle(() => {
    const elements = [...document.querySelectorAll<HTMLElement>('#root *')]
    const stuck = elements.filter((element) => getComputedStyle(element).position === 'sticky')
    for (const { style } of stuck) style.position = 'static'
    return stuck
  })
  try {
    return await barriers(page, looks)
  } finally {
    await stuck.evaluate((stuck) => {
      for (const { style } of stuck) style.position = ''
    })
  }
}

// Every state in one look of each kind; the other looks are those of `npm run test:gallery`.
for (const { name, states } of flows) {
  test(`${name}: each state is reached, without a barrier, and fits into the narrowest window`, async ({
    page,
    panel,
  }) => {
    test.setTimeout(20_000 + 12_000 * states.length)
    const pictures = new Map<string, string>()
    let before: State | undefined
    for (const state of states) {
      await openState(page, panel, state, before)
      before = state
      const picture = (await page.screenshot()).toString('base64')
      softly(pictures.get(picture), `${state.name} looks like`).toBeUndefined()
      pictures.set(picture, state.name)

      softly(await barriersOf(page, { dark: false }), state.name).toEqual([])
      await turnLanguage(page, 'ja')
      softly(await leftInEnglish(page), state.name).toEqual([])
      await page.setViewportSize(narrowest)
      await softly.poll(() => outOfSight(page), `${state.name} at 320 px`).toEqual([])
      softly(await smallTargets(page), `${state.name} at 320 px`).toEqual([])
      await page.setViewportSize(usual)
      await turnLanguage(page, 'en')
    }
  })
}

for (const { name } of flows.flatMap(({ states }) => states)) {
  test(
    `${name}: by its address in a fresh tab, in every look, and twice the same`,
    {
      tag: '@gallery',
    },
    async ({ page }, testInfo) => {
      // The last state of a long road, looked at in two languages and four windows.
      test.slow()
      // The page tells when it has read the list.
      await page.clock.setFixedTime('2026-01-15T09:00:00Z')
      async function visit(): Promise<Buffer> {
        await page.goto('about:blank')
        await page.goto(`#/?state=${name}`)
        const html = page.locator('html[data-state]')
        await html.waitFor()
        expect(await html.getAttribute('data-state')).toBe(name)
        return page.screenshot()
      }
      // By pixels and not by bytes: the same line may be smoothed otherwise when it is painted again.
      const picture = 'first-visit.png'
      const path = testInfo.snapshotPath(picture)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, await visit())
      expect(await visit(), 'looks the same').toMatchSnapshot(picture)
      for (const lang of ['en', 'ja'] as const) {
        await turnLanguage(page, lang)
        softly(await barriersOf(page)).toEqual([])
        for (const size of windows) {
          await page.setViewportSize(size)
          await softly.poll(() => outOfSight(page), `${lang} at ${size.width} px`).toEqual([])
          softly(await smallTargets(page), `${lang} at ${size.width} px`).toEqual([])
        }
        await page.setViewportSize(usual)
      }
    },
  )
}
