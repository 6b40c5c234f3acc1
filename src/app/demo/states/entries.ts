import { m } from '../../../i18n/paraglide/messages.js'
import { inDialog, panelAt, scopeOf } from './panel-places.ts'
import {
  alert,
  button,
  type Flow,
  heading,
  link,
  radiogroup,
  say,
  text,
  textbox,
  type Words,
} from './state.ts'

const contract = { scenario: 'contract' } as const
const tools = 'acme/platform/deploy-tools'
const editing = (path: string) => panelAt(`dialog=edit&target=${path}`)

/** Presses the Edit dialog's button while GitLab answers otherwise. */
const saveWhile = (fault: string) => [
  { turn: { fault } },
  { press: button(m.save_changes, inDialog) },
]

/** The button that lists the endpoints of Jobs, by how many of them are open. */
const jobsEndpoints =
  (count: string, total: string): Words =>
  (_none, options) =>
    m.endpoints_opened_label({ resource: m.resource_jobs({}, options), count, total }, options)

export const entries: Flow = {
  name: 'entries',
  title: m.demo_flow_entries,
  states: [
    {
      name: 'edit-dialog',
      purpose: { en: 'The Edit dialog of a group', ja: 'グループの編集ダイアログ' },
      dials: contract,
      address: editing('partners'),
      shows: radiogroup(m.resource_jobs, inDialog),
    },
    {
      name: 'edit-endpoints',
      purpose: {
        en: 'The endpoints that a resource opens',
        ja: 'リソースが許可するエンドポイント',
      },
      after: 'edit-dialog',
      steps: [{ press: button(jobsEndpoints('7', '7'), inDialog) }],
      shows: { role: 'region', name: m.resource_jobs, ...inDialog },
    },
    {
      name: 'edit-changed',
      purpose: {
        en: 'A changed scope beside the stored one',
        ja: '保存済みのスコープと変更したスコープ',
      },
      after: 'edit-endpoints',
      steps: [
        { press: button(jobsEndpoints('7', '7'), inDialog) },
        { press: { ...scopeOf(m.resource_jobs, m.scope_none) } },
      ],
      shows: button(
        (_none, options) =>
          m.scope_back(
            { resource: m.resource_jobs({}, options), scope: m.scope_read({}, options) },
            options,
          ),
        inDialog,
      ),
    },
    {
      name: 'edit-forbidden',
      purpose: { en: 'A change that the user may not make', ja: '権限がないため拒否された変更' },
      after: 'edit-changed',
      steps: saveWhile('PUT /groups_allowlist 403 1'),
      shows: text(m.error_forbidden, inDialog),
    },
    {
      name: 'edit-limited',
      purpose: { en: 'A change amid too many requests', ja: 'リクエストが多すぎるときの変更' },
      after: 'edit-forbidden',
      steps: saveWhile('PUT /groups_allowlist 429:60 1'),
      shows: text(say(m.error_rate_limited_for, { seconds: 60 }), inDialog),
    },
    {
      name: 'edit-unknown',
      purpose: {
        en: 'A change of which it is not known whether it was saved',
        ja: '保存されたかどうかわからない変更',
      },
      after: 'edit-limited',
      steps: saveWhile('PUT /groups_allowlist lost 1; GET /groups_allowlist 500 2..9'),
      shows: text(m.save_open, inDialog),
    },
    {
      name: 'edit-offline',
      purpose: { en: 'A change without a connection', ja: 'オフラインでの変更' },
      dials: contract,
      address: editing('partners'),
      steps: [
        { press: scopeOf(m.resource_jobs, m.scope_none) },
        { network: 'off' },
        ...saveWhile('GET /job_token_scope abort'),
      ],
      shows: text(m.error_offline, inDialog),
    },
    {
      name: 'edit-conflict',
      purpose: {
        en: 'Somebody else has changed the entry meanwhile',
        ja: '他のユーザーが先に変更したエントリ',
      },
      dials: { scenario: 'conflicts' },
      address: editing('partners/service-002'),
      steps: [
        { press: scopeOf(m.resource_releases, m.scope_read) },
        { press: button(m.save_changes, inDialog) },
      ],
      shows: button(m.conflict_keep, inDialog),
    },
    {
      name: 'remove-conflict',
      purpose: {
        en: 'Somebody else has changed what is to be removed',
        ja: '他のユーザーが変更したエントリの削除',
      },
      dials: { scenario: 'conflicts' },
      address: panelAt('dialog=remove&target=partners/service-002'),
      steps: [{ press: button(m.remove_confirm) }],
      shows: alert(undefined, inDialog),
    },
    {
      name: 'edit-other-policies',
      purpose: {
        en: 'Policies that the console does not offer',
        ja: '選択肢にないその他のポリシー',
      },
      dials: { scenario: 'legacy' },
      address: editing(tools),
      shows: heading(m.policies_other, inDialog),
      below: true,
    },
    {
      name: 'edit-suggestion',
      purpose: { en: 'Permissions suggested from CI text', ja: 'CIのテキストから提案された権限' },
      after: 'edit-other-policies',
      steps: [
        { press: button(m.suggest_open, inDialog) },
        {
          type: 'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/acme%2Fstorefront/releases"',
          into: textbox(m.check_text, inDialog),
        },
      ],
      shows: button(m.suggest_apply, inDialog),
    },
    {
      name: 'edit-policy-refused',
      purpose: {
        en: 'GitLab refuses a deprecated policy',
        ja: '非推奨のポリシーのため拒否された保存',
      },
      after: 'edit-suggestion',
      steps: [
        { press: button(m.suggest_apply, inDialog) },
        { press: button(m.save_changes, inDialog) },
      ],
      shows: button(m.policies_refused_remove, inDialog),
    },
    {
      name: 'edit-own',
      purpose: { en: 'The entry of the project itself', ja: '現在のプロジェクト自身のエントリ' },
      dials: contract,
      address: editing('acme/storefront'),
      shows: text(m.own_about, inDialog),
    },
    {
      name: 'edit-switched-off',
      purpose: {
        en: 'The group does not allow fine-grained permissions',
        ja: 'グループで無効になっている詳細なアクセス許可設定',
      },
      dials: { scenario: 'group-off', as: 'owner' },
      address: editing('partners'),
      shows: link(m.permissions_switched_off_link, inDialog),
    },
    {
      name: 'edit-company',
      purpose: {
        en: 'An entry with most of its resources open',
        ja: '多くのリソースを許可したエントリ',
      },
      dials: { scenario: 'default' },
      address: editing('partners/northline'),
      shows: radiogroup(m.resource_jobs, inDialog),
    },
    {
      name: 'rights',
      purpose: { en: 'What the jobs of an entry may do', ja: 'エントリのジョブに許可される操作' },
      dials: contract,
      address: panelAt('dialog=rights&target=partners'),
      shows: heading(m.rights_opens, inDialog),
    },
    {
      name: 'edit-missing',
      purpose: { en: 'A link to an entry that is gone', ja: 'なくなったエントリへのリンク' },
      dials: { scenario: 'empty' },
      address: editing('partners'),
      shows: button(m.edit_missing_add, inDialog),
    },
    {
      name: 'edit-hidden',
      purpose: {
        en: 'A link to an entry that the user cannot see',
        ja: '表示権限のないエントリへのリンク',
      },
      dials: { scenario: 'legacy' },
      address: editing('secret-society/vault'),
      shows: text(m.edit_hidden_reason, inDialog),
    },
  ],
}
