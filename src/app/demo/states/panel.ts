import { m } from '../../../i18n/paraglide/messages.js'
import { button, combobox, dialog, type Flow, say } from './state.ts'

const contract = { scenario: 'contract' } as const

export const panel: Flow = {
  name: 'panel',
  title: m.demo_flow_panel,
  states: [
    {
      name: 'panel',
      purpose: { en: 'The panel as it opens', ja: '開いた直後のパネル' },
      dials: contract,
      shows: button(say(m.edit_entry, { path: 'partners' })),
    },
    {
      name: 'add-dialog',
      purpose: { en: 'The Add dialog', ja: '追加ダイアログ' },
      after: 'panel',
      steps: [{ press: button(m.add) }],
      shows: combobox(m.target_label, { within: dialog() }),
    },
  ],
}
