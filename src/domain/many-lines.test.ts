import { describe, expect, test } from 'vitest'
import { listed } from '../../test-support/random-worlds.ts'
import type { TargetKind } from './allowlist.ts'
import { judgeNames, namesIn } from './many-lines.ts'
import type { PermissionConfiguration } from './permissions.ts'

const texts = (text: string) => namesIn(text).map((name) => name.text)

describe('names in a pasted text', () => {
  test.each([
    ['acme/app', ['acme/app']],
    ['  acme/app  ', ['acme/app']],
    ['- acme/app', ['acme/app']],
    ['* acme/app', ['acme/app']],
    ['• acme/app', ['acme/app']],
    ['– acme/app', ['acme/app']],
    ['- [ ] acme/app', ['acme/app']],
    ['* [x] acme/app', ['acme/app']],
    ['1. acme/app', ['acme/app']],
    ['12) acme/app', ['acme/app']],
    ['(3) acme/app', ['acme/app']],
    ['> acme/app', ['acme/app']],
    ['1. 90', ['90']],
    // A bullet needs a blank: these are names.
    ['-acme', ['-acme']],
    ['90', ['90']],
    ['#90', ['#90']],
    ['project #90', ['project #90']],
    ['#90, #91', ['#90', '#91']],
    ['"acme/app",', ['acme/app']],
    ["'acme/app'", ['acme/app']],
    ['`acme/app`', ['acme/app']],
    ['“acme/app”', ['acme/app']],
    ['<https://gitlab.example.com/acme/app>', ['https://gitlab.example.com/acme/app']],
    ['[App](https://gitlab.example.com/acme/app)', ['https://gitlab.example.com/acme/app']],
    ['["acme/app", "acme/web"]', ['acme/app', 'acme/web']],
    ['acme/app,acme/web;acme/tool\tacme/more', ['acme/app', 'acme/web', 'acme/tool', 'acme/more']],
    ['git@gitlab.example.com:acme/app.git', ['git@gitlab.example.com:acme/app.git']],
    ['acme/app.', ['acme/app']],
    ['\ufeffacme/app', ['acme/app']],
    ['# Partners', []],
    ['// Partners', []],
    ['#', []],
    ['', []],
    ['[', []],
    [' - ', []],
    ['acme/app # the shop', ['acme/app']],
    ['acme/app #the shop', ['acme/app']],
    ['90 # the shop', ['90']],
    ['#90 # the shop', ['#90']],
    ['acme/app // the shop', ['acme/app']],
    ['acme/app -- the shop', ['acme/app']],
    ['https://gitlab.example.com/acme/app', ['https://gitlab.example.com/acme/app']],
    ['acme/a\r\nacme/b\racme/c', ['acme/a', 'acme/b', 'acme/c']],
  ])('%j', (text, expected) => {
    expect(texts(text)).toEqual(expected)
  })

  test('keep the number of their line', () => {
    expect(namesIn('# all\n\nacme/a, acme/b\n- acme/c')).toEqual([
      { line: 3, text: 'acme/a' },
      { line: 3, text: 'acme/b' },
      { line: 4, text: 'acme/c' },
    ])
  })
})

describe('verdicts', () => {
  const everything: PermissionConfiguration = { defaultPermissions: true, policies: [] }
  const reading: PermissionConfiguration = { defaultPermissions: false, policies: ['READ_JOBS'] }
  const own = { ...listed('project', 1, 'acme/storefront', null), addedAt: null }
  const rows = [
    own,
    listed('group', 10, 'partners', ['READ_JOBS']),
    listed('group', 11, 'partners/tools', null),
    listed('project', 20, 'fleet/app', ['READ_JOBS']),
  ]
  const ids = new Map<string, number>([
    ['acme/storefront', 1],
    ['partners', 10],
    ['partners/tools', 11],
    ['fleet/app', 20],
  ])

  /** One short word for each name; a path that ends in `/` is a group. */
  function judge(paths: readonly string[], permissions = reading, list = rows): string[] {
    const named = paths.map((text, at) => {
      const fullPath = text.replace(/\/$/, '')
      const kind: TargetKind = text.endsWith('/') ? 'group' : 'project'
      const id = ids.get(fullPath.toLowerCase()) ?? 1000 + new Set(paths).size + paths.indexOf(text)
      const { target } = listed(kind, id, fullPath, null)
      return { name: { line: at + 1, text }, target }
    })
    return judgeNames(named, { rows: list, projectId: 1, permissions }).map((verdict) => {
      if (verdict.kind === 'folded') return `folded into ${verdict.into.line}`
      if (verdict.kind === 'covered') return `covered by ${verdict.by.fullPath}`
      if (verdict.kind === 'listed') return verdict.same ? 'listed' : 'listed otherwise'
      return verdict.kind
    })
  }

  test.each([
    ['a new one', ['fleet/web'], reading, ['add']],
    ['the own project', ['acme/storefront'], reading, ['own-project']],
    ['twice', ['fleet/web', 'fleet/web'], reading, ['add', 'folded into 1']],
    ['twice, and listed', ['fleet/app', 'fleet/app'], reading, ['listed', 'folded into 1']],
    ['listed with others', ['fleet/app'], everything, ['listed otherwise']],
    ['below a listed group with the same', ['partners/sdk'], reading, ['covered by partners']],
    ['in whatever case', ['Partners/sdk'], reading, ['covered by partners']],
    ['below one with others', ['partners/sdk'], everything, ['add']],
    ['the nearest group alone decides', ['partners/tools/cli'], reading, ['add']],
    ['and it may be the same', ['partners/tools/cli'], everything, ['covered by partners/tools']],
    ['a group below a group', ['partners/labs/'], reading, ['covered by partners']],
    ['a name that begins alike is not below', ['partners-two/sdk'], reading, ['add']],
    ['below a group of the text', ['fleet/', 'fleet/web'], reading, ['add', 'covered by fleet']],
    ['which may come later', ['fleet/web', 'fleet/'], reading, ['covered by fleet', 'add']],
    ['also among groups', ['x/y/', 'x/'], reading, ['covered by x', 'add']],
    [
      'below two of the text',
      ['x/', 'x/y/', 'x/y/z'],
      reading,
      ['add', 'covered by x', 'covered by x'],
    ],
  ] as const)('%s', (_, paths, permissions, expected) => {
    expect(judge(paths, permissions)).toEqual(expected)
  })

  test('the limit counts groups and projects apart, and entries that are not added not at all', () => {
    const many = Array.from({ length: 198 }, (_, n) =>
      listed('project', 100 + n, `many/p${n}`, null),
    )
    const full = [own, listed('project', 20, 'fleet/app', ['READ_JOBS']), ...many]
    expect(judge(['a/one', 'fleet/app', 'a/one', 'a/two', 'b/'], reading, full)).toEqual([
      'add',
      'listed',
      'folded into 1',
      'limit',
      'add',
    ])
  })
  test('a group that is not added covers nothing', () => {
    const many = Array.from({ length: 200 }, (_, n) => listed('group', 100 + n, `many/g${n}`, null))
    expect(judge(['fleet/', 'fleet/web'], reading, [own, ...many])).toEqual(['limit', 'add'])
  })
})
