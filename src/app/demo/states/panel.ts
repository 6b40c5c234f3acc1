import { m } from '../../../i18n/paraglide/messages.js'
import { allowlist, inDialog, mode, panelAt, push, toasts } from './panel-places.ts'
import {
  alert,
  button,
  checkbox,
  combobox,
  dialog,
  type Flow,
  option,
  radio,
  radiogroup,
  say,
  searchbox,
  status,
  text,
} from './state.ts'

const contract = { scenario: 'contract' } as const

/** Presses the Add dialog's button while GitLab answers otherwise. */
const addWhile = (fault: string) => [{ turn: { fault } }, { press: button(m.add, inDialog) }]

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
      name: 'account-menu',
      purpose: { en: 'The menu behind the avatar', ja: 'アバターのメニュー' },
      after: 'panel',
      steps: [{ press: button(say(m.account_menu, { username: 'maya' })) }],
      shows: radiogroup(m.theme),
    },
    {
      name: 'project-picker',
      purpose: { en: 'The choice of another project', ja: '別のプロジェクトの選択' },
      after: 'account-menu',
      steps: [
        { key: 'Escape' },
        { press: button(say(m.picker_switch, { project: 'acme/storefront' })) },
      ],
      shows: searchbox(m.projects_search),
    },
    {
      name: 'mode-unsaved',
      purpose: {
        en: 'A mode that is chosen and not saved',
        ja: '選択したがまだ保存していないモード',
      },
      after: 'project-picker',
      steps: [
        { key: 'Escape' },
        { press: button(m.mode_change) },
        { press: radio(m.mode_all, mode) },
      ],
      shows: text(m.mode_all_warning),
    },
    {
      name: 'mode-question',
      purpose: {
        en: 'The question before all groups and projects are let in',
        ja: '全グループとプロジェクトに許可する前の確認',
      },
      after: 'mode-unsaved',
      steps: [{ press: button(m.save_changes, mode) }],
      shows: dialog(m.mode_open_title),
    },
    {
      name: 'mode-failed',
      purpose: { en: 'A mode that GitLab does not save', ja: 'モードの保存を拒否された状態' },
      after: 'mode-question',
      steps: [
        { turn: { fault: 'PATCH /job_token_scope 403 1' } },
        { press: button(m.mode_open_confirm) },
      ],
      shows: alert(undefined, inDialog),
    },

    {
      name: 'add-dialog',
      purpose: { en: 'The Add dialog', ja: '追加ダイアログ' },
      after: 'panel',
      steps: [{ press: button(m.add) }],
      shows: combobox(m.target_label, inDialog),
    },
    {
      name: 'add-suggestions',
      purpose: { en: 'Groups and projects suggested while typing', ja: '入力中の候補' },
      after: 'add-dialog',
      steps: [{ type: 'partners/t', into: combobox(m.target_label, inDialog) }],
      shows: option(undefined, inDialog),
    },
    {
      name: 'add-listed',
      purpose: {
        en: 'A group that is already on the allowlist',
        ja: 'すでに許可リストにあるグループ',
      },
      after: 'add-suggestions',
      steps: [{ type: 'partners', into: combobox(m.target_label, inDialog) }],
      shows: text(m.target_listed_badge, inDialog),
    },
    {
      name: 'add-missing',
      purpose: { en: 'A project that cannot be found', ja: '見つからないプロジェクト' },
      after: 'add-listed',
      steps: [{ type: 'acme/nowhere', into: combobox(m.target_label, inDialog) }, { key: 'Tab' }],
      shows: text(m.target_missing, inDialog),
    },
    {
      name: 'add-fine-grained',
      purpose: {
        en: 'Fine-grained permissions for a project that a group covers',
        ja: 'グループに含まれるプロジェクトへの詳細なアクセス許可設定',
      },
      after: 'add-missing',
      steps: [
        { type: 'partners/sdk', into: combobox(m.target_label, inDialog) },
        { key: 'Tab' },
        { press: radio(m.permissions_fine_grained, inDialog) },
      ],
      shows: radiogroup(m.resource_jobs, inDialog),
    },
    {
      name: 'discard-question',
      purpose: {
        en: 'The question before unsaved changes are lost',
        ja: '未保存の変更を破棄する前の確認',
      },
      after: 'add-fine-grained',
      steps: [{ press: button(m.cancel, inDialog) }],
      shows: dialog(m.discard_title),
    },
    {
      name: 'add-forbidden',
      purpose: { en: 'An addition that the user may not make', ja: '権限がないため拒否された追加' },
      after: 'discard-question',
      steps: [{ press: button(m.discard_cancel) }, ...addWhile('POST /allowlist 403 1')],
      shows: text(m.error_forbidden, inDialog),
    },
    {
      name: 'add-refused',
      purpose: { en: 'An addition that GitLab refuses', ja: 'GitLabに拒否された追加' },
      after: 'add-forbidden',
      steps: addWhile('POST /allowlist 400 1'),
      shows: text('400 Bad request', inDialog),
    },
    {
      name: 'add-limited',
      purpose: { en: 'An addition amid too many requests', ja: 'リクエストが多すぎるときの追加' },
      after: 'add-refused',
      steps: addWhile('POST /allowlist 429:30 1'),
      shows: text(say(m.error_rate_limited_for, { seconds: 30 }), inDialog),
    },
    {
      name: 'add-unknown',
      purpose: {
        en: 'An addition of which it is not known whether it was saved',
        ja: '保存されたかどうかわからない追加',
      },
      after: 'add-limited',
      steps: addWhile('POST /allowlist lost 1; GET /job_token_scope 503'),
      shows: text(m.save_open, inDialog),
    },

    {
      name: 'remove-dialog',
      purpose: {
        en: 'The question before an entry is removed',
        ja: 'エントリを削除する前の確認',
      },
      dials: contract,
      address: panelAt('dialog=remove&target=partners'),
      shows: dialog(say(m.remove_title, { path: 'partners' })),
    },
    {
      name: 'remove-failed',
      purpose: { en: 'A removal that failed', ja: '失敗した削除' },
      after: 'remove-dialog',
      steps: [
        { turn: { fault: 'DELETE /groups_allowlist 503 1' } },
        { press: button(m.remove_confirm) },
      ],
      shows: alert(undefined, inDialog),
    },
    {
      name: 'removed',
      purpose: {
        en: 'The message after a removal, with its undo',
        ja: '削除後のメッセージと「元に戻す」ボタン',
      },
      after: 'remove-failed',
      steps: [{ press: button(m.remove_confirm) }],
      shows: button(m.undo, toasts),
    },
    {
      name: 'remove-hidden',
      purpose: {
        en: 'Removing a project that the user cannot see',
        ja: '表示権限のないプロジェクトの削除',
      },
      dials: { scenario: 'legacy' },
      address: panelAt('dialog=remove&target=secret-society/vault'),
      shows: text(m.remove_hidden_warning),
    },

    {
      name: 'push-failed',
      purpose: {
        en: 'Additional permissions that could not be saved',
        ja: '追加の権限の保存に失敗した状態',
      },
      dials: contract,
      steps: [
        { turn: { fault: 'PUT /projects/1 403' } },
        { press: checkbox(m.push_own) },
        { press: button(m.save_changes, push) },
      ],
      shows: alert(undefined, push),
      below: true,
    },

    {
      name: 'panel-loading',
      purpose: { en: 'The cards while they load', ja: '読み込み中のカード' },
      dials: { ...contract, fault: 'GET /job_token_scope delay:60000' },
      shows: status(undefined, allowlist),
    },
    {
      name: 'push-not-loaded',
      purpose: {
        en: 'Additional permissions could not be loaded',
        ja: '追加の権限を読み込めない状態',
      },
      dials: {
        scenario: 'gitlab-19-1',
        api: 'gitlab',
        fault: 'POST /graphql/project/ciCdSettings 500',
      },
      shows: alert(undefined, push),
      below: true,
    },
    {
      name: 'list-malformed',
      purpose: {
        en: 'An answer that is not one of GitLab’s API',
        ja: 'GitLabのAPIと異なる応答',
      },
      dials: { ...contract, fault: 'GET /job_token_scope/allowlist wrong-type' },
      shows: alert(undefined, allowlist),
    },
    {
      name: 'list-not-refreshed',
      purpose: { en: 'A list that could not be refreshed', ja: '更新できなかったリスト' },
      after: 'panel',
      steps: [
        { turn: { fault: 'GET /job_token_scope/allowlist 500' } },
        { press: button(m.refresh, allowlist) },
      ],
      shows: text(m.refresh_failed, allowlist),
    },
    {
      name: 'list-incomplete',
      purpose: {
        en: 'A list that could not be read to the end',
        ja: '最後まで読み込めなかったリスト',
      },
      dials: { scenario: 'at-limit', fault: 'GET /allowlist?per_page=100&page=2 500' },
      shows: button(m.try_again, allowlist),
    },

    {
      name: 'panel-company',
      purpose: { en: 'The panel of a company’s shared library', ja: '社内共有ライブラリのパネル' },
      dials: { scenario: 'default' },
      shows: text(m.badge_own_project, allowlist),
    },
    {
      name: 'list-empty',
      purpose: {
        en: 'Only the project itself is on the allowlist',
        ja: '現在のプロジェクトだけの許可リスト',
      },
      dials: { scenario: 'empty' },
      shows: button(say(m.edit_entry, { path: 'acme/storefront' })),
    },
    {
      name: 'list-single',
      purpose: {
        en: 'One entry besides the project itself',
        ja: '現在のプロジェクトのほかに1件だけの許可リスト',
      },
      dials: { scenario: 'single' },
      shows: button(say(m.remove_entry, { path: 'acme/platform/deploy-tools' })),
    },
    {
      name: 'list-below-limit',
      purpose: { en: '199 projects: one more fits', ja: '上限まであと1件の許可リスト' },
      dials: { scenario: 'below-limit' },
      shows: text(m.badge_own_project, allowlist),
    },
    {
      name: 'list-full',
      purpose: {
        en: '200 groups and 200 projects: the list is full',
        ja: '上限に達した許可リスト',
      },
      dials: { scenario: 'at-limit' },
      address: panelAt('list_q=team-000'),
      shows: button(say(m.edit_entry, { path: 'fleet/team-0001' })),
    },
    {
      name: 'add-full',
      purpose: {
        en: 'A list that takes no more entries',
        ja: '上限に達したリストの追加ダイアログ',
      },
      dials: { scenario: 'at-limit' },
      address: panelAt('dialog=add'),
      shows: text(m.error_limit, inDialog),
    },
    {
      name: 'list-hidden',
      purpose: { en: 'An entry that the user cannot see', ja: '表示権限のないエントリ' },
      dials: { scenario: 'default' },
      address: panelAt('list_q=contracts-vault'),
      shows: text(m.badge_hidden, allowlist),
    },
    {
      name: 'list-hostile',
      purpose: {
        en: 'Names and paths that attack the reader',
        ja: '読み手をだます名前と非常に長いパス',
      },
      dials: { scenario: 'hostile' },
      shows: button(say(m.edit_entry, { path: 'angle/script' })),
    },
    {
      name: 'list-legacy',
      purpose: {
        en: 'Leftovers: deprecated and unknown policies, a removed setting',
        ja: '残っている非推奨・不明のポリシーと廃止された設定',
      },
      dials: { scenario: 'legacy' },
      shows: text(m.outbound_title),
    },
    {
      name: 'list-shadowed',
      purpose: {
        en: 'Entries that override others',
        ja: 'ほかのエントリより優先されるエントリ',
      },
      dials: { scenario: 'shadowed' },
      shows: button(say(m.edit_entry, { path: 'partners/tools/cli' })),
    },
    {
      name: 'list-own-ancestor',
      purpose: {
        en: 'A parent group decides about the project’s own jobs',
        ja: '上位グループのエントリが自身のジョブに適用される場合',
      },
      dials: { scenario: 'own-ancestor' },
      shows: button(say(m.edit_entry, { path: 'acme' })),
    },
    {
      name: 'mode-open',
      purpose: {
        en: 'All groups and projects have access',
        ja: '全グループとプロジェクトを許可している状態',
      },
      dials: { scenario: 'open' },
      shows: text(m.allowlist_not_in_force),
    },
    {
      name: 'mode-enforced',
      purpose: {
        en: 'An administrator sees that the instance enforces the allowlist',
        ja: 'インスタンス全体に許可リストが適用されている状態(管理者)',
      },
      dials: { scenario: 'enforced', as: 'admin' },
      shows: text(m.mode_enforced, mode),
    },
    {
      name: 'mode-enforced-found',
      purpose: {
        en: 'A Maintainer learns of it from GitLab 19.1’s refusal',
        ja: 'GitLab 19.1が変更を拒否し、許可リストの適用がわかった状態(メンテナー)',
      },
      dials: { scenario: 'enforced-19' },
      steps: [
        { press: button(m.mode_change) },
        { press: radio(m.mode_all, mode) },
        { press: button(m.save_changes, mode) },
        { press: button(m.mode_open_confirm) },
      ],
      shows: button(m.try_again, mode),
    },
  ],
}
