import type { Page } from '@playwright/test'
import { m } from '../../src/i18n/paraglide/messages.js'
import type { Header } from './header.ts'

export type ConnectPage = ReturnType<typeof createConnectPage>

/** The page "Connect to your GitLab". */
export function createConnectPage(page: Page, header: Header) {
  const address = () => page.getByRole('textbox', { name: m.connect_address() })
  // A password field has no ARIA role, so it is located by its label.
  const token = () => page.getByLabel(m.connect_token(), { exact: true })
  const submit = () => page.getByRole('button', { name: m.connect_submit(), exact: true }).click()
  return {
    title: () => page.getByRole('heading', { level: 1, name: m.connect_title() }),
    address,
    token,
    keep: () => page.getByRole('checkbox', { name: m.connect_keep() }),
    submit,
    /** Switches to signing in on GitLab's own page, where that is not the default. */
    async chooseGitLab(): Promise<void> {
      const button = page.getByRole('button', { name: m.connect_by_oauth() })
      const other = page.getByRole('button', { name: m.renewal_by_token() })
      await button.or(other).waitFor()
      if (await button.isVisible()) await button.click()
    },
    async signIn(gitlab: string, secret: string): Promise<void> {
      await address().fill(gitlab)
      await token().fill(secret)
      await submit()
    },
    /** Signs in on the page of the simulated GitLab that asks who signs in. */
    async signInByGitLab(gitlab: string): Promise<void> {
      await this.chooseGitLab()
      await address().fill(gitlab)
      await page.getByRole('textbox', { name: m.connect_application() }).fill('job-token-console')
      await page.getByRole('button', { name: m.connect_leave() }).click()
      await page.getByLabel('You are').selectOption('maintainer')
      await page.getByRole('button', { name: 'Authorize' }).click()
    },
    /** Signs out and waits for the end of it: the page is left first, which may take a moment. */
    signOut: header.signOut,
  }
}
