import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from '@playwright/test'
import { m } from '../../src/i18n/paraglide/messages.js'
import { blank } from '../support/static-server.ts'
import { installProbe, type Pressed } from './probe.ts'
import type { Connection, Size } from './worlds.ts'

/** Named measurements in milliseconds, or in megabytes where the name contains "heap". */
export type Sample = Readonly<Record<string, number>>

export type Subject = {
  readonly name: string
  readonly address: string
  /** Whether the subject has dialogs to open. */
  readonly hasDialogs: boolean
}

export type Conditions = {
  readonly subject: Subject
  readonly connection: Connection
  readonly size: Size
  /** The factor by which the CPU is slowed down. */
  readonly slowdown: number
}

/** The time in milliseconds after which a browser has drawn the interface of a new context. */
const settling = 1500

const panelPath = '/projects/1/settings/ci_cd'
const megabyte = 1_000_000

/** The shortest time that the fixed work took: this machine without other load. */
let quickestWork = Number.POSITIVE_INFINITY

type Opened = { page: Page; devtools: CDPSession; tableShown: number }

/** Opens the panel in a new browser context, runs `work`, and closes the context. */
export async function visit<Result>(
  browser: Browser,
  { subject, connection, size, slowdown }: Conditions,
  work: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
  })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.addInitScript(installProbe)
    // A page of the same origin is loaded first: it can store the connection, and the CPU
    // slow-down, which applies to the process, survives the navigation.
    await page.goto(subject.address + blank)
    quickestWork = Math.min(quickestWork, await page.evaluate(() => window.bench.work()))
    await page.evaluate((kept) => {
      sessionStorage.setItem('connection', JSON.stringify(kept))
    }, connection)
    await pause(settling)
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    // CPU time, which other programs do not affect.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })

    await page.goto(subject.address + panelPath, { waitUntil: 'commit' })
    // The own project's row comes before the entries. Of a longer list, the first 400 rows are
    // rendered first.
    const first = size > 400 ? 400 : size + 1
    const tableShown = await page.evaluate((rows) => window.bench.rowsPainted(rows), first)
    const result = await work({ page, devtools, tableShown })

    if (errors[0]) throw errors[0]
    return result
  } finally {
    await context.close()
  }
}

/** The measured slow-down: a busy machine reaches less than the requested one. */
export const seenSlowdown = 'times slower, as seen'

async function slowdownOf(page: Page): Promise<Sample> {
  return { [seenSlowdown]: (await page.evaluate(() => window.bench.work())) / quickestWork }
}

async function heap(devtools: CDPSession): Promise<Sample> {
  // Twice, because the first collection runs finalizers that release more memory.
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('HeapProfiler.collectGarbage')
  const usage: object = await devtools.send('Runtime.getHeapUsage')
  const of = (name: string) => Number(Object.entries(usage).find(([key]) => key === name)?.[1] ?? 0)
  return {
    'heap, JavaScript': of('usedSize') / megabyte,
    'heap, page': of('embedderHeapUsedSize') / megabyte,
  }
}

/** Milliseconds, as short as those of a fast user. */
const rest = 150
const hold = 60

/**
 * Presses a control as a user does: the pointer rests on it before the press, and releases it after
 * a moment. Not by click(), which looks the element up again and checks it inside the page.
 * @param key pressed in the same moment as the pointer lets go: the page hears both, one after the other
 */
export async function press(
  page: Page,
  target: ReturnType<Page['getByRole']>,
  arm: () => Promise<void>,
  key?: string,
): Promise<Pressed> {
  await target.hover()
  await page.evaluate(() => window.bench.nextFrames())
  await arm()
  await pause(rest)
  await page.mouse.down()
  await pause(hold)
  await Promise.all([page.mouse.up(), key && page.keyboard.press(key)])
  return page.evaluate(() => window.bench.pressed())
}

/** Presses the button of a dialog: painted when `control` is, usable when a press would reach it. */
const openDialog = (page: Page, name: string, control: string) =>
  press(page, page.getByRole('button', { name, exact: true }), () =>
    page.evaluate((control) => {
      const find = () => document.querySelector(`dialog[aria-modal] ${control}`)
      window.bench.arm(
        () => find() !== null,
        () => {
          const found = find()
          if (!found) return false
          const { left, top, width, height } = found.getBoundingClientRect()
          const hit = document.elementFromPoint(left + width / 2, top + height / 2)
          return hit !== null && found.contains(hit)
        },
      )
    }, control),
  )

/** Presses what opens a dialog, and a key with it: usable is the field that has taken the key. */
const openDialogTyping = (page: Page, name: string, field: string) =>
  press(
    page,
    page.getByRole('button', { name, exact: true }),
    () =>
      page.evaluate((field) => {
        const find = () => document.querySelector(`dialog[aria-modal] ${field}`)
        window.bench.arm(
          () => find() !== null,
          () => {
            const found = find()
            return found instanceof HTMLInputElement && found.value === 'f'
          },
        )
      }, field),
    'f',
  )

/**
 * Types the last letter of a search that matches some rows: painted when the others are hidden. Then
 * selects all that match: painted when the bar says how many.
 */
async function findAndSelect(page: Page): Promise<Sample> {
  const search = page.getByRole('searchbox', { name: m.list_search(), exact: true })
  // An older build that is measured beside this one may have none.
  if ((await search.count()) === 0) return {}
  await search.fill('team-000')
  await page.evaluate(() => window.bench.nextFrames())
  const narrowed = () =>
    page.evaluate(() => {
      const count = () => document.querySelectorAll('tbody tr:not([hidden])').length
      const before = count()
      const isNarrower = () => count() < before
      window.bench.arm(isNarrower, isNarrower, 'keydown')
    })
  await narrowed()
  await page.keyboard.press('1')
  const typed = await page.evaluate(() => window.bench.pressed())
  await search.fill('')
  await page.evaluate(() => window.bench.nextFrames())
  const selected = await press(page, page.getByRole('checkbox', { name: /^Select all/ }), () =>
    page.evaluate(() => {
      const boxes = document.querySelectorAll<HTMLInputElement>('tbody [type=checkbox]')
      const areChecked = () => [...boxes].filter(({ checked }) => checked).length > boxes.length - 2
      window.bench.arm(areChecked, areChecked)
    }),
  )
  return {
    'a letter in the search, to painted': typed.painted,
    'select all, press to painted': selected.painted,
  }
}

/** Measures the first view, its memory, and the dialogs, each opened for the first time. */
export async function measurePanel(browser: Browser, conditions: Conditions): Promise<Sample> {
  const view = await visit(browser, conditions, async ({ page, devtools, tableShown }) => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    const busy = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
    const answered = await page.evaluate(() => window.bench.lastAnswer())
    await page.evaluate(() => window.bench.quiet())
    return {
      'table painted': tableShown,
      'last answer there': answered,
      'main thread busy until then': busy * 1000,
      ...(await heap(devtools)),
      ...(await slowdownOf(page)),
    }
  })
  if (!conditions.subject.hasDialogs) return view

  const path = 'fleet/team-0001'
  const first = await visit(browser, conditions, async ({ page }) => {
    const dialog = page.getByRole('dialog')
    await page.evaluate(() => window.bench.quiet())
    const add = await openDialog(page, m.add(), '[role=combobox]')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    const remove = await openDialog(page, m.remove_entry({ path }), 'button')
    return { add, remove }
  })
  const second = await visit(browser, conditions, async ({ page }) => {
    const dialog = page.getByRole('dialog')
    await page.evaluate(() => window.bench.quiet())
    const edit = await openDialog(page, m.edit_entry({ path }), 'li [role=radiogroup] label')
    const group = dialog.getByRole('radiogroup', { name: m.resource_jobs(), exact: true })
    const radio = group.getByRole('radio', { name: m.scope_read(), exact: true })
    const choice = await press(page, radio, () =>
      radio.evaluate((input) =>
        window.bench.arm(
          () => input instanceof HTMLInputElement && input.checked,
          // The consequences of the choice are rendered: the submit button is enabled.
          () => document.querySelector('dialog[aria-modal] [type=submit][aria-disabled]') === null,
        ),
      ),
    )
    return { edit, choice }
  })
  const third = await visit(browser, conditions, async ({ page }) => {
    await page.evaluate(() => window.bench.quiet())
    const found = await findAndSelect(page)
    return { found, typed: await openDialogTyping(page, m.add(), '[role=combobox]') }
  })
  return {
    ...view,
    'Add, press to visible': first.add.painted,
    'Add, press to usable (press)': first.add.usable,
    'Add, press to usable (key)': third.typed.usable,
    'Edit, press to visible': second.edit.painted,
    'Edit, press to usable (press)': second.edit.usable,
    'Remove, press to visible': first.remove.painted,
    'Remove, press to usable (press)': first.remove.usable,
    'one choice, press to painted': second.choice.painted,
    'one choice, press to counted': second.choice.usable,
    ...third.found,
  }
}

/** Measures a list far beyond GitLab's limits. */
export async function measureLarge(browser: Browser, conditions: Conditions): Promise<Sample> {
  return await visit(browser, conditions, async ({ page, devtools, tableShown }) => {
    const all = await page.evaluate((rows) => window.bench.rowsPainted(rows), conditions.size + 1)
    await page.evaluate(() => window.bench.quiet())
    const longestTask = await page.evaluate(() => window.bench.longestTask())
    const used = await heap(devtools)
    const frames = await page.evaluateHandle(() => window.bench.watchFrames())
    await devtools.send('Input.synthesizeScrollGesture', {
      x: 600,
      y: 400,
      yDistance: -20_000,
      speed: 8_000,
      gestureSourceType: 'mouse',
      preventFling: true,
    })
    const drawn = await frames.evaluate((stop) => stop())
    if (drawn.length < 10) throw new Error('the page did not scroll')
    return {
      'first 400 rows painted': tableShown,
      'all rows painted': all,
      'longest task': longestTask,
      ...used,
      'frames while scrolling': drawn.length,
      'frames over 50 ms': drawn.filter((duration) => duration > 50).length,
      'longest frame': Math.max(...drawn),
      ...(await slowdownOf(page)),
    }
  })
}
