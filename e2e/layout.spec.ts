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
