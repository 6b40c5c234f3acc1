import { describe, expect, test } from 'vitest'
import { context } from '../../../test-support/found.ts'
import { unsetVariables } from './findings.ts'
import { read } from './read.ts'

const api = '-H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL'

/** What each call says of the project it accesses, and of the variables that this depends on. */
const told = (text: string, variables?: Record<string, string>) =>
  read(text, { ...context, ...(variables && { variables }) }).findings.map((finding) => {
    const call = finding.kind === 'call' ? finding : finding.call
    const addressee = call && 'addressee' in call.answer ? call.answer.addressee : undefined
    const reference =
      addressee && 'reference' in addressee ? addressee.reference : call?.answer.code
    return [reference, call?.unset, call?.given]
  })

describe('a variable to which the text gives no value can be given one', () => {
  const text = `curl ${api}/projects/$LIB/releases"`

  test('it is named, and a value answers', () => {
    expect(told(text)).toEqual([['$LIB', ['LIB'], undefined]])
    expect(told(text, { LIB: '42' })).toEqual([['42', undefined, ['LIB']]])
    expect(told(text, { LIB: '' })).toEqual([['$LIB', ['LIB'], undefined]])
  })

  test('a path is one segment of the address', () => {
    expect(told(text, { LIB: 'acme/lib' })).toEqual([['acme/lib', undefined, ['LIB']]])
    expect(told(text, { LIB: 'acme%2Flib' })).toEqual([['acme/lib', undefined, ['LIB']]])
  })

  test('what the text says counts, and so does what GitLab sets', () => {
    expect(told(`LIB=1\n${text}`, { LIB: '42' })).toEqual([['1', undefined, undefined]])
    expect(told(`read LIB\n${text}`, { LIB: '42' })).toEqual([['42', undefined, ['LIB']]])
    expect(told(`curl ${api}/projects/$CI_PROJECT_ID/releases"`, { CI_PROJECT_ID: '42' })).toEqual([
      ['needs', undefined, undefined],
    ])
  })

  test('only what the answer depends on is asked for', () => {
    expect(told(`curl ${api}/projects/5/packages/generic/app/$VERSION/app.zip"`)).toEqual([
      ['5', undefined, undefined],
    ])
    expect(
      told(`curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$PLACE"`, {
        PLACE: 'https://gitlab.example.com/api/v4/projects/6/jobs',
      }),
    ).toEqual([['6', undefined, ['PLACE']]])
  })

  test('in a clone address, in needs, in the command that a log repeats', () => {
    const clone =
      'git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/$GROUP/lib.git'
    expect(told(clone, { GROUP: 'tools' })).toEqual([['tools/lib', undefined, ['GROUP']]])
    expect(told('a:\n  script: [make]\n  needs:\n    - project: $UP\n', { UP: 'acme/up' })).toEqual(
      [['acme/up', undefined, ['UP']]],
    )
    expect(
      told(`$ curl ${api}/projects/$LIB/releases"\n{"message":"404 Not Found"}`, { LIB: '42' }),
    ).toEqual([['42', undefined, ['LIB']]])
  })

  test('each is asked for once', () => {
    const { findings } = read(
      `${text}\n${text.replace('releases', 'jobs')}\n${text.replace('LIB', 'B')}`,
      context,
    )
    expect(unsetVariables(findings)).toEqual(['LIB', 'B'])
  })
})

test('each call says which jobs make it', () => {
  const jobs = read(
    `.get:
  script:
    - curl ${api}/projects/1/jobs"
a:
  extends: .get
b:
  extends: .get
c:
  before_script:
    - curl ${api}/projects/2/jobs"
  script: [make]
.unused:
  script:
    - curl ${api}/projects/3/jobs"
`,
    context,
  ).findings.map((finding) => finding.kind === 'call' && finding.jobs)
  expect(jobs).toEqual([['a', 'b'], ['c'], ['.unused']])
})

test.each([
  ['a request', 'GET https://gitlab.com/api/v4/projects/42/jobs', 1],
  ['a command', 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" https://gitlab.com/api/v4/job', 1],
  ['a clone', 'git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.com/acme/lib.git', 1],
  ['a log', 'npm error\nnpm error 403 Forbidden - PUT https://gitlab.com/api/v4/projects/1/x', 2],
])('%s to another host is told with that host', (_what, text, line) => {
  const { findings, elsewhere } = read(text, context)
  expect(findings).toEqual([])
  expect(elsewhere).toMatchObject([{ line, host: 'gitlab.com' }])
})

test.each([
  'curl https://example.com/install.sh',
  'git clone https://github.com/acme/lib.git',
  'npm error 404 Not Found - GET https://registry.npmjs.org/lib',
  'GET https://gitlab.example.com:8443/api/v4/projects/42/jobs',
  'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/job"',
])('no job token goes to another host: %s', (text) => {
  expect(read(text, context).elsewhere).toBeUndefined()
})
