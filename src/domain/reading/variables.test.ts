import { describe, expect, test } from 'vitest'
import { calls } from '../../../test-support/found.ts'

const curl = (project = '$PID') =>
  `curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/${project}/jobs"`
const script = `  script:\n    - '${curl()}'`
const to = (target: string) => `GET /projects/:id/jobs > ${target}`
const targets = (text: string) => calls(text).map((call) => call.replace(/^\d+: /, ''))

describe('variables of CI configuration are filled in', () => {
  test.each([
    ['by a job', `get:\n  variables: {PID: 42}\n${script}`, '42'],
    ['by all jobs', `variables: {PID: 42}\nget:\n${script}`, '42'],
    [
      'by a job rather than by all',
      `variables: {PID: 42}\nget:\n  variables: {PID: 43}\n${script}`,
      '43',
    ],
    [
      'into each other, whatever their order',
      `variables:\n  PID: "\${ID}"\n  ID: "42"\nget:\n${script}`,
      '42',
    ],
    [
      'into those of all jobs, as the job sets them',
      `variables:\n  ID: "42"\n  PID: $ID\nget:\n  variables: {ID: 43}\n${script}`,
      '43',
    ],
    ['in a circle: not at all', `variables: {PID: $ID, ID: $PID}\nget:\n${script}`, '$ID'],
    [
      'if the job inherits them',
      `variables: {PID: 42}\nget:\n  inherit:\n    variables: [PID]\n${script}`,
      '42',
    ],
  ])('%s', (_rule, text, target) => {
    expect(targets(text)).toEqual([to(target)])
  })
})

describe('a variable is worth nothing certain', () => {
  test.each([
    ['in a matrix', `get:\n  parallel:\n    matrix:\n      - PID: [5, 6]\n${script}`],
    [
      'after rules',
      `get:\n  rules:\n    - if: $A\n      variables: {PID: "7"}\n    - when: always\n${script}`,
    ],
    [
      'by rules of a template',
      `.r:\n  rules:\n    - variables: {PID: "7"}\nget:\n  extends: .r\n${script}`,
    ],
    [
      'by rules of the workflow',
      `workflow:\n  rules:\n    - if: $A\n      variables: {PID: "7"}\nget:\n${script}`,
    ],
    ['that a job does not inherit', `get:\n  inherit:\n    variables: false\n${script}`],
    [
      'nor is one that holds it',
      `variables: {ID: 1}\nget:\n  parallel:\n    matrix:\n      - ID: [5, 6]\n  variables: {PID: $ID}\n${script}`,
      '$ID',
    ],
  ])('%s', (_rule, job, target = '$PID') => {
    expect(targets(`variables: {PID: "42"}\n${job}`)).toEqual([to(target)])
  })

  test.each([
    ['in a loop over what nobody knows', `for PID in 5 $MORE; do ${curl()}; done`],
    ['that a condition sets', `if [ "$X" ]; then PID=2; fi\n${curl()}`],
    ['that one of two branches sets', `if [ "$X" ]; then PID=2; else PID=3; fi\n${curl()}`],
    ['that is read', `read -r PID < id.txt\n${curl()}`],
    ['that is removed', `unset PID\n${curl()}`],
    ['that is a list', `PID=(1 2)\n${curl()}`],
  ])('%s', (_rule, text) => {
    expect(targets(`PID=1\n${text}`)).toEqual([to('$PID')])
  })
})

describe('a shell', () => {
  test('forgets at the end of a subshell what was assigned in it', () => {
    expect(targets(`PID=1\n(PID=2; ${curl()})\n${curl()}`)).toEqual([to('2'), to('1')])
    expect(targets(`PID=1\nA=$(PID=2; ${curl()})\n${curl()}`)).toEqual([to('2'), to('1')])
  })

  test('begins anew after a script', () => {
    const text = `get:\n  script: [export PID=8]\n  after_script:\n    - '${curl()}'`
    expect(targets(text)).toEqual([to('$PID')])
  })

  test('keeps what braces and keywords stand before', () => {
    expect(targets(`{ PID=2; ${curl()}; }\n${curl()}`)).toEqual([to('2'), to('2')])
  })

  test.each([
    ['the end cut off', '${ID%-*}', '42'],
    ['the longest end cut off', '${ID%%-*}', '42'],
    ['the beginning cut off', '${ID#*-}', '43'],
    ['a part replaced', '${ID/-43/}', '42'],
  ])('changes a value: %s', (_rule, expression, target) => {
    expect(targets(`ID=42-43\n${curl(expression)}`)).toEqual([to(target)])
  })

  test.each([
    ['encoded', '${CI_PROJECT_PATH//\\//%2F}', 'own'],
    ['in small letters', '${CI_PROJECT_PATH,,}', 'own'],
    ['with another name', '${CI_PROJECT_PATH/app/lib}', 'unknown'],
    ['of several projects', '[1-3]', 'unknown'],
    ['with other names', '${CI_PROJECT_PATH//app/lib}', 'unknown'],
    ['without its end', '${CI_PROJECT_PATH%-*}', 'unknown'],
  ])('does not take for a project what is another: %s', (_rule, expression, target) => {
    expect(targets(curl(expression))).toEqual([to(target)])
  })
})

describe('options that the text does not show', () => {
  const call = (options: string) =>
    `curl ${options} -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/releases"`
  const post = 'POST /projects/:id/releases > 42'

  test.each([
    ['are several words', `OPTS="--request POST --fail"\n${call('$OPTS')}`, [post]],
    [
      'may hold the program',
      `CURL="curl -sf -X POST"\n${call('').replace('curl', '$CURL')}`,
      [post],
    ],
    ['may hold the method, if nobody knows them', call('$OPTS'), ['not-recognised']],
    ['may be a list that the text shows', `OPTS=(-X POST)\n${call('"${OPTS[@]}"')}`, [post]],
    ['may be a list of somebody else', call('"${OPTS[@]}"'), ['not-recognised']],
    ['may be a file', call('-K opts.txt'), ['not-recognised']],
    ['may be the method', call('-X $METHOD'), ['not-recognised']],
    [
      'may be a file of Maven',
      'mvn deploy -s settings.xml -DaltDeploymentRepository=g::$CI_API_V4_URL/projects/42/packages/maven',
      ['not-recognised'],
    ],
    ['do not matter where the method is told', call('$OPTS -X POST'), [post]],
  ])('%s', (_rule, text, expected) => {
    expect(targets(text)).toEqual(expected)
  })
})
