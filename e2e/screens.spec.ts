import { journeys } from './support/journeys.ts'
import { speak } from './support/language.ts'
import { barriers, leftInEnglish, outOfSight } from './support/looks.ts'
import { expect, test } from './support/test.ts'

const narrowest = { width: 320, height: 568 }
const usual = { width: 1280, height: 720 }
/** In CSS pixels; at 200 % zoom a window of 1280 × 800 has half of them. The usual one comes last. */
const windows = [
  narrowest,
  { width: 640, height: 400 },
  { width: 768, height: 1024 },
  { width: 1920, height: 1080 },
  usual,
]

const softly = expect.configure({ soft: true })

for (const { name, go } of journeys) {
  test(`${name}: no barrier in either theme, and nothing out of sight in any window`, async ({
    page,
    panel,
  }) => {
    // Some ten states, each looked at in seven ways.
    test.slow()
    await go(page, panel, async (what) => {
      softly(await barriers(page), what).toEqual([])
      for (const size of windows) {
        await page.setViewportSize(size)
        await softly.poll(() => outOfSight(page), `${what} at ${size.width} px`).toEqual([])
      }
    })
  })

  // The elements are the same, and so are the barriers.
  test(`${name}, in Japanese: nothing left in English, and it fits`, async ({ page, panel }) => {
    test.slow()
    speak('ja')
    await go(page, panel, async (what) => {
      softly(await leftInEnglish(page), what).toEqual([])
      await page.setViewportSize(narrowest)
      await softly.poll(() => outOfSight(page), what).toEqual([])
      await page.setViewportSize(usual)
    })
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ja')
  })
}
