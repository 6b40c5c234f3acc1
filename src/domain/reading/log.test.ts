import { describe, expect, test } from 'vitest'
import { type Denial, fits } from './findings.ts'
import { read } from './read.ts'

const context = {
  gitlabUrl: 'https://gitlab.example.com',
  ownProject: { id: 7, fullPath: 'acme/app' },
}
const denials = (text: string) =>
  read(text, context).findings.filter((one) => one.kind === 'denial')
const refusals = (text: string) => denials(text).map(({ refusal }) => refusal)

/** A denial's call in short: its endpoint or deed, and whose project it is for. */
function callOf({ call }: Denial): string | undefined {
  const answer = call?.answer
  if (!answer || !('deed' in answer)) return answer?.code
  const deed = typeof answer.deed === 'string' ? answer.deed : answer.deed.id
  return `${deed} ${'reference' in answer.addressee ? answer.addressee.reference : answer.addressee.kind}`
}

const permission =
  '403 Forbidden - Insufficient permissions to access this resource in project storefront. The following token permission is required: read_jobs.'
const readJobs = { code: 'policies', project: { path: 'storefront' }, policies: ['READ_JOBS'] }
const notAllowed =
  'Authentication by CI/CD job token not allowed from storefront-web to deploy-tools.'
const notListed = {
  code: 'not-listed',
  origin: { path: 'storefront-web' },
  accessed: { path: 'deploy-tools' },
}

describe('GitLab says', () => {
  test.each([
    ['one policy', permission, readJobs],
    [
      'two policies',
      '{"message":"403 Forbidden - Insufficient permissions to access this resource in project storefront. The following token permissions are required: admin_deployments and admin_environments."}',
      { ...readJobs, policies: ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'] },
    ],
    [
      'three policies',
      permission
        .replace('permission is', 'permissions are')
        .replace('read_jobs', 'read_jobs, read_packages, and admin_releases'),
      { ...readJobs, policies: ['READ_JOBS', 'READ_PACKAGES', 'ADMIN_RELEASES'] },
    ],
    [
      'policies that we do not know',
      permission
        .replace('permission is', 'permissions are')
        .replace('read_jobs', 'read_sandwiches and admin_tea_pots'),
      { ...readJobs, policies: ['READ_SANDWICHES', 'ADMIN_TEA_POTS'] },
    ],
    [
      'a project with dots',
      permission.replace('storefront', 'my.app.io'),
      { ...readJobs, project: { path: 'my.app.io' } },
    ],
    [
      'a project by id',
      permission.replace('storefront', '#42'),
      { ...readJobs, project: { id: 42 } },
    ],
    ['a text whose end was cut off', permission.slice(0, -1), readJobs],
    [
      'a text that goes on in another line',
      `${permission.slice(0, -1)}\nCleaning up project directory`,
      readJobs,
    ],
    ['no policy', 'This action is unauthorized for CI/CD job tokens.', { code: 'no-policy' }],
    ['not listed', notAllowed, notListed],
    [
      'not listed, with "to" in the names',
      'Authentication by CI/CD job token not allowed from to-do to up.to.date.',
      { code: 'not-listed', origin: { path: 'to-do' }, accessed: { path: 'up.to.date' } },
    ],
    ['not listed, in JSON', `{"message":"403 Forbidden - ${notAllowed}"}`, notListed],
    ['not listed, with a sentence behind it', `${notAllowed} Add it to the allowlist.`, notListed],
    [
      'the registry of another project',
      "This project's CI/CD job token cannot be used to authenticate with the container registry of a different project.",
      { code: 'registry' },
    ],
    [
      'a project that is not there, by REST',
      '{"message":"404 Project Not Found"}',
      { code: 'not-found' },
    ],
    ['a thing that is not there', '{"message":"404 Not found"}', { code: 'not-found' }],
    ['no such route', '{"error":"404 Not Found"}', { code: 'no-route' }],
    [
      'a missing environment',
      '{"message":"404 Environment Not Found"}',
      { code: 'missing', reason: '404 Environment Not Found' },
    ],
    ['no token that it knows', '{"message":"401 Unauthorized"}', { code: 'unauthorized' }],
    ['a 403 and no more', '{"message":"403 Forbidden"}', { code: 'forbidden' }],
  ])('%s', (_what, text, refusal) => {
    expect(refusals(text)).toEqual([refusal])
  })
})

describe('Git says', () => {
  test.each([
    [
      'not found',
      "remote: The project you were looking for could not be found or you don't have permission to view it.",
      'git-not-found',
    ],
    [
      'not found, in two lines',
      "remote: The project you were looking for could not be found or you don't have permission to view it.\nfatal: repository 'https://gitlab.example.com/acme/lib.git/' not found",
      'git-not-found',
    ],
    [
      'not found, by the address alone',
      "fatal: repository 'https://gitlab.example.com/acme/lib.git/' not found",
      'git-not-found',
    ],
    [
      'no pushing',
      "remote: You are not allowed to push code to this project.\nfatal: unable to access 'https://gitlab.example.com/acme/lib.git/': The requested URL returned error: 403",
      'git-push',
    ],
    ['no uploading', 'remote: You are not allowed to upload code.', 'git-push'],
    [
      'a 403',
      "fatal: unable to access 'https://gitlab.example.com/acme/lib.git/': The requested URL returned error: 403",
      'forbidden',
    ],
    [
      'denied',
      'remote: HTTP Basic: Access denied. The provided password or token is incorrect or your account has 2FA enabled.',
      'unauthorized',
    ],
    [
      'failed authentication',
      "fatal: Authentication failed for 'https://gitlab.example.com/acme/lib.git/'",
      'unauthorized',
    ],
    [
      'no user name',
      "fatal: could not read Username for 'https://gitlab.example.com': No such device or address",
      'unauthorized',
    ],
  ])('%s', (_what, text, code) => {
    expect(refusals(text)).toEqual([{ code }])
  })

  test('no downloading', () => {
    const reason = 'You are not allowed to download code from this project.'
    expect(refusals(`remote: ${reason}`)).toEqual([{ code: 'reason', reason }])
  })

  test('which repository', () => {
    const [denial] = denials(
      "remote: The project you were looking for could not be found or you don't have permission to view it.\nfatal: repository 'https://gitlab.example.com/acme/lib.git/' not found",
    )
    expect(denial).toMatchObject({ line: 1, refusal: { code: 'git-not-found' } })
    expect(denial && callOf(denial)).toBe('git-read acme/lib')
  })

  test('that the allowlist keeps it out', () => {
    expect(
      refusals(
        `remote: ${notAllowed}\nfatal: unable to access 'https://gitlab.example.com/acme/deploy-tools.git/': The requested URL returned error: 403`,
      ),
    ).toEqual([notListed])
  })
})

describe('a refusal is found', () => {
  const esc = '\x1b'
  test.each([
    ['in colours', `${esc}[0;31m${permission.replace('required', `req${esc}[1muired`)}${esc}[0;m`],
    ['in colours whose escape got lost', `[0K[31;1m${permission}[0;m`],
    ['in colours written out', `\\033[31m${permission}\\033[0m`],
    ['after a time stamp', `2026-01-15T09:00:00.123456Z 00O ${permission}`],
    ['after a time stamp of standard error', `2026-01-15T09:00:00.123456Z 01E ${permission}`],
    ['after a clock', `[09:00:00] ${permission}`],
    ['after a section', `section_start:1768467600:step_script${esc}[0K${permission}`],
    ['after remote: and fatal:', `remote: fatal: ${permission}`],
    ['after a progress bar', `  0  1024\r 50  1024\r${permission}`],
    ['with Windows line ends', `$ ./job\r\n${permission}\r\nbye`],
    ['in JSON', JSON.stringify({ message: permission })],
    ['in JSON in JSON', JSON.stringify(JSON.stringify({ message: permission }))],
    [
      'in JSON with escaped slashes',
      `{"message":"${permission}","url":"https:\\/\\/gitlab.example.com\\/x"}`,
    ],
    ['wrapped between words', permission.replaceAll(' ', '\n')],
    ['wrapped inside words', permission.replace(/(.{37})/g, '$1\n')],
    ['wrapped with prefixes', permission.replace(/(.{40})/g, '$1\nremote: ')],
    [
      'wrapped with time stamps',
      permission.replace(/(.{60})/g, '$1\n2026-01-15T09:00:01.000000Z 00O+'),
    ],
    ['behind indentation', `\t    ${permission}`],
    [
      'from npm',
      `npm ERR! code E403\nnpm ERR! 403 ${permission}\nnpm ERR! 403 In most cases, you or one of your dependencies are requesting`,
    ],
    [
      'from newer npm',
      `npm error code E403\nnpm error 403 403 Forbidden - GET https://gitlab.example.com/api/v4/projects/1/packages/npm/@acme%2fui - ${permission}`,
    ],
    [
      'from pip',
      `ERROR: HTTP error 403 while getting https://gitlab.example.com/api/v4/projects/1/packages/pypi/files/a/b.whl\n  ${permission}`,
    ],
    [
      'from Maven',
      `[ERROR] Failed to execute goal: Could not transfer artifact com.acme:lib:pom:1.0 from/to gitlab (https://gitlab.example.com/api/v4/projects/1/packages/maven): ${permission} -> [Help 1]`,
    ],
    ['from Docker', `#12 3.456 ${permission}`],
    ['in HTML', permission.replaceAll("'", '&#39;')],
  ])('%s', (_how, text) => {
    expect(refusals(text)).toEqual([readJobs])
  })

  test.each([
    ['wrapped between words', notAllowed.replaceAll(' ', '\n')],
    ['wrapped before the project', notAllowed.replace(' deploy', '\ndeploy')],
    ['wrapped inside the project', notAllowed.replace('deploy-', 'deploy-\n')],
    ['in JSON with a code for the apostrophe', `{\\"message\\":\\"${notAllowed}\\"}`],
  ])('with both projects, %s', (_how, text) => {
    expect(refusals(text)).toEqual([notListed])
  })

  test('with its apostrophe as a code', () => {
    expect(
      refusals(
        '{"message":"403 Forbidden - This project\\u0027s CI/CD job token cannot be used to authenticate with the container registry of a different project."}',
      ),
    ).toEqual([{ code: 'registry' }])
  })

  test('on its line, which is shown as people see it', () => {
    expect(denials(`one\ntwo\n${esc}[31m  ${notAllowed}${esc}[0m\nfour`)).toMatchObject([
      { line: 3, text: notAllowed },
    ])
  })

  test('each once, in order', () => {
    const log = `$ one\n${permission}\n${'ok\n'.repeat(10)}$ two\n${notAllowed}\n${'ok\n'.repeat(10)}{"message":"404 Not Found"}`
    expect(refusals(log)).toEqual([readJobs, notListed, { code: 'not-found' }])
  })
})

describe('the log tells the call', () => {
  test.each([
    [
      'npm',
      'npm error 404 Not Found - GET https://gitlab.example.com/api/v4/projects/1/packages/npm/@acme%2fui - Not found',
      'get-projects-id-packages-npm-package_name 1',
    ],
    [
      'npm on publishing',
      'npm ERR! 403 403 Forbidden - PUT https://gitlab.example.com/api/v4/projects/1/packages/npm/@acme%2fui',
      'put-projects-id-packages-npm-package_name 1',
    ],
    [
      'pip',
      'ERROR: HTTP error 403 while getting https://gitlab.example.com/api/v4/projects/1/packages/pypi/files/abc/x-1.whl#sha256=abc',
      'get-projects-id-packages-pypi-files-sha256-file_identifier 1',
    ],
    [
      'twine',
      'HTTPError: 403 Forbidden from https://gitlab.example.com/api/v4/projects/1/packages/pypi',
      'post-projects-id-packages-pypi 1',
    ],
    [
      'Maven',
      '[ERROR] Could not transfer artifact a:b:pom:1 from/to gitlab (https://gitlab.example.com/api/v4/projects/1/packages/maven): status code: 403, reason phrase: Forbidden (403)',
      'get-projects-id-packages-maven-path-file_name 1',
    ],
    [
      'Maven on deploying',
      '[ERROR] Failed to deploy artifacts: Could not transfer artifact a:b:jar:1 from/to gitlab (https://gitlab.example.com/api/v4/projects/1/packages/maven): status code: 403, reason phrase: Forbidden (403)',
      'put-projects-id-packages-maven-path-file_name 1',
    ],
    ['curl -v', '> GET /api/v4/projects/1/jobs HTTP/2\n< HTTP/2 403', 'get-projects-id-jobs 1'],
    [
      'an echoed curl',
      '$ curl --fail --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/jobs"\ncurl: (22) The requested URL returned error: 404',
      'get-projects-id-jobs 42',
    ],
    [
      'an echoed curl in green',
      '\x1b[32;1m$ curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/acme%2Flib/releases"\x1b[0;m\n{"message":"403 Forbidden"}',
      'get-projects-id-releases acme/lib',
    ],
    [
      'a traced curl',
      '++ curl -H "JOB-TOKEN: [MASKED]" https://gitlab.example.com/api/v4/projects/42/jobs\n{"message":"404 Project Not Found"}',
      'get-projects-id-jobs 42',
    ],
  ])('of %s', (_tool, text, call) => {
    expect(denials(text).map(callOf)).toEqual([call])
  })

  test('unless it echoes several', () => {
    expect(
      denials(
        '$ curl $CI_API_V4_URL/projects/1/jobs; curl $CI_API_V4_URL/projects/2/jobs\n{"message":"404 Not Found"}',
      ).map(callOf),
    ).toEqual([undefined])
  })
})

describe('nothing is found', () => {
  test.each([
    ['in a good log', '$ npm ci\nadded 404 packages in 4s\nJob succeeded'],
    ['in numbers', 'line 404\n403 tests passed\nport 401 open\nerror count: 4040'],
    [
      'in refusals of other hosts',
      'npm error 404 Not Found - GET https://registry.npmjs.org/@acme%2fui - Not found',
    ],
    [
      'after a command that goes elsewhere',
      '$ curl --fail https://example.com/x.tgz\ncurl: (22) The requested URL returned error: 404',
    ],
    ['in a word of code', 'if (response.status === 404) return null'],
  ])('%s', (_where, text) => {
    expect(denials(text)).toEqual([])
  })
})

test.each([
  [{ path: 'storefront' }, 'acme/storefront', true],
  [{ path: 'Storefront' }, 'acme/storefront', true],
  [{ path: 'acme/storefront' }, 'acme/storefront', true],
  [{ path: 'front' }, 'acme/storefront', false],
  [{ id: 1 }, 'acme/storefront', true],
  [{ id: 2 }, 'acme/storefront', false],
])('%j may be %s: %s', (name, fullPath, expected) => {
  expect(fits(name, { id: 1, fullPath })).toBe(expected)
})

describe('GET /job tells whether a token is good', () => {
  const probe = '$ curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/job"'
  const call =
    '$ curl --fail --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/releases"\ncurl: (22) The requested URL returned error: 403'
  const isGood = (text: string) =>
    read(text, context).findings.map((one) => one.kind === 'denial' && one.isTokenGood === true)

  test.each([
    ['answered by a status', `${probe}\nHTTP/2 200\n${call}`, [true]],
    ['answered by the job', `${probe}\n{"id":7,"status":"running"}\n${call}`, [true]],
    ['refused', `${probe}\n{"message":"401 Unauthorized"}\n${call}`, [false, false]],
    ['asked afterwards', `${call}\n${probe}\n{"id":7}`, [false]],
    ['not asked', call, [false]],
    ['answered to another command', `${probe}\n$ echo\n200\n${call}`, [false]],
    [
      'asked with another token',
      `${probe.replace('JOB-TOKEN: $CI_JOB_TOKEN', 'PRIVATE-TOKEN: $PAT')}\n{"id":7}\n${call}`,
      [false],
    ],
  ])('%s', (_what, text, expected) => {
    expect(isGood(text)).toEqual(expected)
  })
})

describe('a status alone is quoted with the line that holds the address', () => {
  const api = 'https://gitlab.example.com/api/v4/projects/1/packages'
  const maven = 'Could not transfer artifact com.acme:app:jar:1 from/to gitlab'
  test.each([
    ['npm', `npm error code E404\nnpm error 404 Not Found - GET ${api}/npm/lib - Not found`, 2],
    [
      'pip',
      `Looking in indexes\nWARNING: 401 Error, Credentials not correct for ${api}/pypi/simple/x/`,
      2,
    ],
    [
      'Maven',
      `[ERROR] status code: 401\n[ERROR] ${maven} (${api}/maven): status code: 401, Unauthorized`,
      2,
    ],
    ['older Maven', `[ERROR] ${maven} (${api}/maven)\n[ERROR] Return code is: 403, Forbidden.`, 1],
  ])('%s', (_tool, text, line) => {
    const [found, ...more] = read(`$ run\n${text}`, context).findings
    expect(found).toMatchObject({ kind: 'denial', line: line + 1 })
    expect(found?.text).toContain(api)
    expect(more).toEqual([])
  })
})
