import { describe, expect, test } from 'vitest'
import { endpointSummaries } from '../../i18n/endpoint-summaries.ts'
import {
  allEndpoints,
  type EndpointAddress,
  filterOf,
  findEndpoints,
  releases,
  shareable,
} from './endpoint-filter.ts'

const home = 'https://gitlab.example.com/gitlab'

/** What an address of the page leaves, on the GitLab `home`. */
const find = (address: EndpointAddress, locale: 'en' | 'ja' = 'en', gitlabUrl = home) =>
  findEndpoints(filterOf(address), locale, gitlabUrl)
const calls = (address: EndpointAddress, locale?: 'en' | 'ja', gitlabUrl?: string) =>
  find(address, locale, gitlabUrl).endpoints.map(({ method, path }) => `${method} ${path}`)

test('an address that asks for nothing shows all', () => {
  expect(calls({})).toHaveLength(allEndpoints.length)
  expect(find({}).reading).toEqual({ as: 'words' })
})

test('what an address cannot ask for is ignored', () => {
  const nonsense = { resource: 'jobs', scope: 'write', method: 'get', version: 'new' }
  expect(filterOf(nonsense)).toEqual(filterOf({}))
})

test('the releases are those that brought endpoints, oldest first', () => {
  expect(releases).toEqual(['18.0', '18.3', '18.8', '19.1'])
})

describe('words', () => {
  test.each<[what: string, q: string, call: string]>([
    ['of the path', 'terraform lock', 'POST /projects/:id/terraform/state/:name/lock'],
    ['of the summary', 'archive', 'GET /projects/:id/jobs/:job_id/artifacts'],
    ['in any case', 'ADMIN_badges delete', 'DELETE /projects/:id/badges/:badge_id'],
    ['with full-width letters', 'ｊｏｂ／allowed', 'GET /job/allowed_agents'],
    [
      'of a path as GitLab writes it',
      '/projects/:id/jobs/',
      'GET /projects/:id/jobs/:job_id/artifacts',
    ],
  ])('%s', (_, q, call) => {
    expect(calls({ q })).toContain(call)
    expect(calls({ q }).length).toBeLessThan(30)
    expect(find({ q }).reading).toEqual({ as: 'words' })
  })

  test('are those of the language on the screen', () => {
    expect(calls({ q: 'プレビュー' }, 'ja')).toContain('GET /projects/:id/badges/render')
    expect(calls({ q: 'プレビュー' }, 'en')).toEqual([])
  })

  test('must all be there', () => {
    expect(calls({ q: 'badges nothing-like-it' })).toEqual([])
  })
})

describe('filters', () => {
  test('a resource brings what needs a policy of it, be it the first or not', () => {
    const found = find({ resource: 'ENVIRONMENTS' }).endpoints
    expect(found.every(({ policies }) => policies.join().includes('_ENVIRONMENTS'))).toBe(true)
    expect(found.some(({ resource }) => resource === 'DEPLOYMENTS')).toBe(true)
  })

  test('a scope is the one that is needed, of the resource where there is one', () => {
    const all = calls({ resource: 'PACKAGES' })
    const read = calls({ resource: 'PACKAGES', scope: 'read' })
    const write = calls({ resource: 'PACKAGES', scope: 'read-write' })
    expect([...read, ...write].sort()).toEqual(all.sort())
    expect(read).toContain('POST /projects/:id/packages/npm/-/npm/v1/security/audits/quick')
    expect(
      find({ scope: 'read' })
        .endpoints.map(({ policies }) => policies)
        .join(),
    ).not.toContain('ADMIN_')
    expect(find({ resource: 'JOBS', scope: 'read-write' }).endpoints).toEqual([])
  })

  test('what permissions do not control needs no scope', () => {
    expect(calls({ resource: 'none' })).toContain('GET /job')
    expect(calls({ resource: 'none', scope: 'read' })).toEqual([])
  })

  test('a method', () => {
    const found = calls({ method: 'DELETE' })
    expect(found.length).toBeGreaterThan(5)
    expect(found.every((call) => call.startsWith('DELETE '))).toBe(true)
  })

  test('a version leaves out what came later', () => {
    const [old, next] = [calls({ version: '18.2' }), calls({ version: '18.3.1-ee' })]
    expect(next.length - old.length).toBe(18)
    expect(old).not.toContain('GET /projects/:id/merge_requests')
    expect(next).toContain('GET /projects/:id/merge_requests')
  })
})

describe('a pasted address', () => {
  const job = 'GET /projects/:id/jobs/:job_id/artifacts'
  test.each<[what: string, q: string, found: string[]]>([
    ['with a method', `GET ${home}/api/v4/projects/42/jobs/7/artifacts`, [job]],
    ['with the method HEAD', `head ${home}/api/v4/projects/42/jobs/7/artifacts`, [job]],
    [
      'in quotation marks',
      `"${home}/api/v4/projects/acme%2Fapp/jobs/7/artifacts?private=1"`,
      [job],
    ],
    ['as a path', '/api/v4/projects/42/jobs/7/artifacts', [job]],
    ['as a path below the API', 'projects/42/jobs/7/artifacts', [job]],
    [
      'without a method: all that it can be',
      '/projects/42/badges/5',
      ['GET', 'PUT', 'DELETE'].map((method) => `${method} /projects/:id/badges/:badge_id`),
    ],
    ['that is as short as text, with a method', 'GET /job', ['GET /job']],
  ])('%s', (_, q, found) => {
    expect(calls({ q })).toEqual(found)
    expect(find({ q }).reading).toMatchObject({ as: 'address', foreign: undefined })
  })

  test('of another host is said, and still found', () => {
    const q = 'https://elsewhere.example/api/v4/projects/42/jobs/7/artifacts'
    expect(find({ q }).reading).toMatchObject({ foreign: 'elsewhere.example' })
    expect(calls({ q })).toEqual([job])
  })

  test('is of no other host for somebody who is not signed in', () => {
    const q = 'https://elsewhere.example/api/v4/projects/42/jobs/7/artifacts'
    expect(find({ q }, 'en', '').reading).toMatchObject({ foreign: undefined })
  })

  test('with a method that it does not have brings those that it has', () => {
    const q = 'PATCH /projects/42/badges/5'
    expect(find({ q }).reading).toMatchObject({ refusedMethod: 'PATCH' })
    expect(calls({ q })).toHaveLength(3)
    expect(calls({ q: 'POST /projects/42/badges' })).toHaveLength(1)
  })

  test('that no endpoint has brings nothing', () => {
    expect(calls({ q: 'https://gitlab.example.com/gitlab/api/v4/projects/42/moons' })).toEqual([])
  })

  test('stands in the address of the page without secrets', () => {
    expect(shareable(` GET ${home}/api/v4/job?job_token=abc#x `)).toBe(`GET ${home}/api/v4/job`)
    expect(shareable('/job?token=abc')).toBe('/job')
    expect(shareable('glpat-abcdefghijklmnop')).not.toContain('abcdefghijklmnop')
    expect(shareable('https://me:hunter22@gitlab.example.com/x')).not.toContain('hunter22')
    expect(shareable('What is a job?')).toBe('What is a job?')
  })
})

describe('the summaries', () => {
  const summaries = Object.values(endpointSummaries)

  test('are there for every endpoint, and for nothing else', () => {
    const calls = allEndpoints.map(({ method, path }) => `${method} ${path}`)
    expect(Object.keys(endpointSummaries).sort()).toEqual(calls.sort())
  })

  test('say in one line of each language what an endpoint does', () => {
    expect(summaries.filter(({ en }) => !/^[A-Z][\x20-\x7e’]+\.$/.test(en))).toEqual([])
    const japanese =
      /^\P{Script=Latin}*[\p{Script=Latin}\d ./-]*[\p{scx=Hira}\p{scx=Kana}\p{scx=Han}].*。$/u
    expect(summaries.filter(({ ja }) => !japanese.test(ja))).toEqual([])
    expect(summaries.filter(({ en, ja }) => /^ | {2}|\n/.test(en + ja))).toEqual([])
  })

  test('say of no two endpoints the same', () => {
    for (const language of ['en', 'ja'] as const) {
      const texts = summaries.map((row) => row[language])
      expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([])
    }
  })
})
