import type { Locator, Page } from '@playwright/test'
import { m } from '../../src/i18n/paraglide/messages.js'
import { speak } from './language.ts'

export type Header = ReturnType<typeof createHeader>

/** The name of a control in either language: the page's may be about to change. */
const inBoth = (message: (inputs: object, options: { locale: 'en' | 'ja' }) => string) =>
  new RegExp(`^(${message({}, { locale: 'en' })}|${message({}, { locale: 'ja' })})$`)

/** What stands above every page: the ways between its parts, and the menu behind the avatar. */
export function createHeader(page: Page) {
  const banner = () => page.getByRole('banner')
  /** Opens the menu, until it is closed again by Escape or by what is pressed in it. */
  const menuButton = () => banner().getByRole('button', { name: /^@|Language|言語/ })
  const group = (name: RegExp) => banner().getByRole('radiogroup', { name })
  const languages = () => group(inBoth(m.language))
  const themes = () => group(inBoth(m.theme))

  async function openMenu(): Promise<void> {
    if ((await menuButton().getAttribute('aria-expanded')) !== 'true') await menuButton().click()
    await themes().waitFor()
  }
  async function choose(choices: Locator, name: string): Promise<void> {
    await openMenu()
    await choices.getByRole('radio', { name, exact: true }).check()
    await page.keyboard.press('Escape')
  }

  return {
    banner,
    menuButton,
    openMenu,
    /** The ways between the parts of the console, in the header or, where it is narrow, in the menu. */
    nav: () => banner().getByRole('navigation'),
    /** Which theme is chosen, by its label; the menu has to be open. */
    theme: (name: string) => themes().getByRole('radio', { name, exact: true }),
    /** From then on the test looks for the words of that language, too. */
    async chooseLanguage(name: 'English' | '日本語'): Promise<void> {
      await choose(languages(), name)
      speak(name === 'English' ? 'en' : 'ja')
    },
    chooseTheme: (name: string) => choose(themes(), name),
    /** Until it is done: the page is left first, which may take a moment. */
    async signOut(): Promise<void> {
      await openMenu()
      await banner()
        .getByRole('button', { name: inBoth(m.sign_out) })
        .click()
      await banner()
        .getByRole('button', { name: inBoth(m.appearance_menu) })
        .waitFor()
    },
  }
}
