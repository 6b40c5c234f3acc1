/** What is easily overlooked: jobs that only extend others, keywords, settings, files, languages. */
import { describe, expect, test } from 'vitest'
import { calls, context, suggest } from '../../../test-support/found.ts'
import { parseReference } from '../reference.ts'
import { read } from './read.ts'

const api = '$CI_API_V4_URL'
const curl = (project: string, thing = 'releases') =>
  `curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "${api}/projects/${project}/${thing}"`
const releases = (project: string) => `GET /projects/:id/releases > ${project}`
const at = 'gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com'

type Cases = readonly (readonly [string, string, readonly string[]])[]

describe('each job counts, with all of its parts', () => {
  const base = `.get:\n  variables: { LIB: "201" }\n  script:\n    - '${curl('$LIB')}'\n`
  const cases: Cases = [
    [
      'two that only extend',
      `${base}one:\n  extends: .get\ntwo:\n  extends: .get\n  variables: { LIB: "202" }`,
      [`4: ${releases('201')}`, `4: ${releases('202')}`],
    ],
    [
      'one that extends what extends',
      `${base}.late:\n  extends: .get\n  variables: { LIB: "203" }\nlint:\n  stage: check\n  extends: .late`,
      [`4: ${releases('203')}`],
    ],
    [
      'a before_script of all that only sets a variable',
      `variables: { LIB: "204" }\nbefore_script:\n  - LIB=205\nbuild:\n  script:\n    - '${curl('$LIB')}'`,
      [`6: ${releases('205')}`],
    ],
    [
      'one of default',
      `default:\n  before_script: [export LIB=206]\nbuild:\n  script:\n    - '${curl('$LIB')}'`,
      [`5: ${releases('206')}`],
    ],
    [
      'the nearest before_script alone',
      `before_script: [LIB=207]\n.b:\n  before_script: [LIB=208]\nbuild:\n  extends: .b\n  script:\n    - '${curl('$LIB')}'`,
      [`7: ${releases('208')}`],
    ],
    [
      'a function of before_script',
      `before_script:\n  - get() { ${curl('$1').replaceAll('"', '').replace('JOB-TOKEN: ', 'JOB-TOKEN:')}; }\nbuild:\n  script:\n    - get 209`,
      [`2: ${releases('209')}`],
    ],
    [
      'nothing of default, if it is not inherited',
      `default:\n  before_script: [LIB=210]\nbuild:\n  inherit: { default: false }\n  script:\n    - '${curl('$LIB')}'`,
      [`6: ${releases('$LIB')}`],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    const found = calls(text).map((one) => one.replace('not-recognised', '?'))
    expect(found).toEqual(expected)
  })
})

describe('keywords that use the job token', () => {
  const cases: Cases = [
    [
      'needs:project',
      'test:\n  needs:\n    - project: tools/lexer\n      job: build\n      ref: main\n      artifacts: true\n  script: ./run',
      ['3: GET /jobs/:id/artifacts > tools/lexer'],
    ],
    [
      'needs:project of a variable',
      'test:\n  variables: { LIB: tools/lexer }\n  needs:\n    - { project: $LIB, job: build, ref: main }\n  script: ./run',
      ['4: GET /jobs/:id/artifacts > tools/lexer'],
    ],
    [
      'needs:project without artifacts',
      'test:\n  needs:\n    - project: tools/lexer\n      job: build\n      artifacts: false\n  script: ./run',
      [],
    ],
    ['needs of the same project', 'test:\n  needs: [build]\n  script: ./run', []],
    [
      'image',
      'test:\n  image: $CI_REGISTRY/tools/base:20\n  script: npm test',
      ['2: image-pull > tools/base'],
    ],
    [
      'image:name',
      'test:\n  image:\n    name: registry.gitlab.example.com/tools/base\n  script: npm test',
      ['3: image-pull > tools/base'],
    ],
    [
      'services',
      'test:\n  services:\n    - name: $CI_REGISTRY/tools/db:1\n  script: ls',
      ['3: image-pull > tools/db'],
    ],
    [
      'image of all',
      'image: $CI_REGISTRY/tools/base\ntest:\n  script: ls',
      ['1: image-pull > tools/base'],
    ],
    ['an image of the own project', 'test:\n  image: $CI_REGISTRY_IMAGE/ci:1\n  script: ls', []],
    ['an image of somebody else', 'test:\n  image: docker.io/library/node:20\n  script: ls', []],
    [
      'an image whose project may be one of two',
      'test:\n  image: $CI_REGISTRY/a/b/c:1\n  script: ls',
      ['2: image-pull > unknown'],
    ],
    [
      'a hook',
      `job:\n  hooks:\n    pre_get_sources_script:\n      - '${curl('211')}'\n  script: make`,
      [`4: ${releases('211')}`],
    ],
    [
      'include and trigger use none',
      'include:\n  - project: tools/ci\n    file: /x.yml\ndeploy:\n  trigger:\n    project: tools/deploy',
      [],
    ],
    [
      'pushing an image elsewhere',
      'build:\n  script:\n    - echo "$CI_JOB_TOKEN" | docker login -u gitlab-ci-token --password-stdin $CI_REGISTRY\n    - docker push $CI_REGISTRY/tools/base:1\n    - docker push $CI_REGISTRY_IMAGE:1',
      ['3: registry-login > own', '4: image-push > tools/base (image-of-another-project)'],
    ],
    [
      'pulling one',
      'docker login -u gitlab-ci-token -p $CI_JOB_TOKEN $CI_REGISTRY\ndocker pull $CI_REGISTRY/tools/base:1',
      ['1: registry-login > own', '2: image-pull > tools/base'],
    ],
    [
      'pulling one with a deploy token',
      'docker login -u d -p $DEPLOY_PASSWORD $CI_REGISTRY\ndocker pull $CI_REGISTRY/tools/base:1',
      ['1: other-token', '2: other-token'],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })

  test('of a pushed image nothing is offered', () => {
    expect(suggest(read('docker push $CI_REGISTRY/tools/base:1\nls', context).findings)).toEqual([])
  })
})

describe('a setting counts where it is used', () => {
  const state = (n: number) => `https://gitlab.example.com/api/v4/projects/${n}/terraform/state/net`
  const get = (n: number) => `GET /projects/:id/terraform/state/:name > ${n}`
  const cases: Cases = [
    [
      'the address that is asked before publishing',
      `UV_PUBLISH_CHECK_URL="https://${at}/api/v4/projects/221/packages/pypi/simple" UV_PUBLISH_URL="https://gitlab.example.com/api/v4/projects/222/packages/pypi" UV_PUBLISH_USERNAME=gitlab-ci-token UV_PUBLISH_PASSWORD=$CI_JOB_TOKEN uv publish`,
      [
        '1: GET /projects/:id/packages/pypi/simple/*package_name > 221',
        '1: POST /projects/:id/packages/pypi > 222',
      ],
    ],
    [
      'a file of the backend',
      `# net.hcl\naddress = "${state(223)}"\nlock_address = "${state(223)}/lock"\nlock_method = "POST"`,
      [`2: ${get(223)}`],
    ],
    [
      'a file of the backend that the script writes',
      `cat > net.hcl <<EOF\naddress = "${state(224)}"\nusername = "gitlab-ci-token"\npassword = "$CI_JOB_TOKEN"\nEOF\nterraform init -backend-config=net.hcl`,
      [`6: ${get(224)}`],
    ],
    [
      'states of others',
      `data "terraform_remote_state" "net" {\n  backend = "http"\n  config = {\n    address = "${state(225)}"\n    username = "gitlab-ci-token"\n    password = var.t\n  }\n}\ndata "terraform_remote_state" "dns" {\n  backend = "http"\n  config = {\n    address = "${state(226)}"\n  }\n}`,
      [`4: ${get(225)}`, `12: ${get(226)}`],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('npm of a group or an instance leads to the owners of packages', () => {
  const owners = 'GET /projects/:id/packages/npm/*package_name/-/*file_name > owners'
  const cases: Cases = [
    [
      'a group',
      `npm config set @acme:registry ${api}/groups/231/-/packages/npm/\nnpm config set //gitlab.example.com/api/v4/groups/231/-/packages/npm/:_authToken $CI_JOB_TOKEN\nnpm install`,
      ['3: GET /groups/:id/-/packages/npm/*package_name > 231', `3: ${owners}`],
    ],
    [
      'the instance',
      'echo "@tools:registry=https://gitlab.example.com/api/v4/packages/npm/" > .npmrc\necho "//gitlab.example.com/api/v4/packages/npm/:_authToken=$CI_JOB_TOKEN" >> .npmrc\nnpm ci',
      ['3: GET /packages/npm/*package_name > unknown', `3: ${owners}`],
    ],
    [
      'a look-up alone fetches none',
      `npm config set @acme:registry ${api}/groups/232/-/packages/npm/\nnpm config set //gitlab.example.com/:_authToken $CI_JOB_TOKEN\nnpm view @acme/a`,
      ['3: GET /groups/:id/-/packages/npm/*package_name > 232'],
    ],
    [
      'a project has its own',
      `npm config set @acme:registry ${api}/projects/233/packages/npm/\nnpm config set //gitlab.example.com/:_authToken $CI_JOB_TOKEN\nnpm ci`,
      ['3: GET /projects/:id/packages/npm/*package_name > 233'],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('addresses', () => {
  const trigger = 'uncatalogued > 241'
  test.each([
    [
      'of a trigger with its ref',
      `curl -X POST "${api}/projects/241/ref/main/trigger/pipeline?token=$CI_JOB_TOKEN"`,
      [`1: ${trigger}`],
    ],
    [
      'of a trigger with slashes in its ref',
      `curl -X POST "${api}/projects/241/ref/feature/a/trigger/pipeline?token=$CI_JOB_TOKEN"`,
      [`1: ${trigger}`],
    ],
    [
      'of a trigger',
      `curl -X POST -F token=$CI_JOB_TOKEN -F ref=main "${api}/projects/241/trigger/pipeline"`,
      [`1: ${trigger}`],
    ],
    [
      'of an experiment',
      `curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "${api}/projects/1/dependency_firewall/enablement"`,
      ['1: experiment'],
    ],
    [
      'of another experiment',
      `curl -X POST -H "JOB-TOKEN: $CI_JOB_TOKEN" "${api}/job/test_balancing/request"`,
      ['1: experiment'],
    ],
    [
      'of an exchange of tokens',
      `curl -X POST -H "JOB-TOKEN: $CI_JOB_TOKEN" "${api}/token_exchange"`,
      ['1: POST /token_exchange > unknown'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })

  const elsewhere = (gitlabUrl: string) => ({ ...context, gitlabUrl })
  test.each([
    [
      'https://dev.example.com:8443',
      `git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@$CI_SERVER_HOST/tools/spec.git"`,
      ['1: lost-address port'],
    ],
    [
      'https://dev.example.com:8443',
      `git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@$CI_SERVER_HOST:$CI_SERVER_PORT/tools/spec.git"`,
      ['1: git-read > tools/spec'],
    ],
    [
      'https://dev.example.com:8443',
      `git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@$CI_SERVER_FQDN/tools/spec.git"`,
      ['1: git-read > tools/spec'],
    ],
    [
      'https://example.com/gitlab',
      `curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "https://$CI_SERVER_HOST/api/v4/projects/1/jobs"`,
      ['1: lost-address path'],
    ],
    [
      'https://example.com/gitlab',
      `curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_SERVER_URL/api/v4/projects/1/jobs"`,
      ['1: GET /projects/:id/jobs > 1'],
    ],
    [
      'https://gitlab.example.com',
      `curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "https://$CI_SERVER_HOST/api/v4/projects/1/jobs"`,
      ['1: GET /projects/:id/jobs > 1'],
    ],
  ])('made of the host of %s: %s', (gitlabUrl, text, expected) => {
    expect(calls(text, elsewhere(gitlabUrl))).toEqual(expected)
  })
})

describe('spellings of tools', () => {
  const auto = 'export GLAB_ENABLE_CI_AUTOLOGIN=true\n'
  const git = `git+https://${at}/tools/spec.git`
  const cases: Cases = [
    [
      'glab -R in front',
      `${auto}glab -R tools/spec release create v1`,
      ['2: POST /projects/:id/releases > tools/spec'],
    ],
    [
      'glab --repo behind',
      `${auto}glab release list --repo tools/spec`,
      ['2: GET /projects/:id/releases > tools/spec'],
    ],
    ['pip and a repository', `pip install "${git}@main"`, ['1: git-read > tools/spec']],
    ['pip and a named repository', `pip install "spec @ ${git}"`, ['1: git-read > tools/spec']],
    ['uv and a repository', `uv add "${git}"`, ['1: git-read > tools/spec']],
    ['poetry and a repository', `poetry add "${git}#v1"`, ['1: git-read > tools/spec']],
    ['npm and a repository', `npm install "${git}"`, ['1: git-read > tools/spec']],
    [
      'helm',
      `helm repo add c "${api}/projects/251/packages/helm/stable" --username gitlab-ci-token --password "$CI_JOB_TOKEN"`,
      ['1: uncatalogued > 251'],
    ],
    [
      'NuGet',
      `dotnet nuget add source "${api}/projects/252/packages/nuget/index.json" --name g --username gitlab-ci-token --password $CI_JOB_TOKEN\ndotnet nuget push x.nupkg --source g`,
      ['1: uncatalogued > 252', '2: uncatalogued > 252'],
    ],
    [
      'Conan',
      `conan remote add g ${api}/projects/253/packages/conan\nconan remote login g gitlab-ci-token -p $CI_JOB_TOKEN\nconan upload "a/*" -r g`,
      [
        '3: PUT /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/files/:file_name > 253',
      ],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('what a script writes and then runs', () => {
  const cases: Cases = [
    [
      'a here-document',
      `cat > get.sh <<'EOF'\n${curl('261')}\nEOF\nsh get.sh`,
      [`4: ${releases('261')}`],
    ],
    [
      'two lines of echo',
      `echo 'LIB=262' > get.sh\necho '${curl('$LIB')}' >> get.sh\nchmod +x get.sh\n./get.sh`,
      [`4: ${releases('262')}`],
    ],
    [
      'what it sources',
      `cat > env.sh <<EOF\nexport LIB=263\nEOF\n. ./env.sh\n${curl('$LIB')}`,
      [`5: ${releases('263')}`],
    ],
    ['nothing that it does not run', `cat > get.sh <<'EOF'\n${curl('264')}\nEOF\ncat get.sh`, []],
    [
      'options for curl',
      `curl -K - <<EOF\nurl = "${api}/projects/265/packages"\nheader = "JOB-TOKEN: $CI_JOB_TOKEN"\nEOF`,
      ['1: GET /projects/:id/packages > 265'],
    ],
    [
      'options for curl in a file',
      `cat > c.txt <<EOF\n-X DELETE\nurl = "${api}/projects/266/packages/1"\nheader = "JOB-TOKEN: $CI_JOB_TOKEN"\nEOF\ncurl -sK c.txt`,
      ['6: DELETE /projects/:id/packages/:package_id > 266'],
    ],
    [
      'a clone, and a push from it',
      `git clone "https://${at}/tools/spec.git"\ncd spec\ngit push origin main`,
      ['1: git-read > tools/spec', '3: git-push > tools/spec'],
    ],
    [
      'a clone by another name',
      `git clone "https://${at}/tools/spec.git" work && git -C work push`,
      ['1: git-read > tools/spec', '1: git-push > tools/spec'],
    ],
    [
      'not outside of it',
      `git clone "https://${at}/tools/spec.git"\ncd spec\ncd ..\ngit push origin main`,
      ['1: git-read > tools/spec'],
    ],
    [
      'nor after a subshell',
      `(git clone "https://${at}/tools/spec.git"; cd spec)\ngit push`,
      ['1: git-read > tools/spec'],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('other languages', () => {
  const cases: Cases = [
    [
      'Make',
      `upload:\n\tcurl --header "JOB-TOKEN: $$CI_JOB_TOKEN" --upload-file x.zip "$$CI_API_V4_URL/projects/271/packages/generic/x/1/x.zip"`,
      [
        '2: PUT /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name > 271',
      ],
    ],
    [
      'Make, with a value of its own',
      `LIB := 272\nget:\n\t@curl -H "JOB-TOKEN: $$CI_JOB_TOKEN" \\\n\t  "$(CI_API_V4_URL)/projects/$(LIB)/releases"`,
      [`3: ${releases('272')}`],
    ],
    [
      'Make has a shell for each line',
      `get:\n\tLIB=273\n\tcurl -H "JOB-TOKEN: $$CI_JOB_TOKEN" "$$CI_API_V4_URL/projects/$$LIB/releases"`,
      [`3: ${releases('$LIB')}`],
    ],
    [
      'cmd.exe',
      `curl.exe -H "JOB-TOKEN: %CI_JOB_TOKEN%" "%CI_API_V4_URL%/projects/274/releases"`,
      [`1: ${releases('274')}`],
    ],
    [
      'cmd.exe, with a value',
      `set LIB=275\ncurl -H "JOB-TOKEN: %CI_JOB_TOKEN%" ^\n  "%CI_API_V4_URL%/projects/%LIB%/releases"`,
      [`2: ${releases('275')}`],
    ],
    [
      'cmd.exe, with an encoded path',
      `curl -H "JOB-TOKEN: %CI_JOB_TOKEN%" "%CI_API_V4_URL%/projects/tools%2Fspec/releases"`,
      [`1: ${releases('tools/spec')}`],
    ],
    [
      'PowerShell',
      'Invoke-RestMethod -Uri "$env:CI_API_V4_URL/projects/276/releases" -Headers @{ "JOB-TOKEN" = $env:CI_JOB_TOKEN }',
      [`1: ${releases('276')}`],
    ],
    [
      'PowerShell, with variables',
      '$headers = @{\n  "JOB-TOKEN" = "$env:CI_JOB_TOKEN"\n}\n$lib = 277\nInvoke-WebRequest `\n  -Method POST -Headers $headers -Uri "$($env:CI_API_V4_URL)/projects/$lib/releases"',
      ['5: POST /projects/:id/releases > 277'],
    ],
    [
      'PowerShell in a job',
      `get:\n  script:\n    - $h = @{ "JOB-TOKEN" = $env:CI_JOB_TOKEN }\n    - irm "$env:CI_API_V4_URL/projects/278/releases" -Headers $h`,
      [`4: ${releases('278')}`],
    ],
    [
      'PowerShell, with another token',
      'Invoke-RestMethod -Uri "$env:CI_API_V4_URL/projects/279/releases" -Headers @{ "PRIVATE-TOKEN" = $env:RELEASE_BOT }',
      ['1: other-token'],
    ],
    [
      'Python',
      'import os, requests\nbase = os.environ["CI_API_V4_URL"]\nrequests.get(f"{base}/projects/280/releases", headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})',
      [`3: ${releases('280')}`],
    ],
    [
      'Python, over lines',
      'import os\nimport requests\nheaders = {"JOB-TOKEN": os.getenv("CI_JOB_TOKEN")}\nr = requests.post(\n    os.getenv("CI_API_V4_URL") + "/projects/281/releases",\n    headers=headers,\n    json={},\n)',
      ['4: POST /projects/:id/releases > 281'],
    ],
    [
      'python-gitlab',
      'import gitlab, os\ngl = gitlab.Gitlab(os.environ["CI_SERVER_URL"], job_token=os.environ["CI_JOB_TOKEN"])\np = gl.projects.get(282, lazy=True)\np.releases.list()',
      [`4: ${releases('282')}`],
    ],
    [
      'python-gitlab, with a look-up',
      'import gitlab, os\ngl = gitlab.Gitlab(os.environ["CI_SERVER_URL"], job_token=os.environ["CI_JOB_TOKEN"])\np = gl.projects.get(282)\np.releases.list()',
      ['3: not-possible no-job-tokens', `4: ${releases('282')}`],
    ],
    [
      'Python in the shell',
      `python3 - <<'EOF'\nimport os, requests\nrequests.get(os.environ["CI_API_V4_URL"] + "/projects/283/releases", headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})\nEOF`,
      [`1: ${releases('283')}`],
    ],
    [
      'an address that nobody knows',
      'import os, requests\nrequests.get(url_of("x"), headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})',
      ['2: not-recognised'],
    ],
    [
      'JavaScript',
      'const api = process.env.CI_API_V4_URL\nawait fetch(`${api}/projects/284/releases`, { headers: { "JOB-TOKEN": process.env.CI_JOB_TOKEN } })',
      [`2: ${releases('284')}`],
    ],
    [
      'axios',
      'const axios = require("axios")\naxios.post(`${process.env.CI_API_V4_URL}/projects/285/releases`, { tag_name: "v1" }, {\n  headers: { "JOB-TOKEN": process.env.CI_JOB_TOKEN },\n})',
      ['2: POST /projects/:id/releases > 285'],
    ],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('a token that is handed on is not nothing', () => {
  const cases: Cases = [
    [
      'to BuildKit',
      'export GIT_AUTH_TOKEN="$CI_JOB_TOKEN"\ndocker build --secret id=GIT_AUTH_TOKEN https://gitlab.example.com/tools/images.git',
      ['2: not-recognised'],
    ],
    [
      'to Terraform, for an address of a command',
      `export TF_HTTP_USERNAME=gitlab-ci-token TF_HTTP_PASSWORD=$CI_JOB_TOKEN\nexport TF_HTTP_ADDRESS="${api}/projects/$(cat id)/terraform/state/x"\nterraform plan`,
      ['3: not-recognised'],
    ],
    [
      'to Go, by a setting of Git',
      `git config --global url."https://${at}/".insteadOf "https://gitlab.example.com/"\ngo mod download`,
      ['2: not-recognised'],
    ],
    [
      'to Composer',
      'export COMPOSER_AUTH="{\\"gitlab-token\\":\\"$CI_JOB_TOKEN\\"}"\ncomposer install',
      ['2: not-recognised'],
    ],
    [
      'to Cargo',
      'export CARGO_REGISTRIES_G_TOKEN="Bearer $CI_JOB_TOKEN"\ncargo publish --registry g',
      ['2: not-recognised'],
    ],
    ['to a script', 'export TOKEN=$CI_JOB_TOKEN\n./deploy', ['2: not-recognised']],
    [
      'but nobody asks again where a call is read',
      `export TOKEN=$CI_JOB_TOKEN\ncurl -H "JOB-TOKEN: $TOKEN" "${api}/projects/1/releases"\nmake`,
      [`2: ${releases('1')}`],
    ],
    ['nor where there is none', 'export TOKEN=$OTHER\ncomposer install', []],
  ]
  test.each(cases)('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('spellings of a project', () => {
  const home = 'https://gitlab.example.com'
  test.each([
    ['git@GitLab.Example.COM:tools/spec.git', { path: 'tools/spec' }],
    ['git@gitlab.example.com:/tools/spec.git', { path: 'tools/spec' }],
    ['ssh://git@GITLAB.example.com:22/tools/spec.git', { path: 'tools/spec' }],
    ['HTTPS://GitLab.Example.Com/tools/spec', { path: 'tools/spec' }],
    ['git@github.com:tools/spec.git', { foreign: 'github.com' }],
    ['tools/größe', undefined],
    ['werkzeuge/日本', undefined],
    ['tools/with space', undefined],
  ])('%s', (text, expected) => {
    expect(parseReference(text, home)).toEqual(expected)
  })
})
