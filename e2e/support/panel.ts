import type { Locator, Page } from '@playwright/test'
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

  const dialog = () => page.getByRole('dialog')
  const press = (name: string) => dialog().getByRole('button', { name, exact: true }).click()
  const mode = () => page.getByRole('region', { name: m.mode_title({}, { locale }) })
  const allowlist = () => page.getByRole('region', { name: m.allowlist_title({}, { locale }) })
  const log = () => page.getByRole('region', { name: m.log_title({}, { locale }) })
  const rowIn = (region: Locator, path: string) =>
    region.getByRole('row').filter({ has: page.getByText(path, { exact: true }) })
  const entry = (path: string) => rowIn(allowlist(), path)

  const target = () => dialog().getByRole('combobox', { name: m.target_label({}, { locale }) })
  /** One of None, Read, Read and write of a resource; both by their labels. */
  const scope = (resource: string, name: string) =>
    dialog()
      .getByRole('radiogroup', { name: resource, exact: true })
      .getByRole('radio', { name, exact: true })

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

    /** The address of the simulated GitLab, as one types it to sign in. */
    gitlab: () => opened().gitlab,

    /** Asks the simulated GitLab beside the page, as another client of the same user would. */
    request: (method: Method, path: string, body?: unknown) => opened().request(method, path, body),

    /** Asks it as a job of a project would, by its id. */
    askAsJob: (project: number, path: string) => opened().askAsJob(project, path),

    title: () => page.getByRole('heading', { level: 1, name: m.panel_title({}, { locale }) }),
    mode,
    /** The button that opens the mode's form while the card is one line. */
    modeChange: () => mode().getByRole('button', { name: m.mode_change({}, { locale }) }),
    /** Chooses a mode, after opening the form where it is closed. */
    async chooseMode(label: string): Promise<void> {
      const change = mode().getByRole('button', { name: m.mode_change({}, { locale }) })
      const radio = mode().getByRole('radio', { name: label })
      await change.or(radio).first().waitFor()
      if (await change.isVisible()) await change.click()
      await radio.check()
    },
    allowlist,
    push: () => page.getByRole('region', { name: m.push_title({}, { locale }) }),
    /** The card of a group's page. */
    group: () => page.getByRole('region', { name: m.group_switch_title({}, { locale }) }),
    entry,
    /** What an entry may do, in words. */
    permissions: (path: string) => entry(path).getByRole('cell').nth(1),
    /** When an entry was last of use, in words or by a sign. */
    lastUsed: (path: string) => entry(path).getByRole('cell').nth(2),
    /** The authentication log. */
    log,
    /** The row of a project in it. */
    logRow: (path: string) => rowIn(log(), path),
    /** What lets a project of the log in now: the last of its cells. */
    letInBy: (path: string) => rowIn(log(), path).getByRole('cell').last(),
    /** One of the numbers beside the allowlist's title, by its words. */
    count: (words: string) => allowlist().getByText(words, { exact: true }),
    dialog,
    /** The question before unsaved input is dropped. */
    discarding: () => page.getByRole('dialog', { name: m.discard_title({}, { locale }) }),
    /** A message that passes by. Notices in the cards are status texts, too, some with a button. */
    toast: () =>
      page
        .getByRole('region', { name: m.toasts_region({}, { locale }) })
        .getByRole('status')
        .filter({ has: page.getByRole('button') }),

    /** The field of the Add dialog that names the group or project. */
    target,
    /** Types what names a group or project, and leaves the field: the suggestions cover much. */
    nameTarget: async (text: string) => {
      await target().fill(text)
      await page.keyboard.press('Tab')
    },
    /** A group or project that the field suggests. */
    suggestion: (path: string) => dialog().getByRole('option', { name: path }),
    scope,

    askToAdd: () => page.getByRole('button', { name: m.add({}, { locale }), exact: true }).click(),
    askToEdit: (path: string) =>
      entry(path)
        .getByRole('button', { name: m.edit_entry({ path }, { locale }) })
        .click(),
    askToRemove: (path: string) =>
      entry(path)
        .getByRole('button', { name: m.remove_entry({ path }, { locale }) })
        .click(),
    chooseFineGrained: () =>
      dialog()
        .getByRole('radio', { name: m.permissions_fine_grained({}, { locale }) })
        .check(),
    chooseDefault: () =>
      dialog()
        .getByRole('radio', { name: m.permissions_default({}, { locale }) })
        .check(),
    choose: (resource: string, name: string) => scope(resource, name).check(),
    /** Presses the button by which the open dialog does what it is there for. */
    confirm: () => press(m.remove_confirm({}, { locale })),
    /** Agrees to let all groups and projects in. */
    letAllIn: () => press(m.mode_open_confirm({}, { locale })),
    add: () => press(m.add({}, { locale })),
    save: () => press(m.save_changes({}, { locale })),
    cancel: () => press(m.cancel({}, { locale })),
    keepEditing: () => press(m.discard_cancel({}, { locale })),
    discard: () => press(m.discard_confirm({}, { locale })),
  }
}
