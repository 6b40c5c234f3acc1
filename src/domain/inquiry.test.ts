import { describe, expect, test } from 'vitest'
import type { Rules } from './decision.ts'
import {
  askedOf,
  assess,
  contradictionsOf,
  dealOut,
  inquiryOf,
  namedProjects,
  needsOf,
  smallest,
  together,
} from './inquiry.ts'
import { read } from './reading/read.ts'

const checked = { id: 1, fullPath: 'acme/storefront' }
const origin = { id: 2, fullPath: 'acme/tools' }

function ask(text: string, by: { id?: number; fullPath?: string } = origin) {
  const context = { gitlabUrl: 'https://gitlab.example.com', ownProject: by }
  const [finding] = read(text, context).findings
  if (!finding) throw new Error(`nothing found in ${text}`)
  return inquiryOf(finding, checked, by)
}

const lacking = (project: string, policy: string) =>
  `403 Forbidden - Insufficient permissions to access this resource in project ${project}. The following token permission is required: ${policy}.`

describe('the allowlist that decides is that of', () => {
  test.each([
    ['the checked project, by id', '/projects/1/jobs', { kind: 'checked' }],
    ['the checked project, by path', '/projects/ACME%2Fstorefront/jobs', { kind: 'checked' }],
    ['another project', '/projects/42/jobs', { kind: 'project', reference: '42' }],
    [
      'the checked one if nothing is said',
      '/projects/:id/jobs',
      { kind: 'assumed', written: undefined },
    ],
    ['the checked one if a variable is', '/projects/$X/jobs', { kind: 'assumed', written: '$X' }],
    ['the job’s own project', '/projects/2/jobs', { kind: 'own' }],
    [
      'the checked one where a refusal names it',
      lacking('storefront', 'read_jobs'),
      { kind: 'checked' },
    ],
    [
      'another one that a refusal names',
      lacking('lib', 'read_jobs'),
      { kind: 'named', name: { path: 'lib' } },
    ],
  ])('%s', (_whose, text, whose) => {
    expect(ask(text)?.whose).toEqual(whose)
  })

  test('the checked project where its own job asks', () => {
    expect(ask('/projects/$CI_PROJECT_ID/jobs', checked)?.whose).toEqual({ kind: 'checked' })
  })
})

describe('what is asked for', () => {
  test('are the policies of the endpoint', () => {
    expect(ask('/projects/1/jobs')).toMatchObject({ policies: ['READ_JOBS'], refused: false })
  })
  test('are the policies of a refusal', () => {
    expect(ask(lacking('storefront', 'admin_jobs'))).toMatchObject({
      policies: ['ADMIN_JOBS'],
      action: { kind: 'policies', policies: ['ADMIN_JOBS'] },
      refused: true,
    })
  })
  test('cannot be decided with a policy that nobody knows', () => {
    expect(ask(lacking('storefront', 'read_moon'))).toMatchObject({
      policies: ['READ_MOON'],
      action: undefined,
    })
  })
  test('is nothing of an allowlist where another token goes along', () => {
    expect(
      ask('curl -H "PRIVATE-TOKEN: $T" https://gitlab.example.com/api/v4/projects/1/jobs'),
    ).toBe(undefined)
  })
})

test('what a larger grant includes is left out', () => {
  expect(smallest(['READ_PACKAGES', 'READ_JOBS', 'ADMIN_PACKAGES', 'READ_JOBS', 'X'])).toEqual([
    'READ_JOBS',
    'ADMIN_PACKAGES',
    'X',
  ])
})

const adding = (...policies: string[]) =>
  ({ kind: 'add-entry', permissions: { defaultPermissions: false, policies } }) as const

test('several changes become one that grants all', () => {
  expect(together([adding('READ_JOBS'), adding('ADMIN_JOBS', 'READ_PACKAGES')])).toEqual(
    adding('ADMIN_JOBS', 'READ_PACKAGES'),
  )
})

test('default permissions make the policies of other changes needless', () => {
  const permissions = { defaultPermissions: true, policies: [] }
  expect(together([adding('READ_JOBS'), { kind: 'add-entry', permissions }])).toEqual({
    kind: 'add-entry',
    permissions,
  })
  expect(together([])).toBe(undefined)
})

describe('of what is found', () => {
  const version = { major: 18, minor: 3 }
  const rules = {
    mode: { inboundEnabled: true, enforced: false },
    entries: [],
    complete: true,
    fineGrainedAllowed: true,
    push: { own: false, crossProject: undefined },
  }
  function verdict(text: string) {
    const { findings } = read(text, { gitlabUrl: '', ownProject: origin })
    const [assessment] = assess(findings, { checked, origin, rules, version })
    return assessment?.verdict
  }

  test('a call to the checked project is decided by its rules', () => {
    expect(verdict('GET /projects/1/jobs')).toMatchObject({ rule: 'not-listed' })
  })
  test('a read that was refused is not said to be open to everybody', () => {
    expect(verdict('GET /projects/1/jobs')?.outcome).toBe('may-be-allowed')
    expect(verdict(lacking('storefront', 'read_jobs'))?.outcome).toBe('denied')
  })
  test('a call to another project is not decided by the rules of this one', () => {
    expect(verdict('GET /projects/42/jobs')).toMatchObject({ rule: 'rules-unreadable' })
  })
  test('a call to the own project needs no entry where nothing is asked for', () => {
    expect(
      verdict('git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/acme/tools'),
    ).toMatchObject({ outcome: 'allowed', rule: 'own-project' })
  })
  test('what no permission can allow needs no look at any rules', () => {
    expect(verdict('GET /projects/42/registry/repositories')).toMatchObject({
      outcome: 'denied',
      rule: 'registry-of-another-project',
    })
  })
  test('what is not about an allowlist has no verdict', () => {
    expect(verdict('GET /projects/1/variables')).toBe(undefined)
  })
})

const rulesOf = (policies: string[] | undefined): Rules => ({
  mode: { inboundEnabled: true, enforced: false },
  entries: policies
    ? [
        {
          target: { kind: 'project', name: 'tools', avatarUrl: null, webUrl: '', ...origin },
          permissions: { defaultPermissions: false, policies },
          addedBy: null,
          addedAt: null,
          accessible: true,
        },
      ]
    : [],
  complete: true,
  fineGrainedAllowed: true,
  push: { own: undefined, crossProject: undefined },
})

const assessed = (text: string, rules: Rules | undefined) =>
  assess(read(text, { gitlabUrl: 'https://gitlab.example.com', ownProject: origin }).findings, {
    checked,
    origin,
    rules,
    version: { major: 18, minor: 6 },
  })

test('each accessed project is told the least for all calls of a text', () => {
  const get = (path: string, method = 'GET') =>
    `curl -X ${method} -H "JOB-TOKEN: $CI_JOB_TOKEN" "https://gitlab.example.com/api/v4${path}"`
  const text = [
    get('/projects/1/jobs'),
    get('/projects/9/packages'),
    get('/projects/acme%2Fstorefront/packages/generic/a/1/a.zip', 'PUT'),
    get('/projects/1/packages'),
    get('/projects/1/variables'),
    get('/projects/2/jobs'),
    get('/projects/$LIB/releases'),
    get('/job'),
    'git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/acme/lib.git',
  ].join('\n')
  const needs = (rules: Rules | undefined) =>
    needsOf(assessed(text, rules)).map(({ whose, policies, lines }) => [whose, policies, lines])
  const expected = [
    [{ kind: 'checked' }, ['READ_JOBS', 'ADMIN_PACKAGES'], [1, 3, 4]],
    [{ kind: 'project', reference: '9' }, ['READ_PACKAGES'], [2]],
    [{ kind: 'assumed', written: '$LIB' }, ['READ_RELEASES'], [7]],
    [{ kind: 'project', reference: 'acme/lib' }, [], [9]],
  ]
  expect(needs(rulesOf(undefined))).toEqual(expected)
  // What is granted already is part of the least, and so it is where nobody may read the list.
  expect(needs(rulesOf(['READ_JOBS']))).toEqual(expected)
  expect(needs(undefined)).toEqual(expected)
})

describe('a list that lets in what GitLab refused', () => {
  const rest =
    '{"message":"403 Forbidden - Authentication by CI/CD job token not allowed from tools to storefront."}'
  const git =
    "remote: Authentication by CI/CD job token not allowed from tools to storefront.\nfatal: unable to access 'https://gitlab.example.com/acme/storefront.git/': The requested URL returned error: 403"
  const ways = (text: string, rules: Rules | undefined) =>
    assessed(text, rules).map((one) => contradictionsOf(one)[0])

  test('over REST, the user may not read the project', () => {
    expect(ways(rest, rulesOf(['READ_JOBS']))).toEqual(['membership'])
  })
  test('over Git, it was changed since', () => {
    expect(ways(git, rulesOf(['READ_JOBS']))).toEqual(['changed-since'])
  })
  test('so it was where a permission is there now', () => {
    expect(ways(lacking('storefront', 'read_jobs'), rulesOf(['READ_JOBS']))).toEqual([
      'changed-since',
    ])
  })
  test('is none where the list still refuses, or nobody may read it', () => {
    expect(ways(rest, rulesOf(undefined))).toEqual([undefined])
    expect(ways(rest, undefined)).toEqual([undefined])
    expect(ways(lacking('storefront', 'admin_jobs'), rulesOf(['READ_JOBS']))).toEqual([undefined])
  })
})

describe('what a text asks of a project', () => {
  const asked = (...texts: string[]) =>
    askedOf(
      checked,
      texts.flatMap((text) => read(text, { gitlabUrl: '', ownProject: origin }).findings),
      origin,
    )

  test('is the least for all of it, by calls and by refusals', () => {
    expect(
      asked(
        'GET /projects/1/packages',
        lacking('storefront', 'admin_packages'),
        '/projects/1/jobs',
      ),
    ).toEqual(['READ_JOBS', 'ADMIN_PACKAGES'])
  })
  test('is an entry of any kind where no policy is asked for', () => {
    expect(asked('POST /projects/1/trigger/pipeline')).toEqual([])
  })
  test('is nothing where it asks others, or what no entry can allow', () => {
    expect(asked('GET /projects/42/jobs', '/projects/2/jobs')).toBe(undefined)
    expect(asked('GET /projects/1/registry/repositories')).toBe(undefined)
  })
})

describe('a text about several projects', () => {
  const findings = read(
    [
      'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/acme%2Flib/releases"',
      'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/3/packages"',
      'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/Acme%2FLib/packages"',
      'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/packages"',
      'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$CI_PROJECT_ID/packages"',
    ].join('\n'),
    { gitlabUrl: 'https://gitlab.example.com', ownProject: {} },
  ).findings
  const lib = { id: 5, fullPath: 'acme/lib' }
  const sdk = { id: 3, fullPath: 'partners/sdk' }
  const linesOf = (some: typeof findings | undefined) => some?.map(({ line }) => line)

  test('names each project once, however it is written', () => {
    expect(namedProjects(findings, {})).toEqual(['acme/lib', '3'])
  })

  test('is dealt out to them; what names none is left, and so is the own project', () => {
    const { to, rest } = dealOut(findings, [sdk, lib], {})
    expect(linesOf(to.get(lib))).toEqual([1, 3])
    expect(linesOf(to.get(sdk))).toEqual([2])
    expect(linesOf(rest)).toEqual([4, 5])
  })

  test('deals calls to the own project to it where that is one of them', () => {
    expect(linesOf(dealOut(findings, [sdk], { id: 3 }).to.get(sdk))).toEqual([2, 5])
  })
})
