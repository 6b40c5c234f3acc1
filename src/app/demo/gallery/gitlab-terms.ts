/** What GitLab's own panel calls the things that a state shows. */
import type { Locale } from '../../../i18n/locale.ts'
import { m } from '../../../i18n/paraglide/messages.js'
import { inWords, type Words } from '../states/state.ts'

type Source = {
  /** The message of the console. */
  readonly here: Words
  /** GitLab's label. Without Japanese where GitLab's translation of it is not known. */
  readonly en: string
  readonly ja?: string
}

/**
 * GitLab's labels as of 19.1: `app/assets/javascripts/token_access` and `locale/ja/gitlab.po` of GitLab,
 * where that has none its documentation in Japanese.
 */
const sources: readonly Source[] = [
  { here: m.panel_title, en: 'Job token permissions', ja: 'ジョブトークンの権限' },
  { here: m.mode_all, en: 'All groups and projects', ja: '全グループとプロジェクト' },
  {
    here: m.mode_allowlist,
    en: 'Only this project and any groups and projects in the allowlist',
    ja: 'このプロジェクトと許可リスト内のグループとプロジェクトのみ',
  },
  { here: m.allowlist_title, en: 'CI/CD job token allowlist', ja: 'CI/CDジョブトークン許可リスト' },
  { here: m.column_target, en: 'Group or project', ja: 'グループまたはプロジェクト' },
  { here: m.badge_own_project, en: 'Current project' },
  { here: m.permissions_legend, en: 'Permission configuration', ja: '権限の設定' },
  { here: m.permissions_default, en: 'Default permissions', ja: 'デフォルトの権限' },
  {
    here: m.permissions_fine_grained,
    en: 'Fine-grained permissions',
    ja: '詳細なアクセス許可設定',
  },
  {
    here: m.permissions_resources,
    en: 'Select resources and scope',
    ja: 'リソースとスコープの選択',
  },
  { here: m.scope_none, en: 'None' },
  { here: m.scope_read, en: 'Read', ja: '読み込み' },
  { here: m.scope_read_write, en: 'Read and write', ja: '読み書き' },
  {
    here: m.permissions_default_words,
    en: 'User membership and role',
    ja: 'ユーザーのメンバーシップとロール',
  },
  {
    here: m.permissions_minimal_words,
    en: 'No resources selected (minimal access only)',
    ja: 'リソースが選択されていません(最小アクセスのみ)',
  },
  {
    here: m.remove_confirm,
    en: 'Remove group or project',
    ja: 'グループまたはプロジェクトを削除する',
  },
  { here: m.push_title, en: 'Additional permissions', ja: '追加の権限' },
  {
    here: m.push_own,
    en: 'Allow Git push requests to the repository',
    ja: 'リポジトリへのGitプッシュリクエストを許可する',
  },
  {
    here: m.push_cross,
    en: 'Allow cross-project Git push requests from allowlisted projects',
    ja: '許可リストにあるプロジェクトからの、プロジェクトをまたぐGitプッシュリクエストを許可する',
  },
  { here: m.log_title, en: 'Authentication log', ja: '認証ログ' },
  { here: m.log_download, en: 'Download CSV', ja: 'CSVをダウンロード' },
  { here: m.group_switch_title, en: 'General pipelines', ja: '一般パイプライン' },
  { here: m.group_switch, en: 'Enable fine-grained permissions for CI/CD job tokens' },
  { here: m.save_changes, en: 'Save Changes', ja: '変更を保存' },
  { here: m.add, en: 'Add', ja: '追加' },
  { here: m.role_owner, en: 'Owner', ja: 'オーナー' },
  { here: m.role_maintainer, en: 'Maintainer', ja: 'メンテナー' },
  { here: m.role_developer, en: 'Developer', ja: 'デベロッパー' },
  { here: m.role_guest, en: 'Guest', ja: 'ゲスト' },
]

/** A term of the console beside GitLab's. */
export type GitLabTerm = {
  readonly here: string
  readonly gitlab: string
  /** The languages of the two: GitLab's is English where its translation is not known. */
  readonly langs: { readonly here: Locale; readonly gitlab: Locale }
}

/**
 * GitLab's terms for what is named on a page, in the order of its panel.
 * @param names all texts and accessible names of the page
 * @param lang the language of the page
 */
export function termsFor(names: ReadonlySet<string>, lang: Locale): GitLabTerm[] {
  return sources.flatMap(({ here: words, en, ja }) => {
    const here = inWords(words, { locale: lang, origin: '' })
    if (!names.has(here)) return []
    const isTranslated = lang === 'ja' && ja !== undefined
    const gitlab = isTranslated ? ja : en
    return [{ here, gitlab, langs: { here: lang, gitlab: isTranslated ? 'ja' : 'en' } }]
  })
}

/** GitLab's terms for all texts and accessible names that a page shows. */
export function termsOn(page: Document): GitLabTerm[] {
  const names = new Set<string>()
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.checkVisibility()) names.add(node.textContent?.trim() ?? '')
  }
  for (const element of page.querySelectorAll('[aria-label]')) {
    names.add(element.getAttribute('aria-label') ?? '')
  }
  return termsFor(names, page.documentElement.lang === 'ja' ? 'ja' : 'en')
}
