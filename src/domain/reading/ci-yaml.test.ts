import { describe, expect, test } from 'vitest'
import { calls, context, suggest } from '../../../test-support/found.ts'
import { read } from './read.ts'

const curl = 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/jobs"'
const jobs = 'GET /projects/:id/jobs > 42'
const other = curl.replace('42', '$OTHER')
const to = (target: string) => `GET /projects/:id/jobs > ${target}`

describe('a script is', () => {
  test.each([
    ['a text', `build:\n  script: ${curl.replaceAll(': ', ':')}`, [`2: ${jobs}`]],
    ['a quoted text', `build:\n  script: '${curl}'`, [`2: ${jobs}`]],
    ['a list', `build:\n  script:\n    - echo\n    - '${curl}'`, [`4: ${jobs}`]],
    [
      'a list at the margin of its key',
      `build:\n  script:\n  - echo\n  - '${curl}'`,
      [`4: ${jobs}`],
    ],
    ['a list of lists', `build:\n  script:\n    - [echo, ls]\n    - - '${curl}'\n`, [`4: ${jobs}`]],
    ['a literal text', `build:\n  script: |\n    echo\n    ${curl}`, [`4: ${jobs}`]],
    [
      'a literal text in a list',
      `build:\n  script:\n    - |\n      echo\n\n      ${curl}\n    - ls`,
      [`6: ${jobs}`],
    ],
    [
      'a literal text with its end kept',
      `build:\n  script:\n    - |+\n      ${curl}\n\n    - ls`,
      [`4: ${jobs}`],
    ],
    [
      'a folded text',
      `build:\n  script:\n    - >-\n      curl -H "JOB-TOKEN: $CI_JOB_TOKEN"\n      "$CI_API_V4_URL/projects/42/jobs"`,
      [`4: ${jobs}`],
    ],
    [
      'a text over several lines',
      `build:\n  script:\n    - curl -H "JOB-TOKEN:$CI_JOB_TOKEN"\n      "$CI_API_V4_URL/projects/42/jobs"`,
      [`3: ${jobs}`],
    ],
    [
      'a double-quoted text',
      `build:\n  script:\n    - "curl -H \\"JOB-TOKEN: $CI_JOB_TOKEN\\" $CI_API_V4_URL/projects/42/jobs"`,
      [`3: ${jobs}`],
    ],
    ['before_script', `build:\n  before_script:\n    - '${curl}'\n  script: ls`, [`3: ${jobs}`]],
    ['after_script', `build:\n  script: ls\n  after_script:\n    - '${curl}'`, [`4: ${jobs}`]],
    [
      'the before_script of all',
      `before_script:\n  - '${curl}'\nbuild:\n  script: ls`,
      [`2: ${jobs}`],
    ],
    [
      'the before_script of all in default',
      `default:\n  before_script:\n    - '${curl}'\nbuild:\n  script: ls`,
      [`3: ${jobs}`],
    ],
    ['one of a template that nobody uses', `.build:\n  script:\n    - '${curl}'`, [`3: ${jobs}`]],
    ['a list with a colon that was not quoted', `build:\n  script:\n    - ${curl}`, [`3: ${jobs}`]],
    ['indented as a whole', `    build:\n      script:\n        - '${curl}'`, [`3: ${jobs}`]],
    ['a part of a job', `  script:\n    - '${curl}'\n`, [`2: ${jobs}`]],
    ['a list of commands', `- echo\n- '${curl}'`, [`2: ${jobs}`]],
    ['a list of indented commands', `    - echo\n    - '${curl}'`, [`2: ${jobs}`]],
    [
      'between other keys',
      `stages: [a]\n\n# a\nbuild:\n  stage: a\n  image: x\n  rules:\n    - if: $CI\n      when: always\n  artifacts:\n    paths:\n    - a\n  script:\n    - '${curl}'\n  tags: [a]`,
      [`14: ${jobs}`],
    ],
    [
      'in brackets, with Windows line ends',
      `build:\r\n  script: [ls, '${curl}']\r\n`,
      [`2: ${jobs}`],
    ],
    ['with Windows line ends', `build:\r\n  script:\r\n    - '${curl}'\r\n`, [`3: ${jobs}`]],
    ['behind a document mark', `---\nbuild:\n  script:\n    - '${curl}'`, [`4: ${jobs}`]],
    [
      'behind a specification',
      `spec:\n  inputs:\n    p:\n---\nbuild:\n  script:\n    - '${curl}'`,
      [`7: ${jobs}`],
    ],
  ])('%s', (_what, text, expected) => {
    expect(read(text, context).kind).toBe('ci')
    expect(calls(text)).toEqual(expected)
  })
})

describe('commands are shared by', () => {
  const job = (script: string) =>
    `build:\n  variables:\n    OTHER: "42"\n  script:\n    - ${script}`
  test.each([
    [
      'an anchor',
      `.t: &t\n  - '${other}'\nbuild:\n  variables: { OTHER: "42" }\n  script: *t`,
      [`2: ${jobs}`],
    ],
    ['an anchor inside a list', `.t: &t\n  - '${other}'\n${job('*t')}`, [`2: ${jobs}`]],
    [
      'a reference',
      `.t:\n  script:\n    - '${other}'\n${job('!reference [.t, script]')}`,
      [`3: ${jobs}`],
    ],
    [
      'a reference as the whole script',
      `.t:\n  script:\n    - '${other}'\nbuild:\n  variables:\n    OTHER: 42\n  script: !reference [.t, script]`,
      [`3: ${jobs}`],
    ],
    [
      'a reference to a later job',
      `${job('!reference [.t, script]')}\n.t:\n  script:\n    - '${other}'`,
      [`8: ${jobs}`],
    ],
    [
      'a reference to a reference',
      `.a:\n  script:\n    - '${other}'\n.b:\n  script:\n    - !reference [.a, script]\n${job('!reference [.b, script]')}`,
      [`3: ${jobs}`],
    ],
    [
      'extends',
      `.t:\n  script:\n    - '${other}'\nbuild:\n  extends: .t\n  variables:\n    OTHER: 42`,
      [`3: ${jobs}`],
    ],
    [
      'several extends',
      `.a:\n  variables: { OTHER: 1 }\n.t:\n  script:\n    - '${other}'\n  variables: { OTHER: 42 }\nbuild:\n  extends: [.a, .t]`,
      [`5: ${jobs}`],
    ],
    [
      'a merge key',
      `.t: &t\n  script:\n    - '${other}'\nbuild:\n  <<: *t\n  variables:\n    OTHER: 42`,
      [`3: ${jobs}`],
    ],
    [
      'two jobs of different variables',
      `.t:\n  script:\n    - '${other}'\na:\n  extends: .t\n  variables: { OTHER: 1 }\nb:\n  extends: .t\n  variables: { OTHER: 2 }`,
      [`3: ${to('1')}`, `3: ${to('2')}`],
    ],
    [
      'two jobs alike',
      `.t:\n  script:\n    - '${curl}'\na:\n  extends: .t\nb:\n  extends: .t`,
      [`3: ${jobs}`],
    ],
    [
      'themselves, endlessly',
      `a:\n  extends: a\n  script:\n    - '${curl}'\n    - !reference [a, script]`,
      [`4: ${jobs}`],
    ],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('variables are', () => {
  test.each([
    ['those of all', `variables:\n  OTHER: "42"\nbuild:\n  script:\n    - '${other}'`, '42'],
    [
      'those with a description',
      `variables:\n  OTHER:\n    value: "42"\n    description: x\nbuild:\n  script:\n    - '${other}'`,
      '42',
    ],
    [
      'those of the job first',
      `variables:\n  OTHER: 1\nbuild:\n  variables:\n    OTHER: 42\n  script:\n    - '${other}'`,
      '42',
    ],
    [
      'made of others',
      `variables:\n  P: acme\n  OTHER: $P%2Flib\nbuild:\n  script:\n    - '${other}'`,
      'acme/lib',
    ],
    [
      'not those of another job',
      `a:\n  variables:\n    OTHER: 42\n  script: ls\nbuild:\n  script:\n    - '${other}'`,
      '$OTHER',
    ],
    [
      'set by an earlier command',
      `build:\n  before_script:\n    - OTHER=42\n  script:\n    - '${other}'`,
      '42',
    ],
    [
      'inputs',
      `build:\n  script:\n    - '${curl.replace('42', '$[[ inputs.other-id ]]')}'`,
      '$other_id',
    ],
    [
      'the own project',
      `variables:\n  OTHER: $CI_PROJECT_ID\nbuild:\n  script:\n    - '${other}'`,
      'own',
    ],
  ])('%s', (_what, text, target) => {
    expect(calls(text)).toEqual([`${text.split('\n').length}: ${to(target)}`])
  })
})

describe('nothing counts', () => {
  test.each([
    ['that is commented out', `build:\n  script:\n    - ls\n    # - '${curl}'`],
    ['that is commented out in a script', `build:\n  script:\n    - |\n      # ${curl}\n      ls`],
    [
      'that is included',
      `include:\n  - project: acme/ci\n    file: /curl.yml\n  - remote: https://gitlab.example.com/api/v4/projects/42/jobs\nbuild:\n  script: ls`,
    ],
    [
      'that quotes a refusal',
      'build:\n  # 403 Forbidden - Insufficient permissions to access this resource in project x. The following token permission is required: read_jobs.\n  script: ls',
    ],
    [
      'of rules and artifacts',
      `build:\n  script: ls\n  artifacts:\n    reports:\n      dotenv: curl\n  environment:\n    url: https://gitlab.example.com/api/v4/projects/42/jobs`,
    ],
    ['of triggers', 'build:\n  trigger:\n    project: acme/lib'],
  ])('%s', (_what, text) => {
    expect(read(text, context)).toEqual({ kind: 'ci', findings: [] })
  })
})

describe('broken YAML', () => {
  test.each([
    ['with a tab', `build:\n\tscript:\n\t- ${curl}`, [`3: ${jobs}`]],
    [
      'with a quote left open',
      `build:\n  script:\n    - "ls\n    - ${curl}\nok:\n  script:\n    - '${curl}'`,
      [`7: ${jobs}`],
    ],
    ['with odd indentation', `build:\n  script:\n     - ls\n   - ${curl}`, [`4: ${jobs}`]],
    ['with an unknown anchor', `build:\n  script:\n    - *nobody\n    - '${curl}'`, [`4: ${jobs}`]],
    [
      'whose lines would be one text together',
      `build:\n  script: curl x\nglab x\n[ls, "${curl.replaceAll('"', '').replace(': ', ':')}"]`,
      [`4: ${jobs}`],
    ],
    ['with a bracket left open', `build:\n  only: [a\n  script:\n    - ${curl}`, [`4: ${jobs}`]],
  ])('%s is read by lines', (_what, text, expected) => {
    expect(calls(text).filter((one) => !one.endsWith('not-recognised'))).toEqual(expected)
  })
})

describe('of many jobs each is read on its own line', () => {
  /** Some kilobytes more than are parsed at once. */
  const file = (broken: string, at: number) =>
    Array.from({ length: 300 }, (_, n) =>
      n === at
        ? `broken:\n  script:\n${broken}\n`
        : `job-${n}:\n  rules:\n    - if: $CI\n\n  script:\n    # ${n}\n    - '${curl.replace('42', String(1000 + n))}'\n`,
    ).join('')
  test.each([
    ['all of them whole', '    - curl', 150],
    ['the first broken', '    - "curl', 0],
    ['one broken', '    - @curl', 150],
    ['one with an open quote', '    - "curl', 150],
    ['one with an open bracket', '    - [curl', 151],
    ['one with an open brace', '    - { curl: [', 77],
    ['one with a tab', '\t- curl', 200],
    ['the last broken', '    - "curl', 299],
  ])('%s', (_what, broken, at) => {
    const text = file(broken, at)
    const lines = text.split('\n')
    const expected = lines.flatMap((line, n) => {
      const id = /projects\/(\d+)\/jobs/.exec(line)?.[1]
      return id ? [`${n + 1}: ${to(id)}`] : []
    })
    expect(expected).toHaveLength(299)
    expect(calls(text)).toEqual(expected)
  })
})

describe('the keyword', () => {
  test('release makes one of the own project, which needs nothing', () => {
    const text = 'publish:\n  script: ls\n  release:\n    tag_name: v1\n    description: x'
    expect(calls(text)).toEqual(['3: POST /projects/:id/releases > own'])
    expect(suggest(read(text, context).findings)).toEqual([])
  })

  test('a job may be called release', () => {
    expect(calls(`release:\n  script:\n    - '${curl}'`)).toEqual([`3: ${jobs}`])
    expect(calls('release:\n  tag_name: v1\n  description: x')).toEqual([
      '1: POST /projects/:id/releases > own',
    ])
  })

  test('release of a template counts once', () => {
    expect(
      calls(
        '.t:\n  release:\n    tag_name: v1\na:\n  extends: .t\n  script: ls\nb:\n  extends: .t\n  script: ls',
      ),
    ).toEqual(['2: POST /projects/:id/releases > own'])
  })

  test('GIT_SUBMODULE_STRATEGY fetches what .gitmodules says', () => {
    expect(
      calls('build:\n  variables:\n    GIT_SUBMODULE_STRATEGY: recursive\n  script: ls'),
    ).toEqual(['3: not-recognised'])
    expect(calls('build:\n  variables:\n    GIT_SUBMODULE_STRATEGY: none\n  script: ls')).toEqual(
      [],
    )
  })
})

describe('the suggestion', () => {
  const at = (path: string, method = 'GET') =>
    `curl -X ${method} -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/${path}"`
  const wanted = (...commands: string[]) =>
    suggest(read(commands.join('\n'), context).findings).map(({ target, policies, lines }) => [
      'reference' in target ? target.reference : 'name' in target ? target.name : target.kind,
      policies,
      lines,
    ])

  test.each([
    [
      'is one set per project',
      [at('42/jobs'), at('43/packages'), at('42/releases')],
      [
        ['42', ['READ_JOBS', 'READ_RELEASES'], [1, 3]],
        ['43', ['READ_PACKAGES'], [2]],
      ],
    ],
    [
      'reads no more than it writes',
      [at('42/packages'), at('42/packages/5', 'DELETE')],
      [['42', ['ADMIN_PACKAGES'], [1, 2]]],
    ],
    [
      'has all policies of an endpoint',
      [at('42/deployments', 'POST'), 'ls'],
      [['42', ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'], [1]]],
    ],
    ['leaves out the own project', [at('$CI_PROJECT_ID/jobs'), at('7/jobs')], []],
    [
      'leaves out what no permission allows',
      [at('42/members'), at('42/registry/repositories')],
      [],
    ],
    [
      'leaves out other tokens',
      [
        at('42/jobs').replace('JOB-TOKEN: $CI_JOB_TOKEN', 'PRIVATE-TOKEN: $T'),
        at('42/jobs').replace('JOB-', 'PRIVATE-'),
      ],
      [],
    ],
    [
      'leaves out other hosts',
      [at('42/jobs').replace('$CI_API_V4_URL', 'https://gitlab.com/api/v4')],
      [],
    ],
    [
      'is an entry without policies where none is asked for',
      ['git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/acme/lib.git', 'ls'],
      [['acme/lib', [], [1]]],
    ],
    [
      'names a variable where nothing else is known',
      [at('$OTHER/jobs'), 'ls'],
      [['$OTHER', ['READ_JOBS'], [1]]],
    ],
    [
      'takes what a refusal says',
      [
        '403 Forbidden - Insufficient permissions to access this resource in project lib. The following token permissions are required: read_jobs and admin_tea.',
      ],
      [[{ path: 'lib' }, ['READ_JOBS', 'ADMIN_TEA'], [1]]],
    ],
    [
      'takes the project from the echoed command',
      [
        `$ ${at('acme%2Flib/jobs')}`,
        '403 Forbidden - Insufficient permissions to access this resource in project lib. The following token permission is required: read_jobs.',
      ],
      [['acme/lib', ['READ_JOBS'], [2]]],
    ],
    [
      'is an entry where a refusal asks for one',
      ['Authentication by CI/CD job token not allowed from app to lib.'],
      [[{ path: 'lib' }, [], [1]]],
    ],
    ['is none for a plain 404', ['{"message":"404 Project Not Found"}'], []],
  ])('%s', (_what, commands, expected) => {
    expect(wanted(...commands)).toEqual(expected)
  })
})
