import type { Page } from '@playwright/test'
import { scenarioNamed } from '../../mocks/scenarios/scenarios.ts'
import { m } from '../../src/i18n/paraglide/messages.js'
import type { Dials, Method, World } from './world.ts'

/** What the console is opened on. Without an address: where the scenario is to be seen. */
export type Opening = Partial<Dials> & {
  address?: string
  lang?: 'en' | 'ja'
  theme?: 'light' | 'dark'
}

export type Panel = ReturnType<typeof createPanel>

/**
 * What a person sees of the console and does there: places are locators, steps are promises, both
 * by role and accessible name in the language of the page. Assertions stay in the specs.
 */
export function createPanel(page: Page, newWorld: (dials: Dials) => World) {
  let world: World | undefined
  let locale: 'en' | 'ja' = 'en'

  function opened(): World {
    if (!world) throw new Error('open the panel first')
    return world
  }

  return {
    /** Opens the console on a world of its own and waits until a page is there. */
    async open({ address, lang, theme, ...dials }: Opening = {}): Promise<void> {
      const { scenario = 'contract' } = dials
      const declared = scenarioNamed(scenario)
      world = newWorld({ as: 'maintainer', ...declared.dials, ...dials, scenario })
      locale = lang ?? 'en'
      await world.open(address ?? declared.address, {
        ...(lang && { lang }),
        ...(theme && { theme }),
      })
      await page.getByRole('heading', { level: 1 }).waitFor()
    },

    /** Changes the dials under the open page, for example to end an outage. */
    turn: (changes: Parameters<World['turn']>[0]) => opened().turn(changes),

    /** Asks the simulated GitLab beside the page, as another client of the same user would. */
    request: (method: Method, path: string, body?: unknown) => opened().request(method, path, body),

    title: () => page.getByRole('heading', { level: 1, name: m.panel_title({}, { locale }) }),

    /** A card of the panel, by its title. */
    card: (name: string) => page.getByRole('region', { name }),
    mode: () => page.getByRole('region', { name: m.mode_title({}, { locale }) }),

    dialog: () => page.getByRole('dialog'),
    alert: () => page.getByRole('alert'),
  }
}
