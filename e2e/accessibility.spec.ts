import type { Locator, Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

/** Of two elements with one id, a label or description may be read from the wrong one, even one out of sight. */
const repeatedIds = (page: Page) =>
  page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `more than once: #${id}`)
  })

/** What has the focus, by name, and how its outline is drawn. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element) return { name: '', ring: false }
    // A segment's radio is out of sight; what stands for it shows the ring.
    const shown = [element, element.nextElementSibling, element.parentElement]
    const ring = shown.some((part) => {
      if (!part) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    })
    const label = [...document.querySelectorAll('label')].find(({ control }) => control === element)
    const name =
      element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent ?? ''
    return { name: name.trim(), ring }
  })

/** Presses Tab until what has this name has the focus, and shows it. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    const { name: now, ring } = await focused(page)
    if (now === name && ring) return
    if (now === name) throw new Error(`${name} does not show that it has the focus`)
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key does not lead to ${name}`)
}

test('no id of a dialog is that of another one on top of it', async ({ page, panel }) => {
  await panel.open()
  await panel.askToEdit('partners')
  await panel.chooseFineGrained()
  await panel.choose(m.resource_jobs(), m.scope_read_write())
  await expect(page.locator('dialog [role="radiogroup"][aria-describedby]')).not.toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(panel.discarding()).toBeVisible()
  expect(await repeatedIds(page)).toEqual([])
})

test('an entry is added, edited and removed by the keyboard alone', async ({ page, panel }) => {
  await panel.open()
  await expect(panel.entry('partners')).toBeVisible()

  await tabTo(page, m.add())
  await page.keyboard.press('Enter')
  await expect(panel.target()).toBeFocused()
  await page.keyboard.type('sdk')
  await expect(page.getByRole('option', { name: 'partners/sdk' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(panel.target()).toHaveValue('partners/sdk')
  await tabTo(page, m.permissions_default())
  await page.keyboard.press('ArrowDown')
  await tabTo(page, m.scope_none())
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(panel.entry('partners/sdk')).toContainText('Read to')
  await expect(panel.dialog()).toBeHidden()
  await expect
    .poll(async () => (await focused(page)).name)
    .toBe(m.edit_entry({ path: 'partners/sdk' }))

  await page.keyboard.press('Enter')
  await expect(panel.dialog()).toBeVisible()
  await tabTo(page, m.permissions_fine_grained())
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(panel.entry('partners/sdk')).toContainText(m.permissions_default_words())
  await expect
    .poll(async () => (await focused(page)).name)
    .toBe(m.edit_entry({ path: 'partners/sdk' }))

  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(panel.dialog().getByRole('button', { name: m.cancel() })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel.dialog()).toBeHidden()
  await expect
    .poll(async () => (await focused(page)).name)
    .toBe(m.remove_entry({ path: 'partners/sdk' }))
  await page.keyboard.press('Enter')
  await tabTo(page, m.remove_confirm())
  await page.keyboard.press('Enter')
  await expect(panel.entry('partners/sdk')).toBeHidden()
  // The row took its button along: it was the last one.
  await expect
    .poll(async () => (await focused(page)).name)
    .toBe(m.remove_entry({ path: 'partners' }))
})

test('the first Tab offers the way past the header', async ({ page, panel }) => {
  await panel.open()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: m.skip_to_content() })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('the focus does not leave an open dialog', async ({ page, panel }) => {
  await panel.open()
  await panel.askToRemove('partners')
  await expect(panel.dialog()).toBeVisible()
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press('Tab')
    const outside = await page.evaluate(() => {
      const { activeElement } = document
      return activeElement !== document.body && !activeElement?.closest('dialog')
    })
    expect(outside).toBe(false)
  }
})

/** Opens a dialog and leaves it, so that its code is there. */
async function openOnce(page: Page, panel: Panel): Promise<void> {
  await panel.askToAdd()
  await expect(panel.target()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel.dialog()).toBeHidden()
}

test.describe('keys that come before the first frame of a dialog', () => {
  test.beforeEach(async ({ page, panel }) => {
    await panel.open()
    await openOnce(page, panel)
    // A page that is so busy that it draws nothing between the press and the keys.
    await page.evaluate(() => {
      window.requestAnimationFrame = () => 0
    })
  })

  test('do not move the focus behind it', async ({ page, panel }) => {
    await panel.askToRemove('partners')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('dialog'))).not.toBeNull()
    await page.keyboard.press('Escape')
    await expect(panel.dialog()).toBeHidden()
  })

  test('are typed into it', async ({ page, panel }) => {
    await panel.askToAdd()
    await page.keyboard.type('partners/sdk')
    await expect(panel.target()).toHaveValue('partners/sdk')
  })
})

test('what a dialog covers is out of reach until it closes', async ({ page, panel }) => {
  /** Whether a script could give the focus to it: nobody else can, then. */
  const reachable = (place: Locator | string) =>
    (typeof place === 'string' ? page.locator(place) : place).evaluate((element: HTMLElement) => {
      const before = document.activeElement
      element.focus()
      const got = document.activeElement === element
      if (before instanceof HTMLElement) before.focus()
      return got
    })
  await panel.open()
  await panel.askToAdd()
  await expect.poll(() => reachable('#main')).toBe(false)
  await expect(panel.target()).toBeFocused()

  await panel.nameTarget('partners/sdk')
  await page.keyboard.press('Escape')
  await expect(panel.discarding()).toBeVisible()
  await expect.poll(() => reachable('dialog [role=combobox]')).toBe(false)
  await panel.keepEditing()
  await expect.poll(() => reachable('dialog [role=combobox]')).toBe(true)
  await expect.poll(() => reachable('#main')).toBe(false)

  await page.keyboard.press('Escape')
  await panel.discard()
  await expect(panel.dialog()).toBeHidden()
  await expect.poll(() => reachable('#main')).toBe(true)
})

test('no text of a dialog is on the page until it opens, nor any of another dialog then', async ({
  page,
  panel,
}) => {
  await panel.open()
  await openOnce(page, panel)
  await panel.entry('partners').getByRole('button').first().hover()
  const removing = page.getByText(m.remove_body({ path: 'partners' }))
  const others = [page.getByText(m.target_help()), page.getByText(m.edit_title(), { exact: true })]
  for (const text of [removing, ...others]) await expect(text).toHaveCount(0)
  await panel.askToRemove('partners')
  await expect(removing).toBeVisible()
  for (const text of others) await expect(text).toHaveCount(0)
})

test('a press in the moment of opening does not reach the page behind', async ({ page, panel }) => {
  await panel.open()
  await openOnce(page, panel)
  const edit = panel.entry('partners').getByRole('button').first()
  await edit.hover()
  const hit = await edit.evaluate((button: HTMLElement) => {
    const { left, top } = button.getBoundingClientRect()
    button.click()
    // Rendered by now, and not yet painted.
    return new Promise<string | undefined>((resolve) =>
      queueMicrotask(() =>
        resolve(document.elementFromPoint(left + 2, top + 2)?.closest('dialog, #root')?.tagName),
      ),
    )
  })
  expect(hit).toBe('DIALOG')
  await expect(panel.dialog()).toBeVisible()
})
