import { m } from '../../../i18n/paraglide/messages.js'
import { alert, button, type Flow, heading, say, text } from './state.ts'

const avatar = (username: string) => button(say(m.account_menu, { username }))

export const roles: Flow = {
  name: 'roles',
  title: m.demo_flow_roles,
  states: [
    {
      name: 'role-owner',
      purpose: {
        en: 'An Owner sees and changes everything',
        ja: 'オーナーはすべてを表示し、変更できる',
      },
      dials: { scenario: 'contract', as: 'owner' },
      shows: avatar('omar'),
    },
    {
      name: 'role-maintainer',
      purpose: {
        en: 'A Maintainer sees hidden groups and projects marked as such',
        ja: 'メンテナーには、見えないグループやプロジェクトが印付きで表示される',
      },
      dials: { scenario: 'legacy', as: 'maintainer' },
      shows: avatar('maya'),
    },
    {
      name: 'role-developer',
      purpose: {
        en: 'A Developer is told which role is missing',
        ja: 'デベロッパーには、足りないロールが示される',
      },
      dials: { scenario: 'contract', as: 'developer' },
      shows: heading(m.no_rights_title),
    },
    {
      name: 'role-guest',
      purpose: {
        en: 'A Guest is told which role is missing',
        ja: 'ゲストには、足りないロールが示される',
      },
      dials: { scenario: 'contract', as: 'guest' },
      shows: heading(m.no_rights_title),
    },
    {
      name: 'role-non-member',
      purpose: {
        en: 'A non-member of a public project',
        ja: '公開プロジェクトのメンバーではないユーザー',
      },
      dials: { scenario: 'contract', as: 'stranger' },
      address: '/projects/3/settings/ci_cd',
      shows: heading(m.no_rights_title),
    },
    {
      name: 'role-stranger',
      purpose: {
        en: 'A private project looks missing to a non-member',
        ja: 'メンバー以外には、非公開プロジェクトは存在しないように見える',
      },
      dials: { scenario: 'contract', as: 'stranger' },
      shows: heading(m.project_missing_title),
    },
    {
      name: 'role-admin',
      purpose: {
        en: 'An administrator, where the instance enforces the allowlist',
        ja: 'インスタンス全体に許可リストが適用されている場合の管理者',
      },
      dials: { scenario: 'enforced', as: 'admin' },
      shows: avatar('root'),
    },
    {
      name: 'project-missing',
      purpose: { en: 'A project that does not exist', ja: '存在しないプロジェクト' },
      dials: { scenario: 'contract' },
      address: '/projects/acme%2Fnowhere/settings/ci_cd',
      shows: heading(m.project_missing_title),
    },
    {
      name: 'page-not-found',
      purpose: { en: 'An address without a page', ja: 'ページのないアドレス' },
      dials: { scenario: 'contract' },
      address: '/no/such/page',
      shows: heading(m.not_found_title),
    },
    {
      name: 'project-archived',
      purpose: {
        en: 'An archived project can be read, but not changed',
        ja: 'アーカイブ済みのプロジェクトは、表示できるが変更できない',
      },
      dials: { scenario: 'contract', as: 'owner' },
      address: '/projects/5/settings/ci_cd',
      shows: text(m.archived_body),
    },
    {
      name: 'cards-failed',
      purpose: {
        en: 'No card of the panel could be loaded',
        ja: 'パネルのどのカードも読み込めなかった',
      },
      dials: { scenario: 'contract', fault: 'GET /job_token_scope wrong-type' },
      shows: alert(undefined, { at: 1 }),
    },
    {
      name: 'project-failed',
      purpose: {
        en: 'A proxy answered instead of GitLab',
        ja: 'GitLabの代わりに、プロキシが応答した',
      },
      dials: { scenario: 'contract', fault: 'GET /projects/ html' },
      shows: alert(),
    },
  ],
}
