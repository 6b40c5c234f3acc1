import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The table of who may import whom, held by Biome: each row as a file that breaks or keeps it. */
type Case = readonly [rule: string, file: string, code: string]

const forbidden: readonly Case[] = [
  ['domain imports no API', 'src/domain/a.ts', `import { x } from '../api/x.ts'`],
  ['domain imports no types of the API', 'src/domain/b.ts', `import type { X } from '../api/x.ts'`],
  ['domain re-exports no UI', 'src/domain/c.ts', `export { x } from '../ui/x.ts'`],
  ['domain imports no messages', 'src/domain/d.ts', `import { m } from '../i18n/x.ts'`],
  ['domain imports no mock', 'src/domain/e.test.ts', `import { x } from '../../mocks/x.ts'`],
  ['domain imports no React', 'src/domain/f.ts', `import { useState } from 'react'`],
  ['ui imports no domain', 'src/ui/a.ts', `import { x } from '../domain/x.ts'`],
  ['ui imports no messages', 'src/ui/b.ts', `import { m } from '../i18n/paraglide/messages.js'`],
  ['ui imports no feature', 'src/ui/c.ts', `import { x } from '../features/shared/x.ts'`],
  ['i18n imports no domain', 'src/i18n/a.ts', `import { x } from '../domain/x.ts'`],
  ['i18n imports no UI', 'src/i18n/b.ts', `import { x } from '../ui/x.ts'`],
  ['api imports no UI', 'src/api/a.ts', `import { x } from '../ui/x.ts'`],
  ['api imports no messages', 'src/api/b.ts', `import { m } from '../i18n/x.ts'`],
  ['api imports no feature', 'src/api/c.ts', `import { x } from '../features/panel/x.ts'`],
  ['api imports no mock', 'src/api/d.ts', `export const x = () => import('../../mocks/x.ts')`],
  ['api imports no MSW', 'src/api/e.ts', `import { http } from 'msw'`],
  ['REST functions import no UI', 'src/api/rest/a.ts', `import { x } from '../../ui/x.ts'`],
  ['REST functions import no React', 'src/api/rest/b.ts', `import { useState } from 'react'`],
  [
    'REST functions use no queries',
    'src/api/rest/c.ts',
    `import { x } from '@tanstack/react-query'`,
  ],
  ['GraphQL functions import no React', 'src/api/graphql/a.ts', `import { use } from 'react'`],
  ['a page imports no page', 'src/features/panel/a.ts', `import { x } from '../projects/x.ts'`],
  [
    'a page imports no page',
    'src/features/panel/b.ts',
    `export const x = () => import('../connect/x.ts')`,
  ],
  ['a page imports no page', 'src/features/projects/a.ts', `import { x } from '../panel/x.ts'`],
  ['a page imports no page', 'src/features/connect/a.ts', `import { x } from '../endpoints/x.ts'`],
  ['a page imports no page', 'src/features/access-check/a.ts', `import { x } from '../panel/x.ts'`],
  [
    'a page imports no page',
    'src/features/endpoints/a.ts',
    `import { x } from '../access-check/x.ts'`,
  ],
  ['a page imports no page', 'src/features/groups/a.ts', `import { x } from '../scenarios/x.ts'`],
  ['a page imports no page', 'src/features/scenarios/a.ts', `import { x } from '../groups/x.ts'`],
  [
    'a nested file imports no page',
    'src/features/panel/n/a.ts',
    `import { x } from '../../projects/x.ts'`,
  ],
  ['a page imports no app', 'src/features/panel/c.ts', `import { x } from '../../app/x.ts'`],
  ['a page imports no mock', 'src/features/panel/d.ts', `import { x } from '../../../mocks/x.ts'`],
  ['a part imports no page', 'src/features/entry-dialog/a.ts', `import { x } from '../panel/x.ts'`],
  [
    'a part imports no page',
    'src/features/call-reader/a.ts',
    `import { x } from '../access-check/x.ts'`,
  ],
  ['a part imports no app', 'src/features/entry-dialog/b.ts', `import { x } from '../../app/x.ts'`],
  ['shared glue imports no page', 'src/features/shared/a.ts', `import { x } from '../panel/x.ts'`],
  ['app imports no mock', 'src/app/a.ts', `import { handlers } from '../../mocks/handlers.ts'`],
  [
    'app imports no mock',
    'src/app/b.ts',
    `export const x = () => import('../../mocks/handlers.ts')`,
  ],
  ['app imports no mock', 'src/app/c.ts', `import * as x from '../../mocks/handlers.ts'`],
  ['app imports no test', 'src/app/d.ts', `import { x } from '../../e2e/support/x.ts'`],
  ['mocks ask no decision', 'mocks/a.ts', `import { removal } from '../src/domain/allowlist.ts'`],
  ['mocks ask no decision', 'mocks/b.ts', `import * as X from '../src/domain/allowlist.ts'`],
  ['mocks import no API', 'mocks/c.ts', `import type { X } from '../src/api/x.ts'`],
  ['mocks import no messages', 'mocks/scenarios/a.ts', `import { m } from '../../src/i18n/x.ts'`],
  ['mocks import no test', 'mocks/d.ts', `import { x } from '../e2e/support/x.ts'`],
  ['only mocks/browser.ts imports msw/browser', 'mocks/e.ts', `import { x } from 'msw/browser'`],
  ['the simulated GitLab knows no HTTP', 'mocks/gitlab/a.ts', `import { http } from 'msw'`],
  [
    'the simulated GitLab asks no decision',
    'mocks/gitlab/b.ts',
    `import { x } from '../../src/domain/x.ts'`,
  ],
  [
    'mocks/browser.ts asks no decision',
    'mocks/browser.ts',
    `import { x } from '../src/domain/x.ts'`,
  ],
  ['a mock test imports no API', 'mocks/f.test.ts', `import { x } from '../src/api/x.ts'`],
  ['e2e imports no domain', 'e2e/a.spec.ts', `import { x } from '../src/domain/x.ts'`],
  ['e2e imports no API', 'e2e/support/a.ts', `import { x } from '../../src/api/x.ts'`],
  [
    'e2e drives no mock by hand',
    'e2e/b.spec.ts',
    `import { handlers } from '../mocks/handlers.ts'`,
  ],
  ['e2e imports no MSW', 'e2e/c.spec.ts', `import { http } from 'msw'`],
]

const allowed: readonly Case[] = [
  ['a room imports itself', 'src/domain/ok.ts', `import { x } from './x.ts'`],
  ['ui uses React', 'src/ui/ok.tsx', `import { useState } from 'react'`],
  ['api imports domain', 'src/api/ok.ts', `import { x } from '../domain/x.ts'`],
  ['api uses queries', 'src/api/ok2.ts', `import { x } from '@tanstack/react-query'`],
  ['REST functions import domain', 'src/api/rest/ok.ts', `import { x } from '../../domain/x.ts'`],
  ['REST functions import the client', 'src/api/rest/ok2.ts', `import { x } from '../http.ts'`],
  [
    'a page imports domain',
    'src/features/panel/ok.ts',
    `import { x } from '../../domain/projects/x.ts'`,
  ],
  ['a page imports api', 'src/features/panel/ok2.ts', `import { x } from '../../api/projects.ts'`],
  ['a page imports ui', 'src/features/panel/ok3.ts', `import { x } from '../../ui/x.ts'`],
  ['a page imports messages', 'src/features/panel/ok4.ts', `import { m } from '../../i18n/x.ts'`],
  [
    'a page imports a part',
    'src/features/panel/ok5.ts',
    `import { x } from '../entry-dialog/x.ts'`,
  ],
  ['a page imports shared glue', 'src/features/panel/ok6.ts', `import { x } from '../shared/x.ts'`],
  ['a page imports itself', 'src/features/panel/n/ok.ts', `import { x } from '../x.ts'`],
  [
    'a part imports a part',
    'src/features/call-reader/ok.ts',
    `import { x } from '../entry-dialog/x.ts'`,
  ],
  ['app imports a page', 'src/app/ok.ts', `import { x } from '../features/panel/x.ts'`],
  [
    'app starts the mock',
    'src/app/ok2.ts',
    `export const x = () => import('../../mocks/browser.ts')`,
  ],
  ['app reads types of the mock', 'src/app/ok3.ts', `import type { X } from '../../mocks/x.ts'`],
  ['mocks read types', 'mocks/ok.ts', `import type { X } from '../src/domain/allowlist.ts'`],
  [
    'mocks read catalogues',
    'mocks/ok2.ts',
    `import { x } from '../src/domain/permission-catalogue.ts'`,
  ],
  ['mocks use MSW', 'mocks/ok3.ts', `import { http } from 'msw'`],
  [
    'a mock test asks the domain',
    'mocks/gitlab/ok.test.ts',
    `import { x } from '../../src/domain/x.ts'`,
  ],
  ['e2e reads messages', 'e2e/ok.spec.ts', `import { m } from '../src/i18n/paraglide/messages.js'`],
  [
    'e2e reads types of the mock',
    'e2e/ok2.spec.ts',
    `import type { X } from '../mocks/backend.ts'`,
  ],
  [
    'e2e reads scenario names',
    'e2e/ok3.spec.ts',
    `import { x } from '../mocks/scenarios/names.ts'`,
  ],
]

const root = fileURLToPath(new URL('..', import.meta.url))

describe('import rules', () => {
  const dir = mkdtempSync(join(tmpdir(), 'import-rules-'))
  const reported = new Set<string>()

  beforeAll(() => {
    copyFileSync(join(root, 'biome.json'), join(dir, 'biome.json'))
    copyFileSync(join(root, '.gitignore'), join(dir, '.gitignore'))
    for (const [, file, code] of [...forbidden, ...allowed]) {
      mkdirSync(dirname(join(dir, file)), { recursive: true })
      writeFileSync(join(dir, file), `${code}\n`)
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
    const options = [
      '--only=style/noRestrictedImports',
      '--max-diagnostics=none',
      '--reporter=json',
    ]
    const { stdout } = spawnSync(process.execPath, [biome, 'lint', ...options, dir], {
      cwd: dir,
      encoding: 'utf8',
    })
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { category: string; location: { path: string } }[]
    }
    for (const { category, location } of diagnostics) {
      if (category !== 'lint/style/noRestrictedImports') continue
      reported.add(location.path.replaceAll('\\', '/').replace(/^.*import-rules-[^/]*\//, ''))
    }
  })

  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it.each(forbidden)('%s: %s is refused', (_rule, file) => {
    expect(reported).toContain(file)
  })

  it.each(allowed)('%s: %s passes', (_rule, file) => {
    expect(reported).not.toContain(file)
  })

  it('knows every page: a folder with a page component has its override', () => {
    const features = join(root, 'src/features')
    const folders = existsSync(features) ? readdirSync(features) : []
    const pages = folders.filter(
      (folder) =>
        folder !== 'shared' &&
        readdirSync(join(features, folder)).some((file) => file.endsWith('Page.tsx')),
    )
    const config = readFileSync(join(root, 'biome.json'), 'utf8')
    expect(pages.filter((page) => !config.includes(`"src/features/${page}/**"`))).toEqual([])
  })
})
