import { describe, expect, test } from 'vitest'
import { listed } from '../../../test-support/random-worlds.ts'
import { toListCsv } from './csv.ts'
import { toJson } from './json.ts'
import type { ListExport, ListFile } from './list-file.ts'
import { literal, toMarkdownTable } from './markdown.ts'
import { readList } from './read-list.ts'
import { toTerraform } from './terraform.ts'

const own = { id: 1, fullPath: 'acme/storefront' }

const list: ListExport = {
  server: 'https://gitlab.example.com',
  project: own,
  at: '2026-01-15T09:00:00.000Z',
  extent: 'whole',
  settings: { inboundEnabled: true, pushAllowed: false },
  entries: [
    listed('project', 2, 'acme/platform/deploy-tools', null),
    listed('project', 34, '=HYPERLINK("http:/evil.example","x")', ['READ_JOBS']),
    listed('project', 35, '\t@sum/a\n=1+1', []),
    listed('group', 12, 'partners', ['READ_JOBS', 'READ_MOON']),
  ],
}

function ok(text: string): ListFile {
  const read = readList(text, own)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return read.ok
}

const errors = (text: string) => {
  const read = readList(text, own)
  return 'errors' in read
    ? read.errors.map(({ line, field, reason }) => `${line ?? '-'} ${field} ${reason}`)
    : []
}

const plainEntries = ({ entries }: ListFile) =>
  entries.map(({ kind, id, fullPath, permissions }) => ({ kind, id, fullPath, permissions }))

const written = list.entries.map(({ target, permissions }) => ({
  kind: target.kind,
  id: target.id,
  fullPath: target.fullPath,
  permissions,
}))

test('JSON: what is written is read, with settings and origin', () => {
  const file = ok(toJson(list))
  expect(plainEntries(file)).toEqual(written)
  expect(file).toMatchObject({
    format: 'json',
    server: list.server,
    project: own,
    at: list.at,
    extent: 'whole',
    settings: list.settings,
  })
})

test('CSV: what is written is read, also after a spreadsheet has saved it', () => {
  const text = toListCsv(list)
  expect(text).toContain(`"'=HYPERLINK(`)
  expect(plainEntries(ok(text))).toEqual(written)
  const saved = `\uFEFF${text
    .split('\n')
    .map((line) => `${line}\r\n`)
    .join('')
    .replaceAll('true', 'TRUE')
    .replaceAll('\r\n"', '\n"')}`
  const [first] = plainEntries(ok(saved))
  expect(first).toEqual(written[0])
  expect(
    plainEntries(
      ok(
        'kind;full_path;default_permissions;job_token_policies\r\ngroup;a;false;READ_JOBS READ_PACKAGES\r\n',
      ),
    ),
  ).toEqual([
    {
      kind: 'group',
      id: undefined,
      fullPath: 'a',
      permissions: { defaultPermissions: false, policies: ['READ_JOBS', 'READ_PACKAGES'] },
    },
  ])
})

describe('a file with a problem is refused as a whole, with line, field and reason', () => {
  const json = (entry: string, more = '') =>
    `{\n  "version": 1,${more}\n  "entries": [\n    ${entry}\n  ]\n}`
  const good =
    '{ "kind": "group", "full_path": "a", "default_permissions": true, "job_token_policies": [] }'
  const csv = (...rows: string[]) =>
    ['kind,id,full_path,default_permissions,job_token_policies', ...rows, ''].join('\n')
  const scopes = (body: string) => `resource "gitlab_project_job_token_scopes" "x" {\n${body}\n}\n`

  test('nothing is wrong with these', () => {
    expect(errors(json(good))).toEqual([])
    expect(errors(csv('group,,a,true,'))).toEqual([])
    expect(errors(scopes('  project = "1"\n  target_project_ids = [2, 3]'))).toEqual([])
  })

  test.each([
    ['nothing', ' \n', '-  empty'],
    ['something else', 'hello', '-  not-recognized'],
    ['too much', `{${' '.repeat(5_000_000)}`, '-  too-long'],
    ['a comma too many', json(`${good},`), '5  syntax'],
    ['a text that does not end', '{\n  "version": "1\n}', '2  syntax'],
    ['text after the end', `${json(good)}\n}`, '7  syntax'],
    ['a list', '[]', '1  not-object'],
    ['no entries', '{\n"version": 1 }', '1 entries missing'],
    ['a later version', json(good).replace('1,', '2,'), '2 version version'],
    ['an unknown field', json(good, '\n  "mode": 1,'), '3 mode unknown-field'],
    ['a field twice', json(good, '\n  "version": 1,'), '3 version twice'],
    ['no kind', json(good.replace('group', 'team')), '4 entries[0].kind not-kind'],
    [
      'no boolean',
      json(good.replace('true', '"yes"')),
      '4 entries[0].default_permissions not-boolean',
    ],
    ['an id of text', json(good.replace('{', '{ "id": "7",')), '4 entries[0].id not-id'],
    [
      'policies of text',
      json(good.replace('[]', '"READ_JOBS"')),
      '4 entries[0].job_token_policies not-list',
    ],
    [
      'a policy with a blank',
      json(good.replace('[]', '["READ JOBS"]')),
      '4 entries[0].job_token_policies[0] not-policy',
    ],
    ['an entry twice', json(`${good},\n${good}`), '5 a twice'],
    [
      'settings of text',
      json(good, '\n"settings": { "inbound_enabled": "on" },'),
      '3 settings.inbound_enabled not-boolean',
    ],
    [
      'a column that is missing',
      'kind,full_path\n',
      '1 default_permissions missing',
      '1 job_token_policies missing',
    ],
    ['an unknown column', csv().replace('kind', 'kind,color'), '1 color unknown-field'],
    ['a cell too many', csv('group,,a,true,,'), '2  cells'],
    ['a row that is wrong throughout', csv('group,,b,true,', 'team,x,,maybe,"a"b'), '3  syntax'],
    [
      'wrong cells',
      csv('group,,b,true,', 'team,x,,maybe,'),
      '3 kind not-kind',
      '3 id not-id',
      '3 full_path missing',
      '3 default_permissions not-boolean',
    ],
    ['an id twice', csv('group,7,a,true,', 'group,7,b,true,'), '3 b twice'],
    [
      'a reference',
      scopes('  project = "1"\n  target_project_ids = [gitlab_project.x.id]'),
      '3 x.target_project_ids computed',
    ],
    [
      'a variable in a text',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform
      scopes('  project = "${var.project}"\n  target_project_ids = []'),
      '2 x.project computed',
    ],
    [
      'a loop',
      scopes('  for_each = local.all\n  project = 1\n  target_project_ids = []'),
      '2 x.for_each computed',
    ],
    [
      'another project',
      scopes('  project = "7"\n  target_project_ids = []'),
      '1 x.project other-project',
    ],
    ['no project', scopes('  target_project_ids = []'), '1 x.project missing'],
    [
      'an id that is none',
      scopes('  project = 1\n  target_project_ids = [2,\n  "a/b"]'),
      '4 x.target_project_ids not-id',
    ],
    [
      'a brace that is missing',
      'resource "gitlab_project_job_token_scopes" "x" {\n  project = 1\n',
      '1  syntax',
    ],
  ])('%s', (_what, text, ...expected) => {
    expect(errors(text)).toEqual(expected)
  })
})

test('Terraform: the two resources are read, whatever stands around them', () => {
  const file = ok(`
# resource "gitlab_project_job_token_scopes" "not_this" {}
terraform { required_providers { gitlab = { source = "gitlabhq/gitlab" } } }
locals {
  text = <<-EOT
    resource "x" {
  EOT
}
resource "gitlab_project" "other" { name = "a \${var.b} }" }
resource "gitlab_project_job_token_scopes" "all" {
  project = "Acme/Storefront" // by its path
  enabled = false
  target_project_ids = [
    2, # a comment
    3,
  ]
  target_group_ids = [12]
  lifecycle { prevent_destroy = true }
}
resource gitlab_project_job_token_scope one {
  project         = 1
  target_group_id = 15
}
resource "gitlab_project_job_token_scope" "of_another_project" {
  project           = 7
  target_project_id = 99
}
`)
  expect(file.settings).toEqual({ inboundEnabled: false })
  expect(
    file.entries.map(({ kind, id, permissions, line }) => [kind, id, permissions, line]),
  ).toEqual([
    ['project', 2, undefined, 14],
    ['project', 3, undefined, 15],
    ['group', 12, undefined, 17],
    ['group', 15, undefined, 22],
  ])
})

test('Terraform: what is written is read, and says what it cannot express', () => {
  const text = toTerraform(list)
  expect(ok(text).entries.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'project 2',
    'project 34',
    'project 35',
    'group 12',
  ])
  expect(text).toMatch(/^# WARNING: membership only/m)
  expect(text).toContain('3 of these entries have them')
  expect(text).toContain('REMOVES every group and project that is not in it')
  expect(text).toContain('35, # \\u{9}@sum/a\\u{a}=1+1\n')

  const selection = toTerraform({ ...list, extent: 'selection' })
  expect(selection).not.toContain('REMOVES')
  expect(selection).not.toContain('gitlab_project_job_token_scopes')
  expect(ok(selection).entries).toHaveLength(4)
})

test('Markdown: cells are no markup, and end no row', () => {
  const rows = [
    ['Path', 'Permissions'],
    ['a|b`c\n@all', '<b>*Read* [x](javascript:1)'],
  ]
  expect(toMarkdownTable(rows, new Set([0]))).toBe(
    '| Path | Permissions |\n| --- | --- |\n' +
      '| `` a\\|b`c\\u{a}@all `` | &#60;b&#62;&#42;Read&#42; &#91;x&#93;&#40;javascript&#58;1&#41; |\n',
  )
  expect(literal('acme/app')).toBe('`acme/app`')
})
