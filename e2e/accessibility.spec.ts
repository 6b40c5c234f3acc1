import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { journeys } from './support/journeys.ts'
import { expect, test } from './support/test.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const colours = ['color-contrast', 'link-in-text-block']

/** Controls that are smaller than 24 by 24 pixels. Links in a text or table are axe's to measure. */
const smallTargets = (page: Page) =>
  page.evaluate(() => {
    const top = [...document.querySelectorAll('dialog[data-open]')].at(-1) ?? document.body
    const controls = top.querySelectorAll(
      'button, select, input, textarea, summary, [role="option"], a[data-variant]',
    )
    return [...controls].flatMap((control) => {
      // A button in running text is as high as its line: WCAG 2.5.8 lets it be.
      if (control.matches('button[data-variant="link"]')) return []
      // A label belongs to its target.
      const parts = [control, ...((control as HTMLInputElement).labels ?? [])]
      const boxes = parts.map((part) => part.getBoundingClientRect()).filter((box) => box.width > 0)
      if (boxes.length === 0) return []
      const wide = Math.max(...boxes.map(({ width }) => width))
      const high = Math.max(...boxes.map(({ height }) => height))
      return wide < 24 || high < 24 ? [`${wide} × ${high}: ${control.outerHTML}`] : []
    })
  })

/** Of two elements with one id, a label or description may be read from the wrong one, even one out of sight. */
const repeatedIds = (page: Page) =>
  page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `more than once: #${id}`)
  })

/** What is wrong with what is open: what lies behind a dialog was looked at before it opened. */
async function problems(page: Page, lang: 'en' | 'ja'): Promise<string[]> {
  const isOpen = await page.getByRole('dialog').last().isVisible()
  async function scan(choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
    // Without frames there is nothing to gather in a page of its own, which takes a second each.
    const axe = new AxeBuilder({ page })
      .setLegacyMode()
      .include(isOpen ? 'dialog[data-open]' : 'html')
    const { violations } = await choose(axe).analyze()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  }

  // Colours do not depend on the language, and take axe longest.
  if (lang === 'ja') return scan((axe) => axe.withTags(tags).disableRules(colours))
  const found = [...(await scan((axe) => axe.withTags(tags))), ...(await smallTargets(page))]
  await page.emulateMedia({ colorScheme: 'dark' })
  // The other theme differs by its colours alone.
  const dark = await scan((axe) => axe.withRules(colours))
  await page.emulateMedia({ colorScheme: 'light' })
  return [...found, ...dark.map((problem) => `in the dark: ${problem}`)]
}

for (const { name, go } of journeys) {
  for (const lang of ['en', 'ja'] as const) {
    test(`axe finds nothing, and targets are large enough: ${name}, ${lang}`, async ({
      page,
      panel,
    }) => {
      // Some ten states, each scanned in both themes.
      test.slow()
      await go(page, panel, lang, async (what) => {
        expect.soft(await problems(page, lang), what).toEqual([])
      })
    })
  }
}

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
    const labels = (element as HTMLInputElement).labels
    const name =
      element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? ''
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

test('no id of a dialog is that of another one, which is built but not open', async ({
  page,
  panel,
}) => {
  await panel.open()
  // All rows of scopes, in both dialogs.
  await panel.entry('partners').getByRole('button').first().hover()
  await expect(page.locator('dialog:not([data-open])', { hasText: 'partners' })).toHaveCount(2)
  await panel.askToAdd()
  await panel.chooseFineGrained()
  await expect(page.locator('dialog [role="radiogroup"][aria-describedby]')).not.toHaveCount(0)
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
  await expect.poll(async () => (await focused(page)).name).toBe(m.add())

  await tabTo(page, m.edit_entry({ path: 'partners/sdk' }))
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
  // The row took its button along: the focus is not lost.
  await expect.poll(async () => (await focused(page)).name).toBe(m.add())
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

test('what a dialog covers is out of reach until it closes', async ({ page, panel }) => {
  /** Whether a script could give the focus to it: nobody else can, then. */
  const reachable = (selector: string) =>
    page.locator(selector).evaluate((element: HTMLElement) => {
      const before = document.activeElement
      element.focus()
      const got = document.activeElement === element
      if (before instanceof HTMLElement) before.focus()
      return got
    })
  await panel.open()
  await panel.askToAdd()
  await panel.target().fill('partners/sdk')
  await expect.poll(() => reachable('#main')).toBe(false)
  await expect(panel.target()).toBeFocused()

  await page.keyboard.press('Escape')
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
