import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

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
  header,
}) => {
  await panel.open()
  await expect.poll(() => background(page)).toBe('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => background(page)).toBe('dark')

  await header.chooseTheme(m.theme_light())
  await expect.poll(() => background(page)).toBe('light')
  await page.reload()
  await expect(panel.entry('partners')).toBeVisible()
  await header.openMenu()
  await expect(header.theme(m.theme_light())).toBeChecked()
  expect(await background(page)).toBe('light')

  await header.chooseTheme(m.theme_system())
  await expect.poll(() => background(page)).toBe('dark')
})

test('an address that names colours wins over the choice, without changing it', async ({
  page,
  panel,
  header,
}) => {
  await panel.open()
  await header.chooseTheme(m.theme_dark())
  await expect.poll(() => background(page)).toBe('dark')
  await panel.open({ theme: 'light' })
  await header.openMenu()
  await expect(header.theme(m.theme_light())).toBeChecked()
  expect(await background(page)).toBe('light')
  await panel.open()
  await header.openMenu()
  await expect(header.theme(m.theme_dark())).toBeChecked()
})
