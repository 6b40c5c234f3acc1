import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

/** The nearest entry alone decides: whatever changes one says who gains and loses what by it. */

const settings = '/projects/1/settings/ci_cd'
const keep = (panel: Panel, entry: string) =>
  panel.dialog().getByRole('checkbox', { name: m.effect_keep({ entry }) })
const says = (panel: Panel, text: string) => panel.dialog().getByText(text, { exact: true })
const covered = (entry: string, permissions: string) => m.effect_covered({ entry, permissions })
const jobsOf = (path: string) => m.effect_who_project({ path })
const jobsIn = (path: string) => m.effect_who_group({ path })

test('an entry that would take away what its group grants says so, and can keep it', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.askToAdd()
  await panel.nameTarget('partners/sdk')
  await expectInSight(page, says(panel, covered('partners', 'Read to Jobs, Packages')))
  await panel.chooseFineGrained()
  await panel.choose(m.resource_packages(), m.scope_read())
  const loss = says(
    panel,
    m.effect_lost({ who: jobsOf('partners/sdk'), permissions: 'Read to Jobs' }),
  )
  await expectInSight(page, loss)
  // By hand nothing is kept unasked.
  await expect(keep(panel, 'partners')).not.toBeChecked()

  await keep(panel, 'partners').check()
  await expect(loss).toBeHidden()
  await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
  await keep(panel, 'partners').uncheck()
  await expect(loss).toBeVisible()
  await expect(panel.scope(m.resource_jobs(), m.scope_none())).toBeChecked()

  await keep(panel, 'partners').check()
  await panel.add()
  await expect(panel.permissions('partners/sdk')).toHaveText('Read to JobsRead to Packages')
})

test('what a link asks for is added to what the group grants, and does not count as typed', async ({
  page,
  panel,
}) => {
  const address = `${settings}?dialog=add&target=partners/sdk&policies=READ_RELEASES`
  await panel.open({ address })
  await expect(keep(panel, 'partners')).toBeChecked()
  await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
  await expect(panel.scope(m.resource_releases(), m.scope_read())).toBeChecked()
  const gain = m.effect_gained({ who: jobsOf('partners/sdk'), permissions: 'Read to Releases' })
  await expectInSight(page, says(panel, gain))
  await panel.cancel()
  await expect(panel.dialog()).toBeHidden()
})

test('what a suggestion brings is added to what the group grants', async ({ page, panel }) => {
  await panel.open()
  await panel.askToAdd()
  await panel.nameTarget('partners/sdk')
  await panel.chooseFineGrained()
  await page.getByRole('button', { name: m.suggest_open() }).click()
  await page
    .getByRole('textbox', { name: m.check_text() })
    .fill('curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"')
  await page.getByRole('button', { name: m.suggest_apply() }).click()
  await expect(keep(panel, 'partners')).toBeChecked()
  await expect(panel.scope(m.resource_packages(), m.scope_read())).toBeChecked()
  await panel.add()
  await expect(panel.permissions('partners/sdk')).toHaveText(
    'Read to JobsRead to PackagesRead to Releases',
  )
})

test('a group with default permissions: a link keeps them, and to narrow says what is left', async ({
  page,
  panel,
}) => {
  await panel.open({ address: `${settings}?dialog=add&target=partners/sdk&policies=READ_RELEASES` })
  await panel.request('PUT', '/projects/1/job_token_scope/groups_allowlist/12', {
    default_permissions: true,
    job_token_policies: [],
  })
  await page.reload()
  await expect(says(panel, covered('partners', m.permissions_default()))).toBeVisible()
  await expect(keep(panel, 'partners')).toBeChecked()
  await expect(panel.dialog().getByRole('radio', { name: m.permissions_default() })).toBeChecked()
  await keep(panel, 'partners').uncheck()
  await expect(
    says(
      panel,
      m.effect_lost_all_but({ who: jobsOf('partners/sdk'), permissions: 'Read to Releases' }),
    ),
  ).toBeVisible()
})

test('what was kept from one group is not taken along to another target', async ({ panel }) => {
  await panel.open({ address: `${settings}?dialog=add&target=partners/sdk&policies=READ_RELEASES` })
  await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
  await panel.nameTarget('acme/mobile/app')
  await expect(panel.scope(m.resource_jobs(), m.scope_none())).toBeChecked()
  await expect(panel.scope(m.resource_releases(), m.scope_read())).toBeChecked()
  await expect(keep(panel, 'partners')).toBeHidden()
})

test('what was kept by hand is not taken along either, and what was chosen by hand stays', async ({
  panel,
}) => {
  await panel.open()
  await panel.askToAdd()
  await panel.nameTarget('partners/sdk')
  await panel.chooseFineGrained()
  await panel.choose(m.resource_packages(), m.scope_read_write())
  await keep(panel, 'partners').check()
  await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
  await panel.nameTarget('acme/mobile/app')
  await expect(panel.scope(m.resource_jobs(), m.scope_none())).toBeChecked()
  await expect(panel.scope(m.resource_packages(), m.scope_read_write())).toBeChecked()
})

test('letting go of what a group grants lets go of nothing that was chosen by hand', async ({
  panel,
}) => {
  await panel.open({ address: `${settings}?dialog=add&target=partners/sdk&policies=READ_RELEASES` })
  await expect(keep(panel, 'partners')).toBeChecked()
  await panel.choose(m.resource_packages(), m.scope_read_write())
  await keep(panel, 'partners').uncheck()
  await expect(panel.scope(m.resource_packages(), m.scope_read_write())).toBeChecked()
  await expect(panel.scope(m.resource_jobs(), m.scope_none())).toBeChecked()
  await expect(panel.scope(m.resource_releases(), m.scope_read())).toBeChecked()
})

test('where everything is granted anyway there is nothing to keep', async ({ panel }) => {
  await panel.open({ address: `${settings}?dialog=add&target=partners/sdk` })
  await expect(says(panel, covered('partners', 'Read to Jobs, Packages'))).toBeVisible()
  await expect(keep(panel, 'partners')).toBeHidden()
})

test('to remove an entry says which one applies then, and what its jobs lose and gain', async ({
  page,
  panel,
}) => {
  const path = 'partners/tools/cli'
  await panel.open({ scenario: 'shadowed' })
  await panel.askToRemove(path)
  const then = m.effect_applies_after({ entry: 'partners/tools', permissions: 'Read to Jobs' })
  await expectInSight(page, says(panel, then))
  const loss = m.effect_lost({ who: jobsOf(path), permissions: 'Read to Packages' })
  await expectInSight(page, says(panel, loss))
  const gain = m.effect_gained({ who: jobsOf(path), permissions: 'Read to Jobs' })
  await expectInSight(page, says(panel, gain))
})

test('a group says which entries below it keep counting', async ({ panel }) => {
  await panel.open({ scenario: 'shadowed' })
  await panel.askToEdit('partners')
  await panel.choose(m.resource_jobs(), m.scope_none())
  const loss = m.effect_lost({ who: jobsIn('partners'), permissions: 'Read to Jobs' })
  await expect(says(panel, loss)).toBeVisible()
  const apart = m.effect_apart({ entries: 'partners/tools and partners/tools/cli' })
  await expect(says(panel, apart)).toBeVisible()
})

test('a group above the project narrows the project’s own jobs, and says so', async ({ panel }) => {
  await panel.open()
  await panel.askToAdd()
  await panel.nameTarget('acme')
  await panel.chooseFineGrained()
  await panel.choose(m.resource_packages(), m.scope_read())
  await expect(
    says(
      panel,
      m.effect_lost_all_but({ who: m.effect_who_own(), permissions: 'Read to Packages' }),
    ),
  ).toBeVisible()
})

test('while all groups and projects get in, a dialog says that entries do not count', async ({
  panel,
}) => {
  await panel.open({ scenario: 'open' })
  await panel.askToRemove('acme/platform/deploy-tools')
  await expect(says(panel, m.effect_once())).toBeVisible()
  await panel.cancel()
  await panel.askToEdit('acme/platform/deploy-tools')
  await expect(says(panel, m.effect_idle())).toBeVisible()
})

test('rows that stand before or behind another are marked', async ({ page, panel }) => {
  await panel.open({ scenario: 'shadowed' })
  const mark = (path: string, text: string) => panel.entry(path).getByText(text, { exact: true })
  await expect(mark('partners/tools/cli', m.mark_before({ entry: 'tools' }))).toBeVisible()
  await expect(mark('partners/tools', m.mark_before({ entry: 'partners' }))).toBeVisible()
  await expect(mark('partners/tools', m.mark_behind({ entry: 'cli' }))).toBeVisible()
  await expect(mark('partners', m.mark_behind({ entry: 'tools' }))).toBeVisible()
  await expect(
    panel.entry('partners').getByTitle(m.mark_behind_about({ entries: 'partners/tools' })),
  ).toBeVisible()
  await panel.askToRemove('partners/tools')
  await panel.confirm()
  await expect(mark('partners/tools/cli', m.mark_before({ entry: 'partners' }))).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('the access check offers to raise the group’s entry or to add one that keeps what it grants', async ({
  page,
  panel,
}) => {
  await ask(page, panel, 'partners/sdk', '/projects/1/releases')
  const line = page.getByRole('article').first()
  const add = line.getByRole('link', { name: m.check_add() })
  const raise = line.getByRole('link', { name: m.check_edit({ entry: 'partners' }) })
  const gained = (who: string) =>
    line.getByText(m.effect_gained({ who, permissions: 'Read to Releases' }), { exact: true })
  await expect(gained(jobsOf('partners/sdk'))).toBeVisible()
  await line.getByText(m.check_other_way()).click()
  await expect(gained(jobsIn('partners'))).toBeVisible()

  await raise.click()
  await expect(panel.dialog()).toHaveAccessibleName(m.edit_title())
  await expect(panel.scope(m.resource_releases(), m.scope_read())).toBeChecked()
  await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
  await page.goBack()
  await add.click()
  await expect(keep(panel, 'partners')).toBeChecked()
  await panel.add()
  await expect(panel.permissions('partners/sdk')).toHaveText(
    'Read to JobsRead to PackagesRead to Releases',
  )
})

/** Opens the access check on one call by the jobs of a project. */
async function ask(
  page: Page,
  panel: Panel,
  origin: string,
  path: string,
  scenario: 'contract' | 'own-ancestor' = 'contract',
) {
  const call = `curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL${path}"`
  await panel.open({ address: '/projects/1/access', scenario })
  await page.getByRole('textbox', { name: m.check_text() }).fill(call)
  await page.getByRole('combobox', { name: m.check_origin() }).fill(origin)
  await page.keyboard.press('Tab')
}

test.describe('the own project', () => {
  const own = 'acme/storefront'

  test('says that a group decides for its jobs, and one step lets them in', async ({
    page,
    panel,
  }) => {
    await panel.open({ scenario: 'own-ancestor' })
    const words = m.own_ancestor({ entry: 'acme', permissions: 'Read to Packages' })
    await expect(panel.permissions(own)).toHaveText(words)

    await ask(page, panel, own, '/projects/1/jobs', 'own-ancestor')
    const remedy = page.getByRole('article').getByRole('link', {
      name: m.check_edit({ entry: own }),
    })
    await remedy.click()
    await expect(panel.dialog()).toHaveAccessibleName(m.edit_title())
    await expectInSight(page, says(panel, m.own_about()))
    const gain = m.effect_gained_all({ who: m.effect_who_own() })
    await expectInSight(page, says(panel, gain))
    await panel.save()
    await expect(panel.permissions(own)).toHaveText(m.permissions_default_words())
    await page.reload()
    await expect(panel.permissions(own)).toHaveText(m.permissions_default_words())
  })

  test('is saved as it is, and then has an entry', { tag: '@wire' }, async ({ page, panel }) => {
    await panel.open({ scenario: 'empty' })
    await expect(panel.permissions(own)).toHaveText(m.own_free())
    await panel.askToEdit(own)
    await panel.save()
    await expect(panel.toast()).toBeVisible()
    await expect(panel.permissions(own)).toHaveText(m.permissions_default_words())
    await page.reload()
    await expect(panel.permissions(own)).toHaveText(m.permissions_default_words())
  })

  test('before 18.3 its jobs are always let in, and nothing can be saved', async ({ panel }) => {
    await panel.open({ scenario: 'group-off' })
    await expect(panel.permissions(own)).toHaveText(m.own_always())
    const edit = panel.entry(own).getByRole('button', { name: m.edit_entry({ path: own }) })
    await expect(edit).toHaveAttribute('aria-disabled', 'true')
    await expect(edit).toHaveAccessibleDescription(m.own_always_reason())
  })
})

test.describe('a target that is on the list already', () => {
  const path = 'partners/tools/cli'

  test('with the wanted permissions counts as done', async ({ page, panel }) => {
    await panel.open({
      scenario: 'shadowed',
      address: `${settings}?dialog=add&target=${path}&policies=READ_PACKAGES`,
    })
    await expect(panel.target()).toHaveAccessibleDescription(
      new RegExp(m.target_listed_same().replaceAll('.', '\\.')),
    )
    await panel.add()
    await expect(panel.toast()).toContainText(m.entry_was_listed({ path }))
    await expect(panel.dialog()).toBeHidden()
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test('with others leads to the edit with those, without asking about what nobody typed', async ({
    panel,
  }) => {
    await panel.open({
      scenario: 'shadowed',
      address: `${settings}?dialog=add&target=${path}&policies=READ_RELEASES`,
    })
    await panel.dialog().getByRole('button', { name: m.target_edit_with() }).click()
    await expect(panel.dialog()).toHaveAccessibleName(m.edit_title())
    await expect(panel.scope(m.resource_releases(), m.scope_read())).toBeChecked()
    await expect(panel.scope(m.resource_packages(), m.scope_read())).toBeChecked()
    await panel.cancel()
    await expect(panel.dialog()).toBeHidden()
  })

  test('takes along what was chosen by hand, and nothing else', async ({ panel }) => {
    await panel.open({ scenario: 'shadowed' })
    await panel.askToAdd()
    await panel.nameTarget(path)
    await panel.chooseFineGrained()
    await panel.choose(m.resource_jobs(), m.scope_read())
    await panel.dialog().getByRole('button', { name: m.target_edit_with() }).click()
    await expect(panel.dialog()).toHaveAccessibleName(m.edit_title())
    await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
    await expect(panel.scope(m.resource_packages(), m.scope_none())).toBeChecked()
    await panel.save()
    await expect(panel.permissions(path)).toHaveText('Read to Jobs')
  })

  test('that somebody else added meanwhile, just so, counts as done', { tag: '@wire' }, async ({
    panel,
  }) => {
    await panel.open()
    await panel.askToAdd()
    await panel.nameTarget('acme/mobile')
    await panel.request('POST', '/projects/1/job_token_scope/groups_allowlist', {
      target_group_id: 14,
    })
    await panel.add()
    await expect(panel.toast()).toBeVisible()
    await expect(panel.dialog()).toBeHidden()
    await expect(panel.permissions('acme/mobile')).toHaveText(m.permissions_default_words())
  })
})
