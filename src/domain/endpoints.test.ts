import { describe, expect, test } from 'vitest'
import { controllableEndpoints } from './endpoint-catalogue.ts'
import {
  type Endpoint,
  type EndpointMatch,
  endpointsOf,
  isMoreThanRead,
  matchEndpoint,
} from './endpoints.ts'
import { offeredResources } from './permissions.ts'

const home = 'https://gitlab.example.com'
const all = endpointsOf({ major: 99, minor: 0 })
const v18 = (minor: number) => endpointsOf({ major: 18, minor })

const callOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>) => `${method} ${path}`
const endpoint = (call: string) => all.find((one) => callOf(one) === call)

/** The endpoint that a request matches, as `GET /path`; for another host, the host. */
function taken(method: string, url: string, gitlabUrl = home): string | undefined {
  const match = matchEndpoint(method, url, gitlabUrl)
  return match && ('foreign' in match ? match.foreign : callOf(match.endpoint))
}

/** The match of a request that must have one. */
function match(method: string, url: string, gitlabUrl = home): EndpointMatch {
  const found = matchEndpoint(method, url, gitlabUrl)
  if (!found || 'foreign' in found) throw new Error(`${method} ${url} matches nothing`)
  return found
}

describe('the catalogue', () => {
  const controllable = (endpoints: Endpoint[]) => endpoints.filter(({ resource }) => resource)

  test('has what GitLab lists for 18.0 and 18.3', () => {
    expect(controllable(v18(0))).toHaveLength(139)
    expect(controllable(v18(3))).toHaveLength(157)
    expect(v18(3).length - controllable(v18(3)).length).toBe(29)
  })

  test('asks for each policy as often as GitLab does in 18.3', () => {
    const counts: Record<string, number> = {}
    for (const policy of v18(3).flatMap(({ policies }) => policies)) {
      counts[policy] = (counts[policy] ?? 0) + 1
    }
    expect(counts).toEqual({
      READ_DEPLOYMENTS: 3,
      ADMIN_DEPLOYMENTS: 4,
      READ_ENVIRONMENTS: 2,
      ADMIN_ENVIRONMENTS: 7,
      READ_JOBS: 7,
      READ_MERGE_REQUESTS: 4,
      READ_PACKAGES: 59,
      ADMIN_PACKAGES: 33,
      READ_PIPELINES: 4,
      ADMIN_PIPELINES: 1,
      READ_RELEASES: 7,
      ADMIN_RELEASES: 8,
      READ_REPOSITORIES: 5,
      READ_SECURE_FILES: 3,
      ADMIN_SECURE_FILES: 2,
      READ_TERRAFORM_STATE: 2,
      ADMIN_TERRAFORM_STATE: 5,
      READ_WORK_ITEMS: 2,
    })
  })

  test('has each endpoint once, under an id of its own that needs no encoding', () => {
    expect(new Set(all.map(callOf)).size).toBe(all.length)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.filter(({ id }) => !/^[a-z0-9_]+(-[a-z0-9_]+)*$/.test(id))).toEqual([])
    expect(endpoint('GET /projects/:id/jobs')?.id).toBe('get-projects-id-jobs')
  })

  test('puts each endpoint under the resource whose policy it asks for first', () => {
    const strays = Object.entries(controllableEndpoints).flatMap(([resource, rows]) =>
      rows.filter(({ needs }) => !needs[0].endsWith(`_${resource}`)),
    )
    expect(strays).toEqual([])
  })

  test('goes by resource in the order of the panel, with what no permission controls at the end', () => {
    const order = all.map(({ resource }) => resource)
    expect([...new Set(order)]).toEqual([...Object.keys(controllableEndpoints), null])
    expect(order.slice(-29)).toEqual(Array(29).fill(null))
  })

  test.each([
    ['GET /projects/:id/jobs', ['READ_JOBS'], '18.3'],
    ['GET /projects/:id/jobs/:job_id/artifacts', ['READ_JOBS'], '18.0'],
    ['POST /projects/:id/deployments', ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'], '18.0'],
    ['GET /projects/:id/repository/changelog', ['READ_RELEASES'], '18.0'],
    ['GET /projects/:id/packages/:package_id/pipelines', ['READ_PIPELINES'], '18.0'],
    ['PUT /projects/:id/packages/npm/:package_name/authorize', ['ADMIN_PACKAGES'], '18.3'],
    ['POST /packages/npm/-/npm/v1/security/audits/quick', ['READ_PACKAGES'], '18.0'],
    ['GET /projects/:id/badges/render', ['ADMIN_BADGES'], '19.1'],
    ['GET /job', [], '18.0'],
  ])('%s asks for %j since %s', (call, policies, since) => {
    expect(endpoint(call)).toMatchObject({ policies, since, uncertain: false })
  })

  test('owns up to what could not be confirmed', () => {
    expect(all.filter(({ uncertain }) => uncertain).map(callOf)).toEqual([])
  })

  test.each([
    ['GET /projects/:id/releases/:tag_name', 'request'],
    ['GET /projects/:id/jobs/:job_id/artifacts/tree', 'request'],
    ['DELETE /projects/:id/packages/:package_id', 'request'],
    ['PUT /projects/:id/packages/npm/:package_name', 'request'],
    ['POST /projects/:id/packages/composer', 'request'],
    ['POST /projects/:id/terraform/state/:name', 'basic'],
    ['GET /groups/:id/-/packages/pypi/simple', 'basic'],
    ['GET /projects/:id/packages/composer/archives/*package_name', 'basic'],
    ['PUT /projects/:id/packages/maven/*path/:file_name', 'both'],
    [
      'GET /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name',
      'both',
    ],
    [
      'PUT /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name',
      'request-then-both',
    ],
    ['GET /projects/:id/packages/conan/v1/ping', undefined],
    ['GET /projects/:id/packages/go/*module_name/@v/list', undefined],
    ['GET /job', undefined],
  ])('%s looks for the token in: %s', (call, reads) => {
    expect(endpoint(call)?.reads).toBe(reads)
  })
})

describe('a server knows', () => {
  const newer = (endpoints: Endpoint[]) => endpoints.filter(({ since }) => since !== '18.0')

  test('what its release has, and nothing of the next', () => {
    expect(newer(v18(2))).toEqual([])
    expect(newer(v18(3))).toHaveLength(18)
    expect(newer(v18(8))).toHaveLength(19)
    expect(newer(endpointsOf({ major: 19, minor: 1 }))).toHaveLength(27)
  })

  test('the endpoints of 18.0 if it is older', () => {
    expect(endpointsOf({ major: 17, minor: 10 })).toEqual(v18(0))
  })

  test('the very endpoint that a request is matched with', () => {
    expect(v18(3)).toContain(match('GET', '/projects/1/jobs').endpoint)
    expect(v18(2)).not.toContain(match('GET', '/projects/1/jobs').endpoint)
  })
})

describe('to write is more than to read', () => {
  const readAlone = (major: number, minor: number) => {
    const version = { major, minor }
    return offeredResources(version)
      .filter(({ scopes }) => scopes.includes('read-write'))
      .flatMap(({ name }) => (isMoreThanRead(name, version) ? [] : name))
  }

  test.each([
    [18, 0],
    [18, 3],
    [19, 0],
    [19, 1],
  ])('for all but jobs, in %i.%i', (major, minor) => {
    expect(readAlone(major, minor)).toEqual(['JOBS'])
  })

  test('for all that is known of a server older than the catalogue', () => {
    expect(readAlone(17, 11)).toEqual([])
  })
})

describe('every endpoint matches its own path', () => {
  /** Replaces the parameters of a path, including optional ones. */
  const fill = (path: string, id: string) =>
    path
      .replace('(/)(', '(/')
      .replace(/[()]/g, '')
      .replace(/:id\b/, id)
      .replace(/:(?:\w+_id|\w+_iid|serial)\b/g, '42')
      .replace(/[:*](\w+)/g, '$1')

  test.each(all.map((one) => [callOf(one), one] as const))('%s', (_call, { method, path, id }) => {
    for (const [written, read] of [
      ['7', '7'],
      ['acme%2Fplatform%2Fapp', 'acme/platform/app'],
    ] as const) {
      const url = `${home}/api/v4${fill(path, written)}`
      expect(match(method, url).endpoint.id).toBe(id)
      if (path.includes('/:id')) expect(match(method, url).params.id).toBe(read)
    }
    const bare = path.replace(/\([^)]*\)/g, '')
    expect(match(method, fill(bare, '7')).endpoint.id).toBe(id)
  })

  test('as a manual writes it', () => {
    const written = all.filter(({ path }) => !path.includes('(/)'))
    expect(written.map(({ method, path }) => taken(method, path))).toEqual(written.map(callOf))
  })
})

describe('an address is read', () => {
  const jobs = 'GET /projects/:id/jobs'

  test.each([
    ['in full', `${home}/api/v4/projects/1/jobs`],
    ['with a query and a fragment', `${home}/api/v4/projects/1/jobs?scope=failed&a=/b#c`],
    ['as a path with the version', '/api/v4/projects/1/jobs?page=2'],
    ['as a path without slash', 'api/v4/projects/1/jobs'],
    ['as a path below the API', '/projects/1/jobs#top'],
    ['as a path below the API without slash', 'projects/1/jobs'],
    ['with blanks around', `  ${home}/api/v4/projects/1/jobs\n`],
    ['with a slash at the end', `${home}/api/v4/projects/1/jobs/`],
    ['with too many slashes', `${home}//api/v4//projects/1//jobs`],
    ['in capitals', 'HTTPS://GitLab.Example.com/api/v4/projects/1/jobs'],
    ['over plain HTTP', 'http://gitlab.example.com/api/v4/projects/1/jobs'],
    ['with credentials', 'https://gitlab-ci-token:x@gitlab.example.com/api/v4/projects/1/jobs'],
    ['without a scheme', 'gitlab.example.com/api/v4/projects/1/jobs'],
    ['with an encoded word', '/projects/1/%6Aobs'],
    ['with a variable', `${home}/api/v4/projects/$CI_PROJECT_ID/jobs`],
    ['with a variable in braces', `${home}/api/v4/projects/\${CI_PROJECT_ID}/jobs`],
  ])('%s: %j', (_spelling, url) => {
    expect(taken('GET', url)).toBe(jobs)
  })

  test.each(['https://example.com/gitlab', 'https://example.com/gitlab/'])(
    'below the relative URL root of %s',
    (nested) => {
      expect(taken('GET', 'https://example.com/gitlab/api/v4/projects/1/jobs', nested)).toBe(jobs)
      expect(taken('GET', '/gitlab/api/v4/projects/1/jobs', nested)).toBe(jobs)
      expect(taken('GET', '/api/v4/projects/1/jobs', nested)).toBe(jobs)
      expect(taken('GET', '/projects/1/jobs', nested)).toBe(jobs)
      expect(taken('GET', 'https://example.com/api/v4/projects/1/jobs', nested)).toBeUndefined()
      expect(taken('GET', 'https://example.com/gitlabs/api/v4/job', nested)).toBeUndefined()
    },
  )

  test.each([
    ['https://gitlab.com/api/v4/projects/1/jobs', 'gitlab.com'],
    ['gitlab.com/api/v4/projects/1/jobs', 'gitlab.com'],
    ['https://gitlab.example.com.evil.example/api/v4/job', 'gitlab.example.com.evil.example'],
    ['https://gitlab.example.com:8443/api/v4/job', 'gitlab.example.com:8443'],
    ['https://packages.example.org/left-pad', 'packages.example.org'],
  ])('as foreign if it is of another host: %j', (url, foreign) => {
    expect(matchEndpoint('GET', url, home)).toEqual({ foreign })
  })

  test('of any host and below any root where no GitLab is given', () => {
    expect(taken('GET', 'https://example.com/gitlab/api/v4/projects/1/jobs', '')).toBe(jobs)
    expect(taken('GET', 'https://gitlab.com/api/v4/projects/1/jobs', '')).toBe(jobs)
    expect(taken('GET', 'https://gitlab.com/projects/1/jobs', '')).toBeUndefined()
  })
})

describe('parameters are', () => {
  test.each([
    ['decoded', 'GET', '/projects/acme%2Fapp/jobs', { id: 'acme/app' }],
    ['decoded whatever the case', 'GET', '/projects/acme%2fapp/jobs', { id: 'acme/app' }],
    [
      'several segments for a glob',
      'GET',
      '/projects/1/jobs/7/artifacts/public/a%20b/index.html',
      { id: '1', job_id: '7', artifact_path: 'public/a b/index.html' },
    ],
    [
      'one version and the folders below it for a generic package',
      'PUT',
      '/projects/1/packages/generic/tool/1.0.0/linux/amd64/tool.tar.gz',
      {
        id: '1',
        package_name: 'tool',
        package_version: '1.0.0',
        path: 'linux/amd64',
        file_name: 'tool.tar.gz',
      },
    ],
    [
      'cut from the segment that they begin',
      'GET',
      '/projects/1/packages/go/example.com/mod/@v/v1.2.3.mod',
      { id: '1', module_name: 'example.com/mod', module_version: 'v1.2.3' },
    ],
    [
      'a ref with its slashes',
      'GET',
      '/projects/1/jobs/artifacts/feature/x/raw/a/b?job=build',
      { id: '1', ref_name: 'feature/x', artifact_path: 'a/b' },
    ],
    [
      'a scoped package',
      'GET',
      '/projects/1/packages/npm/@acme%2Fui',
      { id: '1', package_name: '@acme/ui' },
    ],
    [
      'absent where an optional part is',
      'GET',
      '/projects/1/releases/permalink/latest',
      { id: '1' },
    ],
    [
      'there where an optional part is',
      'GET',
      '/projects/1/releases/permalink/latest/downloads/bin/app',
      { id: '1', suffix_path: 'downloads/bin/app' },
    ],
    [
      'as written where they cannot be decoded',
      'GET',
      '/projects/%PROJECT%/jobs/%E0%A4%A/artifacts',
      { id: '%PROJECT%', job_id: '%E0%A4%A' },
    ],
  ])('%s: %s %s', (_rule, method, url, params) => {
    expect(match(method, url).params).toEqual(params)
  })
})

describe('the owner is', () => {
  test.each([
    ['the project', '/projects/acme%2Fapp/jobs', 'project', 'acme/app'],
    ['the project, by its id', '/projects/42/jobs', 'project', '42'],
    ['the project, by a variable', '/projects/$CI_PROJECT_ID/jobs', 'project', '$CI_PROJECT_ID'],
    ['the group', '/groups/acme%2Fplatform/-/packages/pypi/simple', 'group', 'acme/platform'],
    ['the group, for Composer', '/group/10/-/packages/composer/packages', 'group', '10'],
    [
      'the project that a Maven package is called after',
      '/packages/maven/acme/platform/app/1.0/app-1.0.jar',
      'project',
      'acme/platform/app',
    ],
    [
      'the project that a Conan recipe names',
      '/packages/conan/v1/conans/lib/1.0/acme+platform+lib/stable',
      'project',
      'acme/platform/lib',
    ],
  ])('%s: %s', (_rule, url, kind, reference) => {
    expect(match('GET', url).owner).toEqual({ kind, reference })
  })

  test.each([
    ['/job'],
    ['/jobs/7/artifacts'],
    ['/packages/npm/@acme%2Fui'],
    ['/packages/maven/acme/platform/app/maven-metadata.xml'],
    ['/packages/maven/app/1.0/app.jar'],
    ['/packages/conan/v1/conans/lib/1.0/_/_'],
    ['/packages/conan/v1/ping'],
  ])('unknown where the address does not say: %s', (url) => {
    expect(match('GET', url).owner).toBeUndefined()
  })
})

describe('of several endpoints the more particular is taken', () => {
  const conan = '/packages/conan/v1/conans/:package_name/:package_version/:package_username'
  test.each([
    ['DELETE', '/projects/1/environments/review_apps', '/projects/:id/environments/review_apps'],
    ['DELETE', '/projects/1/environments/3', '/projects/:id/environments/:environment_id'],
    ['GET', '/projects/1/badges/render', '/projects/:id/badges/render'],
    [
      'PUT',
      '/projects/1/packages/maven/a/b/1.0/b.jar/authorize',
      '/projects/:id/packages/maven/*path/:file_name/authorize',
    ],
    [
      'PUT',
      '/projects/1/packages/maven/a/b/1.0/b.jar',
      '/projects/:id/packages/maven/*path/:file_name',
    ],
    [
      'PUT',
      '/projects/1/packages/generic/tool/1.0/tool.tgz/authorize',
      '/projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name/authorize',
    ],
    [
      'PUT',
      '/projects/1/packages/generic/tool/1.0/a/b/tool.tgz/authorize',
      '/projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name/authorize',
    ],
    [
      'GET',
      '/projects/1/packages/generic/tool/1.0/authorize',
      '/projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name',
    ],
    [
      'GET',
      '/projects/1/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz',
      '/projects/:id/packages/npm/*package_name/-/*file_name',
    ],
    [
      'GET',
      '/projects/1/packages/npm/ui/-/ui-1.0.0.tgz',
      '/projects/:id/packages/npm/*package_name/-/*file_name',
    ],
    [
      'GET',
      '/projects/1/packages/npm/-/package/@acme%2Fui/dist-tags',
      '/projects/:id/packages/npm/-/package/*package_name/dist-tags',
    ],
    ['GET', '/projects/1/packages/npm/ui', '/projects/:id/packages/npm/*package_name'],
    [
      'GET',
      '/projects/1/packages/go/example.com/m/@v/list',
      '/projects/:id/packages/go/*module_name/@v/list',
    ],
    ['GET', '/projects/1/releases/permalink', '/projects/:id/releases/:tag_name'],
    [
      'GET',
      '/projects/1/releases/permalink/latest',
      '/projects/:id/releases/permalink/latest(/)(*suffix_path)',
    ],
    ['GET', '/group/10/-/packages/composer/packages', '/group/:id/-/packages/composer/packages'],
    ['GET', '/packages/conan/v1/conans/search', '/packages/conan/v1/conans/search'],
    ['GET', '/packages/conan/v1/conans/a/b/c/d/digest', `${conan}/:package_channel/digest`],
    [
      'GET',
      '/projects/1/jobs/artifacts/main/download',
      '/projects/:id/jobs/artifacts/:ref_name/download',
    ],
    [
      'GET',
      '/projects/1/jobs/7/artifacts/download',
      '/projects/:id/jobs/:job_id/artifacts/*artifact_path',
    ],
  ])('%s %s', (method, url, path) => {
    expect(taken(method, url)).toBe(`${method} ${path}`)
  })
})

describe('the method counts', () => {
  test.each([
    ['in any case', 'get', 'GET /projects/:id/terraform/state/:name'],
    ['POST', 'POST', 'POST /projects/:id/terraform/state/:name'],
    ['DELETE', 'DELETE', 'DELETE /projects/:id/terraform/state/:name'],
    ['HEAD as GET', 'HEAD', 'GET /projects/:id/terraform/state/:name'],
    ['a method that no such route has', 'PATCH', undefined],
    ['none at all', '', undefined],
  ])('%s', (_rule, method, call) => {
    expect(taken(method, '/projects/1/terraform/state/prod')).toBe(call)
  })

  test('HEAD is not taken for anything that changes', () => {
    expect(taken('HEAD', '/projects/1/packages/pypi/authorize')).toBeUndefined()
  })
})

describe('a near miss matches nothing', () => {
  test.each([
    ['nothing', 'GET', ''],
    ['the API itself', 'GET', `${home}/api/v4`],
    ['another version of the API', 'GET', `${home}/api/v3/projects/1/jobs`],
    ['GraphQL', 'POST', `${home}/api/graphql`],
    ['a page that is called like an endpoint', 'GET', `${home}/projects/1/jobs`],
    ['a page of a project', 'GET', `${home}/acme/app/-/jobs/7/artifacts/download`],
    ['a path that is not encoded', 'GET', '/projects/acme/app/jobs'],
    ['no project', 'GET', '/projects//jobs'],
    ['too little', 'GET', '/projects/1'],
    ['too much', 'GET', '/projects/1/jobs/7/artifacts_metadata'],
    ['a word in other letters', 'GET', '/projects/1/Jobs'],
    ['an endpoint without job tokens', 'GET', '/projects/1/variables'],
    ['a word where GitLab takes a number', 'GET', '/projects/1/pipelines/latest'],
    ['the root of a registry', 'GET', '/projects/1/packages/npm/'],
    ['another registry', 'GET', '/projects/1/packages/nuget/index.json'],
    ['an npm scope that is not encoded', 'GET', '/projects/1/packages/npm/@acme/ui'],
    ['an npm scope that is not encoded', 'PUT', '/projects/1/packages/npm/@acme/ui'],
    [
      'an npm scope that is not encoded',
      'GET',
      '/projects/1/packages/npm/-/package/@acme/ui/dist-tags',
    ],
    ['a Composer vendor that is not encoded', 'GET', '/group/1/-/packages/composer/acme/ui'],
    ['a Composer vendor that is not encoded', 'GET', '/group/1/-/packages/composer/p2/acme/ui'],
    ['a group written as the other registries do', 'GET', '/groups/1/-/packages/composer/packages'],
    ['a file in a folder, not encoded', 'GET', '/projects/1/repository/files/src/a.ts/raw'],
    ['a Go module without a version', 'GET', '/projects/1/packages/go/example.com/m/@v/.mod'],
    ['a Go module in another form', 'GET', '/projects/1/packages/go/example.com/m/@v/v1.0.0.tar'],
    ['something that only begins like latest', 'GET', '/projects/1/releases/permalink/latestish'],
    ['an address that is none', 'GET', 'https://'],
    ['a property of every object', 'GET', '/projects/1/constructor'],
    ['a property of every object', 'constructor', '/projects/1/jobs'],
  ])('%s: %s %s', (_rule, method, url) => {
    expect(matchEndpoint(method, url, home)).toBeUndefined()
  })

  test.each([['%'], ['%2'], ['%zz'], ['%E0%A4%A'], ['%00'], ['%C0%AF'], ['\ud800']])(
    '%j throws nowhere, and is text in the place of a parameter',
    (text) => {
      for (const url of [text, `${home}${text}`, `${home}/api/v4/${text}`, `https://${text}/job`]) {
        expect(() => matchEndpoint('GET', url, home)).not.toThrow()
      }
      expect(taken('GET', `/projects/${text}/jobs`)).toBe('GET /projects/:id/jobs')
    },
  )
})
