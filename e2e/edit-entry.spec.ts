import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

const limit = '200'
const list = '/projects/1/job_token_scope'
const readTo = (resource: string) => m.permissions_grant_words({ scope: m.scope_read(), resource })
const readAndWriteTo = (resource: string) =>
  m.permissions_grant_words({ scope: m.scope_read_write(), resource })
const save = (panel: Panel) => panel.dialog().getByRole('button', { name: m.save_changes() })
const defaults = (panel: Panel) =>
  panel.dialog().getByRole('radio', { name: m.permissions_default() })
const fineGrained = (panel: Panel) =>
  panel.dialog().getByRole('radio', { name: m.permissions_fine_grained() })

/** What the server holds of an entry. */
async function held(panel: Panel, kind: 'allowlist' | 'groups_allowlist', id: number) {
  const { [kind]: entries } = await panel.stored()
  return entries.find((entry) => entry.id === id)
}

test.describe('permissions', () => {
  test('changed toggles are saved, shown in words, and hold after a reload', {
    tag: '@wire',
  }, async ({ page, panel }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await expect(panel.dialog()).toHaveAccessibleName(m.edit_title())
    await expect(panel.dialog()).toContainText('partners')
    await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
    await expect(panel.scope(m.resource_packages(), m.scope_read())).toBeChecked()
    await expect(panel.scope(m.resource_releases(), m.scope_none())).toBeChecked()
    await panel.choose(m.resource_jobs(), m.scope_none())
    await panel.choose(m.resource_packages(), m.scope_read_write())
    await panel.save()
    await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners' }))
    await expect(panel.dialog()).toBeHidden()
    await expect(panel.permissions('partners')).toHaveText(readAndWriteTo(m.resource_packages()))

    await page.reload()
    await expect(panel.permissions('partners')).toHaveText(readAndWriteTo(m.resource_packages()))
    expect(await held(panel, 'groups_allowlist', 12)).toMatchObject({
      default_permissions: false,
      job_token_policies: ['ADMIN_PACKAGES'],
    })
  })

  test('default permissions and back again', async ({ page, panel }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await panel.chooseDefault()
    await panel.save()
    await expect(panel.permissions('partners')).toHaveText(m.permissions_default_words())
    await page.reload()
    await expect(panel.permissions('partners')).toHaveText(m.permissions_default_words())

    await panel.askToEdit('partners')
    await expect(defaults(panel)).toBeChecked()
    await panel.chooseFineGrained()
    await expect(panel.scope(m.resource_jobs(), m.scope_none())).toBeChecked()
    await panel.choose(m.resource_releases(), m.scope_read())
    await panel.save()
    await expect(panel.permissions('partners')).toHaveText(readTo(m.resource_releases()))
    await page.reload()
    await expect(panel.permissions('partners')).toHaveText(readTo(m.resource_releases()))
  })

  test('Save waits for a change, and a change taken back is none', async ({ panel }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await expect(save(panel)).toBeDisabled()
    await panel.choose(m.resource_jobs(), m.scope_read_write())
    await expect(save(panel)).toBeEnabled()
    await panel.choose(m.resource_jobs(), m.scope_read())
    await expect(save(panel)).toBeDisabled()
    await panel.chooseDefault()
    await expect(save(panel)).toBeEnabled()
    await panel.chooseFineGrained()
    await expect(save(panel)).toBeDisabled()
  })

  test('leaving a changed entry asks first, and the focus is back on its Edit', async ({
    page,
    panel,
  }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await panel.choose(m.resource_jobs(), m.scope_none())
    await page.keyboard.press('Escape')
    await panel.keepEditing()
    await expect(panel.scope(m.resource_jobs(), m.scope_none())).toBeChecked()
    await page.keyboard.press('Escape')
    await panel.discard()
    await expect(panel.dialog()).toHaveCount(0)
    await expect(
      panel.entry('partners').getByRole('button', { name: m.edit_entry({ path: 'partners' }) }),
    ).toBeFocused()
    await expect(panel.permissions('partners')).toContainText(readTo(m.resource_jobs()))
  })

  test('however quickly a choice is left behind, it is asked about', async ({ page, panel }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await expect(page).toHaveURL(/dialog=edit/)
    // At once, without a frame in between.
    await panel.scope(m.resource_jobs(), m.scope_none()).evaluate((radio: HTMLElement) => {
      radio.click()
      radio.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    })
    await expect(panel.discarding()).toBeVisible()
    await panel.keepEditing()
    await panel.save()
    await expect(panel.permissions('partners')).toHaveText(readTo(m.resource_packages()))
  })

  test('a scope that the server does not have is not offered', async ({ panel }) => {
    const pushes = m.resource_repositories()
    await panel.open()
    await panel.askToEdit('partners')
    await expect(panel.scope(pushes, m.scope_read())).toBeVisible()
    await expect(panel.scope(pushes, m.scope_read_write())).toHaveCount(0)
    await expect(panel.scope(m.resource_badges(), m.scope_none())).toHaveCount(0)

    await panel.open({ scenario: 'gitlab-19-1' })
    await panel.askToEdit('partners')
    await expect(panel.scope(m.resource_badges(), m.scope_none())).toBeChecked()
    await panel.choose(pushes, m.scope_read_write())
    await panel.save()
    await expect(panel.permissions('partners')).toContainText(readAndWriteTo(pushes))
  })
})

test.describe('the own project', () => {
  test('has an entry from its first save on, which can never be removed', async ({
    page,
    panel,
  }) => {
    const own = 'acme/storefront'
    await panel.open()
    await expect(panel.permissions(own)).toHaveText(m.own_free())
    await expect(panel.count(m.count_projects({ count: 1, limit }))).toBeVisible()
    await panel.askToEdit(own)
    await panel.chooseFineGrained()
    await panel.choose(m.resource_jobs(), m.scope_read())
    await panel.save()
    await expect(panel.permissions(own)).toHaveText(readTo(m.resource_jobs()))
    await expect(panel.count(m.count_projects({ count: 2, limit }))).toBeVisible()

    await page.reload()
    await expect(panel.entry(own)).toHaveCount(1)
    await expect(panel.entry(own)).toContainText(m.badge_own_project())
    await expect(panel.permissions(own)).toHaveText(readTo(m.resource_jobs()))
    await expect(
      panel.entry(own).getByRole('button', { name: m.remove_entry({ path: own }) }),
    ).toHaveCount(0)

    await panel.askToEdit(own)
    await panel.chooseDefault()
    await panel.save()
    await expect(panel.permissions(own)).toHaveText(m.permissions_default_words())
    await expect(panel.count(m.count_projects({ count: 2, limit }))).toBeVisible()
  })
})

test.describe('a hidden target', () => {
  test('cannot be edited, and its button says why', async ({ panel }) => {
    const path = 'legal/contracts-vault'
    await panel.open({ scenario: 'default' })
    const edit = panel.entry(path).getByRole('button', { name: m.edit_entry({ path }) })
    await expect(edit).toBeDisabled()
    await expect(edit).toHaveAccessibleDescription(m.edit_hidden_reason())
    await edit.press('Enter')
    await expect(panel.dialog()).toHaveCount(0)
  })
})

test.describe('policies beyond the catalogue', () => {
  const other = (panel: Panel, policy: string) =>
    panel.dialog().getByRole('button', { name: m.policies_other_remove({ policy }) })

  test('an unknown one is shown, and kept as it is when something else is changed', async ({
    page,
    panel,
  }) => {
    await panel.open({ scenario: 'legacy' })
    await expect(panel.permissions('partners/sdk').getByRole('listitem')).toHaveText([
      readAndWriteTo(m.resource_releases()),
      'READ_FEATURE_FLAGS',
    ])
    await panel.askToEdit('partners/sdk')
    await expect(panel.dialog()).toContainText(m.policies_other())
    await expect(other(panel, 'READ_FEATURE_FLAGS')).toBeVisible()
    await panel.choose(m.resource_jobs(), m.scope_read())
    await panel.save()
    await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners/sdk' }))
    await page.reload()
    await expect(panel.permissions('partners/sdk')).toContainText('READ_FEATURE_FLAGS')
    expect(await held(panel, 'allowlist', 3)).toMatchObject({
      job_token_policies: ['READ_FEATURE_FLAGS', 'ADMIN_RELEASES', 'READ_JOBS'],
    })
  })

  test('each can be removed', async ({ panel }) => {
    await panel.open({ scenario: 'legacy' })
    await panel.askToEdit('partners/sdk')
    await other(panel, 'READ_FEATURE_FLAGS').click()
    await expect(other(panel, 'READ_FEATURE_FLAGS')).toHaveCount(0)
    await panel.save()
    await expect(panel.permissions('partners/sdk')).toHaveText(
      readAndWriteTo(m.resource_releases()),
    )
    expect(await held(panel, 'allowlist', 3)).toMatchObject({
      job_token_policies: ['ADMIN_RELEASES'],
    })
  })

  test('a refused one is named, and can be removed while saving the rest', async ({
    page,
    panel,
  }) => {
    const path = 'acme/platform/deploy-tools'
    await panel.open({ scenario: 'legacy' })
    await panel.askToEdit(path)
    await expect(other(panel, 'READ_CONTAINERS')).toBeVisible()
    await panel.choose(m.resource_packages(), m.scope_read_write())
    await panel.save()
    await expect(panel.dialog().getByRole('alert')).toContainText(
      m.policies_refused({ policies: 'READ_CONTAINERS' }),
    )
    // Refused whole: nothing of it is stored.
    expect(await held(panel, 'allowlist', 2)).toMatchObject({
      job_token_policies: ['READ_CONTAINERS', 'READ_PACKAGES'],
    })
    await panel.dialog().getByRole('button', { name: m.policies_refused_remove() }).click()
    await expect(panel.toast()).toContainText(m.entry_updated({ path }))
    await page.reload()
    await expect(panel.permissions(path)).toHaveText(readAndWriteTo(m.resource_packages()))
    expect(await held(panel, 'allowlist', 2)).toMatchObject({
      job_token_policies: ['ADMIN_PACKAGES'],
    })
  })

  test('one that is held twice stays so, and what GitLab refuses can be mended', async ({
    panel,
  }) => {
    await panel.open({ scenario: 'legacy' })
    await panel.askToEdit('partners/tools/cli')
    await panel.choose(m.resource_packages(), m.scope_read())
    await panel.save()
    await expect(panel.dialog().getByRole('alert')).toContainText(m.error_policies_not_unique())
    expect(await held(panel, 'allowlist', 6)).toMatchObject({
      job_token_policies: ['READ_JOBS', 'READ_JOBS', 'ADMIN_JOBS'],
    })

    await panel.dialog().getByRole('button', { name: m.policies_repeated_remove() }).click()
    await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners/tools/cli' }))
    expect(await held(panel, 'allowlist', 6)).toMatchObject({
      job_token_policies: ['READ_JOBS', 'ADMIN_JOBS', 'READ_PACKAGES'],
    })
  })

  test('a scope that is changed leaves one policy of its resource', async ({ panel }) => {
    await panel.open({ scenario: 'legacy' })
    await panel.askToEdit('partners/tools/cli')
    await panel.choose(m.resource_jobs(), m.scope_read())
    await panel.save()
    await expect(panel.permissions('partners/tools/cli')).toHaveText(readTo(m.resource_jobs()))
    expect(await held(panel, 'allowlist', 6)).toMatchObject({ job_token_policies: ['READ_JOBS'] })
  })
})

test.describe('a group that has fine-grained permissions switched off', () => {
  const address = '/groups/10'

  test('the choice is disabled and leads to the switch, and works once it is on', async ({
    page,
    panel,
  }) => {
    await panel.open({ scenario: 'group-off', as: 'owner' })
    await panel.askToEdit('partners')
    await expect(fineGrained(panel)).toBeDisabled()
    await expect(fineGrained(panel)).toHaveAccessibleName(new RegExp(m.badge_beta()))
    await expect(fineGrained(panel)).toHaveAccessibleDescription(
      new RegExp(m.permissions_switched_off({ group: 'acme' })),
    )
    await expect(
      panel.dialog().getByRole('link', { name: m.permissions_switched_off_link() }),
    ).toHaveAttribute('href', /\/groups\/acme\/settings\/ci_cd/)
    await panel.cancel()

    await panel.request('PUT', address, { job_token_policies_enabled: true })
    await page.reload()
    await panel.askToEdit('partners')
    await panel.chooseFineGrained()
    await panel.choose(m.resource_packages(), m.scope_read())
    await panel.save()
    await expect(panel.permissions('partners')).toHaveText(readTo(m.resource_packages()))
  })

  test('nothing is called Beta where the feature is generally available', async ({ panel }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await expect(fineGrained(panel)).toBeChecked()
    await expect(panel.dialog().getByText(m.badge_beta(), { exact: true })).toHaveCount(0)
  })
})

test.describe('what goes wrong while saving', () => {
  test('an entry that somebody else has removed: the dialog and the list say so', {
    tag: '@wire',
  }, async ({ panel }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await panel.choose(m.resource_jobs(), m.scope_read_write())
    const removed = await panel.request('DELETE', `${list}/groups_allowlist/12`)
    expect(removed.status).toBe(204)
    await panel.save()
    await expect(panel.dialog().getByRole('alert')).toContainText(m.error_not_listed())
    await expect(panel.entry('partners')).toHaveCount(0)
    await expect(panel.scope(m.resource_jobs(), m.scope_read_write())).toBeChecked()
  })

  test('a refusal and the way on are in sight, whatever has been scrolled, and the focus stays', async ({
    page,
    panel,
  }) => {
    await panel.open({ scenario: 'legacy' })
    await panel.askToEdit('acme/platform/deploy-tools')
    await panel.choose(m.resource_jobs(), m.scope_read())
    await panel.save()
    await expectInSight(page, panel.dialog().getByRole('alert'))
    const wayOn = panel.dialog().getByRole('button', { name: m.policies_refused_remove() })
    await expectInSight(page, wayOn)
    await expect(save(panel)).toBeFocused()
    await wayOn.click()
    await expect(panel.permissions('acme/platform/deploy-tools')).toHaveText(
      'Read to JobsRead to Packages',
    )
  })

  for (const [width, height, lang] of [
    [320, 640, 'ja'],
    [640, 400, 'en'],
  ] as const) {
    test(`the way on is in sight at ${width} × ${height}, whatever else the dialog says`, async ({
      page,
      panel,
    }) => {
      await page.setViewportSize({ width, height })
      await panel.open({ scenario: 'legacy', lang })
      await panel.askToEdit('acme/platform/deploy-tools')
      await panel.choose(m.resource_jobs(), m.scope_read())
      await panel.save()
      const alert = panel.dialog().getByRole('alert')
      await expectInSight(page, alert)
      const wayOn = alert.getByRole('button', { name: m.policies_refused_remove() })
      await expectInSight(page, wayOn)
    })
  }

  test('a list that cannot be refreshed says that it may be out of date', async ({ panel }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await panel.choose(m.resource_jobs(), m.scope_none())
    await panel.turn({ fault: 'PUT groups_allowlist delay:1; GET allowlist 500' })
    await panel.save()
    await expect(panel.allowlist()).toContainText(m.refresh_failed())
  })
})

test.describe('somebody else edits the same entry', () => {
  // By GraphQL, which changes entries on every GitLab.
  const elsewhere = (panel: Panel, ...jobTokenPolicies: string[]) =>
    panel.request('POST', '/graphql', {
      query: `mutation ($input: CiJobTokenScopeUpdatePoliciesInput!) {
        ciJobTokenScopeUpdatePolicies(input: $input) { errors }
      }`,
      variables: {
        input: {
          projectPath: 'acme/storefront',
          targetPath: 'partners',
          defaultPermissions: false,
          jobTokenPolicies,
        },
      },
    })

  /** Chooses Jobs: None, while somebody else takes away Packages and adds Releases. */
  async function clash(panel: Panel) {
    await panel.open()
    await panel.askToEdit('partners')
    await panel.choose(m.resource_jobs(), m.scope_none())
    expect((await elsewhere(panel, 'READ_JOBS', 'ADMIN_RELEASES')).body).toMatchObject({
      data: { ciJobTokenScopeUpdatePolicies: { errors: [] } },
    })
    await panel.save()
    const alert = panel.dialog().getByRole('alert')
    await expect(alert).toContainText(m.conflict_title())
    await expect(alert).toContainText('Read and write to Releases')
    await expect(alert).toBeInViewport()
    await expect(panel.scope(m.resource_jobs(), m.scope_none())).toBeChecked()
    await expect(panel.scope(m.resource_releases(), m.scope_read_write())).toBeChecked()
    return alert
  }

  test('nothing is overwritten: what changed is shown, and both changes can be kept', {
    tag: '@wire',
  }, async ({ page, panel }) => {
    const alert = await clash(panel)
    await alert.getByRole('button', { name: m.conflict_keep() }).click()
    await expect(alert).toBeHidden()
    await panel.save()
    await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners' }))
    await page.reload()
    await expect(panel.permissions('partners')).toHaveText('Read and write to Releases')
  })

  test('in a low window the message scrolls by itself, also by keys, and the buttons stay', async ({
    page,
    panel,
  }) => {
    await page.setViewportSize({ width: 640, height: 400 })
    const alert = await clash(panel)
    await expectInSight(page, save(panel))
    const scroller = () =>
      page.evaluate(() => {
        const { scrollHeight = 0, clientHeight = 0 } = document.activeElement ?? {}
        return { scrolls: scrollHeight > clientHeight, half: clientHeight <= innerHeight / 2 }
      })
    await alert.getByRole('button', { name: m.conflict_keep() }).focus()
    await page.keyboard.press('Shift+Tab')
    expect(await scroller()).toEqual({ scrolls: true, half: true })
  })

  test('the own change can be given up', async ({ panel }) => {
    const alert = await clash(panel)
    const save = panel.dialog().getByRole('button', { name: m.save_changes() })
    await expect(save).toBeDisabled()
    await alert.getByRole('button', { name: m.conflict_drop() }).click()
    await expect(alert).toBeHidden()
    await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
    await expect(panel.scope(m.resource_releases(), m.scope_read_write())).toBeChecked()
    await expect(save).toBeDisabled()
  })

  test('a change that an address asks for waits for an answer, too', async ({ panel }) => {
    await panel.open({
      address: '/projects/1/settings/ci_cd?dialog=edit&target=partners&policies=READ_RELEASES',
    })
    await expect(panel.scope(m.resource_releases(), m.scope_read())).toBeChecked()
    expect((await elsewhere(panel, 'READ_JOBS')).status).toBe(200)
    await panel.save()
    const alert = panel.dialog().getByRole('alert')
    await expect(alert).toContainText(m.conflict_title())
    await alert.getByRole('button', { name: m.conflict_keep() }).click()
    await panel.save()
    await expect(panel.permissions('partners')).toHaveText('Read to JobsRead to Releases')
  })

  test('the same change by two is no clash', async ({ panel }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await panel.choose(m.resource_jobs(), m.scope_none())
    await elsewhere(panel, 'READ_PACKAGES')
    await panel.save()
    await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners' }))
    await expect(panel.dialog()).toBeHidden()
  })

  test('an entry that was removed meanwhile can be added again with what was chosen', async ({
    panel,
  }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await panel.choose(m.resource_jobs(), m.scope_read_write())
    await panel.request('DELETE', `${list}/groups_allowlist/12`)
    await panel.save()
    await expect(panel.dialog().getByRole('alert')).toContainText(m.edit_gone())
    await panel.add()
    await expect(panel.toast()).toContainText(m.entry_added({ path: 'partners' }))
    await expect(panel.permissions('partners')).toContainText('Read and write to Jobs')
  })
})

test.describe('an address that opens the dialog', () => {
  const panelAddress = '/projects/1/settings/ci_cd'

  test('edits the entry that it names, and survives a reload', async ({ page, panel }) => {
    const path = 'acme/platform/deploy-tools'
    await panel.open({ address: `${panelAddress}?dialog=edit&target=${path}` })
    await expect(panel.dialog()).toHaveAccessibleName(m.edit_title())
    await expect(panel.dialog()).toContainText(path)
    await page.reload()
    await expect(defaults(panel)).toBeChecked()
  })

  test('adds what it asks for to what is held, and takes nothing away', async ({ panel }) => {
    await panel.open({
      scenario: 'legacy',
      address: `${panelAddress}?dialog=edit&target=partners/sdk&policies=READ_RELEASES,READ_JOBS`,
    })
    await expect(panel.scope(m.resource_releases(), m.scope_read_write())).toBeChecked()
    await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
    await panel.save()
    await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners/sdk' }))
    expect(await held(panel, 'allowlist', 3)).toMatchObject({
      job_token_policies: ['READ_FEATURE_FLAGS', 'ADMIN_RELEASES', 'READ_JOBS'],
    })
  })

  test('leads back to an entry that was removed in between: it is offered again, and no other one', async ({
    page,
    panel,
  }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await expect(page).toHaveURL(/[?&]dialog=edit\b/)
    await page.goBack()
    await expect(panel.dialog()).toBeHidden()
    // By somebody else, because a removal here is an address of its own, with which Forward ends.
    await panel.request('DELETE', '/projects/1/job_token_scope/groups_allowlist/12')
    await page.reload()
    await expect(panel.entry('acme/platform/deploy-tools')).toBeVisible()
    await expect(panel.entry('partners')).toBeHidden()
    await page.goForward()
    await expect(panel.dialog()).toContainText(m.edit_missing({ path: 'partners' }))
  })

  test('gives way to the question before a removal, and Back leads from there to the panel', async ({
    page,
    panel,
  }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await expect(page).toHaveURL(/[?&]dialog=edit\b/)
    await page.goBack()
    await expect(panel.dialog()).toBeHidden()
    await panel.askToRemove('partners')
    await expect(panel.dialog()).toHaveAccessibleName(m.remove_title({ path: 'partners' }))
    await expect(page).toHaveURL(/[?&]dialog=remove\b/)
    await page.goBack()
    await expect(panel.dialog()).toBeHidden()
    await page.goForward()
    await expect(panel.dialog()).toHaveAccessibleName(m.remove_title({ path: 'partners' }))
    await page.keyboard.press('Escape')
    await expect(panel.dialog()).toBeHidden()
    await expect(page).not.toHaveURL(/dialog=/)
  })

  test('lies below the question about what was chosen in it', async ({ page, panel }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await panel.chooseDefault()
    await page.keyboard.press('Escape')
    await expect(panel.discarding()).toBeVisible()
    const onTop = await panel.discarding().evaluate((question) => {
      const { innerWidth, innerHeight } = window
      return question.contains(document.elementFromPoint(innerWidth / 2, innerHeight / 2))
    })
    expect(onTop).toBe(true)
    await panel.discard()
    await expect(panel.dialog()).toBeHidden()
  })

  test('offers to add what is not listed', async ({ panel }) => {
    await panel.open({ address: `${panelAddress}?dialog=edit&target=partners/sdk` })
    await expect(panel.dialog()).toContainText(m.edit_missing({ path: 'partners/sdk' }))
    await panel.dialog().getByRole('button', { name: m.edit_missing_add() }).click()
    await expect(panel.dialog()).toHaveAccessibleName(m.add_title())
    await expect(panel.target()).toHaveValue('partners/sdk')
    await panel.add()
    await expect(panel.entry('partners/sdk')).toBeVisible()
  })
})
