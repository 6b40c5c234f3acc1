import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { m } from './paraglide/messages.js'

const src = fileURLToPath(new URL('..', import.meta.url))

/** A message with plural forms: its parameters, the values that select a form, and the texts. */
type Plural = readonly [
  { declarations: string[]; selectors: string[]; match: Record<string, string> },
]
type Catalogue = ReadonlyMap<string, string | Plural>

function read(language: 'en' | 'ja'): Catalogue {
  const file = join(src, 'i18n/messages', `${language}.json`)
  const { $schema: _, ...messages } = JSON.parse(readFileSync(file, 'utf8'))
  return new Map(Object.entries(messages))
}
const en = read('en')
const ja = read('ja')

const textsOf = (message: string | Plural) =>
  typeof message === 'string' ? [message] : Object.values(message[0].match)

/** The names of the `{parameters}` in a text, sorted. */
const namesIn = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()

/** A message's parameters. Whether one also selects a plural form depends on the language. */
const parametersOf = (message: string | Plural) =>
  typeof message === 'string' ? namesIn(message) : inputsOf(message).sort()

const inputsOf = ([{ declarations }]: Plural) =>
  declarations.flatMap((line) => /^input (\w+)$/.exec(line)?.[1] ?? [])

/** Checks each key, and returns what is wrong; empty if nothing is. */
function faults(check: (key: string) => string | undefined | false): string[] {
  return [...en.keys()].map(check).filter((fault) => typeof fault === 'string')
}

test('every message is in both languages, in the same order', () => {
  expect([...ja.keys()]).toEqual([...en.keys()])
})

test('the languages take the same parameters', () => {
  expect(
    faults((key) => {
      const [ours, theirs] = [parametersOf(en.get(key) ?? ''), parametersOf(ja.get(key) ?? '')]
      return ours.join() !== theirs.join() && `${key}: ${ours} | ${theirs}`
    }),
  ).toEqual([])
})

describe.each([
  ['en', en],
  ['ja', ja],
] as const)('in %s', (language, catalogue) => {
  const all = [...catalogue].flatMap(([key, message]) =>
    textsOf(message).map((text) => ({ key, text })),
  )

  test('a message with a number has a text for each plural form, with all its parameters', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const plurals = [...catalogue.values()].filter((message) => typeof message !== 'string')
    expect(plurals.length).toBeGreaterThan(0)
    for (const plural of plurals) {
      const [{ selectors, match }] = plural
      expect(selectors).toHaveLength(1)
      expect(Object.keys(match).sort()).toEqual(
        forms.map((form) => `${selectors[0]}=${form}`).sort(),
      )
      for (const text of Object.values(match)) expect(namesIn(text)).toEqual(parametersOf(plural))
    }
  })

  test('no text is empty, or has blanks around it or twice within', () => {
    expect(all.filter(({ text }) => text !== text.trim() || !text || text.includes('  '))).toEqual(
      [],
    )
  })
})

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

test('nothing was left in English', () => {
  const left = [...ja].filter(
    ([, message]) => !textsOf(message).every((text) => japanese.test(text)),
  )
  expect(left.map(([key]) => key)).toEqual([])
})

test('nothing is in Japanese in the English catalogue', () => {
  const strays = [...en].filter(([, message]) =>
    textsOf(message).some((text) => japanese.test(text)),
  )
  expect(strays.map(([key]) => key)).toEqual([])
})

test('every message is used', () => {
  const used = new Set<string>()
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
    if (!/(?<!\.test)\.tsx?$/.test(file)) continue
    for (const [, key] of readFileSync(join(src, file), 'utf8').matchAll(/\bm\.(\w+)/g)) {
      if (key) used.add(key)
    }
  }
  expect([...en.keys()].filter((key) => !used.has(key))).toEqual([])
})

/** Terms of GitLab's own panel, which people look up in its documentation. */
test.each([
  ['panel_title', 'Job token permissions', 'ジョブトークンの権限'],
  ['allowlist_title', 'CI/CD job token allowlist', 'CI/CDジョブトークン許可リスト'],
  ['mode_title', 'Authorized groups and projects', '認証されたグループとプロジェクト'],
  ['mode_all', 'All groups and projects', '全グループとプロジェクト'],
  [
    'mode_allowlist',
    'Only this project and any groups and projects in the allowlist',
    'このプロジェクトと許可リスト内のグループとプロジェクトのみ',
  ],
  ['target_label', 'Group or project', 'グループまたはプロジェクト'],
  ['column_target', 'Group or project', 'グループまたはプロジェクト'],
  ['remove_confirm', 'Remove group or project', 'グループまたはプロジェクトを削除する'],
  ['permissions_legend', 'Permission configuration', '権限の設定'],
  ['column_permissions', 'Permission configuration', '権限の設定'],
  ['permissions_default', 'Default permissions', 'デフォルトの権限'],
  ['permissions_fine_grained', 'Fine-grained permissions', '詳細なアクセス許可設定'],
  ['permissions_resources', 'Select resources and scope', 'リソースとスコープの選択'],
  ['scope_none', 'None', 'なし'],
  ['scope_read', 'Read', '読み込み'],
  ['scope_read_write', 'Read and write', '読み書き'],
  ['permissions_grant_words', '{scope} to {resource}', '{scope} を {resource} に適用'],
  ['permissions_default_words', 'User membership and role', 'ユーザーのメンバーシップとロール'],
  [
    'permissions_minimal_words',
    'No resources selected (minimal access only)',
    'リソースが選択されていません(最小アクセスのみ)',
  ],
  ['resource_deployments', 'Deployments', 'デプロイ'],
  ['resource_environments', 'Environments', '環境'],
  ['resource_jobs', 'Jobs', 'ジョブ'],
  ['resource_merge_requests', 'Merge requests', 'マージリクエスト'],
  ['resource_packages', 'Packages', 'パッケージ'],
  ['resource_pipelines', 'Pipelines', 'パイプライン'],
  ['resource_releases', 'Releases', 'リリース'],
  ['resource_repositories', 'Repositories', 'リポジトリ'],
  ['resource_secure_files', 'Secure files', 'セキュアファイル'],
  ['resource_terraform_state', 'Terraform state', 'Terraformステート'],
  ['resource_work_items', 'Work items', '作業アイテム'],
  ['push_title', 'Additional permissions', '追加の権限'],
  [
    'push_own',
    'Allow Git push requests to the repository',
    'リポジトリへのGitプッシュリクエストを許可する',
  ],
  [
    'push_cross',
    'Allow cross-project Git push requests from allowlisted projects',
    '許可リストにあるプロジェクトからの、プロジェクトをまたぐGitプッシュリクエストを許可する',
  ],
  [
    'settings_saved',
    "CI/CD job token permissions for '{project}' were successfully updated.",
    '「{project}」のCI/CDジョブトークン権限が正常に更新されました。',
  ],
  [
    'mode_all_warning',
    'Access unrestricted, so users with sufficient permissions in this project can authenticate with a job token generated in any other project.',
    undefined,
  ],
  ['remove_title', 'Remove {path}', undefined],
  [
    'remove_body',
    'Are you sure you want to remove {path} from the job token allowlist?',
    undefined,
  ],
  ['edit_title', 'Edit permissions', undefined],
  ['badge_own_project', 'Current project', undefined],
  ['column_actions', 'Actions', undefined],
  ['add', 'Add', '追加'],
  ['cancel', 'Cancel', 'キャンセル'],
  ['save_changes', 'Save changes', '変更を保存'],
  ['role_guest', 'Guest', 'ゲスト'],
  ['role_developer', 'Developer', 'デベロッパー'],
  ['role_maintainer', 'Maintainer', 'メンテナー'],
  ['role_owner', 'Owner', 'オーナー'],
])('%s is worded as GitLab words it', (key, english, inJapanese) => {
  expect(en.get(key)).toBe(english)
  if (inJapanese) expect(ja.get(key)).toBe(inJapanese)
})

test.each([
  ['en', 0, '0 groups (limit 200)'],
  ['en', 1, '1 group (limit 200)'],
  ['en', 2, '2 groups (limit 200)'],
  ['ja', 1, 'グループ 1件(上限 200件)'],
] as const)('in %s, %i is counted: %s', (locale, count, text) => {
  expect(m.count_groups({ count, limit: 200 }, { locale })).toBe(text)
})
