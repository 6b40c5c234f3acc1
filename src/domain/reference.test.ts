import { describe, expect, test } from 'vitest'
import { isTooLong, longestPath, parseReference } from './reference.ts'

const home = 'https://gitlab.example.com'
const nested = 'https://example.com/gitlab'

describe('a full path', () => {
  test.each([
    ['of a group', 'acme', 'acme'],
    ['of a project', 'acme/storefront', 'acme/storefront'],
    ['below subgroups', 'acme/platform/deploy-tools', 'acme/platform/deploy-tools'],
    ['with blanks around', '  acme/app\n', 'acme/app'],
    ['with slashes around', '/acme/app/', 'acme/app'],
    ['with dots, dashes and underscores', 'a.b/c-d/_e', 'a.b/c-d/_e'],
    ['beginning with a dot', 'acme/.github', 'acme/.github'],
    ['beginning with a digit', '3scale/app', '3scale/app'],
    ['encoded as in the REST API', 'acme%2Fstorefront', 'acme/storefront'],
    ['with .git', 'acme/app.git', 'acme/app'],
    ['of a page', 'acme/app/-/settings/ci_cd', 'acme/app'],
    ['of a page of a group', 'groups/acme/-/settings', 'acme'],
  ])('%s: %j', (_spelling, text, path) => {
    expect(parseReference(text, home)).toEqual({ path })
  })
})

test.each([
  ['42', 42],
  [' 42 ', 42],
  ['007', 7],
  ['#42', 42],
  [' #42\n', 42],
])('an id of a group or a project: %j', (text, id) => {
  expect(parseReference(text, home)).toStrictEqual({ id })
})

test.each([['project #42'], ['Project #42'], [' project  #42 ']])(
  'an id in a refusal, of a project only: %j',
  (text) => {
    expect(parseReference(text, home)).toStrictEqual({ id: 42, kind: 'project' })
  },
)

describe('an address', () => {
  test.each([
    ['of a project', `${home}/acme/app`, 'acme/app'],
    ['of a group', `${home}/acme`, 'acme'],
    ['of a group, below groups/', `${home}/groups/acme/platform`, 'acme/platform'],
    ['of a page', `${home}/acme/app/-/settings/ci_cd#js-token-access`, 'acme/app'],
    ['of a page of a group', `${home}/groups/acme/-/settings/ci_cd`, 'acme'],
    ['of a file called groups', `${home}/acme/groups/-/blob/main/groups/x`, 'acme/groups'],
    ['with a query', `${home}/acme/app?tab=readme`, 'acme/app'],
    ['with a slash at the end', `${home}/acme/app/`, 'acme/app'],
    ['encoded', `${home}/acme/%61pp`, 'acme/app'],
    ['in capitals', 'HTTPS://GitLab.Example.com/acme/App', 'acme/App'],
    ['over plain HTTP', 'http://gitlab.example.com/acme/app', 'acme/app'],
    ['to clone over HTTPS', `${home}/acme/app.git`, 'acme/app'],
    ['to clone, with credentials', 'https://me:x@gitlab.example.com/acme/app.git', 'acme/app'],
    ['to clone over SSH', 'git@gitlab.example.com:acme/app.git', 'acme/app'],
    ['to clone over SSH, subgroups', 'git@gitlab.example.com:a/b/c.git', 'a/b/c'],
    ['to clone over ssh://', 'ssh://git@gitlab.example.com/acme/app.git', 'acme/app'],
    ['of its REST API', 'https://gitlab.example.com/api/v4/projects/acme%2Fapp/jobs', 'acme/app'],
    ['to clone over another port', 'ssh://git@gitlab.example.com:2222/acme/app.git', 'acme/app'],
  ])('%s: %j', (_spelling, text, path) => {
    expect(parseReference(text, home)).toEqual({ path })
  })

  test.each([
    ['of a project', `${nested}/acme/app`, 'acme/app'],
    ['of a page of a group', `${nested}/groups/acme/-/settings`, 'acme'],
    ['to clone over HTTPS', `${nested}/acme/app.git`, 'acme/app'],
    ['of a group called as the root', `${nested}/gitlab/app`, 'gitlab/app'],
    ['over SSH, which has no root', 'git@example.com:gitlab/app.git', 'gitlab/app'],
    ['over ssh://, which has no root', 'ssh://git@example.com/gitlab/app', 'gitlab/app'],
  ])('below a relative URL root, %s: %j', (_spelling, text, path) => {
    expect(parseReference(text, nested)).toEqual({ path })
    expect(parseReference(text, `${nested}/`)).toEqual({ path })
  })

  test.each([
    ['https://gitlab.com/acme/app', 'gitlab.com'],
    ['https://gitlab.example.com.evil.example/acme/app', 'gitlab.example.com.evil.example'],
    ['git@github.com:acme/app.git', 'github.com'],
    ['ssh://git@gitlab.com:22/acme/app.git', 'gitlab.com'],
  ])('of another host is foreign: %j', (text, foreign) => {
    expect(parseReference(text, home)).toEqual({ foreign })
  })
})

describe('nonsense names nothing', () => {
  test.each([
    [''],
    ['   '],
    ['0'],
    ['-1'],
    ['#'],
    ['#0'],
    ['##42'],
    ['# 42'],
    ['project 42'],
    ['project #'],
    ['group #42'],
    ['#42 and #43'],
    ['#99999999999999999999'],
    ['99999999999999999999'],
    ['/'],
    ['acme//app'],
    ['acme/-app'],
    ['acme/..'],
    ['../etc/passwd'],
    ['.'],
    ['acme app'],
    ['acme/<script>'],
    ['acme%2'],
    ['acme%2F..%2Fadmin'],
    ['javascript:alert(1)'],
    ['https://'],
    [home],
    [`${home}/`],
    [`${home}/-/profile`],
    [`${home}/acme/%E0%A4%A`],
    [`${home}/acme/%00`],
    ['git@gitlab.example.com:'],
  ])('%j', (text) => {
    expect(parseReference(text, home)).toBeUndefined()
  })

  test.each([nested, `${nested}/`])('the address of GitLab itself: %j', (text) => {
    expect(parseReference(text, nested)).toBeUndefined()
  })
})

describe('a path of more characters than GitLab holds', () => {
  const longest = `acme/${'a'.repeat(longestPath - 5)}`
  const spellings: [string, (path: string) => string][] = [
    ['as it is', (path) => path],
    ['encoded', (path) => encodeURIComponent(path)],
    ['an address', (path) => `${home}/${path}/-/settings/ci_cd`],
    ['to clone over SSH', (path) => `git@gitlab.example.com:${path}.git`],
  ]

  test.each(spellings)('names nothing, one less does: %s', (_spelling, spell) => {
    expect(parseReference(spell(longest), home)).toEqual({ path: longest })
    expect(parseReference(spell(`${longest}a`), home)).toBeUndefined()
    expect(parseReference(spell('a/'.repeat(5_000)), home)).toBeUndefined()
  })

  test('is told from what is no path', () => {
    expect(isTooLong(` ${longest} `)).toBe(false)
    expect(isTooLong(`${longest}a`)).toBe(true)
  })
})

test('without an address of GitLab no host is foreign', () => {
  expect(parseReference('https://gitlab.com/acme/app', '')).toEqual({ path: 'acme/app' })
})
