import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { journeys } from './support/journeys.ts'
import { expect, test } from './support/test.ts'

/** Windows in CSS pixels; at 200 % zoom a window of 1280 × 800 has half of them. */
const windows = [
  { width: 320, height: 568 },
  { width: 640, height: 400 },
  { width: 768, height: 1024 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
]

/** What sticks out of the window to the side, or of a dialog that may not be scrolled sideways. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const root = document.documentElement
    const wide = root.scrollWidth > root.clientWidth ? [`page ${root.scrollWidth}`] : []
    for (const dialog of document.querySelectorAll('dialog[data-open]')) {
      for (const part of [dialog, ...dialog.querySelectorAll('*')]) {
        // Code that was pasted keeps its lines, as in an editor.
        if (part.matches('textarea')) continue
        const scrolls = /auto|scroll/.test(getComputedStyle(part).overflowX)
        if (scrolls && part.scrollWidth > part.clientWidth + 1)
          wide.push(`dialog ${part.className}`)
      }
    }
    return wide
  })

/** What of the open dialog stands outside of the window, or cannot be scrolled into it. */
async function outOfReach(page: Page, { width, height }: (typeof windows)[number]) {
  const top = page.getByRole('dialog').last()
  if (!(await top.isVisible())) return []
  const close = top.getByRole('button', { name: m.close(), exact: true })
  const found: string[] = []
  for (const part of [top, close, top.getByRole('button').last()]) {
    await part.scrollIntoViewIfNeeded()
    const box = await part.boundingBox()
    const fits =
      box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height
    if (!fits) found.push(`${part}: ${JSON.stringify(box)}`)
  }
  return found
}

for (const { name, go } of journeys) {
  test(`nothing is cut off or scrolls sideways in any window: ${name}`, async ({ page, panel }) => {
    test.slow()
    await go(page, panel, 'en', async (what) => {
      for (const size of windows) {
        await page.setViewportSize(size)
        const where = `${what} at ${size.width} px`
        await expect.poll(() => overflow(page), where).toEqual([])
        await expect.poll(() => outOfReach(page, size), where).toEqual([])
      }
      await page.setViewportSize({ width: 1280, height: 720 })
    })
  })
}

test('Japanese fits the narrowest window too', async ({ page, panel }) => {
  await page.setViewportSize({ width: 320, height: 568 })
  await panel.open({ scenario: 'default', lang: 'ja' })
  await expect(panel.entry('tidewater/commerce/cart')).toBeVisible()
  expect(await overflow(page)).toEqual([])
  await panel.askToAdd()
  await panel.chooseFineGrained()
  expect(await overflow(page)).toEqual([])
})

const background = (page: Page) =>
  page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] =
      getComputedStyle(document.body)
        .backgroundColor.match(/\d+(\.\d+)?/g)
        ?.map(Number) ?? []
    return red + green + blue > 380 ? 'light' : 'dark'
  })

test('colours follow the system until they are chosen, and the choice is remembered', async ({
  page,
  panel,
}) => {
  const theme = page.getByRole('combobox', { name: m.theme() })
  await panel.open()
  await expect.poll(() => background(page)).toBe('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => background(page)).toBe('dark')

  await theme.selectOption(m.theme_light())
  await expect.poll(() => background(page)).toBe('light')
  await page.reload()
  await expect(panel.entry('partners')).toBeVisible()
  await expect(theme).toHaveValue('light')
  expect(await background(page)).toBe('light')

  await theme.selectOption(m.theme_system())
  await expect.poll(() => background(page)).toBe('dark')
})

test('an address that names colours wins over the choice, without changing it', async ({
  page,
  panel,
}) => {
  const theme = page.getByRole('combobox', { name: m.theme() })
  await panel.open()
  await theme.selectOption(m.theme_dark())
  await expect.poll(() => background(page)).toBe('dark')
  await panel.open({ theme: 'light' })
  await expect(theme).toHaveValue('light')
  expect(await background(page)).toBe('light')
  await panel.open()
  await expect(theme).toHaveValue('dark')
})
