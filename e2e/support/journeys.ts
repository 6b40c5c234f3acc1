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
