import type { Page } from '@playwright/test'
import { expect, test } from './support/test.ts'

/** Far below the window, and not drawn so far. */
const far = 'fleet/team-0150'

/** Whether a picture of the whole page shows something where the row is, or one colour alone. */
async function isPainted(page: Page, row: ReturnType<Page['getByRole']>): Promise<boolean> {
  const box = await row.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    // Without its borders.
    return { x: left, y: top + window.scrollY + 4, width, height: height - 8 }
  })
  const picture = await page.screenshot({ fullPage: true, clip: box })
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
    if (!context) throw new Error('no canvas')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    return data.some((value, at) => value !== data[at % 4])
  }, picture.toString('base64'))
}

test('with capture=1 a picture of the whole page shows every row', async ({ page, panel }) => {
  await panel.open({ scenario: 'at-limit', address: '/projects/1/settings/ci_cd?capture=1' })
  await expect(panel.entry(far)).toBeVisible()
  expect(await isPainted(page, panel.entry(far))).toBe(true)

  await panel.open({ scenario: 'log-1000', address: '/projects/1/settings/ci_cd?capture=1' })
  const row = panel.logRow('fleet/team-15/service-0593')
  await expect(row).toBeVisible()
  expect(await isPainted(page, row)).toBe(true)
})

test('capture=1 is kept while navigating, and without it rows out of sight are not drawn', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'at-limit', address: '/endpoints?capture=1' })
  const drawing = () =>
    panel
      .entry(far)
      .evaluate(
        ({ parentElement }) => parentElement && getComputedStyle(parentElement).contentVisibility,
      )
  await page.getByRole('banner').getByRole('link').first().click()
  await page.getByRole('link', { name: 'fleet/hub' }).click()
  await expect(panel.entry(far)).toBeVisible()
  expect(page.url()).toContain('capture=1')
  expect(await drawing()).toBe('visible')
  await page.emulateMedia({ media: 'print' })
  await panel.open({ scenario: 'at-limit' })
  await expect(panel.entry(far)).toBeVisible()
  expect(await drawing()).toBe('visible')
  await page.emulateMedia({ media: 'screen' })
  expect(await drawing()).toBe('auto')
})
