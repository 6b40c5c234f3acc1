import type { Locator, Page } from '@playwright/test'
import { m } from '../../src/i18n/paraglide/messages.js'
import { createConsole } from './console.ts'
import type { Dials, World } from './world.ts'

export type Panel = ReturnType<typeof createPanel>

/**
 * The console from a user's point of view: places are locators and steps are promises, both found
 * by role and accessible name in the language of the page. Assertions stay in the specs.
 */
export function createPanel(page: Page, newWorld: (dials: Dials) => World) {
  const dialog = () => page.getByRole('dialog')
  const press = (name: string) => dialog().getByRole('button', { name, exact: true }).click()
  const mode = () => page.getByRole('region', { name: m.mode_title() })
  const allowlist = () => page.getByRole('region', { name: m.allowlist_title() })
  const log = () => page.getByRole('region', { name: m.log_title() })
  const rowIn = (region: Locator, path: string) =>
    region.getByRole('row').filter({ has: page.getByText(path, { exact: true }) })
  const entry = (path: string) => rowIn(allowlist(), path)

  const target = () => dialog().getByRole('combobox', { name: m.target_label() })
  /** One of None, Read, Read and write for a resource, both given by their labels. */
  const scope = (resource: string, name: string) =>
    dialog()
      .getByRole('radiogroup', { name: resource, exact: true })
      .getByRole('radio', { name, exact: true })

  return {
    ...createConsole(page, newWorld),

    title: () => page.getByRole('heading', { level: 1, name: m.panel_title() }),
    mode,
    /** The button that opens the mode's form while the card is one line. */
    modeChange: () => mode().getByRole('button', { name: m.mode_change() }),
    /** Chooses a mode, after opening the form where it is closed. */
    async chooseMode(label: string): Promise<void> {
      const change = mode().getByRole('button', { name: m.mode_change() })
      const radio = mode().getByRole('radio', { name: label })
      await change.or(radio).first().waitFor()
      // Waits for the button where neither is in sight in this moment.
      if (!(await radio.isVisible())) await change.click()
      await radio.check()
    },
    allowlist,
    push: () => page.getByRole('region', { name: m.push_title() }),
    /** The card on a group's page. */
    group: () => page.getByRole('region', { name: m.group_switch_title() }),
    entry,
    /** The field that searches the allowlist. */
    search: () => allowlist().getByRole('searchbox', { name: m.list_search() }),
    /** The check box that selects an entry. */
    box: (path: string) => entry(path).getByRole('checkbox', { name: m.select_entry({ path }) }),
    /** What is said of the selected entries, and done with them. */
    selection: () => page.getByRole('region', { name: m.selection_title() }),
    /** The rows that are shown. */
    rows: () =>
      allowlist()
        .getByRole('row')
        .filter({ has: page.getByRole('cell') }),
    /** The cell with an entry's permissions. */
    permissions: (path: string) => entry(path).getByRole('cell').nth(1),
    /** The cell with the time at which an entry was last used, as a text or a sign. */
    lastUsed: (path: string) => entry(path).getByRole('cell').nth(2),
    /** The authentication log. */
    log,
    /** A project's row in the log. */
    logRow: (path: string) => rowIn(log(), path),
    /** The last cell of a row in the log: what lets that project in now. */
    letInBy: (path: string) => rowIn(log(), path).getByRole('cell').last(),
    /** One of the counts beside the allowlist's title, by its text. */
    count: (words: string) => allowlist().getByText(words, { exact: true }),
    dialog,
    /** The dialog that asks before it discards unsaved input. */
    discarding: () => page.getByRole('dialog', { name: m.discard_title() }),
    /** A toast. Notices in the cards are status texts, too, and some have a button. */
    toast: () =>
      page
        .getByRole('region', { name: m.toasts_region() })
        .getByRole('status')
        .filter({ has: page.getByRole('button') }),

    /** The Add dialog's field for the group or project. */
    target,
    /** Types into that field and leaves it, because its suggestions cover other controls. */
    nameTarget: async (text: string) => {
      await target().fill(text)
      await page.keyboard.press('Tab')
    },
    /** A group or project that the field suggests. */
    suggestion: (path: string) => dialog().getByRole('option', { name: path }),
    scope,

    askToAdd: () => page.getByRole('button', { name: m.add(), exact: true }).click(),
    askToEdit: (path: string) =>
      entry(path)
        .getByRole('button', { name: m.edit_entry({ path }) })
        .click(),
    askToRemove: (path: string) =>
      entry(path)
        .getByRole('button', { name: m.remove_entry({ path }) })
        .click(),
    chooseFineGrained: () =>
      dialog().getByRole('radio', { name: m.permissions_fine_grained() }).check(),
    chooseDefault: () => dialog().getByRole('radio', { name: m.permissions_default() }).check(),
    choose: (resource: string, name: string) => scope(resource, name).check(),
    /** Confirms the removal of an entry. */
    confirm: () => press(m.remove_confirm()),
    /** Confirms the mode "All groups and projects". */
    letAllIn: () => press(m.mode_open_confirm()),
    add: () => press(m.add()),
    save: () => press(m.save_changes()),
    cancel: () => press(m.cancel()),
    keepEditing: () => press(m.discard_cancel()),
    discard: () => press(m.discard_confirm()),
  }
}
