import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

declare global {
  interface Window {
    /** Of the pointer, since the page was loaded. */
    presses: number
  }
}

const limit = '200'
const readTo = (resource: string) => m.permissions_grant_words({ scope: m.scope_read(), resource })
const readAndWriteTo = (resource: string) =>
  m.permissions_grant_words({ scope: m.scope_read_write(), resource })

test.describe('what can be added', () => {
  test('a project picked from the suggestions stays on the list after a reload', {
    tag: '@wire',
  }, async ({ page, panel }) => {
    await panel.open()
    await expect(panel.count(m.count_projects({ count: 1, limit }))).toBeVisible()
    await panel.askToAdd()
    await panel.target().fill('sdk')
    await panel.suggestion('partners/sdk').click()
    await expect(panel.target()).toHaveValue('partners/sdk')
    await panel.add()
    await expect(panel.toast()).toContainText(m.entry_added({ path: 'partners/sdk' }))
    await expect(panel.dialog()).toBeHidden()
    await expect(panel.permissions('partners/sdk')).toHaveText(m.permissions_default_words())
    await expect(panel.count(m.count_projects({ count: 2, limit }))).toBeVisible()

    await page.reload()
    await expect(panel.permissions('partners/sdk')).toHaveText(m.permissions_default_words())
    await expect(panel.count(m.count_projects({ count: 2, limit }))).toBeVisible()
    await expect(panel.count(m.count_groups({ count: 1, limit }))).toBeVisible()
  })

  test('a project gets Read to one resource with no more than five presses', async ({
    page,
    panel,
  }) => {
    await page.addInitScript(() => {
      window.presses = 0
      window.addEventListener('pointerdown', ({ isTrusted }) => {
        if (isTrusted) window.presses += 1
      })
    })
    await panel.open()
    await panel.askToAdd()
    await expect(panel.target()).toBeFocused()
    await page.keyboard.type('partners/s')
    await panel.suggestion('partners/sdk').click()
    await panel.chooseFineGrained()
    await panel.choose(m.resource_packages(), m.scope_read())
    await panel.add()
    await expect(panel.permissions('partners/sdk')).toHaveText(readTo(m.resource_packages()))
    expect(await page.evaluate(() => window.presses)).toBe(5)
  })

  test('a group with fine-grained permissions is shown in words, and sent as policies', {
    tag: '@wire',
  }, async ({ page, panel }) => {
    await panel.open()
    await panel.askToAdd()
    await panel.nameTarget('acme/mobile')
    await panel.chooseFineGrained()
    await panel.choose(m.resource_packages(), m.scope_read_write())
    await panel.choose(m.resource_jobs(), m.scope_read())
    await panel.add()
    await expect(panel.toast()).toContainText(m.entry_added({ path: 'acme/mobile' }))
    await expect(panel.permissions('acme/mobile').getByRole('listitem')).toHaveText([
      readTo(m.resource_jobs()),
      readAndWriteTo(m.resource_packages()),
    ])
    await expect(panel.count(m.count_groups({ count: 2, limit }))).toBeVisible()

    await page.reload()
    await expect(panel.permissions('acme/mobile').getByRole('listitem')).toHaveText([
      readTo(m.resource_jobs()),
      readAndWriteTo(m.resource_packages()),
    ])
    expect((await panel.stored()).groups_allowlist).toMatchObject([
      { id: 12 },
      {
        id: 14,
        default_permissions: false,
        job_token_policies: ['READ_JOBS', 'ADMIN_PACKAGES'],
        added_by: 'maya',
      },
    ])
  })

  test('fine-grained permissions without any resource are minimal access', async ({ panel }) => {
    await panel.open()
    await panel.askToAdd()
    await panel.nameTarget('partners/tools')
    await panel.chooseFineGrained()
    await panel.add()
    await expect(panel.permissions('partners/tools')).toHaveText(m.permissions_minimal_words())
  })

  for (const [what, spelling] of [
    ['a full path', 'partners/sdk'],
    ['a path in other letters', 'Partners/SDK'],
    ['an id', '3'],
    ['an id as GitLab prints it', '#3'],
    ['a web address', 'https://gitlab.example.com/partners/sdk/-/settings/ci_cd'],
    ['an SSH address', 'git@gitlab.example.com:partners/sdk.git'],
  ] as const) {
    test(`${what} and Enter are enough`, async ({ page, panel }) => {
      await panel.open()
      await panel.askToAdd()
      await panel.target().fill(spelling)
      await page.keyboard.press('Enter')
      await expect(panel.toast()).toContainText(m.entry_added({ path: 'partners/sdk' }))
      await expect(panel.permissions('partners/sdk')).toHaveText(m.permissions_default_words())
    })
  }

  test('an address that asks for permissions opens the dialog filled in', async ({ panel }) => {
    await panel.open({
      address:
        '/projects/1/settings/ci_cd?dialog=add&target=partners/sdk&policies=READ_JOBS,READ_PACKAGES',
    })
    await expect(panel.target()).toHaveValue('partners/sdk')
    await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
    await expect(panel.scope(m.resource_packages(), m.scope_read())).toBeChecked()
    await expect(panel.scope(m.resource_releases(), m.scope_none())).toBeChecked()
    await expect(panel.entry('partners/sdk')).toBeHidden()
    await panel.add()
    await expect(panel.permissions('partners/sdk').getByRole('listitem')).toHaveText([
      readTo(m.resource_jobs()),
      readTo(m.resource_packages()),
    ])
  })
})

test.describe('what a number names stays in sight when the field is left', () => {
  for (const [what, scenario, text, words] of [
    ['a project', 'contract', '#3', 'Project partners/sdk'],
    ['a group', 'contract', '14', 'Group acme/mobile'],
    [
      'a project, as a refusal says',
      'default',
      'project #11',
      'Project tidewater/commerce/gift-cards',
    ],
  ] as const) {
    test(what, async ({ panel }) => {
      await panel.open({ scenario })
      await panel.askToAdd()
      await panel.nameTarget(text)
      await expect(panel.target()).toHaveAccessibleDescription(`${words} ${m.target_help()}`)
      await expect(panel.dialog().getByText(words)).toBeVisible()
      await panel.add()
      await expect(panel.toast()).toContainText(m.entry_added({ path: words.replace(/.* /, '') }))
    })
  }

  test('also where it is listed already', async ({ panel }) => {
    await panel.open()
    await panel.askToAdd()
    await panel.nameTarget('#12')
    await expect(panel.target()).toHaveAccessibleDescription(
      `${m.target_listed_as({ permissions: 'Read to Jobs, Packages' })} ${m.target_edit_instead()} Group partners ${m.target_help()}`,
    )
  })
})

test.describe('what cannot be added says so in the field', () => {
  /** What the field says: its error, then its help. */
  const saying = (error: string) => `${error} ${m.target_help()}`

  for (const [what, text, error] of [
    ['a path that nothing has', 'acme/nowhere', m.target_missing()],
    ['a project that the account cannot see', 'secret-society/vault', m.target_missing()],
    ['an unreadable text', 'what is this?', m.target_unreadable()],
    ['nothing at all', '', m.target_empty()],
  ] as const) {
    test(`${what}, when the field is left`, async ({ panel }) => {
      await panel.open()
      await panel.askToAdd()
      await panel.nameTarget(text)
      await expect(panel.target()).toHaveAccessibleDescription(saying(error))
      await panel.add()
      await expect(panel.target()).toBeFocused()
      await expect(panel.target()).toHaveAccessibleDescription(saying(error))
    })
  }

  test('an address of another GitLab, while it is typed', async ({ panel }) => {
    await panel.open()
    await panel.askToAdd()
    await panel.target().fill('https://github.com/acme/app')
    await expect(panel.target()).toHaveAccessibleDescription(
      saying(m.target_foreign({ host: 'github.com' })),
    )
  })

  test('what is listed already, with the way to edit it', async ({ page, panel }) => {
    await panel.open()
    await panel.askToAdd()
    await panel.target().fill('partners')
    await expect(panel.target()).toHaveAccessibleDescription(
      saying(
        `${m.target_listed_as({ permissions: 'Read to Jobs, Packages' })} ${m.target_edit_instead()}`,
      ),
    )
    await expect(panel.suggestion('partners').first()).toContainText(m.target_listed_badge())
    await page.keyboard.press('Tab')
    await expect(
      panel.dialog().getByRole('button', { name: m.target_edit_instead() }),
    ).toBeFocused()
    await page.keyboard.press('Enter')
    // Nothing is asked: the path goes along.
    await expect(panel.dialog()).toHaveAccessibleName(m.edit_title())
    await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
  })

  test('the project itself, with the way to edit its entry', async ({ panel }) => {
    await panel.open()
    await panel.askToAdd()
    await panel.target().fill('acme/storefront')
    await expect(panel.target()).toHaveAccessibleDescription(
      saying(`${m.target_is_own()} ${m.target_edit_instead()}`),
    )
  })

  test('an id of a group and of a project, whichever answers first, until one is chosen', async ({
    page,
    panel,
  }) => {
    await panel.open({
      scenario: 'default',
      fault: 'GET /groups/11 delay:700 1; GET /projects/12 delay:700 1',
    })
    await panel.askToAdd()
    for (const id of ['#11', '12']) {
      await panel.target().fill(id)
      await page.keyboard.press('Enter')
      await expect(panel.target()).toHaveAccessibleDescription(saying(m.target_ambiguous()))
      await page.keyboard.press('ArrowDown')
      await expect(panel.dialog().getByRole('option')).toHaveCount(2)
    }
    await panel.target().fill('11')
    await expect(panel.target()).toHaveAccessibleDescription(saying(m.target_ambiguous()))
    await panel.suggestion('tidewater/commerce/gift-cards').click()
    await panel.add()
    await expect(panel.entry('tidewater/commerce/gift-cards')).toBeVisible()
  })

  test('a group or project too many', async ({ panel }) => {
    await panel.open({ scenario: 'at-limit' })
    await panel.askToAdd()
    await panel.target().fill('fleet/newcomers')
    await expect(panel.target()).toHaveAccessibleDescription(
      saying(m.target_full_groups({ limit })),
    )
    await panel.target().fill('fleet/newcomer')
    await expect(panel.target()).toHaveAccessibleDescription(
      saying(m.target_full_projects({ limit })),
    )
  })

  test('a group that somebody else added meanwhile, and what was typed is kept', {
    tag: '@wire',
  }, async ({ panel }) => {
    await panel.open()
    await panel.askToAdd()
    await panel.nameTarget('acme/mobile')
    await panel.chooseFineGrained()
    await panel.choose(m.resource_jobs(), m.scope_read_write())
    const added = await panel.request('POST', '/projects/1/job_token_scope/groups_allowlist', {
      target_group_id: 14,
    })
    expect(added.status).toBe(201)
    await panel.add()
    const theirs = m.target_listed_as({ permissions: m.permissions_default() })
    const wayOn = m.target_edit_with()
    await expect(panel.target()).toHaveAccessibleDescription(saying(`${theirs} ${wayOn}`))
    await expect(panel.target()).toBeFocused()
    await expect(panel.target()).toHaveValue('acme/mobile')
    await expect(panel.scope(m.resource_jobs(), m.scope_read_write())).toBeChecked()
    // Their entry, as they made it, is on the list behind the dialog.
    await expect(panel.permissions('acme/mobile')).toHaveText(m.permissions_default_words())
  })

  test('a project for which somebody else took the last place', async ({ page, panel }) => {
    await panel.open({ scenario: 'at-limit' })
    const list = '/projects/1/job_token_scope/allowlist'
    expect((await panel.request('DELETE', `${list}/20001`)).status).toBe(204)
    await page.reload()
    await expect(panel.count(m.count_projects({ count: 199, limit }))).toBeVisible()

    await panel.askToAdd()
    await panel.target().fill('fleet/newcomer')
    const taken = await panel.request('POST', list, { target_project_id: 20_001 })
    expect(taken.status).toBe(201)
    await panel.add()
    await expect(panel.target()).toHaveAccessibleDescription(saying(m.error_limit()))
    await expect(panel.target()).toHaveValue('fleet/newcomer')
    await expect(panel.count(m.count_projects({ count: 200, limit }))).toBeVisible()
  })
})

test('a search that fails does not stand in the way of a path', async ({ panel }) => {
  await panel.open({ fault: 'GET search= 503' })
  await panel.askToAdd()
  await panel.nameTarget('partners/sdk')
  await panel.add()
  await expect(panel.toast()).toContainText(m.entry_added({ path: 'partners/sdk' }))
})

test.describe('closing', () => {
  for (const way of ['Cancel', 'the cross', 'Escape', 'Back'] as const) {
    test(`a changed dialog by ${way} asks first, and Keep editing keeps everything`, async ({
      page,
      panel,
    }) => {
      await panel.open()
      await panel.askToAdd()
      await panel.nameTarget('acme/mob')
      await panel.chooseFineGrained()
      await panel.choose(m.resource_releases(), m.scope_read())

      const close = {
        Cancel: () => panel.cancel(),
        'the cross': () =>
          panel.dialog().getByRole('button', { name: m.close(), exact: true }).click(),
        Escape: () => page.keyboard.press('Escape'),
        Back: () => page.goBack(),
      }[way]
      await close()
      await expect(panel.discarding()).toBeVisible()
      await panel.keepEditing()
      await expect(panel.discarding()).toBeHidden()
      await expect(panel.target()).toHaveValue('acme/mob')
      await expect(panel.scope(m.resource_releases(), m.scope_read())).toBeChecked()

      await close()
      await panel.discard()
      await expect(panel.dialog()).toHaveCount(0)
      await expect(panel.entry('partners')).toBeVisible()
    })
  }

  test('an untouched dialog closes at once, and the focus is back on Add', async ({
    page,
    panel,
  }) => {
    await panel.open()
    await panel.askToAdd()
    await expect(panel.target()).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(panel.dialog()).toBeHidden()
    await expect(
      panel.allowlist().getByRole('button', { name: m.add(), exact: true }),
    ).toBeFocused()
  })

  test('Back closes an untouched dialog, and Forward opens it again', async ({ page, panel }) => {
    await panel.open()
    await panel.askToAdd()
    await expect(panel.dialog()).toBeVisible()
    // A few frames later than the dialog.
    await expect(page).toHaveURL(/[?&]dialog=add\b/)
    await page.goBack()
    await expect(panel.dialog()).toBeHidden()
    await expect(panel.title()).toBeVisible()
    await page.goForward()
    await expect(panel.dialog()).toHaveAccessibleName(m.add_title())
  })
})
