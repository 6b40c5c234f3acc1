// The table of allowed imports between the rooms of this repository, and the check that every file
// follows it. `npm run lint` and `npm test` run it beside Biome.

import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'vite'

const view = ['react', '@tanstack/react-query', '@tanstack/react-router', 'react-hook-form']
const below = ['catalogues', 'domain', 'api', 'ui', 'i18n']

/**
 * The rooms. A file belongs to the first room whose `files` pattern it matches: `*` is any name,
 * `**` any path, and with `:page` each folder is a room of its own. Besides its own room, it may
 * import only
 * - `ours`: files of these rooms. `type x` allows only types, `import() x` types and a dynamic
 *   import, which the build puts into a file of its own.
 * - `packages`: packages by their names in import statements.
 * Unit tests may use `testSupport`, Vitest and Node, too.
 */
export const rooms = {
  // Data without rules, so that the simulated GitLab can import it as well.
  catalogues: { files: ['src/domain/*catalogue.ts'], ours: [], packages: [] },
  // Pure rules: no React, no requests.
  domain: { files: ['src/domain/**'], ours: ['catalogues'], packages: ['js-yaml'] },
  // The requests to GitLab by REST and GraphQL, in plain functions without React.
  operations: {
    files: ['src/api/rest/**', 'src/api/graphql/**'],
    ours: ['catalogues', 'domain', 'api'],
    packages: ['zod/mini'],
  },
  api: {
    files: ['src/api/**'],
    ours: ['catalogues', 'domain', 'operations'],
    packages: ['react', '@tanstack/react-query', 'ky', 'oauth4webapi', 'zod/mini'],
  },
  // The UI kit knows neither GitLab nor the messages.
  ui: { files: ['src/ui/**'], ours: [], packages: ['react', 'react-dom', '@base-ui/react/*'] },
  i18n: { files: ['src/i18n/**'], ours: [], packages: ['react'] },
  shared: { files: ['src/features/shared/**'], ours: below, packages: view },
  // Used by pages and parts: the target picker, and the text area for pasted text.
  fields: {
    files: [
      'src/features/target-picker/**',
      'src/features/project-picker/**',
      'src/features/pasted-text/**',
    ],
    ours: [...below, 'shared'],
    packages: view,
  },
  // Parts of several pages. A folder of features without a row of its own is a page.
  parts: {
    files: [
      'src/features/entry-dialog/**',
      'src/features/session/**',
      'src/features/change-set/**',
    ],
    ours: [...below, 'shared', 'fields'],
    packages: view,
  },
  // The tools of the list: they put changes together, and hand them to the review of a change set.
  tools: {
    files: ['src/features/bulk/**', 'src/features/as-code/**'],
    ours: [...below, 'shared', 'fields', 'parts'],
    packages: view,
  },
  pages: {
    files: ['src/features/:page/**'],
    ours: [...below, 'shared', 'fields', 'parts', 'tools'],
    packages: view,
  },
  // The only file that imports pages.
  router: {
    files: ['src/app/router.tsx'],
    ours: [...below, 'shared', 'parts', 'pages', 'app', 'dials'],
    packages: [...view, 'zod/mini'],
  },
  // The states of the console as data, which the demo plays and the E2E tests walk.
  states: {
    files: ['src/app/demo/states/**'],
    ours: ['i18n', 'type mocks'],
    packages: ['@testing-library/*'],
  },
  app: {
    files: ['src/app/**'],
    ours: [
      ...below,
      'states',
      'shared',
      'fields',
      'parts',
      'router',
      'dials',
      'type mocks',
      'type scenarios',
      'import() worker',
    ],
    packages: [...view, 'react-dom/client', 'zod/mini'],
  },
  // The mock's tests import the domain, and these few the API client as well: they compare the two
  // sides.
  bothSides: {
    files: [
      'mocks/as-code.test.ts',
      'mocks/authentication-log.test.ts',
      'mocks/entry-changes.test.ts',
      'mocks/fault-matrix.test.ts',
      'mocks/graphql-documents.test.ts',
      'mocks/rest-api.test.ts',
      'mocks/write-matrix.test.ts',
    ],
    ours: ['catalogues', 'domain', 'api', 'operations', 'gitlab', 'scenarios', 'mocks'],
    packages: ['@tanstack/react-query', '@cdktf/hcl2json', 'ajv/**', 'graphql', 'msw'],
  },
  mockTests: {
    files: ['mocks/**.test.ts'],
    ours: ['catalogues', 'domain', 'gitlab', 'scenarios', 'mocks', 'states', 'dials'],
    packages: ['@gitbeaker/rest', 'ajv/**', 'graphql', 'msw', 'vite'],
  },
  // GitLab without HTTP. It must not import our rules: a wrong rule would agree with itself.
  gitlab: { files: ['mocks/gitlab/**'], ours: ['catalogues', 'type domain'], packages: [] },
  scenarios: {
    files: ['mocks/scenarios/**'],
    ours: ['catalogues', 'type domain', 'gitlab', 'type mocks'],
    packages: [],
  },
  // Only names, so that the router keeps the dials in addresses without the mock in its build.
  dials: { files: ['mocks/dial-names.ts'], ours: ['type mocks'], packages: [] },
  // Starts the mock in a browser. The app imports nothing else of it.
  worker: { files: ['mocks/browser.ts'], ours: ['mocks'], packages: ['msw/browser'] },
  mocks: {
    files: ['mocks/**'],
    ours: ['catalogues', 'type domain', 'gitlab', 'scenarios', 'dials'],
    packages: ['msw', 'graphql', 'node:http', 'node:util'],
  },
  // Tests see what a user sees: from src they import only the messages, and they control the mock
  // by its dials.
  e2e: {
    files: ['e2e/**'],
    ours: ['i18n', 'states', 'type mocks', 'scenarios', 'scripts'],
    packages: ['@playwright/test', '@gitbeaker/rest', 'axe-core', 'vite', 'node:**', '<computed>'],
  },
  // What is installed elsewhere: the mock, and the fixtures that our own specs use as well.
  kit: {
    files: ['kit/**'],
    ours: ['e2e', 'states', 'mocks'],
    packages: ['@playwright/test', 'node:**'],
  },
  // A project of somebody else: it has the kit as a package, and no file of this repository.
  kitExample: {
    files: ['docs/kit-example/**'],
    ours: [],
    packages: ['@playwright/test', 'job-token-console-kit'],
  },
  // What unit tests have in common. None of it is in a build: nothing but tests may import it.
  testSupport: {
    files: ['test-support/**'],
    ours: ['catalogues', 'domain', 'type api'],
    packages: [],
  },
  scripts: {
    files: ['scripts/**'],
    ours: ['app', 'i18n', 'scenarios'],
    packages: ['@inlang/paraglide-js', '@playwright/test', 'subset-font', 'vite', 'node:**'],
  },
  configuration: {
    files: ['*.config.ts'],
    ours: ['e2e', 'scripts'],
    packages: ['@inlang/*', '@playwright/test', '@vitejs/*', 'vite', 'vitest/config', 'node:**'],
  },
}

const testPackages = ['vitest', 'node:**']

const root = fileURLToPath(new URL('..', import.meta.url))

const signs = { '.': '\\.', '**': '.+', '*': '[^/]+', ':page': '([^/]+)' }
const matcher = (glob) =>
  new RegExp(`^${glob.replace(/\*\*|\*|\.|:page/g, (sign) => signs[sign])}$`)
const patterns = Object.entries(rooms).flatMap(([name, { files }]) =>
  files.map((glob) => ({ name, pattern: matcher(glob) })),
)

/** The name of the room of a path, and the name under which the room's own files may import it. */
function roomOf(path) {
  const found = patterns.find(({ pattern }) => pattern.test(path))
  if (!found) return undefined
  const [, page] = found.pattern.exec(path)
  return { name: found.name, own: page ? `${found.name}/${page}` : found.name }
}

/** All imports of a file: of values, of types (which leave no trace in a build), or dynamic. */
function importsOf(path, code) {
  const { program, errors } = parseSync(path, code)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`)
  const imports = []
  const add = (kind, source) => {
    if (!source) return
    const line = code.slice(0, source.start).split('\n').length
    imports.push({ kind, what: source.type === 'Literal' ? source.value : '<computed>', line })
  }
  new Visitor({
    ImportDeclaration: ({ importKind, source }) => add(importKind, source),
    ExportNamedDeclaration: ({ exportKind, source }) => add(exportKind, source),
    ExportAllDeclaration: ({ exportKind, source }) => add(exportKind, source),
    ImportExpression: ({ source }) => add('import()', source),
    TSImportType: ({ source }) => add('type', source),
  }).visit(program)
  return imports
}

function isAllowed(path, { kind, what }) {
  const from = roomOf(path)
  const { ours, packages } = rooms[from.name]
  const isTest = path.endsWith('.test.ts')
  if (!what.startsWith('.')) {
    const all = isTest ? [...packages, ...testPackages] : packages
    return all.some((glob) => matcher(glob).test(what))
  }
  const to = roomOf(posix.join(posix.dirname(path), what.replace(/\?.*/, '')))
  if (to?.own === from.own || (isTest && to?.name === 'testSupport')) return true
  return ours.some((rule) => {
    const [name, way = kind] = rule.split(' ').reverse()
    return name === to?.name && (kind === way || kind === 'type')
  })
}

/**
 * The imports of one file that break the rules, one line each.
 * @param {string} path the file's path from the root of the repository
 * @param {string} code its text
 */
export function brokenRules(path, code) {
  const room = roomOf(path)
  if (!room) return [`${path} is in no room of scripts/import-rules.mjs`]
  return importsOf(path, code)
    .filter((found) => !isAllowed(path, found))
    .map(
      ({ kind, what, line }) =>
        `${path}:${line}: ${kind} ${what} is not among what ${room.name} may import`,
    )
}

/** The rooms that contain none of these files. */
export const emptyRooms = (paths) =>
  Object.keys(rooms).filter((name) => !paths.some((path) => roomOf(path)?.name === name))

/** The code files of this repository, without ignored files and hidden folders. */
function listCode(folder = '') {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n')
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.name.startsWith('.') || ignored.includes(`${path}/`)) return []
    if (entry.isDirectory()) return listCode(path)
    return /\.[cm]?[jt]sx?$/.test(path) ? [path] : []
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const paths = listCode()
  const problems = [
    ...paths.flatMap((path) => brokenRules(path, readFileSync(join(root, path), 'utf8'))),
    ...emptyRooms(paths).map((name) => `No file is in the room ${name}`),
  ]
  for (const problem of problems) console.error(`Import rules: ${problem}`)
  if (problems.length > 0) process.exit(1)
  console.log(`Import rules: ${paths.length} files keep to them`)
}
