import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { flows, stateNamed } from '../src/app/demo/states/states.ts'
import { m } from '../src/i18n/paraglide/messages.js'
import { barriers, outOfSight } from './support/looks.ts'
import { expect, test } from './support/test.ts'

const states = flows.flatMap((flow) => flow.states)
const name = 'add-dialog'
const purpose = stateNamed(name)?.purpose.en ?? ''
const address = '/scenarios'
const count = (found: number) =>
  m.demo_gallery_count({ count: `${found}`, total: `${states.length}` })

/** The gallery, as a reviewer uses it. */
const gallery = (page: Page) => ({
  search: () => page.getByRole('searchbox', { name: m.demo_gallery_search() }),
  status: () => page.getByRole('search').getByRole('status'),
  cards: (title: string) => page.getByRole('list', { name: title }).getByRole('listitem'),
  card: () => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) }),
  opener: () => page.getByRole('button', { name: m.demo_gallery_open({ name }) }),
  looked: () => page.getByRole('checkbox', { name: m.demo_gallery_looked_at({ name }) }),
  show: () => page.getByRole('combobox', { name: m.demo_gallery_show() }),
  choose: (group: string, choice: string) =>
    page
      .getByRole('radiogroup', { name: group })
      .getByRole('radio', { name: choice, exact: true })
      .click(),
  /** The frames in which the demo runs. */
  running: () => page.frames().filter((frame) => frame.name() === 'state-preview'),
  /** The stills of states that were reached. */
  stills: () => page.frames().filter((frame) => frame.url() === 'about:srcdoc'),
  alone: () => page.frameLocator('iframe[name=state-alone]'),
})

// A preview is a whole page that starts, and here several start side by side.
test.describe.configure({ timeout: 120_000 })

// Playwright's own scripts are kept out of stills.
test.use({ expectedErrors: [/^Blocked script execution in 'about:srcdoc'/] })

test('every state is a card of its flow, is found, and opens at its address in a fresh tab', async ({
  page,
  panel,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await panel.open({ address, lang: 'en', theme: 'light' })
  const { search, status, cards, card } = gallery(page)
  await expect(status()).toHaveText(count(states.length))
  for (const { title, states } of flows) await expect(cards(title())).toHaveCount(states.length)
  expect(await barriers(page)).toEqual([])
  for (const width of [320, 1920, 1280]) {
    await page.setViewportSize({ width, height: 720 })
    await expect.poll(() => outOfSight(page), `${width} px`).toEqual([])
  }

  await search().fill(purpose)
  await expect(status()).toHaveText(count(1))
  await expect(card()).toContainText(purpose)
  await expect(page).toHaveURL(/[?&]q=/)
  await page.reload()
  await expect(status()).toHaveText(count(1))
  await card()
    .getByRole('button', { name: m.demo_gallery_copy_test_of({ name }) })
    .click()
  await expect(panel.toast().last()).toContainText(`await panel.openState('${name}')`)
  await card()
    .getByRole('button', { name: m.demo_gallery_copy_address_of({ name }) })
    .click()
  await expect(panel.toast().filter({ hasText: `state=${name}` })).toBeInViewport()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    card().getByRole('link', { name }).click(),
  ])
  await expect(tab.getByRole('combobox', { name: m.target_label() })).toBeVisible()
  await tab.goto('about:blank')
  await tab.goto(copied)
  await expect(tab.getByRole('combobox', { name: m.target_label() })).toBeVisible()
})

/** Counts the previews that run in the page: the most at a time, and those that started while it scrolled. */
async function countPreviews(page: Page): Promise<() => Promise<{ most: number; early: number }>> {
  await page.addInitScript(() => {
    const seen = { most: 0, early: 0 }
    Object.assign(window, { seen })
    let scrolled = 0
    let before = 0
    window.addEventListener('scroll', () => {
      scrolled = performance.now()
    })
    new MutationObserver(() => {
      const running = document.querySelectorAll('iframe[name=state-preview]').length
      seen.most = Math.max(seen.most, running)
      if (running > before && performance.now() - scrolled < 300) seen.early += 1
      before = running
    }).observe(document, { subtree: true, childList: true })
  })
  return () => page.evaluate(() => Reflect.get(window, 'seen'))
}

test('previews run once scrolling rests, three at a time, and leave focus and page where they are', async ({
  page,
  panel,
}) => {
  const seen = await countPreviews(page)
  await panel.open({ address })
  const { search, stills, running, status } = gallery(page)
  await expect(status()).toHaveText(count(states.length))
  await search().focus()
  // Shorter than the rest, so that nothing has reached its state by then.
  await page.mouse.move(600, 400)
  for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, 20)
  await expect.poll(() => stills().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(2)
  await expect.poll(() => running().length, { timeout: 60_000 }).toBe(0)
  await expect(search()).toBeFocused()
  expect(await page.evaluate(() => window.scrollY)).toBeLessThanOrEqual(80)
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  const { most, early } = await seen()
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThanOrEqual(3)
  expect(early, 'while the page scrolled').toBe(0)
  // Tab leads from one card to the next, and into no preview.
  await gallery(page).opener().focus()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name, exact: true })).toBeFocused()
})

test('language, theme, width and text size hold for all previews, and stand in the address', async ({
  page,
  panel,
}) => {
  await panel.open({ address: `/scenarios?q=${name}`, lang: 'en' })
  const { choose, card } = gallery(page)
  await choose(m.demo_gallery_language(), '日本語')
  await choose(m.demo_gallery_theme(), m.theme_dark())
  await choose(m.demo_gallery_width(), '320')
  await choose(m.demo_gallery_text(), '200 %')
  for (const part of ['lang=ja', 'theme=dark', 'width=320', 'text=200']) {
    await expect(page).toHaveURL(new RegExp(`preview_${part}`))
  }
  await page.reload()
  const still = card().frameLocator('iframe:not([name])')
  const field = still.getByRole('combobox', { name: m.target_label({}, { locale: 'ja' }) })
  await expect(field).toBeVisible({ timeout: 60_000 })
  const look = await field.evaluate(({ ownerDocument }) => {
    const { documentElement, defaultView } = ownerDocument
    const { lang, dataset, style } = documentElement
    return [lang, dataset.theme, style.fontSize, defaultView?.innerWidth]
  })
  expect(look).toEqual(['ja', 'dark', '200%', 320])
  // The dialog has given it the focus, of which the browser knows nothing.
  await expect(field).not.toHaveCSS('outline-style', 'none')
  const { lang, dataset } = await page.evaluate(() => {
    const { lang, dataset } = document.documentElement
    return { lang, dataset: { ...dataset } }
  })
  expect([lang, dataset.theme], 'of the gallery itself').toEqual(['en', undefined])
  expect(
    await page.evaluate(() => [localStorage.getItem('lang'), localStorage.getItem('theme')]),
  ).toEqual([null, null])
  await choose(m.demo_gallery_width(), m.demo_gallery_width_own())
  await page.getByRole('spinbutton', { name: m.demo_gallery_own_width() }).fill('500')
  await expect(page).toHaveURL(/preview_width=500/)
})

test('a state opens alone, beside GitLab’s terms, is used there, and gives the focus back', async ({
  page,
  panel,
}) => {
  await panel.open({ address })
  const { opener, alone } = gallery(page)
  await opener().click()
  const dialog = page.getByRole('dialog', { name })
  await expect(dialog).toContainText(purpose)
  const field = alone().getByRole('combobox', { name: m.target_label() })
  await expect(field).toBeVisible({ timeout: 60_000 })
  await expect(dialog.getByRole('table', { name: m.demo_gallery_terms() })).toContainText(
    m.allowlist_title(),
  )
  // Leaves the field, whose suggestions would take Escape.
  await field.fill('acme')
  await field.press('Tab')
  // The page behind the dialog has the same switches.
  const themes = dialog.getByRole('radiogroup', { name: m.demo_gallery_theme() })
  await themes.getByRole('radio', { name: m.theme_dark(), exact: true }).click()
  await expect(alone().locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(field, 'in the same page').toHaveValue('acme')
  expect(await barriers(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 568 })
  await expect.poll(() => outOfSight(page)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 720 })

  // The state's own dialog takes Escape first, and asks what is to become of the text.
  await alone().getByRole('button', { name: m.cancel() }).focus()
  await page.keyboard.press('Escape')
  await expect(alone().getByRole('dialog', { name: m.discard_title() })).toBeVisible()
  await alone().getByRole('button', { name: m.discard_confirm() }).click()
  await expect(field).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(opener()).toBeFocused()
  await page.goBack()
  await expect(page).not.toHaveURL(/alone=/)
})

test('what is typed into a note stays there while the state plays, and Escape in its page closes it', async ({
  page,
  panel,
}) => {
  const name = 'remove-failed'
  await panel.open({ address: `/scenarios?q=${name}` })
  const { alone } = gallery(page)
  await page.getByRole('button', { name: m.demo_gallery_note_of({ name }) }).click()
  const view = page.getByRole('dialog', { name })
  const note = view.getByRole('textbox', { name: m.demo_gallery_note() })
  await expect(note).toBeFocused()
  await page.keyboard.type('Red')
  await page.keyboard.press('Enter')
  await expect(alone().locator(`html[data-state=${name}]`)).toBeAttached({ timeout: 60_000 })
  await page.keyboard.type('enough')
  await expect(note).toHaveValue('Red\nenough')

  await alone().getByRole('button', { name: m.cancel() }).click()
  await expect(alone().getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(view).toBeHidden()
  await expect(page.getByRole('listitem').filter({ hasText: 'enough' })).toBeVisible()
  const looked = page.getByRole('checkbox', { name: m.demo_gallery_looked_at({ name }) })
  await looked.click()
  await expect(looked).toBeChecked()
})

test('what was looked at and noted is kept, exported, and compared with at the next visit', async ({
  page,
  panel,
}) => {
  await panel.open({ address })
  const { card, looked, show, status } = gallery(page)
  await looked().click()
  await page.getByRole('button', { name: m.demo_gallery_note_of({ name }) }).click()
  const note = page.getByRole('dialog').getByRole('textbox', { name: m.demo_gallery_note() })
  await expect(note).toBeFocused()
  await note.fill('Too wide')
  await page.keyboard.press('Escape')
  await expect(card()).toContainText('Too wide')
  await page.reload()
  await expect(looked()).toBeChecked()
  await show().selectOption(m.demo_gallery_show_noted())
  await expect(status()).toHaveText(count(1))

  await page.getByRole('button', { name: m.demo_gallery_export() }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: m.demo_gallery_export_save() }).click(),
  ])
  const text = readFileSync(await download.path(), 'utf8')
  expect(text).toContain(`- [x] [${name}](http`)
  expect(text).toContain(`: ${purpose}\n  > Too wide\n`)

  // Another day, on which the declarations are others.
  await page.evaluate(() => {
    sessionStorage.clear()
    const kept = localStorage.getItem('demo-gallery-review') ?? ''
    localStorage.setItem('demo-gallery-review', kept.replaceAll(/"[0-9a-f]{8}"/g, '"00000000"'))
  })
  await page.reload()
  await expect(card()).toContainText(m.demo_gallery_changed())
  await expect(looked()).not.toBeChecked()
  await show().selectOption(m.demo_gallery_show_changed())
  await expect(status()).toHaveText(count(states.length))
  await looked().click()
  await expect(status()).toHaveText(count(states.length - 1))
})
