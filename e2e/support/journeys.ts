import type { Page } from '@playwright/test'
import { m } from '../../src/i18n/paraglide/messages.js'
import type { Opening } from './console.ts'
import { createHeader } from './header.ts'
import { spoken } from './language.ts'
import type { Panel } from './panel.ts'

/** A check that a spec runs on each page, state and dialog while it is open. */
export type Look = (what: string) => Promise<void>

export type Journey = {
  readonly name: string
  /** Visits several states with few page loads, and waits for each before it is checked. */
  readonly go: (page: Page, panel: Panel, look: Look) => Promise<void>
}

const journey = (name: string, go: Journey['go']): Journey => ({ name, go })

/**
 * Every page, state and dialog of the console, in the spec's language, for checks that must pass on
 * all of them.
 */
export const journeys: readonly Journey[] = [
  journey('the panel and its dialogs', async (page, panel, look) => {
    const { open, button, radio } = named(page, panel)
    await open()
    await panel.entry('partners').waitFor()
    await look('the panel')
    const header = createHeader(page)
    await header.openMenu()
    await look('the menu behind the avatar')
    await page.keyboard.press('Escape')
    const crumb = button(m.picker_switch({ project: 'acme/storefront' }))
    await crumb.click()
    await page.getByRole('searchbox').last().waitFor()
    await page.getByText(m.target_searching()).waitFor({ state: 'hidden' })
    await look('the choice of another project')
    await page.keyboard.press('Escape')

    await panel.chooseMode(m.mode_all())
    await look('the warning of an unsaved mode')
    await panel.mode().getByRole('button', { name: m.save_changes() }).click()
    await panel.dialog().waitFor()
    await look('the question before all are let in')
    await panel.cancel()
    await panel.dialog().waitFor({ state: 'hidden' })
    await button(m.undo_changes()).click()

    await panel.askToAdd()
    await panel.target().waitFor()
    await look('the Add dialog')
    await panel.target().fill('partners/')
    await panel.dialog().getByRole('option').first().waitFor()
    await look('suggestions')
    await panel.target().fill('partners')
    await page.keyboard.press('Escape')
    await button(m.target_edit_instead()).waitFor()
    await look('a target that is listed')
    await panel.target().fill('partners/sdk')
    await page.keyboard.press('Escape')
    await radio(m.permissions_fine_grained()).check()
    await page.getByRole('radiogroup').last().waitFor()
    await look('the Add dialog with fine-grained permissions')
    await panel.cancel()
    await button(m.discard_confirm()).waitFor()
    await look('the question before unsaved input is dropped')
    await button(m.discard_confirm()).click()
    await panel.dialog().waitFor({ state: 'hidden' })

    await panel.askToRemove('partners')
    await panel.dialog().waitFor()
    await look('the Remove dialog')
    await panel.turn({ fault: 'DELETE /groups_allowlist 503 1' })
    await panel.confirm()
    await panel.dialog().getByRole('alert').waitFor()
    await look('a removal that failed')
    await panel.confirm()
    await panel.toast().waitFor()
    await look('the message after a removal')
  }),

  journey('what old and full lists hold', async (page, panel, look) => {
    const { open, button, radio } = named(page, panel)
    await open({ scenario: 'legacy' })
    await panel.entry('partners').waitFor()
    await look('a panel with leftovers')
    await page.getByRole('checkbox', { name: m.select_all({ count: '6' }) }).check()
    await button(m.selection_change()).click()
    await panel.dialog().waitFor()
    await radio(m.bulk_scope()).check()
    await page.getByLabel(m.bulk_resource(), { exact: true }).selectOption('PACKAGES')
    await page.getByLabel(m.bulk_how(), { exact: true }).selectOption('exactly')
    await page.getByRole('heading', { name: m.bulk_left_out() }).waitFor()
    await look('one action on many entries')
    await radio(m.bulk_copy()).check()
    await look('a copy of another entry')
    await panel.cancel()
    await panel.discard()
    await panel.dialog().waitFor({ state: 'hidden' })
    await panel.askToRemove('secret-society/vault')
    await panel.dialog().waitFor()
    await look('the Remove dialog of a hidden project')
    await panel.cancel()
    await panel.askToEdit('acme/platform/deploy-tools')
    await page.getByRole('heading', { name: m.policies_other() }).waitFor()
    await look('the Edit dialog with other policies')
    await panel.dialog().getByRole('button', { name: m.suggest_open() }).click()
    await page
      .getByRole('textbox', { name: m.check_text() })
      .fill(
        'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/acme%2Fstorefront/releases"',
      )
    await page.getByRole('button', { name: m.suggest_apply() }).waitFor()
    await look('a suggestion from CI text')

    await open({ address: '/projects/1/settings/ci_cd?tool=add-many' })
    await page
      .getByRole('textbox', { name: m.many_label() })
      .fill('partners\nacme/mobile\nacme/mobile/app\n#6\nsecret-society/vault\n?')
    await button(m.many_check({ count: 6 })).click()
    await button(m.many_review({ count: 2 })).waitFor()
    await look('many lines, checked')

    await open({ scenario: 'enforced', as: 'admin' })
    await page.getByText(m.mode_enforced()).first().waitFor()
    await look('an enforced allowlist')

    await open({ scenario: 'open' })
    await page.getByText(m.allowlist_not_in_force()).waitFor()
    await look('a list that is not in force')

    await open({
      scenario: 'group-off',
      address: '/projects/1/settings/ci_cd?dialog=edit&target=partners',
    })
    await panel.dialog().getByRole('radio').first().waitFor()
    await look('permissions that the group does not allow')
    await open({
      scenario: 'group-off',
      as: 'owner',
      address: '/groups/acme/settings/ci_cd',
    })
    await page.getByRole('checkbox').waitFor()
    await look('the settings of a group')
    await open({ scenario: 'group-off', address: '/groups/acme/settings/ci_cd' })
    await page.getByRole('main').getByRole('link').waitFor()
    await look('the settings of a group that are not told')

    await open({ scenario: 'hostile' })
    await panel.entry('angle/script').waitFor()
    await look('a hostile list')

    await open({
      scenario: 'empty',
      address: '/projects/1/settings/ci_cd?dialog=edit&target=partners',
    })
    await panel.dialog().getByRole('button', { name: m.edit_missing_add() }).waitFor()
    await look('a link to an entry that is gone')
  }),

  journey('a list that is narrowed', async (page, panel, look) => {
    const { open, button } = named(page, panel)
    await open({ address: '/projects/1/settings/ci_cd?list_kind=project&list_q=a' })
    await panel.box('acme/platform/deploy-tools').check()
    await button(m.list_filter_set({ count: '1' })).click()
    await look('rows that are found and selected, and the filters')
    await page.keyboard.press('Escape')
    await panel.search().fill('no such entry')
    await page.getByText(m.list_none_found()).waitFor()
    await look('no entry that matches')
    await panel.search().press('Tab')
    await page.keyboard.press('?')
    await panel.dialog().waitFor()
    await look('the list of keys')
  }),

  journey('the list as a file', async (page, panel, look) => {
    const { open, button } = named(page, panel)
    await open({ address: '/projects/1/settings/ci_cd?tool=export' })
    await panel.dialog().getByRole('textbox').waitFor()
    await look('an export')
    await open({ address: '/projects/1/settings/ci_cd?tool=import' })
    const text = panel.dialog().getByRole('textbox')
    await text.fill('kind,full_path,default_permissions,job_token_policies\nteam,a,maybe,')
    await button(m.code_compare()).click()
    await panel.dialog().getByRole('alert').waitFor()
    await look('a file that is refused')
    await text.fill(
      'kind,full_path,default_permissions,job_token_policies\n' +
        'group,partners,false,READ_JOBS\nproject,partners/sdk,true,\nproject,acme/gone,true,',
    )
    await button(m.code_compare()).click()
    await panel.dialog().getByRole('checkbox').last().check()
    await look('a file beside the list')
  }),

  journey('the authentication log', async (page, panel, look) => {
    const { open, button, radio } = named(page, panel)
    const log = (text: string) => panel.log().getByText(text)
    await open({ scenario: 'hostile' })
    await log(m.log_hidden()).waitFor()
    await look('a log with hidden projects, and one without a name')
    await panel.log().getByRole('searchbox').fill('nothing is called so')
    await log(m.log_none_found({ search: 'nothing is called so' })).waitFor()
    await look('a search in the log without a match')

    await open({ scenario: 'hostile', api: 'gitlab' })
    await log(m.log_partly()).waitFor()
    await look('a log that was read in part, without permissions')
    await open({ scenario: 'log-empty' })
    await log(m.log_none()).waitFor()
    await look('an empty log')
    await open({ scenario: 'gitlab-17-5' })
    await log(m.log_not_offered()).waitFor()
    await look('a server without a log')
    await open({ fault: 'GET /authorizations 500' })
    await panel.log().getByRole('alert').waitFor()
    await look('a log that could not be read')
    // One of the rows: the other hundred look alike.
    await open({
      scenario: 'log-1000',
      fault: 'GET /authorizations?per_page=100&page=2 timeout',
      address: '/projects/1/settings/ci_cd?log_q=service-0001',
    })
    await panel.log().getByRole('progressbar').waitFor()
    await look('a log that is still arriving')

    await open({ scenario: 'open' })
    await radio(m.mode_allowlist()).check()
    await page
      .getByRole('link', {
        name: m.mode_unlisted_add({ path: 'partners/sdk' }),
      })
      .waitFor()
    await look('who would be refused by the allowlist')
    await button(m.undo_changes()).click()
  }),

  journey('the projects', async (page, panel, look) => {
    const { open } = named(page, panel)
    await open({ scenario: 'default', address: '/' })
    await page.getByRole('listitem').first().waitFor()
    await look('the projects')
    const field = page.getByRole('searchbox')
    await field.fill('https://gitlab.elsewhere.example/a/b')
    await page.getByRole('status').filter({ hasText: 'gitlab.elsewhere.example' }).waitFor()
    await look('an address of another host')
    await field.fill('no/such-project')
    await page.getByText('“no/such-project”').or(page.getByText('「no/such-project」')).waitFor()
    await look('a search without a match')
    await field.press('Enter')
    await page.getByRole('alert').waitFor()
    await look('a project that is missing')

    await open({ as: 'guest', address: '/' })
    await page.getByRole('heading', { level: 2 }).waitFor()
    await look('no projects')
    await open({ address: '/', fault: 'GET /projects? 500' })
    await page.getByRole('alert').waitFor()
    await look('an outage')
  }),

  journey('the endpoints', async (page, panel, look) => {
    const { open, button } = named(page, panel)
    // A few endpoints of each kind: checking all of them takes axe seconds.
    const address = '/endpoints?method=DELETE&endpoint=delete-projects-id-badges-badge_id'
    await open({ scenario: 'gitlab-18-0', address })
    await page.locator('[aria-current=true]').waitFor()
    await look('the endpoints, one of them marked')
    const filter = (label: string) => page.getByRole('combobox', { name: label, exact: true })
    await filter(m.endpoints_method()).selectOption('')
    await filter(m.endpoints_resource()).selectOption('REPOSITORIES')
    await page.getByText(m.endpoint_reads_request()).first().waitFor()
    await look('the endpoints of a resource')
    await filter(m.endpoints_resource()).selectOption('')
    const field = page.getByRole('searchbox')
    await field.fill('PATCH https://gitlab.elsewhere.example/api/v4/projects/1/badges/5')
    await page.getByRole('status').filter({ hasText: 'gitlab.elsewhere.example' }).waitFor()
    await look('a pasted address')
    await field.fill('nothing is called so')
    await button(m.endpoints_clear_filters()).waitFor()
    await look('no endpoints')

    await open({ address: '/projects/1/settings/ci_cd?dialog=edit&target=partners' })
    const count = panel.dialog().getByRole('button', { expanded: false }).filter({ hasText: /\d/ })
    await count.first().click()
    // axe cannot determine the background of text in a list outside the viewport.
    await panel.dialog().getByRole('region').last().scrollIntoViewIfNeeded()
    await look('the endpoints of a resource in the Edit dialog')
  }),

  journey('what cannot be changed or read', async (page, panel, look) => {
    const { open } = named(page, panel)
    await open({ as: 'developer' })
    await page.getByRole('heading', { name: m.no_rights_title() }).waitFor()
    await look('the state of a developer')
    await open({ address: '/projects/99/settings/ci_cd' })
    await page.getByRole('heading', { name: m.project_missing_title() }).waitFor()
    await look('a missing project')
    await open({ address: '/no/such/page' })
    await page.getByRole('heading', { name: m.not_found_title() }).waitFor()
    await look('a page that is not there')
    await open({ as: 'owner', address: '/projects/5/settings/ci_cd' })
    await page.getByText(m.archived_body()).waitFor()
    await panel.entry('acme/archive').waitFor()
    await look('an archived project')
    await open({ fault: 'GET /job_token_scope wrong-type' })
    await page.getByRole('alert').nth(1).waitFor()
    await look('cards that could not be read')
    await open({ fault: 'GET /projects/ html' })
    await page.getByRole('alert').first().waitFor()
    await look('a project that could not be read')
  }),

  journey('the access check', async (page, panel, look) => {
    const { open, button } = named(page, panel)
    const address = '/projects/1/access'
    await open({ address })
    const text = page.getByRole('textbox', { name: m.check_text() })
    await text.waitFor()
    await look('an empty access check')
    await text.fill(
      [
        'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs"',
        'curl -X POST -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/deployments"',
        'curl -X POST -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"',
        'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/7/packages"',
        'curl -H "PRIVATE-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs"',
      ].join('\n'),
    )
    await page.getByRole('combobox', { name: m.check_origin() }).fill('partners/sdk')
    await page.keyboard.press('Tab')
    await page.getByRole('article').nth(4).waitFor()
    await page.getByText(m.check_reading()).waitFor({ state: 'hidden' })
    await look('calls, and what decides about each')
    await button(m.check_share()).click()
    const shared = page.getByRole('dialog', { name: m.check_share_title() })
    await shared.waitFor()
    await look('a question as it will be shared')
    await page.keyboard.press('Escape')
    await shared.waitFor({ state: 'hidden' })
    await text.fill('lorem ipsum')
    await page.getByRole('heading', { name: m.check_nothing() }).waitFor()
    await look('a text without calls')

    await open({ address: `${address}?q=GET+/projects/1/releases`, as: 'developer' })
    await button(m.check_request()).waitFor()
    await look('an access check without the role')

    await open({ address: '/access' })
    await page.getByRole('searchbox').last().waitFor()
    await page.getByText(m.target_searching()).waitFor({ state: 'hidden' })
    await look('an access check before a project is chosen')
  }),

  journey('signing in', async (page, panel, look) => {
    const { open, button } = named(page, panel)
    await open({ address: '/connect' })
    await page.getByRole('region', { name: m.abilities_title() }).waitFor()
    await page.getByText(m.connection_kind_extended()).waitFor()
    await look('the connection')
    await createHeader(page).signOut()
    await look('connecting')
    const token = page.getByLabel(m.connect_token(), { exact: true })
    await page.getByRole('textbox').first().fill('http://')
    await button(m.connect_submit()).click()
    await page.getByText(m.connect_token_empty()).waitFor()
    await look('a form that was sent empty')
    await page.getByRole('textbox').first().fill(panel.gitlab())
    await token.fill('glpat-maintainer-read-api')
    await button(m.connect_submit()).click()
    await button(m.connect_read_only_go_on()).waitFor()
    await look('a token that may only read')

    await open({ fault: 'PATCH /job_token_scope 401 1' })
    await panel.chooseMode(m.mode_all())
    await panel.mode().getByRole('button', { name: m.save_changes() }).click()
    await panel.letAllIn()
    await button(m.renewal_later()).waitFor()
    await look('signing in again')
    await button(m.renewal_later()).click()
    await panel.cancel()
    await page.getByText(m.session_ended()).waitFor()
    await look('a session that has ended')
  }),
]

function named(page: Page, panel: Panel) {
  return {
    open: (opening: Opening = {}) => panel.open({ lang: spoken(), ...opening }),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    radio: (name: string) => page.getByRole('radio', { name }),
  }
}
