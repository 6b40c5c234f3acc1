import { m } from '../../../i18n/paraglide/messages.js'
import { allowlist, inDialog, panelAt } from './panel-places.ts'
import {
  alert,
  button,
  checkbox,
  combobox,
  dialog,
  type Flow,
  heading,
  link,
  progressbar,
  radio,
  region,
  type Step,
  say,
  searchbox,
  text,
  textbox,
  type Words,
} from './state.ts'

const contract = { scenario: 'contract' } as const
const tools = 'acme/platform/deploy-tools'
const selection = { within: region(m.selection_title) }

/** Grants Read to Deployments to all twelve entries, as far as the review. */
const review: readonly Step[] = [
  { press: checkbox(say(m.select_all, { count: '12' }), allowlist) },
  { press: button(m.selection_change, selection) },
  { press: radio(m.bulk_scope, inDialog) },
  { choose: 'DEPLOYMENTS', from: combobox(m.bulk_resource, inDialog) },
  { press: button(say(m.bulk_review, { count: 12 }), inDialog) },
]
const saveAll: readonly Step[] = [
  ...review,
  { press: button(say(m.set_save, { count: 12 }), inDialog) },
]

/** What a set has come to, in the words of the review. */
const counts =
  (...parts: readonly Words[]): Words =>
  (here, options) =>
    parts.map((part) => (typeof part === 'string' ? part : part(here, options))).join(' · ')
const saved = (count: string) => say(m.set_count_saved, { count })
const failed = (count: string) => say(m.set_count_failed, { count })
const conflicting = (count: string) => say(m.set_count_conflict, { count })

export const many: Flow = {
  name: 'many',
  title: m.demo_flow_many,
  states: [
    {
      name: 'list-narrowed',
      purpose: {
        en: 'Entries found by a search and a filter',
        ja: '検索とフィルターで絞り込んだエントリ',
      },
      dials: contract,
      address: panelAt('list_kind=project&list_q=a'),
      shows: button(say(m.list_filter_set, { count: '1' }), allowlist),
    },
    {
      name: 'list-filters',
      purpose: { en: 'The filters of the list', ja: 'リストのフィルター' },
      after: 'list-narrowed',
      steps: [{ press: button(say(m.list_filter_set, { count: '1' }), allowlist) }],
      shows: combobox(m.filter_grant, allowlist),
    },
    {
      name: 'list-selected',
      purpose: { en: 'A selected entry, and what can be done', ja: '選択したエントリとその操作' },
      after: 'list-filters',
      steps: [
        { key: 'Escape' },
        { press: checkbox(say(m.select_entry, { path: tools }), allowlist) },
      ],
      shows: button(m.selection_change, selection),
    },
    {
      name: 'list-none-found',
      purpose: { en: 'No entry that matches', ja: '条件に合うエントリがない場合' },
      after: 'list-selected',
      steps: [{ type: 'no such entry', into: searchbox(m.list_search, allowlist) }],
      shows: text(m.list_none_found, allowlist),
    },
    {
      name: 'list-keys',
      purpose: { en: 'The list of keys', ja: 'ショートカットキーの一覧' },
      after: 'list-none-found',
      steps: [{ key: 'Tab' }, { key: '?' }],
      shows: dialog(m.keys_title),
    },
    {
      name: 'list-menu',
      purpose: { en: 'What can be done with the whole list', ja: 'リスト全体の操作メニュー' },
      dials: contract,
      steps: [{ press: button(m.code_more, allowlist) }],
      shows: text(m.code_menu_export_about),
    },

    {
      name: 'bulk-scope',
      purpose: {
        en: 'One action on many entries, and what it leaves out',
        ja: '複数のエントリへの一括操作と対象外のエントリ',
      },
      dials: { scenario: 'legacy' },
      steps: [
        { press: checkbox(say(m.select_all, { count: '6' }), allowlist) },
        { press: button(m.selection_change, selection) },
        { press: radio(m.bulk_scope, inDialog) },
        { choose: 'exactly', from: combobox(m.bulk_how, inDialog) },
        { choose: 'PACKAGES', from: combobox(m.bulk_resource, inDialog) },
      ],
      shows: heading(m.bulk_left_out, inDialog),
    },
    {
      name: 'bulk-copy',
      purpose: { en: 'A copy of another entry', ja: '別のエントリからのコピー' },
      after: 'bulk-scope',
      steps: [{ press: radio(m.bulk_copy, inDialog) }],
      shows: combobox(m.bulk_copy_from, inDialog),
    },
    {
      name: 'bulk-remove',
      purpose: { en: 'A removal of many entries', ja: '複数のエントリの削除' },
      after: 'bulk-copy',
      steps: [{ press: radio(m.bulk_remove, inDialog) }],
      shows: text(say(m.bulk_final, { entries: 'secret-society/vault' }), inDialog),
    },
    {
      name: 'bulk-mixed',
      purpose: { en: '11 of 200 entries found and selected', ja: '200件から検索して選択した11件' },
      dials: { scenario: 'mixed' },
      address: panelAt('list_q=partners/&list_permissions=default'),
      steps: [{ press: checkbox(say(m.select_all_matching, { count: '11' }), allowlist) }],
      shows: button(m.selection_remove, selection),
    },

    {
      name: 'set-review',
      purpose: { en: 'Changes before they are saved', ja: '保存前の変更の確認' },
      dials: { scenario: 'refusals' },
      steps: review,
      shows: button(say(m.set_save, { count: 12 }), inDialog),
    },
    {
      name: 'set-effect',
      purpose: { en: 'Which endpoints a change opens', ja: '変更で許可されるエンドポイント' },
      after: 'set-review',
      steps: [
        { type: 'service-001', into: searchbox(m.set_search, inDialog) },
        { press: button(say(m.set_gains, { count: 3 }), inDialog) },
      ],
      shows: heading(m.set_gained_title, inDialog),
    },
    {
      name: 'set-saving',
      purpose: { en: 'Changes while they are being saved', ja: '保存中の変更' },
      after: 'set-effect',
      steps: [
        { type: '', into: searchbox(m.set_search, inDialog) },
        { turn: { fault: 'PUT /allowlist delay:60000 5..8' } },
        { press: button(say(m.set_save, { count: 12 }), inDialog) },
      ],
      shows: progressbar(undefined, inDialog),
    },
    {
      name: 'set-leave-question',
      purpose: { en: 'The question before saving is stopped', ja: '保存を中止する前の確認' },
      after: 'set-saving',
      steps: [{ press: button(m.close, inDialog) }],
      shows: dialog(m.set_leave_title),
    },
    {
      name: 'set-refused',
      purpose: { en: 'GitLab refuses a third of the changes', ja: '3分の1が拒否された結果' },
      dials: { scenario: 'refusals' },
      steps: saveAll,
      shows: text(counts(saved('8'), failed('4')), inDialog),
    },
    {
      name: 'changes',
      purpose: { en: 'The changes of this tab', ja: 'このタブでの変更' },
      after: 'set-refused',
      steps: [
        { press: button(m.close, { at: 'last', ...inDialog }) },
        { press: button(say(m.changes_open, { count: '8' })) },
      ],
      shows: dialog(m.changes_title),
    },
    {
      name: 'undo-review',
      purpose: { en: 'What will be undone', ja: '元に戻す変更の確認' },
      after: 'changes',
      steps: [{ press: button(say(m.changes_undo_all, { count: 8 }), inDialog) }],
      shows: dialog(m.set_title_undo),
    },
    {
      name: 'undo-done',
      purpose: { en: 'An undo that is done', ja: '元に戻した後の結果' },
      after: 'undo-review',
      steps: [{ press: button(say(m.set_save, { count: 8 }), inDialog) }],
      shows: text(m.set_done, inDialog),
    },
    {
      name: 'set-conflicts',
      purpose: {
        en: 'Somebody else has changed a third meanwhile',
        ja: '3分の1を他のユーザーが変更していた場合',
      },
      dials: { scenario: 'conflicts' },
      steps: saveAll,
      shows: text(counts(saved('8'), conflicting('4')), inDialog),
    },
    {
      name: 'set-mine-and-theirs',
      purpose: { en: 'A conflict in which theirs is kept', ja: '相手の変更を維持した競合' },
      after: 'set-conflicts',
      steps: [
        { press: button(say(m.set_keep_theirs_of, { path: 'partners/service-002' }), inDialog) },
      ],
      shows: text(m.set_out_kept, inDialog),
    },
    {
      name: 'set-partly',
      purpose: { en: 'A set of which some writes failed', ja: '一部の保存に失敗した結果' },
      dials: { scenario: 'conflicts', fault: 'PUT /allowlist 403 4..5; PUT /allowlist 500 6..6' },
      steps: saveAll,
      shows: text(counts(saved('9'), failed('3')), inDialog),
    },
    {
      name: 'set-paused',
      purpose: { en: 'Saving waits, as GitLab asked', ja: 'GitLabの要求で一時停止した保存' },
      dials: { scenario: 'conflicts', fault: 'PUT /allowlist 429:600 5..12' },
      steps: saveAll,
      shows: text(m.set_paused, inDialog),
    },
    {
      name: 'set-waits',
      purpose: { en: 'The rest of a set above the list', ja: 'リストの上に表示される残りの変更' },
      after: 'set-paused',
      steps: [{ press: button(m.close, inDialog) }, { press: button(m.set_leave_confirm) }],
      shows: text(say(m.set_waits_partly, { count: '4', total: '12' })),
    },
    {
      name: 'set-stopped',
      purpose: { en: 'A set that was stopped', ja: '途中で停止した保存' },
      after: 'set-waits',
      steps: [{ press: button(m.set_continue, allowlist) }],
      shows: text(m.set_stopped, inDialog),
    },

    {
      name: 'undo-impossible',
      purpose: { en: 'A removal that cannot be undone', ja: '元に戻せない削除' },
      dials: { scenario: 'legacy' },
      address: panelAt('dialog=remove&target=secret-society/vault'),
      steps: [
        { press: button(m.remove_confirm) },
        // The message would stand where the page was scrolled to when it came.
        { press: button(m.close, { within: region(m.toasts_region) }) },
        { press: button(say(m.changes_open, { count: '1' })) },
      ],
      shows: text(m.set_loss_hidden, inDialog),
    },

    {
      name: 'add-many',
      purpose: { en: 'Many groups and projects to add', ja: '多数のグループとプロジェクトの追加' },
      dials: contract,
      address: panelAt('tool=add-many'),
      shows: textbox(m.many_label, inDialog),
    },
    {
      name: 'add-many-checked',
      purpose: {
        en: 'Many lines, each kept, folded or refused',
        ja: '追加・統合・拒否に分類された行',
      },
      after: 'add-many',
      steps: [
        {
          type: 'partners\nacme/mobile\nacme/mobile/app\n#6\nsecret-society/vault\n?',
          into: textbox(m.many_label, inDialog),
        },
        { press: button(say(m.many_check, { count: 6 }), inDialog) },
      ],
      shows: button(say(m.many_review, { count: 2 }), inDialog),
    },
    {
      name: 'export',
      purpose: { en: 'The list as a file', ja: 'ファイルとしての許可リスト' },
      dials: contract,
      address: panelAt('tool=export'),
      shows: link(m.code_schema, inDialog),
    },
    {
      name: 'import',
      purpose: { en: 'A file to compare with the list', ja: 'リストと比較するファイル' },
      dials: contract,
      address: panelAt('tool=import'),
      shows: textbox(m.code_text, inDialog),
    },
    {
      name: 'import-refused',
      purpose: { en: 'A file that is refused', ja: '拒否されたファイル' },
      after: 'import',
      steps: [
        {
          type: 'kind,full_path,default_permissions,job_token_policies\nteam,a,maybe,',
          into: textbox(m.code_text, inDialog),
        },
        { press: button(m.code_compare, inDialog) },
      ],
      shows: alert(undefined, inDialog),
    },
    {
      name: 'import-compared',
      purpose: { en: 'A file beside the list', ja: 'ファイルとリストの比較' },
      after: 'import-refused',
      steps: [
        {
          type:
            'kind,full_path,default_permissions,job_token_policies\n' +
            'group,partners,false,READ_JOBS\nproject,partners/sdk,true,\nproject,acme/gone,true,',
          into: textbox(m.code_text, inDialog),
        },
        { press: button(m.code_compare, inDialog) },
      ],
      shows: button(m.code_review, inDialog),
    },
  ],
}
