/** What a script really does when it runs: values at the time of the call, by kind of mistake. */
import { describe, expect, test } from 'vitest'
import { calls, context, refusals, suggest } from '../../../test-support/found.ts'
import { read } from './read.ts'

const api = '$CI_API_V4_URL'
const header = '-H "JOB-TOKEN: $CI_JOB_TOKEN"'
const curl = (project: string, thing = 'releases') =>
  `curl ${header} "${api}/projects/${project}/${thing}"`
const releases = (project: string) => `GET /projects/:id/releases > ${project}`
const jobs = (project: string) => `GET /projects/:id/jobs > ${project}`
const state = (project: string) => `GET /projects/:id/terraform/state/:name > ${project}`
const login = 'export TF_HTTP_USERNAME=gitlab-ci-token TF_HTTP_PASSWORD=$CI_JOB_TOKEN'
const address = (project: string) =>
  `export TF_HTTP_ADDRESS=${api}/projects/${project}/terraform/state/x`

/** The lines that a reading gives, in order. */
type Cases = readonly (readonly [string, string, readonly string[]])[]

describe('a program gets what its variables are worth when it starts', () => {
  const cases: Cases = [
    [
      'an address that is exported again',
      `${login}\n${address('51')}\ntofu show\n${address('52')}\ntofu show`,
      [`3: ${state('51')}`, `5: ${state('52')}`],
    ],
    [
      'a password that is unset afterwards',
      `export TWINE_USERNAME=gitlab-ci-token TWINE_PASSWORD=$CI_JOB_TOKEN TWINE_REPOSITORY_URL=${api}/projects/53/packages/pypi\ntwine upload dist/*\nunset TWINE_PASSWORD`,
      ['2: POST /projects/:id/packages/pypi > 53'],
    ],
    [
      'a token that comes later',
      'export GLAB_ENABLE_CI_AUTOLOGIN=true\nglab api projects/54/releases\nexport GITLAB_TOKEN=$RELEASE_BOT\nglab api projects/55/releases',
      [`2: ${releases('54')}`, '4: other-token'],
    ],
    [
      'what a subshell exports',
      `(${login}; ${address('56')}; terraform show)\nterraform show`,
      [`1: ${state('56')}`],
    ],
    [
      'what braces export',
      `{ ${login}; ${address('57')}; }\nterraform show`,
      [`2: ${state('57')}`],
    ],
    ['a variable of one command', `LIB=58\nLIB=59 make\n${curl('$LIB')}`, [`3: ${releases('58')}`]],
    [
      'what a pipe sets',
      `LIB=60\necho 61 | while read -r n; do LIB=62; done\n${curl('$LIB')}`,
      [`3: ${releases('60')}`],
    ],
    [
      'a setting of a file, and then another one',
      `npm config set //gitlab.example.com/api/v4/projects/63/packages/npm/:_authToken $CI_JOB_TOKEN\nnpm config set @a:registry ${api}/projects/63/packages/npm/\nnpm ci`,
      ['3: GET /projects/:id/packages/npm/*package_name > 63'],
    ],
    [
      'what `exit` keeps from running',
      `${curl('64')}\nexit 0\n${curl('65')}`,
      [`1: ${releases('64')}`],
    ],
    [
      'what only one branch goes on from',
      `if [ "$A" ]; then LIB=66; else exit 1; fi\n${curl('$LIB')}`,
      [`2: ${releases('66')}`],
    ],
    [
      'what goes round again',
      `LIB=67\nwhile read -r x; do\n${curl('$LIB')}\nLIB=68\ndone`,
      [`3: ${releases('$LIB')}`],
    ],
    [
      'what a trap runs',
      `LIB=69\ntrap '${curl('70').replaceAll("'", '"')}' EXIT\nmake`,
      [`2: ${releases('70')}`],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('a function takes effect where it is called', () => {
  const cases: Cases = [
    [
      'not where it is written',
      `LIB=71\nuse() { LIB=72; }\n${curl('$LIB')}`,
      [`3: ${releases('71')}`],
    ],
    [
      'but after its call',
      `LIB=71\nuse() { LIB=72; }\nuse\n${curl('$LIB')}`,
      [`4: ${releases('72')}`],
    ],
    [
      'with its own variables',
      `get() { local LIB=73; ${curl('$LIB')}; }\nLIB=74\nget\n${curl('$LIB', 'jobs')}`,
      [`1: ${releases('73')}`, `4: ${jobs('74')}`],
    ],
    [
      'with those of its caller',
      `get() { ${curl('$LIB')}; }\nLIB=75\nget\nLIB=76\nget`,
      [`1: ${releases('75')}`, `1: ${releases('76')}`],
    ],
    [
      'also with the word function',
      `function get {\n${curl('$1')}\n}\nget 77`,
      [`2: ${releases('77')}`],
    ],
    [
      'up to `return`',
      `get() { ${curl('78')}; return; ${curl('79')}; }\nget\n${curl('80')}`,
      [`1: ${releases('78')}`, `3: ${releases('80')}`],
    ],
    [
      'once by itself, if nobody calls it',
      `LIB=81\nget() { ${curl('$LIB')}; ${curl('82')}; }\nLIB=83`,
      [`2: ${releases('$LIB')}`, `2: ${releases('82')}`],
    ],
    [
      'in another one',
      `inner() { ${curl('$1')}; }\nouter() { inner "$1"; }\nouter 84`,
      [`1: ${releases('84')}`],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('words are put in place', () => {
  const cases: Cases = [
    [
      'of a list',
      `O=(--fail -H "JOB-TOKEN: $CI_JOB_TOKEN")\ncurl "\${O[@]}" "${api}/projects/85/jobs"`,
      [`2: ${jobs('85')}`],
    ],
    [
      'that are added to a list',
      `O=(-f)\nO+=(-H "JOB-TOKEN: $CI_JOB_TOKEN")\ncurl "\${O[@]}" "${api}/projects/86/jobs"`,
      [`3: ${jobs('86')}`],
    ],
    [
      'of a function',
      `get() { curl -f ${header} -o out "$1"; }\nget "${api}/projects/87/packages/generic/t/1/t.zip"`,
      [
        '1: GET /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name > 87',
      ],
    ],
    [
      'of all arguments',
      `call() { curl -s ${header} "$@"; }\ncall -X DELETE "${api}/projects/88/packages/5"`,
      ['1: DELETE /projects/:id/packages/:package_id > 88'],
    ],
    ['behind `shift`', `get() { shift; ${curl('$1')}; }\nget a 89`, [`1: ${releases('89')}`]],
    ['of `set --`', `set -- ${header} "${api}/projects/90/jobs"\ncurl "$@"`, [`2: ${jobs('90')}`]],
    [
      'of the branch that sends the job token',
      `if [ -n "$T" ]; then A=(-H "PRIVATE-TOKEN: $T"); else A=(-H "JOB-TOKEN: $CI_JOB_TOKEN"); fi\ncurl "\${A[@]}" "${api}/projects/91/releases"`,
      [`2: ${releases('91')}`],
    ],
    [
      'with a project that nobody knows, though each branch has one',
      `if [ -n "$PAT" ]; then H="PRIVATE-TOKEN: $PAT" LIB=92; else H="JOB-TOKEN: $CI_JOB_TOKEN" LIB=93; fi\ncurl -H "$H" "${api}/projects/$LIB/releases"`,
      [`2: ${releases('$LIB')}`],
    ],
    [
      'of a name and a token that one condition chooses',
      `if [ -n "$PAT" ]; then N=PRIVATE-TOKEN T=$PAT; else N=JOB-TOKEN T=$CI_JOB_TOKEN; fi\nH="$N: $T"\ncurl -H "$H" "${api}/projects/94/releases"`,
      [`3: ${releases('94')}`],
    ],
    [
      'that `&&` and `||` choose',
      `[ -n "$PAT" ] && A=(-H "PRIVATE-TOKEN: $PAT") || A=(-H "JOB-TOKEN: $CI_JOB_TOKEN")\ncurl "\${A[@]}" "${api}/projects/95/releases"`,
      [`2: ${releases('95')}`],
    ],
    [
      'that an argument lacks',
      `get() { curl ${header} "${api}/projects/\${1:-96}/jobs"; }\nget`,
      [`1: ${jobs('96')}`],
    ],
    ['that a command prints', `LIB=$(echo 97)\n${curl('$LIB')}`, [`2: ${releases('97')}`]],
    [
      'that stand where a variable is set',
      `A=1\ncurl \${A:+${header}} "${api}/projects/98/jobs"`,
      [`2: ${jobs('98')}`],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('of a token that is said which the text shows', () => {
  const git = (login: string) => `git clone "https://${login}@gitlab.example.com/tools/spec.git"`
  const cases: Cases = [
    [
      'a masked password of the job token',
      git('gitlab-ci-token:[MASKED]'),
      ['1: git-read > tools/spec'],
    ],
    [
      'an unknown one',
      `TOKEN=$(cat token)\n${git('gitlab-ci-token:$TOKEN')}`,
      ['2: git-read > tools/spec'],
    ],
    ['one that is named like another', git('gitlab-ci-token:$RELEASE_BOT'), ['1: other-token']],
    ['an unknown one of an unknown user', git('$NAME:$TOKEN'), ['1: unknown-token']],
    ['an unknown header', `curl -H "$AUTH" "${api}/projects/1/jobs"\nls`, ['1: unknown-token']],
    [
      'an unknown header of a job token',
      `AUTH="JOB-TOKEN: $CI_JOB_TOKEN"\ncurl -H "$AUTH" "${api}/projects/1/jobs"`,
      [`2: ${jobs('1')}`],
    ],
    [
      'a header for deploy tokens',
      `curl -H "DEPLOY-TOKEN: $CI_JOB_TOKEN" "${api}/projects/1/packages"`,
      ['1: wrong-token deploy-token'],
    ],
    [
      'none at all',
      `curl "${api}/projects/1/jobs"\ncurl "${api}/projects/2/jobs"`,
      ['1: no-token', '2: no-token'],
    ],
    [
      'a bearer that nobody knows',
      `curl -H "Authorization: Bearer $(cat t)" "${api}/projects/1/jobs"\nls`,
      ['1: unknown-token'],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })

  test('what is taken for granted', () => {
    const assumed = (text: string) =>
      read(text, context).findings.map((one) => (one.kind === 'call' ? one.assumes : undefined))
    expect(assumed(git('gitlab-ci-token:$TOKEN'))).toEqual(['job-token'])
    expect(assumed(git('gitlab-ci-token:$CI_JOB_TOKEN'))).toEqual([undefined])
    expect(assumed(`curl "${api}/projects/1/jobs"`)).toEqual(['lost-token'])
  })

  test('also of a refused call', () => {
    expect(
      refusals(
        "$ git clone https://gitlab-ci-token:[MASKED]@gitlab.example.com/tools/spec.git\nCloning into 'spec'...\nremote: The project you were looking for could not be found or you don't have permission to view it.",
      ),
    ).toEqual(['3: git-not-found | git-read > tools/spec'])
  })
})

describe('a job token counts where the endpoint reads it', () => {
  const basic = '-u "gitlab-ci-token:$CI_JOB_TOKEN"'
  const cases: Cases = [
    [
      'Basic for a header',
      `curl ${basic} "${api}/projects/1/releases"`,
      ['1: basic, reads request'],
    ],
    [
      'a header for Basic',
      `curl ${header} "${api}/projects/1/terraform/state/x"`,
      ['1: header, reads basic'],
    ],
    [
      'a header for PyPI',
      `curl ${header} -F content=@a.whl "${api}/projects/1/packages/pypi"`,
      ['1: header, reads basic'],
    ],
    [
      'a parameter for Basic',
      `curl "${api}/projects/1/packages/pypi/simple/a?job_token=$CI_JOB_TOKEN"`,
      ['1: parameter, reads basic'],
    ],
    [
      'a bearer for Basic',
      `curl -H "Authorization: Bearer $CI_JOB_TOKEN" "${api}/projects/1/terraform/state/x"`,
      [`1: ${state('1')}`],
    ],
    [
      'a bearer for a header',
      `curl -H "Authorization: Bearer $CI_JOB_TOKEN" "${api}/projects/1/jobs"`,
      [`1: ${jobs('1')}`],
    ],
    [
      'either for Maven',
      `curl ${basic} "${api}/projects/1/packages/maven/a/1/a.jar"\ncurl ${header} "${api}/projects/1/packages/maven/a/1/a.jar"`,
      [
        '1: GET /projects/:id/packages/maven/*path/:file_name > 1',
        '2: GET /projects/:id/packages/maven/*path/:file_name > 1',
      ],
    ],
    [
      'either, where it is not known',
      `curl ${basic} "${api}/projects/1/packages/go/a/@v/list"`,
      ['1: GET /projects/:id/packages/go/*module_name/@v/list > 1'],
    ],
    [
      'a name that nobody reads',
      `curl -H "X-JOB-TOKEN: $CI_JOB_TOKEN" "${api}/projects/1/releases"`,
      ['1: wrong-token unread-name'],
    ],
    [
      'Basic under another name',
      `curl -u "me:$CI_JOB_TOKEN" "${api}/projects/1/terraform/state/x"`,
      ['1: wrong-token user-name'],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
    if (/reads|wrong/.test(expected.join()))
      expect(suggest(read(text, context).findings)).toEqual([])
  })
})

describe('what goes over the wire', () => {
  const other = '-H "PRIVATE-TOKEN: $RELEASE_BOT"'
  const cases: Cases = [
    [
      'another token before the job token',
      `curl ${header} ${other} "${api}/projects/1/releases"`,
      ['1: other-token'],
    ],
    [
      'a job token where others are read is passed over',
      `curl ${header} -H "PRIVATE-TOKEN: $CI_JOB_TOKEN" "${api}/projects/1/jobs"`,
      [`1: ${jobs('1')}`],
    ],
    [
      'a deploy token where one is read',
      `curl ${header} -H "DEPLOY-TOKEN: $D" "${api}/projects/1/packages"`,
      ['1: other-token'],
    ],
    [
      'a deploy token where none is',
      `curl ${header} -H "DEPLOY-TOKEN: $D" "${api}/projects/1/jobs"`,
      [`1: ${jobs('1')}`],
    ],
    [
      'single quotes',
      `curl -H 'JOB-TOKEN: $CI_JOB_TOKEN' "${api}/projects/1/jobs"`,
      ['1: wrong-token not-filled-in'],
    ],
    [
      'a dollar behind a backslash',
      `curl -H "JOB-TOKEN: \\$CI_JOB_TOKEN" "${api}/projects/1/jobs"`,
      ['1: wrong-token not-filled-in'],
    ],
    [
      'single quotes inside double ones',
      `sh -c "curl -H 'JOB-TOKEN: $CI_JOB_TOKEN' ${api}/projects/1/jobs"`,
      [`1: ${jobs('1')}`],
    ],
    [
      'double quotes inside single ones',
      `sh -c 'curl ${header} ${api}/projects/1/jobs'`,
      [`1: ${jobs('1')}`],
    ],
    [
      'single quotes of a whole header',
      `H='JOB-TOKEN: $CI_JOB_TOKEN'\ncurl -H "$H" "${api}/projects/1/jobs"`,
      ['2: wrong-token not-filled-in'],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('GitLab decides whose project refuses', () => {
  const needs = (project: string, policy: string) =>
    `{"message":"403 Forbidden - Insufficient permissions to access this resource in project ${project}. The following token permission is required: ${policy}."}`
  const cut = ' # collapsed multi-line command'
  const cases: Cases = [
    [
      'another path',
      `$ ${curl('tools%2Flexer')}${cut}\n${needs('spec', 'admin_packages')}`,
      ['2: policies spec ADMIN_PACKAGES'],
    ],
    [
      'another number',
      `$ ${curl('101')}${cut}\n${needs('#102', 'read_jobs')}`,
      ['2: policies #102 READ_JOBS'],
    ],
    [
      'another number, though nothing is hidden',
      `$ ${curl('101')}\n${needs('#102', 'read_jobs')}`,
      ['2: policies #102 READ_JOBS'],
    ],
    [
      'a path and a number, where something may be hidden',
      `$ ${curl('101')}${cut}\n${needs('spec', 'read_jobs')}`,
      ['2: policies spec READ_JOBS'],
    ],
    [
      'a path and a number, where nothing is',
      `$ ${curl('101')}\n${needs('spec', 'read_releases')}`,
      [`2: policies spec READ_RELEASES | ${releases('101')}`],
    ],
    [
      'the same number',
      `$ ${curl('101')}${cut}\n${needs('#101', 'read_releases')}`,
      [`2: policies #101 READ_RELEASES | ${releases('101')}`],
    ],
    [
      'the last part of the path',
      `$ ${curl('tools%2Fspec')}${cut}\n${needs('spec', 'read_releases')}`,
      [`2: policies spec READ_RELEASES | ${releases('tools/spec')}`],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(refusals(text)).toEqual(expected)
  })

  test('of which project nothing is offered', () => {
    const log = `$ ${curl('tools%2Flexer')}${cut}\n${needs('spec', 'admin_packages')}`
    expect(suggest(read(log, context).findings).map(({ target }) => target)).toEqual([
      { kind: 'named', name: { path: 'spec' } },
    ])
  })
})

describe('each command that is echoed has its own failure', () => {
  const failed = (status: number) => `curl: (22) The requested URL returned error: ${status}`
  const cases: Cases = [
    [
      'two alike',
      `$ ${curl('111')} || true\n${failed(404)}\n$ ${curl('112', 'jobs')}\n${failed(404)}`,
      [`2: not-found | ${releases('111')}`, `4: not-found | ${jobs('112')}`],
    ],
    [
      'a status and a sentence',
      `$ ${curl('113')} || true\n${failed(403)}\n$ ${curl('114', 'jobs')}\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project #114. The following token permission is required: read_jobs."}`,
      [`2: forbidden | ${releases('113')}`, `4: policies #114 READ_JOBS | ${jobs('114')}`],
    ],
    [
      'one of them elsewhere',
      `$ curl -f https://example.org/x\n${failed(404)}\n$ ${curl('115')}\n${failed(404)}`,
      [`4: not-found | ${releases('115')}`],
    ],
    [
      'both lines of one',
      `$ ${curl('116')}\n${failed(403)}\n{"message":"403 Forbidden"}`,
      [`2: forbidden | ${releases('116')}`],
    ],
    [
      'values of commands before',
      `$ LIB=117\n$ ${curl('$LIB')}\n${failed(404)}`,
      [`3: not-found | ${releases('$LIB')}`],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(refusals(text)).toEqual(expected)
  })
})

describe('a refusal for another reason is quoted, and offers nothing', () => {
  const denied = (path: string) =>
    `fatal: unable to access 'https://gitlab.example.com/${path}.git/': The requested URL returned error: 403`
  const put = `$ curl --fail-with-body ${header} -X PUT -d status=failed "${api}/projects/121/deployments/9"`
  const deployments = 'PUT /projects/:id/deployments/:deployment_id > 121'
  const cases: Cases = [
    [
      'of a person who may not read',
      `remote: Insufficient permissions to pull from the repository of project spec.\n${denied('tools/spec')}`,
      ['1: membership spec | git-read > tools/spec'],
    ],
    [
      'of a deployment',
      `${put}\n{"message":"403 Forbidden - Deployments created using GitLab CI can not be updated using the API"}`,
      [
        `2: reason Deployments created using GitLab CI can not be updated using the API | ${deployments}`,
      ],
    ],
    [
      'of the code',
      `remote: You are not allowed to download code from this project.\n${denied('tools/spec')}`,
      ['1: reason You are not allowed to download code from this project. | git-read > tools/spec'],
    ],
    [
      'of an archive',
      `remote: You can't push code to an archived project.\n${denied('tools/spec')}`,
      ["1: reason You can't push code to an archived project. | git-read > tools/spec"],
    ],
    [
      'of words that nobody has foreseen',
      `remote: The repository is being moved right now.\n${denied('tools/spec')}`,
      ['1: reason The repository is being moved right now. | git-read > tools/spec'],
    ],
    [
      'behind the request, as npm has it',
      'npm error 403 403 Forbidden - PUT https://gitlab.example.com/api/v4/projects/122/packages/npm/a - Package already exists',
      ['1: reason Package already exists | PUT /projects/:id/packages/npm/:package_name > 122'],
    ],
    [
      'a request is no reason',
      'npm error 403 403 Forbidden - PUT https://gitlab.example.com/api/v4/projects/123/packages/npm/a',
      ['1: forbidden | PUT /projects/:id/packages/npm/:package_name > 123'],
    ],
    [
      'of a move',
      `$ curl ${header} -X POST "${api}/projects/old%2Fspec/releases" -d tag_name=v1\n{"message":"Non GET methods are not allowed for moved projects"}`,
      ['2: moved | POST /projects/:id/releases > old/spec'],
    ],
    [
      'of a move, below the status',
      `$ curl -i ${header} -X PUT "${api}/projects/old%2Fspec/releases/v1" -d name=x\nHTTP/2 405\n\n{"message":"Non GET methods are not allowed for moved projects"}`,
      ['4: moved | PUT /projects/:id/releases/:tag_name > old/spec'],
    ],
    [
      'of an address that does not exist',
      `$ curl ${header} "${api}/project/124/releases"\n{"error":"404 Not Found"}`,
      ['2: no-route | not-possible no-job-tokens'],
    ],
    [
      'of a thing that does not exist',
      `$ curl ${header} "${api}/projects/125/repository/commits/abc"\n{"message":"404 Commit Not Found"}`,
      ['2: missing 404 Commit Not Found | GET /projects/:id/repository/commits/:sha > 125'],
    ],
    [
      'of a tag',
      `$ curl ${header} "${api}/projects/126/repository/tags/v9"\n{"message":"404 Tag Not Found"}`,
      ['2: missing 404 Tag Not Found | GET /projects/:id/repository/tags/:tag_name > 126'],
    ],
    [
      'of the storage',
      'ERROR: Downloading artifacts from coordinator... forbidden  host=objects.example.net id=7 responseStatus=403 Forbidden status=403 Forbidden token=glcbt-64',
      ['1: storage objects.example.net'],
    ],
  ]
  test.each(cases)('%s', (what, text, expected) => {
    expect(refusals(text)).toEqual(expected)
    if (!what.includes('request')) expect(suggest(read(text, context).findings)).toEqual([])
  })

  test.each([
    [
      'a missing project may be hidden',
      `$ ${curl('127')}\n{"message":"404 Project Not Found"}`,
      [`2: not-found | ${releases('127')}`],
    ],
    [
      'a missing package, too',
      `$ curl ${header} "${api}/projects/128/packages/9"\n{"message":"404 Package Not Found"}`,
      ['2: not-found | GET /projects/:id/packages/:package_id > 128'],
    ],
    [
      'and what says no more',
      `$ ${curl('129')}\n{"message":"404 Not Found"}`,
      [`2: not-found | ${releases('129')}`],
    ],
    [
      'the coordinator itself refuses',
      'ERROR: Downloading artifacts from coordinator... forbidden  host=gitlab.example.com id=7 responseStatus=403 Forbidden status=403 Forbidden',
      ['1: forbidden'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(refusals(text)).toEqual(expected)
  })
})

describe('what others answer is not put into the mouth of GitLab', () => {
  test.each([
    [
      'a cloud',
      'fatal error: An error occurred (403) when calling the PutObject operation: Forbidden',
    ],
    ['a test', '✓ answers with status 404 when the order is missing (8 ms)\nTests: 3 passed'],
    [
      'another registry',
      'ERROR: failed to solve: registry-1.docker.io: unexpected status 401 Unauthorized',
    ],
    ['a server of the job', 'GET /orders/5 404 Not Found 3 ms'],
    ['another package registry', 'HTTP error 403 while getting https://pypi.org/simple/x/'],
    ['a tool', 'Error: Request failed with status code 401'],
    [
      'another host of Git',
      "fatal: unable to access 'https://github.com/a/b.git/': The requested URL returned error: 403",
    ],
  ])('%s', (_who, text) => {
    expect(refusals(text)).toEqual([])
  })
})

describe('the newer sentence', () => {
  const sentence = 'Authentication by CI/CD job token not allowed from app to project #131.'
  test.each([
    ['by REST', `{"message":"403 Forbidden - ${sentence}"}`, ['1: not-listed app #131']],
    [
      'by Git',
      `remote: ${sentence}\nfatal: unable to access 'https://gitlab.example.com/tools/spec.git/': The requested URL returned error: 403`,
      ['1: not-listed app #131 | git-read > tools/spec'],
    ],
    ['broken before the number', sentence.replace(' #', '\n#'), ['1: not-listed app #131']],
    ['broken inside the number', sentence.replace('#1', '#1\n'), ['1: not-listed app #131']],
    [
      'broken before the word',
      sentence.replace(' project', '\nremote: project'),
      ['1: not-listed app #131'],
    ],
    [
      'for a project that is called so',
      sentence.replace('project #131', 'project'),
      ['1: not-listed app project'],
    ],
  ])('%s', (_how, text, expected) => {
    expect(refusals(text)).toEqual(expected)
  })
})

describe('a look-up that takes no job tokens', () => {
  const trace = (call: string, error: string) =>
    `Traceback (most recent call last):\n  File "notes.py", line 4, in <module>\n    ${call}\n  File "gitlab/client.py", line 577, in auth\n    self.user = x\ngitlab.exceptions.${error}`
  test.each([
    [
      'of the user',
      trace('gl.auth()', 'GitlabAuthenticationError: 401: 401 Unauthorized'),
      ['6: unauthorized | not-possible no-job-tokens (no-auth)'],
    ],
    [
      'of a project',
      trace('p = gl.projects.get(141)', 'GitlabGetError: 404: 404 Project Not Found'),
      ['6: not-found | not-possible no-job-tokens (lazy)'],
    ],
    [
      'of a job',
      trace('j = project.jobs.get(142)', 'GitlabGetError: 404: 404 Not Found'),
      ['6: not-found | not-possible no-job-tokens (lazy)'],
    ],
    [
      'but not one that is lazy',
      trace(
        'p = gl.projects.get(143, lazy=True).releases.list()',
        'GitlabGetError: 404: 404 Project Not Found',
      ),
      ['6: not-found'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(refusals(text)).toEqual(expected)
  })
})

describe('a log is a log', () => {
  const failed = 'curl: (22) The requested URL returned error: 404'
  test.each([
    [
      'whatever its lines begin with',
      `release: building v2\n$ ${curl('151')}\n${failed}`,
      [`3: not-found | ${releases('151')}`],
    ],
    [
      'with a word of CI in it',
      `$ ${curl('152')}\nvariables: 3 set\n${failed}`,
      [`3: not-found | ${releases('152')}`],
    ],
    [
      'with an error over two lines',
      '$ glab api projects/153\n   ERROR\n\n  GET https://gitlab.example.com/api/v4/projects/153: 404 {message: 404 Project Not\n  Found}.',
      ['4: not-found | not-possible no-job-tokens'],
    ],
    [
      'with a command that is cut off',
      `$ curl --fail ${header} \\ # collapsed multi-line command\n${failed}`,
      ['2: not-found'],
    ],
    [
      'in colours',
      `\u001b[32;1m$ ${curl('154')}\u001b[0;m\nscript: done\n${failed}`,
      [`3: not-found | ${releases('154')}`],
    ],
  ])('%s', (_what, text, expected) => {
    expect(read(text, context).kind).toBe('log')
    expect(refusals(text)).toEqual(expected)
  })

  test('but CI configuration is none', () => {
    expect(read(`release:\n  script:\n    - '${curl('155')}'`, context).kind).toBe('ci')
  })
})
