import type { Locator, Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import type { Opening } from './support/console.ts'
import { expectInSight } from './support/in-sight.ts'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

/**
 * Every operation of a screen × every way in which its request goes wrong, as a person meets it: one
 * error, in the place where the eye is, nothing typed lost, and the server's state on the screen
 * after another try. How each operation ends in numbers and kinds is tried without a browser.
 */

/** What the user is told of what does not reach GitLab, or is refused. */
const told = {
  '400': m.error_invalid(),
  '403': m.error_forbidden(),
  '404': m.error_not_found(),
  '429': m.error_rate_limited_for({ seconds: 1 }),
  '500': m.error_unavailable({ status: '500' }),
  '502': m.error_unavailable({ status: '502' }),
  '503': m.error_unavailable({ status: '503' }),
  abort: m.error_unreachable(),
  html: m.error_malformed(),
} as const
const refusals = Object.entries(told)

/** What GitLab has done, though nobody says so. */
const lostAnswers = ['lost', 'truncated', 'empty', 'wrong-type'] as const

type Write = {
  readonly name: string
  /** The request, as a fault names it. */
  readonly request: string
  readonly opening?: Opening
  /** Who signs in again; the Maintainer unless told. */
  readonly token?: string
  /** Up to the press of the button. */
  readonly fill: (panel: Panel) => Promise<void>
  readonly press: (panel: Panel) => Promise<void>
  /** Where the error is said. */
  readonly place: (panel: Panel) => Locator
  /** That nothing was lost. */
  readonly kept: (panel: Panel) => Promise<void>
  /** That the screen shows what was written. */
  readonly saved: (panel: Panel) => Promise<void>
}

const saveIn = (card: Locator) => card.getByRole('button', { name: m.save_changes() }).click()
const groupSwitch = (panel: Panel) => panel.group().getByRole('checkbox')
const all = (panel: Panel) => panel.mode().getByRole('radio', { name: m.mode_all() })
const push = (panel: Panel) => panel.push().getByRole('checkbox', { name: m.push_own() })
const cross = (panel: Panel) => panel.push().getByRole('checkbox', { name: m.push_cross() })

function addition(kind: 'project' | 'group', path: string, request: string): Write {
  return {
    name: `adding a ${kind}`,
    request,
    async fill(panel) {
      await panel.askToAdd()
      await panel.nameTarget(path)
      await panel.chooseFineGrained()
      await panel.choose(m.resource_jobs(), m.scope_read())
    },
    press: (panel) => panel.add(),
    place: (panel) => panel.dialog(),
    async kept(panel) {
      await expect(panel.target()).toHaveValue(path)
      await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
    },
    saved: (panel) => expect(panel.permissions(path)).toHaveText('Read to Jobs'),
  }
}

const writes: readonly Write[] = [
  addition('project', 'partners/sdk', 'POST /job_token_scope/allowlist'),
  addition('group', 'partners/tools', 'POST /groups_allowlist'),
  {
    name: 'changing an entry',
    request: 'PUT /groups_allowlist/12',
    async fill(panel) {
      await panel.askToEdit('partners')
      await panel.choose(m.resource_jobs(), m.scope_none())
    },
    press: (panel) => panel.save(),
    place: (panel) => panel.dialog(),
    kept: (panel) => expect(panel.scope(m.resource_jobs(), m.scope_none())).toBeChecked(),
    saved: (panel) => expect(panel.permissions('partners')).toHaveText('Read to Packages'),
  },
  {
    name: 'removing an entry',
    request: 'DELETE /groups_allowlist/12',
    fill: (panel) => panel.askToRemove('partners'),
    press: (panel) => panel.confirm(),
    place: (panel) => panel.dialog(),
    kept: (panel) => expect(panel.dialog()).toContainText('partners'),
    async saved(panel) {
      await expect(panel.entry('acme/platform/deploy-tools')).toBeVisible()
      await expect(panel.entry('partners')).toBeHidden()
    },
  },
  {
    name: 'changing the mode',
    request: 'PATCH /job_token_scope',
    async fill(panel) {
      await panel.chooseMode(m.mode_all())
      await saveIn(panel.mode())
    },
    press: (panel) => panel.letAllIn(),
    place: (panel) => panel.dialog(),
    kept: (panel) => expect(all(panel)).toBeChecked(),
    saved: (panel) => expect(all(panel)).toBeChecked(),
  },
  {
    name: 'changing the push settings',
    request: 'PUT /projects/1',
    opening: { scenario: 'gitlab-19-1' },
    async fill(panel) {
      await push(panel).check()
      await cross(panel).check()
    },
    press: (panel) => saveIn(panel.push()),
    place: (panel) => panel.push(),
    kept: (panel) => expect(cross(panel)).toBeChecked(),
    saved: (panel) => expect(cross(panel)).toBeChecked(),
  },
  {
    name: 'switching a group',
    request: 'PUT /groups/10',
    opening: { scenario: 'group-off', as: 'owner', address: '/groups/acme/settings/ci_cd' },
    token: 'glpat-owner',
    fill: (panel) => groupSwitch(panel).check(),
    press: (panel) => saveIn(panel.group()),
    place: (panel) => panel.group(),
    kept: (panel) => expect(groupSwitch(panel)).toBeChecked(),
    saved: (panel) => expect(groupSwitch(panel)).toBeChecked(),
  },
]

for (const write of writes) {
  test(`${write.name}: no refusal and no end of the session loses anything, and then it is saved`, async ({
    page,
    panel,
  }) => {
    test.slow()
    await panel.open(write.opening)
    await write.fill(panel)
    for (const [effect, text] of refusals) {
      await test.step(effect, async () => {
        await panel.turn({ fault: `${write.request} ${effect} 1` })
        await write.press(panel)
        const alert = write.place(panel).getByRole('alert')
        await expect(alert).toContainText(text)
        await expect(page.getByRole('alert')).toHaveCount(1)
        // Where the press was: nobody has to scroll.
        await expectInSight(page, alert)
        await write.kept(panel)
      })
    }
    await test.step('401', async () => {
      await panel.turn({ fault: `${write.request} 401 1` })
      await write.press(panel)
      await renew(page, write.token)
      await write.kept(panel)
    })
    await pressAndSave(write, page, panel)
  })

  test(`${write.name}: without an answer for half a minute it is given up, and what GitLab does later is found out`, async ({
    page,
    panel,
  }) => {
    await page.clock.install()
    await panel.open(write.opening)
    await write.fill(panel)
    await panel.turn({ fault: `${write.request} delay:35000 1` })
    await pressAndSend(write, page, panel)
    await page.clock.runFor(6_000)
    await expect(write.place(panel).getByText(m.slow())).toBeVisible()
    await page.clock.runFor(25_000)
    const alert = write.place(panel).getByRole('alert')
    await expect(alert).toContainText(m.error_timeout())
    await expect(alert).toContainText(m.error_may_follow())
    await expect(alert).not.toContainText(m.save_failed())
    await write.kept(panel)
    // GitLab has done it after 35 s, and the page asks again ten seconds after it gave up.
    await page.clock.runFor(9_000)
    await expect(async () => {
      await page.clock.runFor(1_000)
      await expect(panel.toast()).toBeVisible({ timeout: 100 })
    }).toPass()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await write.saved(panel)
  })

  test(`${write.name}: what was done is reported as done, though the answer is lost or broken`, async ({
    page,
    panel,
  }) => {
    test.slow()
    for (const effect of lostAnswers) {
      await test.step(effect, async () => {
        await panel.open(write.opening)
        await write.fill(panel)
        await panel.turn({ fault: `${write.request} ${effect} 1` })
        await pressAndTold(write, page, panel)
      })
    }
    await page.reload()
    await write.saved(panel)
  })
}

/**
 * Presses the button and waits until the write is on its way. A read comes before it, which takes
 * real time: a clock that is turned on meanwhile runs past what the write has not begun to wait for.
 */
async function pressAndSend(write: Write, page: Page, panel: Panel): Promise<void> {
  const [method = '', path = ''] = write.request.split(' ')
  const sent = page.waitForRequest(
    (request) => request.method() === method && request.url().includes(path),
  )
  await write.press(panel)
  await sent
}

/** Presses the button, after which the screen says that all is well. */
async function pressAndTold(write: Write, page: Page, panel: Panel): Promise<void> {
  await write.press(panel)
  await expect(panel.toast()).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await write.saved(panel)
}

/** And so says the server. */
async function pressAndSave(write: Write, page: Page, panel: Panel): Promise<void> {
  await pressAndTold(write, page, panel)
  await page.reload()
  await write.saved(panel)
}

async function renew(page: Page, token = 'glpat-maintainer'): Promise<void> {
  const dialog = page.getByRole('dialog', { name: m.renewal_title() })
  await dialog.getByLabel(m.connect_token(), { exact: true }).fill(token)
  await dialog.getByRole('button', { name: m.connect_submit(), exact: true }).click()
  await expect(dialog).toBeHidden()
}

// The default window is tried above. The second is a window of 1280 × 800 at 200 %.
for (const [width, height] of [
  [320, 640],
  [640, 400],
] as const) {
  test(`at ${width} × ${height} a failed write is told within the window`, async ({
    page,
    panel,
  }) => {
    test.slow()
    await page.setViewportSize({ width, height })
    for (const write of writes) {
      await test.step(write.name, async () => {
        await panel.open(write.opening)
        await write.fill(panel)
        await panel.turn({ fault: `${write.request} 500 1` })
        await write.press(panel)
        const alert = write.place(panel).getByRole('alert')
        await expect(alert).toContainText(told[500])
        await expectInSight(page, alert)
        await write.kept(panel)
      })
    }
  })
}

type Read = {
  readonly name: string
  readonly request: string
  readonly opening?: Opening
  readonly place: (page: Page, panel: Panel) => Locator
  readonly shown: (page: Page, panel: Panel) => Locator
  /** Refusals that have a page of their own. */
  readonly elsewhere?: readonly string[]
}

const panelPage = '/projects/acme%2Fstorefront/settings/ci_cd'

const reads: readonly Read[] = [
  {
    name: 'the allowlist',
    request: 'GET /job_token_scope/allowlist',
    place: (_page, panel) => panel.allowlist(),
    shown: (_page, panel) => panel.entry('partners'),
  },
  {
    name: 'the groups of the allowlist',
    request: 'GET /groups_allowlist',
    place: (_page, panel) => panel.allowlist(),
    shown: (_page, panel) => panel.entry('partners'),
  },
  {
    name: 'the mode',
    request: 'GET /projects/1/job_token_scope',
    place: (_page, panel) => panel.mode(),
    shown: (_page, panel) => panel.modeChange(),
    elsewhere: ['403'],
  },
  {
    name: 'the authentication log',
    request: 'GET /authorizations',
    place: (_page, panel) => panel.log(),
    shown: (_page, panel) => panel.logRow('partners/sdk'),
  },
  {
    name: 'the switch of a group',
    opening: { scenario: 'group-off', as: 'owner', address: '/groups/acme/settings/ci_cd' },
    request: 'GET /groups/10',
    place: (_page, panel) => panel.group(),
    shown: (_page, panel) => groupSwitch(panel),
  },
  {
    name: 'the project',
    // The path, unlike the id, tells the read of the project from those of its parts.
    opening: { address: panelPage },
    request: 'GET /projects/acme/storefront',
    place: (page) => page.getByRole('main'),
    shown: (_page, panel) => panel.entry('partners'),
    elsewhere: ['404'],
  },
  {
    name: 'the version, for the dialog',
    opening: { address: `${panelPage}?dialog=add` },
    request: 'GET /metadata',
    place: (_page, panel) => panel.dialog(),
    shown: (_page, panel) => panel.target(),
  },
  {
    name: 'the projects',
    opening: { address: '/' },
    request: 'GET /projects?',
    place: (page) => page.getByRole('main'),
    shown: (page) => page.getByRole('link', { name: 'acme/storefront' }),
  },
]

/**
 * What arrives but is broken counts as an error of a read, too. No two neighbours are told in the same
 * words, even where one is left out: the words of the one before would pass for those of the next.
 */
const failures = [
  ['400', told[400]],
  ['html', told.html],
  ['500', told[500]],
  ['truncated', m.error_malformed()],
  ['502', told[502]],
  ['empty', m.error_malformed()],
  ['503', told[503]],
  ['wrong-type', m.error_malformed()],
  ['403', told[403]],
  ['abort', told.abort],
  ['429', told[429]],
  ['lost', m.error_unreachable()],
  ['404', told[404]],
] as const

for (const { name, request, opening, place, shown, elsewhere = [] } of reads) {
  test(`${name}: each failure is said once in its place, and mended by Try again`, async ({
    page,
    panel,
  }) => {
    test.slow()
    const [first, ...others] = failures.filter(([effect]) => !elsewhere.includes(effect))
    if (!first) throw new Error('nothing to try')
    await page.clock.install()
    await panel.open({ ...opening, fault: `${request} ${first[0]}` })
    const alert = place(page, panel).getByRole('alert')
    await expect(alert).toContainText(first[1])
    for (const [effect, text] of others) {
      await test.step(effect, async () => {
        await panel.turn({ fault: `${request} ${effect}` })
        await alert.getByRole('button', { name: m.try_again() }).click()
        // A read is repeated by itself before it has failed; nobody here needs to wait for that. But
        // after a 429 seconds are counted down for all to see, and then it is repeated again.
        await expect(async () => {
          if (effect !== '429') await page.clock.runFor(1_000)
          await expect(alert).toContainText(text, { timeout: 100 })
        }).toPass({ timeout: 10_000 })
        await expect(alert).toHaveCount(1)
        await expect(page.getByText('<!DOCTYPE')).toHaveCount(0)
      })
    }
    await panel.turn({ fault: '' })
    await alert.getByRole('button', { name: m.try_again() }).click()
    await expect(shown(page, panel)).toBeVisible()
    await expect(alert).toHaveCount(0)
  })
}

const writeCells = writes.length * (refusals.length + lostAnswers.length + 2)
const readCells = reads.reduce(
  (sum, { elsewhere = [] }) => sum + failures.length - elsewhere.length,
  0,
)

test('the matrix is as large as it says', () => {
  // Grows with each operation; a list that was emptied by mistake would pass on nothing.
  expect(writeCells).toBeGreaterThanOrEqual(105)
  expect(readCells).toBeGreaterThanOrEqual(102)
  test.info().annotations.push({ type: 'cells', description: `${writeCells + readCells}` })
})
