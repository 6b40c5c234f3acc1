import { m } from '../../../i18n/paraglide/messages.js'
import { button, checkbox, dialog, type Flow, link, region, say, text } from './state.ts'

const partners = button(say(m.edit_entry, { path: 'partners' }))
const adding = '/projects/1/settings/ci_cd?dialog=add'

export const versions: Flow = {
  name: 'versions',
  title: m.demo_flow_versions,
  states: [
    {
      name: 'version-17-5',
      purpose: {
        en: 'GitLab 17.5: what the console can do there',
        ja: 'GitLab 17.5: このコンソールでできること',
      },
      dials: { scenario: 'gitlab-17-5' },
      address: '/connect',
      shows: region(m.abilities_title),
    },
    {
      name: 'version-17-5-panel',
      purpose: { en: 'GitLab 17.5: the panel', ja: 'GitLab 17.5: パネル' },
      dials: { scenario: 'gitlab-17-5' },
      shows: partners,
    },
    {
      name: 'version-18-0',
      purpose: {
        en: 'GitLab 18.0: what the console can do there',
        ja: 'GitLab 18.0: このコンソールでできること',
      },
      dials: { scenario: 'gitlab-18-0', api: 'gitlab' },
      address: '/connect',
      shows: text(m.connection_kind_stock),
    },
    {
      name: 'version-18-0-panel',
      purpose: { en: 'GitLab 18.0: the panel', ja: 'GitLab 18.0: パネル' },
      dials: { scenario: 'gitlab-18-0', api: 'gitlab' },
      shows: partners,
    },
    {
      name: 'version-18-2-add',
      purpose: {
        en: 'GitLab 18.2: fine-grained permissions turned off in the group',
        ja: 'GitLab 18.2: グループで詳細なアクセス許可設定が無効になっている',
      },
      dials: { scenario: 'group-off', as: 'owner' },
      address: adding,
      shows: link(m.permissions_switched_off_link, { within: dialog() }),
    },
    {
      name: 'version-19-1-panel',
      purpose: {
        en: 'GitLab 19.1: pushes by other projects can be allowed',
        ja: 'GitLab 19.1: 他のプロジェクトからのプッシュを許可できる',
      },
      dials: { scenario: 'gitlab-19-1' },
      shows: checkbox(m.push_cross),
      below: true,
    },
    {
      name: 'version-stock',
      purpose: {
        en: 'A stock GitLab, whose REST API does not carry permissions',
        ja: 'REST APIで権限を扱わない、標準のGitLab',
      },
      dials: { scenario: 'contract', api: 'gitlab' },
      address: '/connect',
      shows: text(m.connection_kind_stock),
    },
    {
      name: 'version-stock-panel',
      purpose: { en: 'A stock GitLab: the panel', ja: '標準のGitLab: パネル' },
      dials: { scenario: 'contract', api: 'gitlab' },
      shows: partners,
    },
  ],
}
