import { describe, expect, test } from 'vitest'
import { calls } from '../../../../test-support/found.ts'
import { mask } from './mask.ts'

const dots = (length: number) => '•'.repeat(length)

describe('hidden is', () => {
  test.each<[string, string, string]>([
    ['a personal access token', 'glpat-abcdefghij0123456789', `glpat-${dots(20)}`],
    ['a routable token', 'glpat-AbC_def-123.01.0a1b2c3d4', `glpat-${dots(24)}`],
    ['a job token', 'glcbt-64_abcdefghij0123456789', `glcbt-${dots(23)}`],
    ...['gldt', 'glrt', 'glptt', 'gloas', 'glsoat', 'glft', 'glagent'].map(
      (prefix): [string, string, string] => [
        `a ${prefix} token`,
        `x ${prefix}-abcdefghij y`,
        `x ${prefix}-${dots(10)} y`,
      ],
    ),
    ['an old registration token', 'GR1348941abcdefghij0123456789', `GR1348941${dots(20)}`],
    ['a web token', 'T=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', `T=${dots(41)}`],
    [
      'the value of PRIVATE-TOKEN',
      'curl -H "PRIVATE-TOKEN: s3cret"',
      `curl -H "PRIVATE-TOKEN: ${dots(6)}"`,
    ],
    ['the value of JOB-TOKEN', "--header='JOB-TOKEN: s3cret'", `--header='JOB-TOKEN: ${dots(6)}'`],
    ['a bearer', 'Authorization: Bearer s3cret', `Authorization: Bearer ${dots(6)}`],
    ['basic credentials', 'Authorization: Basic dXNlcjpwYXNz', `Authorization: Basic ${dots(12)}`],
    [
      'a header in JSON',
      '{"Authorization": "Bearer s3cret"}',
      `{"Authorization": "Bearer ${dots(6)}"}`,
    ],
    [
      'a password in an address',
      'https://me:s3cret@example.com/x',
      `https://me:${dots(6)}@example.com/x`,
    ],
    [
      'a password of an address with a port',
      'https://me:s3cret@example.com:80/x',
      `https://me:${dots(6)}@example.com:80/x`,
    ],
    ['a setting', 'password=s3cret', `password=${dots(6)}`],
    ['a password with an @', 'https://me:p@ss@example.com', `https://me:${dots(4)}@example.com`],
    ['a setting with blanks in quotes', 'password="my; secret"', `password="${dots(10)}"`],
    ['a setting in JSON', '{"password": "s3cret"}', `{"password": "${dots(6)}"}`],
    [
      'a setting in JSON in JSON',
      String.raw`{\"password\":\"s3cret\"}`,
      String.raw`{\"password\":\"${dots(6)}\"}`,
    ],
    ['a setting in YAML', '  PASSWORD: "s3cret"', `  PASSWORD: "${dots(6)}"`],
    ['a setting with a longer name', 'MY_DB_PASSWORD: s3cret', `MY_DB_PASSWORD: ${dots(6)}`],
    ['a token of npm', '//h/:_authToken=s3cret', `//h/:_authToken=${dots(6)}`],
    ['a parameter', '?job_token=s3cret&page=2', `?job_token=${dots(6)}&page=2`],
    ['an option', 'docker login --password s3cret host', `docker login --password ${dots(6)} host`],
    ['an option with =', 'x --private-token=s3cret y', `x --private-token=${dots(6)} y`],
    ['user and password at the very start', '-u me:s3cret https://x', `-u me:${dots(6)} https://x`],
    [
      'a short password of docker',
      'docker login -u me -p s3cret host',
      `docker login -u me -p ${dots(6)} host`,
    ],
    ['a short password of twine', 'twine upload -u x -p s3cret', `twine upload -u x -p ${dots(6)}`],
    [
      'a password of netrc',
      'machine x login y password s3cret',
      `machine x login y password ${dots(6)}`,
    ],
    ['a password in XML', '<password>s3cret</password>', `<password>${dots(6)}</password>`],
    [
      'a header of Maven',
      '<name>Job-Token</name>\n<value>s3cret</value>',
      `<name>Job-Token</name>\n<value>${dots(6)}</value>`,
    ],
    ['a trigger token', '--form token=s3cret', `--form token=${dots(6)}`],
    ['a variable that is a token', 'export NPM_TOKEN=s3cret', `export NPM_TOKEN=${dots(6)}`],
    ['a token of YAML', '  GITLAB_TOKEN: s3cret', `  GITLAB_TOKEN: ${dots(6)}`],
    ['a key of AWS', 'AWS_SECRET_ACCESS_KEY=s3cret', `AWS_SECRET_ACCESS_KEY=${dots(6)}`],
    ['a session', '_gitlab_session=s3cret', `_gitlab_session=${dots(6)}`],
    ['a token of GitHub', 'x ghp_abcdef y', `x ghp_${dots(6)} y`],
    ['a token of Slack', 'x xoxb-abc-def y', `x xoxb-${dots(7)} y`],
    [
      'a private key',
      '-----BEGIN RSA PRIVATE KEY-----\nMII\nabc\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY-----\n•••\n•••\n-----END RSA PRIVATE KEY-----',
    ],
    ['user and password', 'curl -u me:s3cret https://x', `curl -u me:${dots(6)} https://x`],
  ])('%s', (_what, text, masked) => {
    expect(mask(text)).toBe(masked)
  })
})

describe('shown is', () => {
  test.each([
    'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/jobs"',
    'curl -H "PRIVATE-TOKEN: ${TOKEN}" https://gitlab.example.com',
    'curl -H "Authorization: Bearer $CI_JOB_TOKEN" https://gitlab.example.com/api',
    'https://gitlab-ci-token:${CI_JOB_TOKEN}@gitlab.example.com/acme/lib.git',
    'https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/acme/lib.git',
    'curl -u "gitlab-ci-token:$CI_JOB_TOKEN" https://gitlab.example.com',
    'T=$CI_JOB_TOKEN\ncurl https://gitlab.example.com',
    'PASSWORD: $REGISTRY_PASSWORD',
    'docker login -u "$CI_REGISTRY_USER" -p "$CI_REGISTRY_PASSWORD" $CI_REGISTRY',
    'The following token permission is required: read_jobs.',
    'Authentication by CI/CD job token not allowed from a to b.',
    'The provided password or token is incorrect',
    'http://example.com:8080/a@b',
    'curl -H "JOB-TOKEN: " "https://gitlab.example.com"',
    'docker run -p 8080:80 nginx',
    'curl --form "token=$CI_JOB_TOKEN" https://gitlab.example.com',
    '<name>Job-Token</name><value>${env.CI_JOB_TOKEN}</value>',
    'git@gitlab.example.com:acme/lib.git',
    '',
  ])('%s', (text) => {
    expect(mask(text)).toBe(text)
  })
})

test('masking twice is masking once, and keeps lines and lengths', () => {
  const text =
    'a: glpat-abcdefghij0123\npassword=s3cret\nhttps://me:s3cret@x/y\nAuthorization: Basic abc=\n'
  const once = mask(text)
  expect(mask(once)).toBe(once)
  expect(once.split('\n').map(({ length }) => length)).toEqual(
    text.split('\n').map(({ length }) => length),
  )
})

describe('typed by hand, letter by letter', () => {
  const typed = (text: string) => [...text].reduce((before, letter) => mask(before + letter), '')

  test.each([
    'curl -H "JOB-TOKEN: hunter2secret" x',
    'curl -H "PRIVATE-TOKEN: glpat-hunter2secret"',
    'Authorization: Bearer hunter2secret',
    'Authorization: Basic hunter2secret==',
    'glpat-hunter2secret',
    'password=hunter2secret',
    'curl -u gitlab-ci-token:hunter2secret x',
    'https://me:hunter2secret@example.com',
    'TOKEN=hunter2secret',
    '<password>hunter2secret</password>',
    'docker login -u me -p hunter2secret x',
  ])('%s shows nothing of the secret', (text) => {
    const shown = typed(text)
    expect(shown).toHaveLength(text.length)
    expect(shown).not.toMatch(/unter|secret/)
  })

  test.each([
    'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" x',
    'Authorization: Bearer ${CI_JOB_TOKEN}',
    'https://gitlab-ci-token:$CI_JOB_TOKEN@example.com/a.git',
    'curl -u "gitlab-ci-token:$CI_JOB_TOKEN" x',
    'TOKEN=$CI_JOB_TOKEN',
  ])('%s stays as it is', (text) => {
    expect(typed(text)).toBe(text)
  })
})

test('what is masked is read all the same', () => {
  expect(
    calls('curl -H "JOB-TOKEN: s3cret" https://gitlab.example.com/api/v4/projects/42/jobs'),
  ).toEqual(['1: GET /projects/:id/jobs > 42'])
  expect(
    calls(
      'script:\n  - curl -u gitlab-ci-token:glcbt-64_abcdefgh https://gitlab.example.com/api/v4/projects/42/packages/pypi/simple',
    ),
  ).toEqual(['2: GET /projects/:id/packages/pypi/simple > 42'])
})
