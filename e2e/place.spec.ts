import type { Locator, Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

/** A list of 401 rows, of which this one is far down: the last of ten that are skipped as one. */
const scenario = 'at-limit'
const far = 'fleet/team-0150'
/** The first of the ten that follow. */
const next = 'fleet/team-0150/service-0150'
const panelPage = '/projects/1/settings/ci_cd'
const windows = [
  { width: 1280, height: 800 },
  { width: 320, height: 640 },
]

const removeButton = (page: Page, path: string) =>
  page.getByRole('button', { name: m.remove_entry({ path }), exact: true })
const editButton = (page: Page, path: string) =>
  page.getByRole('button', { name: m.edit_entry({ path }), exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

/** How far down the window an element begins, in pixels; the page scrolls or it moves within the page. */
const topOf = (place: Locator) =>
  place.evaluate((element) => Math.round(element.getBoundingClientRect().top))
const scrolled = (page: Page) => page.evaluate(() => Math.round(window.scrollY))

/** How far apart two elements are from top to bottom, in pixels; negative where they overlap. */
async function gapBetween(one: Locator, other: Locator): Promise<number | undefined> {
  const [a, b] = await Promise.all([one.boundingBox(), other.boundingBox()])
  return a && b ? Math.max(a.y - b.y - b.height, b.y - a.y - a.height) : undefined
}

/** Scrolls to an element, and waits until the rows around it have been drawn. */
async function standAt(place: Locator): Promise<void> {
  let before = Number.NaN
  await expect
    .poll(async () => {
      const last = before
      // Rows that are drawn on the way are higher or lower than the browser took them for.
      await place.evaluate((element) => element.scrollIntoView({ block: 'center' }))
      before = await topOf(place)
      return before - last
    })
    .toBe(0)
}

for (const size of windows) {
  test.describe(`at ${size.width} px`, () => {
    test.use({ viewport: size })

    test('one entry after another is removed by keyboard, and the list stays where it is', async ({
      page,
      panel,
    }) => {
      await panel.open({ scenario })
      const button = removeButton(page, far)
      await standAt(button)
      const [place, rowTop] = [await scrolled(page), await topOf(panel.entry(far))]
      await button.focus()
      await page.keyboard.press('Enter')
      await expect(panel.dialog().getByRole('button', { name: m.cancel() })).toBeFocused()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect(panel.entry(far)).toBeHidden()
      await expect(removeButton(page, next)).toBeFocused()
      // The next row has come to where the removed one was.
      expect(Math.abs((await scrolled(page)) - place)).toBeLessThan(60)
      expect(Math.abs((await topOf(panel.entry(next))) - rowTop)).toBeLessThan(60)

      await page.keyboard.press('Enter')
      await expect(panel.dialog()).toHaveAccessibleName(m.remove_title({ path: next }))
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect(removeButton(page, 'fleet/team-0151')).toBeFocused()
    })

    test('an entry that is added is in sight, with the focus on its Edit button', async ({
      page,
      panel,
    }) => {
      await panel.open({ scenario })
      await panel.request('DELETE', '/projects/1/job_token_scope/groups_allowlist/1150')
      await page.reload()
      await expect(panel.count(m.count_groups({ count: 199, limit: '200' }))).toBeVisible()
      await panel.askToAdd()
      await panel.nameTarget(far)
      await page.keyboard.press('Enter')
      await expect(panel.dialog()).toBeHidden()
      await expect(editButton(page, far)).toBeFocused()
      await expect(panel.entry(far)).toBeInViewport({ ratio: 1 })
    })

    test('an entry that a link opened is in sight once it is saved', async ({ page, panel }) => {
      await panel.open({
        scenario,
        address: `${panelPage}?dialog=edit&target=${far}&draft=1&configuration=fine-grained`,
      })
      await panel.save()
      await expect(panel.toast()).toContainText(m.entry_updated({ path: far }))
      await expect(editButton(page, far)).toBeFocused()
      await expect(panel.entry(far)).toBeInViewport({ ratio: 1 })
    })

    test('what says that an entry is saved covers it neither at the top nor at the bottom', async ({
      page,
      panel,
    }) => {
      await panel.open({ scenario: 'default' })
      await standAt(editButton(page, 'partners/northline'))
      for (const block of ['start', 'end'] as const) {
        if (block === 'end') await page.emulateMedia({ reducedMotion: 'no-preference' })
        await panel.entry('partners/northline').evaluate((row, block) => {
          row.scrollIntoView({ block })
          if (block === 'end') window.scrollBy(0, 30)
        }, block)
        await editButton(page, 'partners/northline').press('Enter')
        await panel.chooseFineGrained()
        await panel.choose(
          m.resource_packages(),
          block === 'start' ? m.scope_read() : m.scope_none(),
        )
        await panel.save()
        await expect(panel.toast().first()).toBeInViewport({ ratio: 1 })
        await expect(panel.dialog()).toBeHidden()
        await test.step('and its row is lit for a moment where motion is welcome', async () => {
          const isLit = () =>
            panel
              .entry('partners/northline')
              .evaluate((row) => getComputedStyle(row).backgroundColor !== 'rgba(0, 0, 0, 0)')
          await expect(editButton(page, 'partners/northline')).toBeFocused()
          expect(await isLit()).toBe(block === 'end')
        })
        await expect(panel.entry('partners/northline')).toBeInViewport({ ratio: 1 })
        expect(
          await gapBetween(panel.toast().first(), panel.entry('partners/northline')),
        ).toBeGreaterThanOrEqual(0)
        await panel.toast().getByRole('button', { name: m.close() }).first().click()
        await expect(panel.toast()).toHaveCount(0)
      }
    })

    test('an entry that is edited stays where it is, although another one has gone before it', async ({
      page,
      panel,
    }) => {
      await panel.open({ scenario })
      const button = editButton(page, next)
      await standAt(button)
      const rowTop = await topOf(panel.entry(next))
      const gone = await panel
        .entry('fleet/team-0149')
        .evaluate((row) => row.getBoundingClientRect().height)
      await button.focus()
      await page.keyboard.press('Enter')
      await expect(panel.dialog()).toBeVisible()
      await panel.request('DELETE', '/projects/1/job_token_scope/groups_allowlist/1149')
      await panel.chooseFineGrained()
      await panel.choose(m.resource_jobs(), m.scope_read())
      await panel.save()
      await expect(panel.dialog()).toBeHidden()
      await expect(panel.entry('fleet/team-0149')).toBeHidden()
      await expect(button).toBeFocused()
      await expect(panel.entry(next)).toBeInViewport({ ratio: 1 })
      // At most by the row that has gone, and by the mark of the one that stood before it.
      expect(Math.abs((await topOf(panel.entry(next))) - rowTop)).toBeLessThan(gone + 60)
    })
  })
}

test('after the last row the one before is next, and the own project has its Edit button', async ({
  page,
  panel,
}) => {
  await panel.open()
  for (const [path, button] of [
    ['partners', removeButton(page, 'acme/platform/deploy-tools')],
    ['acme/platform/deploy-tools', editButton(page, 'acme/storefront')],
  ] as const) {
    await panel.askToRemove(path)
    await panel.confirm()
    await expect(panel.entry(path)).toBeHidden()
    await expect(button).toBeFocused()
  }
})

test('whoever scrolls away from a row that was just added is not brought back', async ({
  page,
  panel,
}) => {
  await page.setViewportSize({ width: 1280, height: 400 })
  await panel.open({ scenario: 'open' })
  await panel.askToAdd()
  await panel.nameTarget('partners')
  // In the frame after the page has scrolled to the row.
  await page.evaluate(() => {
    const { scrollIntoView } = Element.prototype
    Element.prototype.scrollIntoView = function (options) {
      scrollIntoView.call(this, options)
      if (document.title === 'scrolled away') return
      requestAnimationFrame(() => {
        window.scrollTo(0, 0)
        document.title = 'scrolled away'
      })
    }
  })
  await panel.add()
  await expect(page).toHaveTitle('scrolled away')
  // As many frames as the page looks where the row is.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 12; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  })
  expect(await scrolled(page)).toBe(0)
})

test('where the next row has gone as well, the focus is on the one after it', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario })
  await panel.askToRemove(far)
  await panel.request('DELETE', '/projects/1/job_token_scope/allowlist/20150')
  await panel.confirm()
  await expect(panel.entry(far)).toBeHidden()
  await expect(removeButton(page, 'fleet/team-0151')).toBeFocused()
})

test('by Back the focus is on the link that had led away, also where it comes late', async ({
  page,
  panel,
  projects,
}) => {
  await panel.open({ scenario: 'default', as: 'owner', address: '/' })
  const project = projects.list().getByRole('link', { name: 'tidewater/commerce/catalog' })
  const check = page.getByRole('main').getByRole('link', { name: m.check_open() })
  const brand = page.getByRole('banner').getByRole('link', { name: m.app_name() })
  await project.click()
  await expect(panel.title()).toBeFocused()
  await check.press('Enter')
  await expect(heading(page, m.check_title())).toBeFocused()
  // This link stays in sight, and is passed to the next page.
  await brand.press('Enter')
  await expect(projects.title()).toBeFocused()
  await page.keyboard.press('Tab')
  await page.goBack()
  await expect(brand).toBeFocused()
  await page.goBack()
  await expect(check).toBeFocused()
  await page.goBack()
  await expect(project).toBeFocused()
  await page.goForward()
  await expect(check).toBeFocused()
})

test('a link of the page’s head keeps the focus when the project arrives', async ({
  page,
  panel,
}) => {
  // Each answer takes this long, so that the head is there long before the project.
  await panel.open({ scenario: 'default', as: 'owner', address: '/', latency: 1500 })
  await page.getByRole('link', { name: 'tidewater/commerce/catalog' }).click()
  await expect(panel.title()).toBeFocused()
  const check = page.getByRole('main').getByRole('link', { name: m.check_open() })
  await check.focus()
  const arrived = page
    .getByRole('main')
    .getByRole('button', { name: /tidewater/ })
    .first()
  await expect(arrived).toBeHidden()
  await expect(arrived).toBeVisible()
  await expect(check).toBeFocused()
})

test.describe('on another page the focus is on its heading', () => {
  test('whichever way leads there, and not on the first one', async ({ page, panel, projects }) => {
    await panel.open()
    await expect(panel.entry('partners')).toBeVisible()
    await expect(panel.title()).not.toBeFocused()

    // Its link goes with the page.
    await page.getByRole('main').getByRole('link', { name: m.check_open() }).click()
    await expect(heading(page, m.check_title())).toBeFocused()
    // This one stays.
    await page.getByRole('banner').getByRole('link', { name: m.app_name() }).focus()
    await page.keyboard.press('Enter')
    await expect(projects.title()).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('searchbox')).toBeFocused()
  })

  test('also when it comes late, and gives way to another one', async ({ panel, projects }) => {
    await panel.open({ scenario: 'default', as: 'owner', address: '/', latency: 300 })
    await projects.list().getByRole('link', { name: 'tidewater/commerce/catalog' }).click()
    await expect(panel.title()).toBeFocused()
    await expect(panel.allowlist().getByRole('row').nth(1)).toBeVisible()
    await expect(panel.title()).toBeFocused()
  })

  test('but for a dialog that the address opens', async ({ page, panel }) => {
    await panel.open({
      address:
        '/projects/1/access?q=curl%20%22https://gitlab.example.com/api/v4/projects/1/releases%22%20--header%20%22JOB-TOKEN:%20$CI_JOB_TOKEN%22&origin=partners/sdk',
    })
    await page.getByRole('link', { name: m.check_add() }).click()
    await expect(panel.dialog()).toBeVisible()
    await expect(panel.target()).toBeFocused()
  })

  test('which scrolls nothing: by Back and Forward one is where one was', async ({
    page,
    panel,
  }) => {
    await panel.open({ scenario, address: '/projects/1/access' })
    await page.getByRole('main').getByRole('link', { name: m.panel_title() }).click()
    await expect(panel.title()).toBeFocused()
    await standAt(panel.entry(far))
    const place = await scrolled(page)
    await page.goBack()
    await expect(page.getByRole('main').getByRole('link', { name: m.panel_title() })).toBeFocused()
    await page.goForward()
    await expect(panel.title()).toBeFocused()
    await expect.poll(async () => Math.abs((await scrolled(page)) - place)).toBeLessThan(300)
  })
})
