import { describe, expect, test } from 'vitest'
import type { AllowlistEntry, TargetKind } from './allowlist.ts'
import { standings } from './covering.ts'
import {
  addersOf,
  comparing,
  countOf,
  type EntryFilter,
  type FilterPart,
  type FilterSearch,
  filterSearch,
  fold,
  type ListFacts,
  marks,
  matcher,
  parseFilter,
  partsOf,
  withoutPart,
  withPart,
} from './entry-filter.ts'
import { type ListSort, listSorts } from './list-sorts.ts'

const everything = { defaultPermissions: true, policies: [] }
const only = (...policies: string[]) => ({ defaultPermissions: false, policies })

let ids = 1
const entry = (
  kind: TargetKind,
  fullPath: string,
  changes: Partial<AllowlistEntry> & { name?: string; id?: number } = {},
): AllowlistEntry => {
  const { name = fullPath.split('/').at(-1) ?? '', id = ++ids, ...rest } = changes
  return {
    target: { kind, id, fullPath, name, avatarUrl: null, webUrl: '' },
    permissions: everything,
    addedBy: null,
    addedAt: '2026-01-01T00:00:00Z',
    accessible: true,
    ...rest,
  }
}

const by = (username: string, name: string) => ({ username, name, webUrl: '' })

const own = entry('project', 'acme/storefront', { id: 1, addedAt: null })
const acme = entry('group', 'acme', { permissions: only('READ_PACKAGES', 'ADMIN_JOBS') })
const app = entry('project', 'acme/app', {
  name: 'Überblick Œuvre',
  addedBy: by('omar', 'Omar Haddad'),
  addedAt: '2026-01-03T00:00:00Z',
})
const empty = entry('project', 'partners/empty', {
  permissions: only(),
  addedBy: by('maya', 'Maya Lindqvist'),
  addedAt: '2026-01-02T00:00:00Z',
})
const vault = entry('project', 'secret/vault', {
  permissions: only('ADMIN_PACKAGES'),
  accessible: false,
})
const legacy = entry('project', 'zoo/legacy', {
  permissions: only('READ_CONTAINERS', 'READ_JOBS', 'READ_JOBS'),
})
const rows = [own, acme, app, empty, vault, legacy]

const facts: ListFacts = {
  projectId: 1,
  standings: standings(rows, 1),
  uses: {
    at: new Map([[`group-${acme.target.id}`, '2026-01-10T00:00:00Z']]),
    unsure: new Set(),
  },
}

const found = (search: FilterSearch, known: ListFacts = facts) => {
  const test = matcher(parseFilter(search), known)
  return rows.filter((row) => test?.(row) ?? true).map(({ target }) => target.fullPath)
}
const pathsOf = (...entries: AllowlistEntry[]) => entries.map(({ target }) => target.fullPath)

describe('folding', () => {
  test.each([
    ['case', 'ACME/App', 'acme/app'],
    ['accents', 'Überblick Ñandú Łódź', 'uberblick nandu lodz'],
    ['accents written as marks of their own', 'U\u0308ber', 'uber'],
    ['ligatures', 'Œuvre æon straße ﬁle', 'oeuvre aeon strasse file'],
    ['Turkish i, with and without its dot', 'İstanbul ISPARTA ısparta', 'istanbul isparta isparta'],
    ['the last sigma of a word', 'ΟΔΟΣ', 'οδοσ'],
    ['full and half width', 'ＡＣＭＥ ｶﾀｶﾅ', 'acme カタカナ'],
    ['marks of voice', 'ガ', 'カ'],
    ['characters that nobody sees', 'ac\u200Bme\u202E\u00AD', 'acme'],
    ['wide spaces', 'a\u3000b\u00A0c', 'a b c'],
  ])('%s', (_rule, text, folded) => {
    expect(fold(text)).toBe(fold(folded))
    expect(fold(fold(text))).toBe(fold(text))
  })
})

describe('a search', () => {
  test.each([
    ['nothing', '', pathsOf(...rows)],
    ['only spaces', ' \u3000 ', pathsOf(...rows)],
    ['a part of the path', 'acme', pathsOf(own, acme, app)],
    ['in any case', 'ACME/APP', pathsOf(app)],
    ['the name, without accents', 'uberblick', pathsOf(app)],
    ['the name, with other letters', 'OEUVRE', pathsOf(app)],
    ['who added it, by name', 'haddad', pathsOf(app)],
    ['who added it, by username', 'maya', pathsOf(empty)],
    ['every word, in any order and from different texts', 'omar acme', pathsOf(app)],
    ['one word does not match', 'omar nobody', []],
    ['a word does not reach from one text into the next', 'app uberblick', pathsOf(app)],
    ['texts are apart', 'appuberblick', []],
    ['characters of patterns mean themselves', '.*', []],
  ])('%s', (_rule, list_q, expected) => {
    expect(found({ list_q })).toEqual(expected)
  })
})

describe('filters', () => {
  test.each<[string, FilterSearch, string[]]>([
    ['groups', { list_kind: 'group' }, pathsOf(acme)],
    ['projects', { list_kind: 'project' }, pathsOf(own, app, empty, vault, legacy)],
    [
      'default permissions, but not the own project without an entry',
      { list_permissions: 'default' },
      pathsOf(app),
    ],
    ['fine-grained', { list_permissions: 'fine-grained' }, pathsOf(acme, vault, legacy)],
    ['nothing selected', { list_permissions: 'nothing' }, pathsOf(empty)],
    [
      'at least Read: by default permissions, Read, and Read and write',
      { list_grants: 'READ_PACKAGES' },
      pathsOf(acme, app, vault),
    ],
    ['at least Read and write', { list_grants: 'ADMIN_PACKAGES' }, pathsOf(app, vault)],
    ['who added', { list_by: 'omar' }, pathsOf(app)],
    ['somebody who added nothing', { list_by: 'nobody' }, []],
    ['hidden', { list_only: 'hidden' }, pathsOf(vault)],
    ['overrides another entry', { list_only: 'overrides' }, pathsOf(app)],
    ['overridden by another entry', { list_only: 'overridden' }, pathsOf(acme)],
    ['policies that the server refuses', { list_only: 'refused' }, pathsOf(legacy)],
    ['unused', { list_only: 'unused' }, pathsOf(app, empty, vault, legacy)],
    ['needs attention', { list_only: 'attention' }, pathsOf(acme, app, vault, legacy)],
    ['two marks', { list_only: 'hidden,unused' }, pathsOf(vault)],
    ['all kinds together', { list_kind: 'project', list_q: 'acme', list_by: 'omar' }, pathsOf(app)],
  ])('%s', (_rule, search, expected) => {
    expect(found(search)).toEqual(expected)
    const filter = parseFilter(search)
    expect(countOf(rows, filter, facts)).toBe(expected.length)
  })

  test('nothing is unused where the log was not read, or may hide a use', () => {
    expect(found({ list_only: 'unused' }, { ...facts, uses: undefined })).toEqual([])
    const unsure = { at: new Map(), unsure: new Set(['project'] as const) }
    expect(found({ list_only: 'unused' }, { ...facts, uses: unsure })).toEqual(pathsOf(acme))
  })

  test('the own project needs no attention for default permissions that it has stored', () => {
    const stored = { ...own, addedAt: '2026-01-01T00:00:00Z' }
    const attention = matcher(parseFilter({ list_only: 'attention' }), facts)
    expect(attention?.(stored)).toBe(false)
    expect(matcher(parseFilter({ list_permissions: 'default' }), facts)?.(stored)).toBe(true)
  })
})

describe('an address', () => {
  test.each<[string, FilterSearch]>([
    ['a kind', { list_kind: 'user' }],
    ['a configuration', { list_permissions: 'all' }],
    ['a policy', { list_grants: 'READ_MOON' }],
    ['a verb', { list_grants: 'WRITE_JOBS' }],
    ['a scope that the resource does not have', { list_grants: 'ADMIN_WORK_ITEMS' }],
    ['a policy in lower case', { list_grants: 'read_jobs' }],
    ['marks', { list_only: 'new,,toString' }],
    ['empty texts', { list_q: ' ', list_kind: '', list_by: '', list_grants: '', list_only: '' }],
  ])('%s that nobody knows is ignored', (_rule, search) => {
    expect(matcher(parseFilter(search), facts)).toBeUndefined()
    expect(Object.values(filterSearch(parseFilter(search)))).toEqual(Array(6).fill(undefined))
  })

  test('what is known beside it still counts', () => {
    expect(parseFilter({ list_only: 'new,hidden', list_kind: 'x' }).marks).toEqual(['hidden'])
  })

  const full: FilterSearch = {
    list_q: 'acme app',
    list_kind: 'project',
    list_permissions: 'fine-grained',
    list_grants: 'ADMIN_JOBS',
    list_by: 'omar',
    list_only: marks.join(','),
  }

  test('says the filter that it was read as', () => {
    expect(filterSearch(parseFilter(full))).toEqual(full)
  })

  test('each condition can be taken away and put back', () => {
    const filter = parseFilter(full)
    const parts = partsOf(filter)
    expect(parts).toHaveLength(5 + marks.length)
    for (const part of parts) {
      const rest = withoutPart(filter, part)
      expect(partsOf(rest)).toEqual(parts.filter((other) => other !== part))
      expect(filterSearch(withPart(rest, part))).toEqual(full)
    }
    const none = parts.reduce<EntryFilter>(withoutPart, filter)
    expect(matcher(none, facts)).toBeUndefined()
  })

  test('another condition of the same kind replaces the first; a mark comes beside it', () => {
    const filter = parseFilter({ list_kind: 'group', list_only: 'hidden' })
    const kind: FilterPart = { part: 'kind', value: 'project' }
    const mark: FilterPart = { part: 'mark', value: 'attention' }
    expect(withPart(filter, kind).kind).toBe('project')
    expect(withPart(filter, mark).marks).toEqual(['attention', 'hidden'])
    expect(withPart(withPart(filter, mark), mark).marks).toEqual(['attention', 'hidden'])
  })
})

test('those who added are named once, by name', () => {
  const again = entry('project', 'a/b', { addedBy: by('omar', 'Omar Haddad') })
  expect(addersOf([app, again, empty]).map(({ username }) => username)).toEqual(['maya', 'omar'])
})

describe('orders', () => {
  const opened = (policies: readonly string[]) => policies.length
  const sorted = (sort: ListSort, { uses }: Pick<ListFacts, 'uses'> = facts) => {
    const compare = comparing(sort, { projectId: 1, uses, opened })
    return (compare ? rows.toSorted(compare) : rows).map(({ target }) => target.fullPath)
  }

  test.each<[ListSort, AllowlistEntry[]]>([
    ['path', [acme, app, empty, vault, legacy]],
    ['-path', [legacy, vault, empty, app, acme]],
    // The same are by path, both ways.
    ['permissions', [app, acme, vault, legacy, empty]],
    ['-permissions', [empty, acme, vault, legacy, app]],
    ['endpoints', [empty, vault, acme, legacy, app]],
    ['-endpoints', [app, legacy, acme, vault, empty]],
    ['used', [app, empty, vault, legacy, acme]],
    ['-used', [acme, app, empty, vault, legacy]],
    ['added', [acme, vault, legacy, empty, app]],
    ['-added', [app, empty, acme, vault, legacy]],
  ])('%s, the own project first', (sort, expected) => {
    expect(sorted(sort)).toEqual(pathsOf(own, ...expected))
  })

  test('each is tried above', () => {
    expect(listSorts).toHaveLength(10)
  })

  test('without the log or the catalogue entries stay by path', () => {
    expect(sorted('used', { uses: undefined })).toEqual(pathsOf(...rows))
    const compare = comparing('endpoints', { projectId: 1, uses: undefined, opened: undefined })
    expect(rows.toSorted(compare).at(-1)).toBe(app)
  })

  test('a stored entry of the own project stays first, too', () => {
    const stored = { ...own, addedAt: '2020-01-01T00:00:00Z' }
    const compare = comparing('-added', { projectId: 1, uses: undefined, opened })
    expect([app, stored, legacy].toSorted(compare)[0]).toBe(stored)
  })
})
