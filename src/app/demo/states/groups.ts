import { m } from '../../../i18n/paraglide/messages.js'
import { alert, button, checkbox, type Flow, heading, link, say, text } from './state.ts'

const address = '/groups/acme/settings/ci_cd'
const off = { scenario: 'group-off' } as const

export const groups: Flow = {
  name: 'groups',
  title: m.demo_flow_groups,
  states: [
    {
      name: 'group-off',
      purpose: {
        en: 'Fine-grained permissions are turned off in a group',
        ja: 'グループで、詳細なアクセス許可設定が無効になっている',
      },
      dials: { ...off, as: 'owner' },
      address,
      shows: checkbox(m.group_switch),
    },
    {
      name: 'group-refused',
      purpose: { en: 'GitLab refused to turn them on', ja: '有効にする変更をGitLabが拒否した' },
      after: 'group-off',
      steps: [
        { turn: { fault: 'PUT /groups/10 403 1' } },
        { press: checkbox(m.group_switch) },
        { press: button(m.save_changes) },
      ],
      shows: alert(),
    },
    {
      name: 'group-on',
      purpose: {
        en: 'Fine-grained permissions were turned on',
        ja: '詳細なアクセス許可設定を有効にした',
      },
      after: 'group-refused',
      steps: [{ press: button(m.save_changes) }],
      shows: text(say(m.settings_saved, { project: 'acme' })),
    },
    {
      name: 'group-not-told',
      purpose: {
        en: 'Only an Owner is told whether they are on',
        ja: '有効かどうかは、オーナーだけが確認できる',
      },
      dials: off,
      address,
      shows: link(m.group_switch_page),
    },
    {
      name: 'group-always-on',
      purpose: {
        en: 'Since GitLab 18.3 there is nothing to turn on',
        ja: 'GitLab 18.3以降は、有効にする必要がない',
      },
      dials: { scenario: 'contract' },
      address,
      shows: text(m.group_switch_always),
    },
    {
      name: 'group-too-old',
      purpose: {
        en: 'GitLab 17.5 has no such setting yet',
        ja: 'GitLab 17.5には、この設定がまだない',
      },
      dials: { scenario: 'gitlab-17-5' },
      address,
      shows: text(m.group_switch_flag),
    },
    {
      name: 'group-missing',
      purpose: {
        en: 'A group that does not exist, or is hidden',
        ja: '存在しないか、見えないグループ',
      },
      dials: { scenario: 'contract' },
      address: '/groups/secret-society/settings/ci_cd',
      shows: heading(m.group_missing_title),
    },
    {
      name: 'group-failed',
      purpose: { en: 'The group could not be loaded', ja: 'グループを読み込めなかった' },
      dials: { scenario: 'contract', fault: 'GET /groups/ 500' },
      address,
      shows: alert(),
    },
  ],
}
