import { Gitlab } from '@gitbeaker/rest'
import { m } from '../src/i18n/paraglide/messages.js'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

// A GitLab client that knows nothing of this console, as the same maintainer.
const clientFor = (panel: Panel) =>
  new Gitlab({ host: panel.gitlab(), token: 'glpat-maintainer' }).ProjectJobTokenScopes

test('what is saved here is what another client reads', { tag: ['@wire', '@no-demo'] }, async ({
  panel,
}) => {
  await panel.open()
  const client = clientFor(panel)

  await panel.askToAdd()
  await panel.nameTarget('partners/sdk')
  await panel.add()
  await expect(panel.entry('partners/sdk')).toBeVisible()
  await panel.askToAdd()
  await panel.nameTarget('acme/mobile')
  await panel.chooseFineGrained()
  await panel.choose(m.resource_packages(), m.scope_read())
  await panel.add()
  await expect(panel.entry('acme/mobile')).toBeVisible()
  await panel.askToEdit('partners')
  await panel.chooseDefault()
  await panel.save()
  await expect(panel.permissions('partners')).toHaveText(m.permissions_default_words())
  await panel.askToRemove('acme/platform/deploy-tools')
  await panel.confirm()
  await expect(panel.entry('acme/platform/deploy-tools')).toBeHidden()

  const projects = await client.showInboundAllowList(1)
  expect(projects.map((project) => project.path_with_namespace)).toEqual([
    'acme/storefront',
    'partners/sdk',
  ])
  expect((await client.showGroupsAllowList(1)).map(({ id }) => id)).toEqual([12, 14])
  // The client hands on what it does not know, but a stock GitLab says this by GraphQL only.
  expect((await panel.stored()).groups_allowlist).toMatchObject([
    { id: 12, default_permissions: true, job_token_policies: [] },
    { id: 14, default_permissions: false, job_token_policies: ['READ_PACKAGES'] },
  ])
  expect(await client.show(1)).toMatchObject({ inbound_enabled: true })
  await panel.chooseMode(m.mode_all())
  await panel.mode().getByRole('button', { name: m.save_changes() }).click()
  await panel.letAllIn()
  // Not once a toast is there: that of the removal may still be.
  await expect
    .poll(() => client.show(1), { message: 'the mode' })
    .toMatchObject({ inbound_enabled: false })
})

test('what another client changes is here after a reload', {
  tag: ['@wire', '@no-demo'],
}, async ({ page, panel }) => {
  await panel.open()
  await expect(panel.entry('partners')).toBeVisible()
  const client = clientFor(panel)
  await client.addToInboundAllowList(1, 7)
  await client.addToGroupsAllowList(1, 11)
  await client.removeFromInboundAllowList(1, 2)
  await client.removeFromGroupsAllowList(1, 12)
  await client.edit(1, false)

  await page.reload()
  await expect(panel.permissions('acme/mobile/app')).toHaveText(m.permissions_default_words())
  await expect(panel.permissions('acme/platform')).toHaveText(m.permissions_default_words())
  await expect(panel.entry('partners')).toBeHidden()
  await expect(panel.entry('acme/platform/deploy-tools')).toBeHidden()
  await expect(panel.mode().getByRole('radio', { name: m.mode_all() })).toBeChecked()
})
