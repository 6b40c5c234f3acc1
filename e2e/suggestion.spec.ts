import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const field = (page: Page) => page.getByRole('textbox', { name: m.check_text() })
const open = (page: Page) => page.getByRole('button', { name: m.suggest_open() }).click()
const apply = (page: Page) => page.getByRole('button', { name: m.suggest_apply() })

const script = `
release:
  script:
    # curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs"
    - 'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/acme%2Fstorefront/releases"'
    - 'curl --request POST --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/deployments"'
    - 'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/7/pipelines"'
`

test('the toggles are set to the least that a pasted text needs here, and nothing is taken away', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.askToEdit('partners')
  await open(page)
  await field(page).fill(script)
  const said = panel.dialog().getByRole('status').filter({ hasText: m.suggest_needs() })
  await expect(said.getByRole('listitem')).toHaveText([
    'Read and write to Deployments',
    'Read and write to Environments',
    'Read to Releases',
  ])
  await apply(page).click()
  // The button is gone: the focus is not.
  await expect(field(page)).toBeFocused()
  await expect(panel.scope(m.resource_deployments(), m.scope_read_write())).toBeChecked()
  await expect(panel.scope(m.resource_environments(), m.scope_read_write())).toBeChecked()
  await expect(panel.scope(m.resource_releases(), m.scope_read())).toBeChecked()
  await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
  // Another project's, and what is commented out, count for nothing here.
  await expect(panel.scope(m.resource_pipelines(), m.scope_none())).toBeChecked()
  await panel.save()
  await expect(panel.permissions('partners')).toContainText('Read to Releases')
})

test('a text that needs nothing here, or no more than is chosen, says so', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.askToEdit('partners')
  await open(page)
  await field(page).fill('echo glpat-abcdefghijklmnopqrst')
  await expect(panel.dialog()).toContainText(m.suggest_nothing({ project: 'acme/storefront' }))
  await expect(field(page)).not.toHaveValue(/abcdefghij/)
  await field(page).fill(
    'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs/9/artifacts"',
  )
  await expect(panel.dialog()).toContainText(m.suggest_has())
  await expect(apply(page)).toBeHidden()
})

test('a secret typed into the middle is hidden, and the caret stays where it is', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.askToEdit('partners')
  await open(page)
  await field(page).fill('password=\nx')
  await field(page).press('Control+Home')
  for (let presses = 0; presses < 'password='.length; presses += 1) {
    await field(page).press('ArrowRight')
  }
  await page.keyboard.type('s3cret')
  await expect(field(page)).toHaveValue('password=••••••\nx')
})

test('of more than a megabyte the beginning is read, and the dialog says so', async ({
  page,
  panel,
}) => {
  // Browsers take seconds to lay so much out.
  test.slow()
  await panel.open()
  await panel.askToEdit('partners')
  await open(page)
  const call = 'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\n'
  const comment = `# ${'x'.repeat(997)}\n`.repeat(1_001)
  await field(page).fill(`${comment}${call}`)
  await expect(panel.dialog()).toContainText(m.check_cut({ limit: '1,000,000' }))
  await expect(panel.dialog()).toContainText(m.suggest_nothing({ project: 'acme/storefront' }))
})
