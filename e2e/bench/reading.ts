import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import type { Sample } from './measure.ts'

/** The measured functions of `src/domain`; the browser loads the same code. */
type Reader = {
  read(
    text: string,
    context: { gitlabUrl: string },
  ): { readonly kind: string; readonly findings: readonly unknown[] }
}
type Matcher = {
  endpointsOf(version: { major: number; minor: number }): { method: string; path: string }[]
  matchEndpoint(method: string, url: string, gitlabUrl: string): unknown
}

/** Node's own `import()`. */
export type Load = <Module>(url: string) => Promise<Module>

const gitlabUrl = 'https://gitlab.example.com'
const size = 1_000_000
const matches = 10_000

/**
 * Measures endpoint matching and the reading of pasted text in this Node process, without the
 * page's worker. The first run is a warm-up and is not recorded.
 * @param folder the folder for the build of the measured code
 */
export async function measureReading(runs: number, folder: string, load: Load): Promise<Sample[]> {
  const input = { read: 'src/domain/reading/read.ts', match: 'src/domain/endpoints.ts' }
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: { ssr: true, outDir: folder, emptyOutDir: true, rolldownOptions: { input } },
  })
  const address = (name: string) => pathToFileURL(resolve(join(folder, `${name}.js`))).href
  const { read } = await load<Reader>(address('read'))
  const matcher = await load<Matcher>(address('match'))
  const requests = requestsOf(matcher)
  const samples: Sample[] = []
  for (let run = 0; run <= runs; run += 1) {
    process.stdout.write(`reading: ${run || 'warm-up'} of ${runs}\r`)
    const sample: Record<string, number> = {
      [`match ${matches.toLocaleString('en')} addresses`]: timeToMatch(matcher, requests),
    }
    for (const [name, { kind, text, found }] of Object.entries(texts)) {
      const start = performance.now()
      const reading = read(text, { gitlabUrl })
      sample[`read ${name}`] = performance.now() - start
      if (reading.kind !== kind || reading.findings.length < found) {
        throw new Error(`${name}: read as ${reading.kind}, ${reading.findings.length} found`)
      }
    }
    if (run > 0) samples.push(sample)
  }
  return samples
}

type Request = readonly [method: string, url: string]

/** Requests for every endpoint of the catalogue in turn, half of them slightly changed. */
function requestsOf({ endpointsOf }: Matcher): Request[] {
  const endpoints = endpointsOf({ major: 99, minor: 0 })
  return Array.from({ length: matches }, (_, n): Request => {
    const { method, path } = endpoints[n % endpoints.length] ?? { method: 'GET', path: '' }
    const real = path
      .replace(/[()]/g, '')
      .replace(/:id\b/, n % 2 ? 'acme%2Fplatform%2Fdeploy-tools' : String(n))
      .replace(/[:*]\w*(?:_id|_iid|serial)\b/g, String(n))
      .replace(/[:*](\w+)/g, `$1-${n}`)
    switch (Math.floor(n / endpoints.length) % 5) {
      case 0:
        return [method, `${gitlabUrl}/api/v4${real}`]
      case 1:
        return [method, `${real}?per_page=100`]
      case 2:
        return [method === 'GET' ? 'DELETE' : 'GET', real]
      case 3:
        return [method, `${real}/beyond`]
      default:
        return [method, real.replace(/s?$/, 'z')]
    }
  })
}

function timeToMatch({ matchEndpoint }: Matcher, requests: readonly Request[]): number {
  let found = 0
  const start = performance.now()
  for (const [method, url] of requests) if (matchEndpoint(method, url, gitlabUrl)) found += 1
  const time = performance.now() - start
  // Two fifths are unchanged, and some of the changed ones match another endpoint.
  if (found < matches * 0.35 || found > matches * 0.9) throw new Error(`${found} matches`)
  return time
}

/** Repeats a part until the text has the measured size. */
function repeated(part: (n: number) => string, head = ''): string {
  const parts = [head]
  let length = head.length
  for (let n = 0; length < size; n += 1) {
    const next = part(n)
    parts.push(next)
    length += next.length
  }
  return parts.join('').slice(0, size)
}

const header = '--header "JOB-TOKEN: $CI_JOB_TOKEN"'
const curl = (n: number) => `curl ${header} "$CI_API_V4_URL/projects/${n}/jobs"`

const denseJob = (n: number) => `
build-${n}:
  stage: build
  extends: ${n % 3 ? '.base' : '[.base, .deploy]'}
  variables:
    TARGET: "${n}"
    REGISTRY: "$CI_API_V4_URL/projects/${n}/packages/npm/"
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
      when: on_success
  before_script:
    - *setup
    - npm config set @acme:registry "$REGISTRY"
    - npm config set -- "//gitlab.example.com/api/v4/projects/${n}/packages/npm/:_authToken" "$CI_JOB_TOKEN"
  script:
    - npm ci
    - '${curl(n)}'
    - 'curl --request POST ${header} --form "tag=v${n}" "$CI_API_V4_URL/projects/acme%2Fapp-${n}/releases"'
    - docker login -u gitlab-ci-token -p $CI_JOB_TOKEN $CI_REGISTRY
    - |
      if [ -n "$CI_COMMIT_TAG" ]; then
        curl --upload-file app.zip ${header} \\
          "$CI_API_V4_URL/projects/$TARGET/packages/generic/app/$CI_COMMIT_TAG/app.zip"
      fi
    - !reference [.notify, script]
    - npm publish
  after_script:
    - git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/acme/tools-${n}.git
  artifacts:
    paths: [dist/]
`

const sharedParts = `include:
  - project: acme/ci
    file: /templates.yml
stages: [build]
.setup: &setup
  - apk add curl
.base: &base
  before_script: *setup
.deploy:
  after_script:
    - '${curl(77)}'
.notify:
  script:
    - '${curl(78)}'
`

const logLines = (
  n: number,
) => `2026-01-15T09:00:00.000000Z 00O \u001b[32;1m$ npm run build:${n}\u001b[0;m
2026-01-15T09:00:00.000000Z 00O+ ./src/module-${n}.ts in ${n} ms [built] "quoted" 200 OK
2026-01-15T09:00:00.000000Z 00O section_start:1768467600:step_${n}[collapsed=true]\r\u001b[0KStep ${n}
${
  n % 20
    ? ''
    : `2026-01-15T09:00:00.000000Z 00O {"message":"403 Forbidden - Insufficient permissions to access this resource in project app-${n}. The following token permission is required: read_releases."}
`
}`

/** Texts of a million characters: the expected kind, the least number of findings, and the text. */
const texts: Record<string, { kind: string; found: number; text: string }> = {
  'dense CI file': { kind: 'ci', found: 4000, text: repeated(denseJob, sharedParts) },
  'CI file of small jobs': {
    kind: 'ci',
    found: 7000,
    text: repeated((n) => `job-${n}:\n  script:\n    - '${curl(n)}'\n    - npm ci\n`),
  },
  'CI file, each 4th job broken': {
    kind: 'ci',
    found: 3000,
    text: repeated(
      (n) => denseJob(n) + (n % 4 ? '' : `broken-${n}:\n  script: ["\n   - ${curl(n)}\n`),
      sharedParts,
    ),
  },
  'CI file of one script': {
    kind: 'ci',
    found: 9000,
    text: repeated((n) => `      ${curl(n)}\n      echo ${n}\n`, 'build:\n  script:\n    - |\n'),
  },
  'CI file, deeply nested': {
    kind: 'ci',
    found: 0,
    text: repeated((n) => `${' '.repeat(n % 1400)}a:\n`, 'script:\n'),
  },
  'job log': { kind: 'log', found: 50, text: repeated(logLines) },
  'shell script': {
    kind: 'shell',
    found: 7000,
    text: repeated(
      (n) =>
        `TARGET=${n}\ncurl --fail ${header} "$CI_API_V4_URL/projects/$TARGET/packages/generic/a/1/a.zip" -o a.zip\n` +
        `git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/acme/lib-${n}.git"\n`,
    ),
  },
  '.npmrc': {
    kind: 'configuration',
    found: 1,
    text: repeated((n) => {
      const place = `//gitlab.example.com/api/v4/projects/${n}/packages/npm/`
      return `@scope-${n}:registry=https:${place}\n${place}:_authToken=\${CI_JOB_TOKEN}\n`
    }),
  },
  'Maven settings': {
    kind: 'configuration',
    found: 5000,
    text: repeated(
      (n) =>
        `<repository>\n  <id>gitlab-${n}</id>\n  <url>${gitlabUrl}/api/v4/projects/${n}/packages/maven</url>\n</repository>\n`,
      '<settings>\n',
    ),
  },
  'one endless line': { kind: 'shell', found: 0, text: repeated(() => 'lorem ipsum ') },
  bytes: {
    kind: 'shell',
    found: 0,
    text: repeated((n) => String.fromCharCode((n * 7919 + (n >> 3) * 31) % 256)),
  },
}
