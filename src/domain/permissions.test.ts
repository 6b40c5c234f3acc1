import { describe, expect, test } from 'vitest'
import type { ResourceName } from './permission-catalogue.ts'
import {
  fromSelection,
  grantLines,
  offeredResources,
  type PolicySelection,
  policyFor,
  type Scope,
  toSelection,
} from './permissions.ts'

const at = (major: number, minor: number) => offeredResources({ major, minor })

/** The names of the resources that a version offers; a `+` marks those with "Read and write". */
const inWords = (major: number, minor: number) =>
  at(major, minor).map(({ name, scopes }) => {
    expect(scopes.slice(0, 2)).toEqual(['none', 'read'])
    return scopes[2] === 'read-write' ? `${name}+` : name
  })

describe('resources that GitLab offers', () => {
  const first = [
    'DEPLOYMENTS+',
    'ENVIRONMENTS+',
    'JOBS+',
    'PACKAGES+',
    'PIPELINES+',
    'RELEASES+',
    'SECURE_FILES+',
    'TERRAFORM_STATE+',
  ]
  const since18_3 = [
    'DEPLOYMENTS+',
    'ENVIRONMENTS+',
    'JOBS+',
    'MERGE_REQUESTS',
    'PACKAGES+',
    'PIPELINES+',
    'RELEASES+',
    'REPOSITORIES',
    'SECURE_FILES+',
    'TERRAFORM_STATE+',
    'WORK_ITEMS',
  ]
  const since19_0 = since18_3.map((name) => (name === 'REPOSITORIES' ? 'REPOSITORIES+' : name))

  test.each([
    ['17.10 is served the 18.0 catalogue', 17, 10, first],
    ['17.11 is served the 18.0 catalogue', 17, 11, first],
    ['18.0 brought pipelines', 18, 0, first],
    ['18.2 is as 18.0', 18, 2, first],
    ['18.3 brought merge requests, repositories and work items to read', 18, 3, since18_3],
    ['18.11 is as 18.3', 18, 11, since18_3],
    ['19.0 lets repositories be written', 19, 0, since19_0],
    ['19.1 brought badges', 19, 1, ['BADGES+', ...since19_0]],
    ['a release to come has at least those', 20, 0, ['BADGES+', ...since19_0]],
  ])('%s', (_rule, major, minor, resources) => {
    expect(inWords(major, minor)).toEqual(resources)
  })
})

test.each([
  ['none', undefined],
  ['read', 'READ_JOBS'],
  ['read-write', 'ADMIN_JOBS'],
] as const)('the scope %s of a resource is the policy %s', (scope, policy) => {
  expect(policyFor('JOBS', scope)).toBe(policy)
})

/** The scopes of a selection without `none`. */
const chosen = ({ scopes }: PolicySelection) =>
  Object.fromEntries(Object.entries(scopes).filter(([, scope]) => scope !== 'none'))

describe('policies as a form shows them', () => {
  test.each<readonly [string, string[], Partial<Record<ResourceName, Scope>>, string[]]>([
    ['nothing is nothing', [], {}, []],
    ['READ_ is Read', ['READ_JOBS'], { JOBS: 'read' }, []],
    ['ADMIN_ is Read and write', ['ADMIN_JOBS'], { JOBS: 'read-write' }, []],
    ['ADMIN_ includes READ_', ['READ_JOBS', 'ADMIN_JOBS'], { JOBS: 'read-write' }, []],
    ['in any order', ['ADMIN_JOBS', 'READ_JOBS'], { JOBS: 'read-write' }, []],
    ['a duplicate counts once', ['READ_JOBS', 'READ_JOBS'], { JOBS: 'read' }, []],
    ['a deprecated one is other', ['READ_CONTAINERS'], {}, ['READ_CONTAINERS']],
    ['an unknown one is other, once', ['READ_MOON', 'READ_MOON'], {}, ['READ_MOON']],
    ['one that only a newer GitLab offers is other', ['READ_BADGES'], {}, ['READ_BADGES']],
    [
      'a scope that only a newer GitLab offers is other',
      ['READ_REPOSITORIES', 'ADMIN_REPOSITORIES'],
      { REPOSITORIES: 'read' },
      ['ADMIN_REPOSITORIES'],
    ],
    ['names are upper case', ['read_jobs'], {}, ['read_jobs']],
    ['the others keep their order', ['B', 'READ_JOBS', 'A', 'B'], { JOBS: 'read' }, ['B', 'A']],
  ])('%s: %j', (_rule, policies, scopes, other) => {
    const selection = toSelection(policies, at(18, 3))
    expect(chosen(selection)).toEqual(scopes)
    expect(selection.other).toEqual(other)
  })

  test('every offered resource has a choice, none at first', () => {
    const offered = at(18, 3)
    const none = Object.fromEntries(offered.map(({ name }) => [name, 'none']))
    expect(toSelection([], offered).scopes).toEqual(none)
  })
})

describe('what the user left alone is sent as it was stored', () => {
  const stored = [
    ['nothing', []],
    ['known ones, out of order', ['ADMIN_RELEASES', 'READ_JOBS']],
    ['deprecated ones', ['READ_CONTAINERS', 'READ_PACKAGES', 'ADMIN_CONTAINERS']],
    ['unknown ones', ['READ_FEATURE_FLAGS', 'ADMIN_RELEASES']],
    ['duplicates', ['READ_JOBS', 'READ_MOON', 'READ_JOBS', 'READ_MOON']],
    ['double grants', ['READ_JOBS', 'ADMIN_JOBS', 'READ_JOBS']],
    ['scopes of newer releases', ['ADMIN_REPOSITORIES', 'READ_BADGES', 'ADMIN_WORK_ITEMS']],
  ] as const
  const versions = [at(17, 11), at(18, 0), at(18, 3), at(19, 0), at(19, 1)]

  test.each(stored)('%s: %j', (_rule, policies) => {
    for (const offered of versions) {
      expect(fromSelection(toSelection(policies, offered), policies, offered)).toEqual(policies)
    }
  })
})

describe('what the user changes', () => {
  type Change = { scopes?: Partial<Record<ResourceName, Scope>>; other?: string[] }
  test.each<readonly [string, string[], Change, string[]]>([
    ['a first choice is one policy', [], { scopes: { JOBS: 'read' } }, ['READ_JOBS']],
    [
      'new ones come in the order of the panel',
      [],
      { scopes: { RELEASES: 'read-write', JOBS: 'read' } },
      ['READ_JOBS', 'ADMIN_RELEASES'],
    ],
    [
      'a resource raised gets its one policy',
      ['READ_JOBS', 'READ_PACKAGES'],
      { scopes: { JOBS: 'read-write' } },
      ['READ_PACKAGES', 'ADMIN_JOBS'],
    ],
    [
      'a resource lowered loses the double grant and its duplicates',
      ['READ_JOBS', 'ADMIN_JOBS', 'READ_JOBS', 'READ_PACKAGES', 'READ_PACKAGES'],
      { scopes: { JOBS: 'read' } },
      ['READ_PACKAGES', 'READ_PACKAGES', 'READ_JOBS'],
    ],
    [
      'None takes all of a resource away and nothing else',
      ['READ_JOBS', 'READ_MOON', 'ADMIN_JOBS'],
      { scopes: { JOBS: 'none' } },
      ['READ_MOON'],
    ],
    [
      'a dropped other policy goes with its duplicates',
      ['READ_MOON', 'READ_JOBS', 'READ_MOON', 'READ_CONTAINERS'],
      { other: ['READ_CONTAINERS'] },
      ['READ_JOBS', 'READ_CONTAINERS'],
    ],
    [
      'an other policy that is new is added',
      ['READ_JOBS'],
      { other: ['READ_MOON'] },
      ['READ_JOBS', 'READ_MOON'],
    ],
    [
      'a scope that this release does not offer stays, though its resource changes',
      ['READ_REPOSITORIES', 'ADMIN_REPOSITORIES'],
      { scopes: { REPOSITORIES: 'none' } },
      ['ADMIN_REPOSITORIES'],
    ],
  ])('%s', (_rule, stored, change, sent) => {
    const offered = at(18, 3)
    const before = toSelection(stored, offered)
    const after: PolicySelection = {
      scopes: { ...before.scopes, ...change.scopes },
      other: change.other ?? before.other,
    }
    expect(fromSelection(after, stored, offered)).toEqual(sent)
  })
})

test.each([
  ['nothing', [], []],
  ['each scope', ['READ_JOBS', 'ADMIN_PACKAGES'], ['JOBS read', 'PACKAGES read-write']],
  ['a double grant is one line', ['READ_JOBS', 'ADMIN_JOBS', 'READ_JOBS'], ['JOBS read-write']],
  [
    'the order of the panel, whatever the order stored',
    ['READ_WORK_ITEMS', 'READ_BADGES', 'READ_JOBS'],
    ['BADGES read', 'JOBS read', 'WORK_ITEMS read'],
  ],
  [
    'unknown and deprecated names last, as they are, once',
    ['READ_MOON', 'READ_CONTAINERS', 'READ_MOON', 'READ_JOBS'],
    ['JOBS read', 'READ_MOON', 'READ_CONTAINERS'],
  ],
])('an entry in words, %s: %j', (_rule, policies, lines) => {
  const words = grantLines(policies).map((line) =>
    'policy' in line ? line.policy : `${line.resource} ${line.scope}`,
  )
  expect(words).toEqual(lines)
})
