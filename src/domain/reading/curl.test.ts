import { describe, expect, test } from 'vitest'
import { calls } from '../../../test-support/found.ts'

const jobs = 'GET /projects/:id/jobs > 42'
const api = 'https://gitlab.example.com/api/v4'
const job = '-H "JOB-TOKEN: $CI_JOB_TOKEN"'
const pypi = 'GET /projects/:id/packages/pypi/simple/*package_name > 42'
const generic =
  'PUT /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name > 42'

describe('curl', () => {
  test.each([
    ['the header in front', `curl ${job} "${api}/projects/42/jobs"`, jobs],
    ['the header behind', `curl "${api}/projects/42/jobs" ${job}`, jobs],
    ['--header', `curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "${api}/projects/42/jobs"`, jobs],
    ['--header=', `curl --header="JOB-TOKEN: $CI_JOB_TOKEN" ${api}/projects/42/jobs`, jobs],
    ['-H glued', `curl -H"JOB-TOKEN: $CI_JOB_TOKEN" ${api}/projects/42/jobs`, jobs],
    ['single quotes', `curl ${job} '${api}/projects/42/jobs'`, jobs],
    ['a lower-case header', `curl -H "job-token: $CI_JOB_TOKEN" ${api}/projects/42/jobs`, jobs],
    ['a bearer', `curl -H "Authorization: Bearer $CI_JOB_TOKEN" ${api}/projects/42/jobs`, jobs],
    ['--oauth2-bearer', `curl --oauth2-bearer $CI_JOB_TOKEN ${api}/projects/42/jobs`, jobs],
    ['a parameter', `curl "${api}/projects/42/jobs?job_token=$CI_JOB_TOKEN"`, jobs],
    [
      'a parameter without quotes',
      `curl ${api}/projects/42/jobs?page=2&job_token=$CI_JOB_TOKEN`,
      jobs,
    ],
    [
      'user and password',
      `curl -T a.zip -u "gitlab-ci-token:$CI_JOB_TOKEN" ${api}/projects/42/packages/generic/a/1.0/a.zip`,
      generic,
    ],
    [
      'user and password in the address',
      `curl https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/api/v4/projects/42/packages/pypi/simple/x`,
      pypi,
    ],
    ['flags together', `curl -sSLf ${job} ${api}/projects/42/jobs`, jobs],
    ['flags together with a value', `curl -sSLo out.json ${job} ${api}/projects/42/jobs`, jobs],
    [
      'many long flags',
      `curl --fail --silent --show-error --location --retry 3 --max-time 10 -o x ${job} ${api}/projects/42/jobs`,
      jobs,
    ],
    ['--url', `curl ${job} --url ${api}/projects/42/jobs`, jobs],
    [
      '-w with a percent',
      `curl -w '%{http_code}' -o /dev/null ${job} ${api}/projects/42/jobs`,
      jobs,
    ],
    ['-I', `curl -I ${job} ${api}/projects/42/jobs`, jobs],
    ['--head', `curl --head ${job} ${api}/projects/42/jobs`, jobs],
    ['-G with data', `curl -G ${job} -d per_page=5 ${api}/projects/42/jobs`, jobs],
    [
      '--get with --data-urlencode',
      `curl --get --data-urlencode "scope=failed" ${job} ${api}/projects/42/jobs`,
      jobs,
    ],
    [
      '-X',
      `curl -X DELETE ${job} ${api}/projects/42/packages/5`,
      'DELETE /projects/:id/packages/:package_id > 42',
    ],
    [
      '-X glued',
      `curl -XDELETE ${job} ${api}/projects/42/packages/5`,
      'DELETE /projects/:id/packages/:package_id > 42',
    ],
    [
      '-X in a row of flags',
      `curl -sXDELETE ${job} ${api}/projects/42/packages/5`,
      'DELETE /projects/:id/packages/:package_id > 42',
    ],
    [
      '--request',
      `curl --request DELETE ${job} ${api}/projects/42/packages/5`,
      'DELETE /projects/:id/packages/:package_id > 42',
    ],
    [
      '-X in lower case',
      `curl -X post ${job} ${api}/projects/42/releases`,
      'POST /projects/:id/releases > 42',
    ],
    [
      '-d',
      `curl ${job} -d tag_name=v1 ${api}/projects/42/releases`,
      'POST /projects/:id/releases > 42',
    ],
    [
      '--data',
      `curl ${job} --data '{"tag_name":"v1"}' -H 'Content-Type: application/json' ${api}/projects/42/releases`,
      'POST /projects/:id/releases > 42',
    ],
    [
      '--data-binary',
      `curl ${job} --data-binary @body.json ${api}/projects/42/releases`,
      'POST /projects/:id/releases > 42',
    ],
    [
      '--json',
      `curl ${job} --json '{}' ${api}/projects/42/releases`,
      'POST /projects/:id/releases > 42',
    ],
    [
      '-F',
      `curl ${job} -F file=@a.jks -F name=a ${api}/projects/42/secure_files`,
      'POST /projects/:id/secure_files > 42',
    ],
    [
      '--form',
      `curl ${job} --form "file=@a" ${api}/projects/42/secure_files`,
      'POST /projects/:id/secure_files > 42',
    ],
    [
      '-X over -d',
      `curl -X PUT -d name=x ${job} ${api}/projects/42/releases/v1`,
      'PUT /projects/:id/releases/:tag_name > 42',
    ],
    ['-T', `curl -T a.zip ${job} ${api}/projects/42/packages/generic/a/1.0/a.zip`, generic],
    [
      '--upload-file',
      `curl ${job} --upload-file ./dist/a.zip "${api}/projects/42/packages/generic/a/1.0/a.zip"`,
      generic,
    ],
    [
      '-T into a folder',
      `curl ${job} -T dist/a.zip ${api}/projects/42/packages/generic/a/1.0/`,
      generic,
    ],
    ['--next', `curl ${job} ${api}/projects/42/jobs --next https://example.com`, jobs],
    ['a path to curl', `/usr/bin/curl ${job} ${api}/projects/42/jobs`, jobs],
    ['curl.exe', `curl.exe ${job} ${api}/projects/42/jobs`, jobs],
    ['no scheme', `curl ${job} gitlab.example.com/api/v4/projects/42/jobs`, jobs],
    [
      'a written-out port',
      `curl ${job} https://gitlab.example.com:443/api/v4/projects/42/jobs`,
      jobs,
    ],
    [
      'capitals in the host',
      `curl ${job} https://GitLab.Example.com/api/v4/projects/42/jobs`,
      jobs,
    ],
    ['a prompt', `$ curl ${job} ${api}/projects/42/jobs`, jobs],
    ['a pipe', `curl ${job} ${api}/projects/42/jobs | jq '.[0].id'`, jobs],
    ['a redirection', `curl ${job} ${api}/projects/42/jobs > jobs.json 2>&1`, jobs],
    ['a continuation', `curl \\\n  ${job} \\\n  "${api}/projects/42/jobs"`, jobs],
    ['Windows line ends', `curl \\\r\n  ${job} \\\r\n  "${api}/projects/42/jobs"\r\n`, jobs],
    ['a blank in front', `   curl ${job} ${api}/projects/42/jobs`, jobs],
    ['sudo', `sudo curl ${job} ${api}/projects/42/jobs`, jobs],
    ['a time limit', `timeout 30 curl ${job} ${api}/projects/42/jobs`, jobs],
    ['an environment', `env FOO=1 curl ${job} ${api}/projects/42/jobs`, jobs],
    ['a condition', `if ! curl ${job} ${api}/projects/42/jobs; then exit 1; fi`, jobs],
    ['a substitution', `X="$(curl ${job} "${api}/projects/42/jobs")"`, jobs],
    ['backticks', `X=\`curl ${job} ${api}/projects/42/jobs\`\necho $X`, jobs],
    ['a function', `jobs() { curl ${job} ${api}/projects/42/jobs; }`, jobs],
    ['sh -c', `sh -c 'curl ${job} ${api}/projects/42/jobs'`, jobs],
    ['eval', `eval "curl -H 'JOB-TOKEN: $CI_JOB_TOKEN' ${api}/projects/42/jobs"`, jobs],
    [
      'an encoded path',
      `curl ${job} ${api}/projects/acme%2Flib/jobs`,
      'GET /projects/:id/jobs > acme/lib',
    ],
    ['no token, alone', `curl ${api}/projects/42/jobs`, jobs],
  ])('%s', (_what, text, call) => {
    expect(calls(text)).toEqual([`1: ${call}`])
  })

  test.each([
    [
      'several addresses',
      `curl ${job} ${api}/projects/42/jobs ${api}/projects/43/jobs`,
      ['1: GET /projects/:id/jobs > 42', '1: GET /projects/:id/jobs > 43'],
    ],
    [
      'one upload of two addresses',
      `curl ${job} -T a ${api}/projects/42/packages/generic/a/1/a ${api}/projects/43/jobs`,
      [`1: ${generic}`, '1: GET /projects/:id/jobs > 43'],
    ],
    [
      'options that --next resets',
      `curl -X DELETE ${job} ${api}/projects/42/packages/5 --next ${api}/projects/42/jobs`,
      ['1: DELETE /projects/:id/packages/:package_id > 42', '1: no-token'],
    ],
    [
      'commands in a row',
      `curl ${job} ${api}/projects/42/jobs && curl ${job} ${api}/projects/43/jobs\ncurl ${job} ${api}/projects/44/jobs`,
      [
        '1: GET /projects/:id/jobs > 42',
        '1: GET /projects/:id/jobs > 43',
        '2: GET /projects/:id/jobs > 44',
      ],
    ],
    [
      'a command after a continuation',
      `echo a \\\n b\n\n# c\ncurl ${job} ${api}/projects/42/jobs`,
      ['5: GET /projects/:id/jobs > 42'],
    ],
    [
      'a command after a here-document',
      `cat <<EOF > x\ncurl ${job} ${api}/projects/1/jobs\nEOF\ncurl ${job} ${api}/projects/42/jobs`,
      ['4: GET /projects/:id/jobs > 42'],
    ],
    [
      'a command in a here-document for a shell',
      `sh <<'EOF'\ncurl ${job} ${api}/projects/42/jobs\nEOF`,
      ['1: GET /projects/:id/jobs > 42'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('variables', () => {
  test.each([
    ['the API', `curl ${job} "$CI_API_V4_URL/projects/42/jobs"`, '42'],
    ['the API in braces', `curl ${job} "\${CI_API_V4_URL}/projects/42/jobs"`, '42'],
    ['the server', `curl ${job} "$CI_SERVER_URL/api/v4/projects/42/jobs"`, '42'],
    [
      'host, port and protocol',
      `curl ${job} "$CI_SERVER_PROTOCOL://$CI_SERVER_HOST:$CI_SERVER_PORT/api/v4/projects/42/jobs"`,
      '42',
    ],
    ['host and port in one', `curl ${job} "https://$CI_SERVER_FQDN/api/v4/projects/42/jobs"`, '42'],
    ['the own project by id', `curl ${job} "$CI_API_V4_URL/projects/$CI_PROJECT_ID/jobs"`, 'own'],
    ['the own project by number', `curl ${job} "$CI_API_V4_URL/projects/7/jobs"`, 'own'],
    ['the own project by path', `curl ${job} "$CI_API_V4_URL/projects/acme%2Fapp/jobs"`, 'own'],
    [
      'the own project by an encoded variable',
      `curl ${job} "$CI_API_V4_URL/projects/\${CI_PROJECT_PATH//\\//%2F}/jobs"`,
      'own',
    ],
    [
      'the own project by its parts',
      `curl ${job} "$CI_API_V4_URL/projects/\${CI_PROJECT_NAMESPACE}%2F\${CI_PROJECT_NAME}/jobs"`,
      'own',
    ],
    [
      'a sibling',
      `curl ${job} "$CI_API_V4_URL/projects/\${CI_PROJECT_NAMESPACE}%2Flib/jobs"`,
      'acme/lib',
    ],
    ['a constant', `ID=42\ncurl ${job} "$CI_API_V4_URL/projects/$ID/jobs"`, '42'],
    [
      'an exported constant',
      `export ID="42"; curl ${job} "$CI_API_V4_URL/projects/\${ID}/jobs"`,
      '42',
    ],
    [
      'a constant that is encoded',
      `P=acme/lib\ncurl ${job} "$CI_API_V4_URL/projects/\${P//\\//%2F}/jobs"`,
      'acme/lib',
    ],
    ['a whole address', `URL="$CI_API_V4_URL/projects/42"\ncurl ${job} "$URL/jobs"`, '42'],
    ['a token', `T=$CI_JOB_TOKEN\ncurl -H "JOB-TOKEN: $T" "$CI_API_V4_URL/projects/42/jobs"`, '42'],
    [
      'a header',
      `AUTH="JOB-TOKEN: $CI_JOB_TOKEN"\ncurl -H "$AUTH" "$CI_API_V4_URL/projects/42/jobs"`,
      '42',
    ],
    ['one that nothing sets', `curl ${job} "$CI_API_V4_URL/projects/$OTHER/jobs"`, '$OTHER'],
    ['one with a default', `curl ${job} "$CI_API_V4_URL/projects/\${OTHER:-42}/jobs"`, '$OTHER'],
    [
      'one that a command sets',
      `ID=$(cat id)\ncurl ${job} "$CI_API_V4_URL/projects/$ID/jobs"`,
      '$ID',
    ],
    [
      'one that depends',
      `if x; then ID=1; else ID=2; fi\ncurl ${job} "$CI_API_V4_URL/projects/$ID/jobs"`,
      '$ID',
    ],
    [
      'one that a condition may set',
      `[ -n "$ID" ] || ID=1\ncurl ${job} "$CI_API_V4_URL/projects/$ID/jobs"`,
      '$ID',
    ],
    [
      'one of a loop',
      `for ID in $IDS; do curl ${job} "$CI_API_V4_URL/projects/$ID/jobs"; done`,
      '$ID',
    ],
    ['a command', `curl ${job} "$CI_API_V4_URL/projects/$(cat id)/jobs"`, 'unknown'],
    ['the address of GitLab', `curl ${job} "$GITLAB_URL/api/v4/projects/42/jobs"`, '42'],
    ['the host of GitLab', `curl ${job} "https://$GITLAB_HOST/api/v4/projects/42/jobs"`, '42'],
    [
      'PowerShell',
      `curl.exe -H "JOB-TOKEN: $env:CI_JOB_TOKEN" "$env:CI_API_V4_URL/projects/42/jobs"`,
      '42',
    ],
  ])('%s', (_what, text, target) => {
    const line = text.split('\n').length
    expect(calls(text)).toEqual([`${line}: GET /projects/:id/jobs > ${target}`])
  })

  test('without knowing the own project', () => {
    const where = { gitlabUrl: 'https://gitlab.example.com' }
    expect(calls(`curl ${job} "$CI_API_V4_URL/projects/$CI_PROJECT_ID/jobs"`, where)).toEqual([
      '1: GET /projects/:id/jobs > own',
    ])
    expect(calls(`curl ${job} "$CI_API_V4_URL/projects/7/jobs"`, where)).toEqual([
      '1: GET /projects/:id/jobs > 7',
    ])
  })

  test('below a relative URL root', () => {
    const where = {
      gitlabUrl: 'https://example.com/gitlab/',
      ownProject: { id: 7, fullPath: 'acme/app' },
    }
    expect(calls(`curl ${job} "$CI_API_V4_URL/projects/42/jobs"`, where)).toEqual([`1: ${jobs}`])
    expect(
      calls(`curl ${job} "https://example.com/gitlab/api/v4/projects/42/jobs"`, where),
    ).toEqual([`1: ${jobs}`])
  })
})

describe('a token is judged by how it goes', () => {
  const at = '"$CI_API_V4_URL/projects/42/jobs"'
  test.each([
    [
      'as a personal access token',
      `curl -H "PRIVATE-TOKEN: $CI_JOB_TOKEN" ${at}`,
      'wrong-token private-token',
    ],
    [
      'as a personal access token in braces',
      `curl --header "Private-Token: \${CI_JOB_TOKEN}" ${at}`,
      'wrong-token private-token',
    ],
    [
      'as a parameter for another',
      `curl "$CI_API_V4_URL/projects/42/jobs?private_token=$CI_JOB_TOKEN"`,
      'wrong-token private-token',
    ],
    ['under another user', `curl -u "oauth2:$CI_JOB_TOKEN" ${at}`, 'wrong-token user-name'],
    ['another token', `curl -H "PRIVATE-TOKEN: $GITLAB_TOKEN" ${at}`, 'other-token'],
    ['a deploy token', `curl -H "Deploy-Token: $T" ${at}`, 'other-token'],
    ['none, in a script', `echo a; curl ${at}; curl ${at}`, 'no-token'],
    [
      'a job token written out',
      `curl -H "JOB-TOKEN: glcbt-64_abcdefghijkl" ${at}`,
      'GET /projects/:id/jobs > 42',
    ],
  ])('%s', (_how, text, answer) => {
    expect(new Set(calls(text))).toEqual(new Set([`1: ${answer}`]))
  })

  test('as ~/.netrc has it', () => {
    const netrc =
      'echo "machine gitlab.example.com login gitlab-ci-token password $CI_JOB_TOKEN" > ~/.netrc'
    const at = '"$CI_API_V4_URL/projects/42/packages/pypi/simple/x"'
    expect(calls(`${netrc}\ncurl --netrc ${at}`)).toEqual([`2: ${pypi}`])
    expect(calls(`${netrc}\ncurl ${at}\nwget ${at}`)).toEqual(['2: no-token', `3: ${pypi}`])
  })
})

describe('an endpoint is', () => {
  test.each([
    [
      'not possible',
      `curl ${job} -X POST -d body=x "$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"`,
      'not-possible no-job-tokens',
    ],
    ['not possible: users', `curl ${job} "$CI_API_V4_URL/user"`, 'not-possible no-job-tokens'],
    [
      'not possible: GraphQL',
      `curl ${job} -d '{"query":"{x}"}' "$CI_API_GRAPHQL_URL"`,
      'not-possible graphql',
    ],
    [
      'not possible: GraphQL written out',
      `curl ${job} https://gitlab.example.com/api/graphql`,
      'not-possible graphql',
    ],
    [
      'not possible: PATCH',
      `curl -X PATCH ${job} "$CI_API_V4_URL/projects/42/releases/v1"`,
      'not-possible no-job-tokens',
    ],
    ['that of the own job', `curl ${job} "$CI_API_V4_URL/job"`, 'GET /job > own'],
    [
      'of a job of any project',
      `curl ${job} "$CI_API_V4_URL/jobs/1/artifacts"`,
      'GET /jobs/:id/artifacts > unknown',
    ],
    [
      'the own registry',
      `curl ${job} "$CI_API_V4_URL/projects/$CI_PROJECT_ID/registry/repositories"`,
      'GET /projects/:id/registry/repositories > own',
    ],
    [
      'the registry of another',
      `curl ${job} "$CI_API_V4_URL/projects/42/registry/repositories"`,
      'GET /projects/:id/registry/repositories > 42 (registry-of-another-project)',
    ],
    [
      'of a group',
      `curl ${job} "$CI_API_V4_URL/groups/acme/-/packages/npm/x"`,
      'GET /groups/:id/-/packages/npm/*package_name > acme',
    ],
    [
      'triggering',
      `curl -X POST -F token=$CI_JOB_TOKEN -F ref=main "$CI_API_V4_URL/projects/42/trigger/pipeline"`,
      'uncatalogued > 42',
    ],
    [
      'triggering by another token',
      `curl -X POST -F token=$TRIGGER -F ref=main "$CI_API_V4_URL/projects/42/trigger/pipeline"`,
      'other-token',
    ],
    ['not told', `curl ${job} "$CI_API_V4_URL/$WHAT"`, 'not-recognised'],
    [
      'not told below a project',
      `curl ${job} "$CI_API_V4_URL/projects/42/$WHAT/x"`,
      'not-recognised',
    ],
    ['not told at all', `curl ${job} "$URL"`, 'not-recognised'],
    [
      'of a path that is not encoded',
      `curl ${job} "$CI_API_V4_URL/projects/acme/lib/jobs"`,
      'not-recognised',
    ],
    [
      'a page, not the API',
      `curl ${job} "$CI_SERVER_URL/acme/lib/-/archive/main/lib.zip"`,
      'not-recognised',
    ],
  ])('%s', (_what, text, answer) => {
    expect(calls(text)).toEqual([`1: ${answer}`])
  })
})

describe('nothing counts', () => {
  test.each([
    ['commented out', `# curl ${job} ${api}/projects/42/jobs`],
    ['commented out behind a command', `true # curl ${job} ${api}/projects/42/jobs`],
    ['on another host', `curl ${job} https://gitlab.com/api/v4/projects/42/jobs`],
    [
      'on another host, with the own in its path',
      `curl https://example.com/?u=${api}/projects/42/jobs`,
    ],
    ['on another port', `curl ${job} https://gitlab.example.com:8443/api/v4/projects/42/jobs`],
    ['that is only printed', `echo "curl ${api}/projects/42/jobs"`],
    [
      'in a here-document that is only written',
      `cat > x.sh <<'EOF'\ncurl ${job} ${api}/projects/42/jobs\nEOF`,
    ],
    ['of a page without a token', `curl -O "$CI_SERVER_URL/favicon.ico"`],
    ['without an address', 'curl --version'],
  ])('%s', (_what, text) => {
    expect(calls(text)).toEqual([])
  })
})

describe('wget', () => {
  test.each([
    ['a header', `wget --header="JOB-TOKEN: $CI_JOB_TOKEN" ${api}/projects/42/jobs`, jobs],
    [
      'a header apart',
      `wget --header "JOB-TOKEN: $CI_JOB_TOKEN" -O out ${api}/projects/42/jobs`,
      jobs,
    ],
    [
      '-qO-',
      `wget -qO- --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/jobs"`,
      jobs,
    ],
    [
      '-q -O file',
      `wget -q -O out.json --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/jobs"`,
      jobs,
    ],
    ['-nv', `wget -nv --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/jobs"`, jobs],
    [
      '--spider',
      `wget --spider --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/jobs"`,
      jobs,
    ],
    ['a parameter', `wget "$CI_API_V4_URL/projects/42/jobs?job_token=$CI_JOB_TOKEN"`, jobs],
    [
      'user and password',
      `wget --user gitlab-ci-token --password "$CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/packages/pypi/simple/x"`,
      pypi,
    ],
    [
      '--http-user',
      `wget --http-user=gitlab-ci-token --http-password=$CI_JOB_TOKEN "$CI_API_V4_URL/projects/42/packages/pypi/simple/x"`,
      pypi,
    ],
    [
      'another user',
      `wget --user me --password "$CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/jobs"`,
      'wrong-token user-name',
    ],
    [
      '--method and --body-file',
      `wget --method=PUT --body-file=a.zip --header="JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/packages/generic/a/1/a.zip"`,
      generic,
    ],
    [
      '--method apart',
      `wget --method DELETE --header="JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/packages/5"`,
      'DELETE /projects/:id/packages/:package_id > 42',
    ],
    [
      '--post-data',
      `wget --post-data="token=$CI_JOB_TOKEN&ref=main" "$CI_API_V4_URL/projects/42/trigger/pipeline"`,
      'uncatalogued > 42',
    ],
    [
      '--post-file',
      `wget --post-file=body --header="JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/releases"`,
      'POST /projects/:id/releases > 42',
    ],
    [
      'a personal access token',
      `wget --header "PRIVATE-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/42/jobs"`,
      'wrong-token private-token',
    ],
    [
      'an artifact',
      `wget --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/acme%2Flib/jobs/artifacts/main/download?job=build" -O a.zip`,
      'GET /projects/:id/jobs/artifacts/:ref_name/download > acme/lib',
    ],
  ])('%s', (_what, text, call) => {
    expect(calls(text)).toEqual([`1: ${call}`])
  })
})
