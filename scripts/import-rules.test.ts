import { expect, test } from 'vitest'
import { brokenRules, emptyRooms, rooms } from './import-rules.mjs'

type Case = readonly [room: string, file: string, code: string]

/** Imports that must be refused, at least one per room. */
const refused: readonly Case[] = [
  ['catalogues', 'src/domain/a-catalogue.ts', `import { removal } from './allowlist.ts'`],
  ['domain', 'src/domain/a.ts', `import { x } from '../api/x.ts'`],
  ['domain', 'src/domain/a.ts', `import type { X } from '../api/x.ts'`],
  ['domain', 'src/domain/a.ts', `type X = import('../api/x.ts').X`],
  ['domain', 'src/domain/a.ts', `export { x } from '../ui/x.ts'`],
  ['domain', 'src/domain/a.ts', `export * from '../ui/x.ts'`],
  ['domain', 'src/domain/a.ts', `import '../i18n/x.ts'`],
  ['domain', 'src/domain/a.ts', 'const x = import(`../i18n/x.ts`)'],
  ['domain', 'src/domain/a.ts', `import { useState } from 'react'`],
  ['domain', 'src/domain/a.ts', `import { expect } from 'vitest'`],
  ['domain', 'src/domain/a.test.ts', `import { x } from '../../mocks/x.ts'`],
  ['domain', 'src/domain/a.ts', `import { x } from '../../test-support/x.ts'`],
  ['operations', 'src/api/rest/a.ts', `import { useState } from 'react'`],
  ['operations', 'src/api/graphql/a.ts', `import { x } from '@tanstack/react-query'`],
  ['api', 'src/api/a.ts', `import { m } from '../i18n/paraglide/messages.js'`],
  ['api', 'src/api/a.ts', `const x = () => import('../../mocks/x.ts')`],
  ['api', 'src/api/a.ts', `import { http } from 'msw'`],
  ['ui', 'src/ui/a.tsx', `import type { X } from '../domain/x.ts'`],
  ['ui', 'src/ui/a.tsx', `import { m } from '../i18n/paraglide/messages.js'`],
  ['i18n', 'src/i18n/a.ts', `import { x } from '../domain/x.ts'`],
  ['shared', 'src/features/shared/a.ts', `import { x } from '../entry-dialog/x.ts'`],
  ['fields', 'src/features/target-picker/a.ts', `import { x } from '../entry-dialog/x.ts'`],
  ['parts', 'src/features/entry-dialog/a.ts', `import { x } from '../panel/x.ts'`],
  ['tools', 'src/features/bulk/a.ts', `import { x } from '../panel/x.ts'`],
  ['pages', 'src/features/panel/a.ts', `import { x } from '../projects/x.ts'`],
  ['pages', 'src/features/panel/n/a.ts', `import type { X } from '../../projects/x.ts'`],
  ['pages', 'src/features/panel/a.ts', `const x = () => import('../brand-new/x.ts')`],
  ['pages', 'src/features/brand-new/a.ts', `import { x } from '../../app/x.ts'`],
  ['pages', 'src/features/brand-new/a.ts', `import type { X } from '../../../mocks/x.ts'`],
  ['router', 'src/app/router.tsx', `import { x } from '../../mocks/x.ts'`],
  ['states', 'src/app/demo/states/a.ts', `import { x } from '../../../../mocks/x.ts'`],
  ['app', 'src/app/a.ts', `const x = () => import('../features/brand-new/x.ts')`],
  ['app', 'src/app/a.ts', `import { x } from '../../mocks/x.ts'`],
  ['app', 'src/app/a.ts', `import { type X } from '../../mocks/x.ts'`],
  ['app', 'src/app/a.ts', `const x = () => import('../../mocks/x.ts')`],
  ['app', 'src/app/a.ts', `import { startMock } from '../../mocks/browser.ts'`],
  ['bothSides', 'mocks/rest-api.test.ts', `import { m } from '../src/i18n/paraglide/messages.js'`],
  ['mockTests', 'mocks/gitlab/a.test.ts', `import { x } from '../../src/api/x.ts'`],
  ['gitlab', 'mocks/gitlab/a.ts', `import { removal } from '../../src/domain/allowlist.ts'`],
  ['gitlab', 'mocks/gitlab/a.ts', `import { http } from 'msw'`],
  ['scenarios', 'mocks/scenarios/a.ts', `import { Backend } from '../backend.ts'`],
  ['dials', 'mocks/dial-names.ts', `import { settle } from './dials.ts'`],
  ['worker', 'mocks/browser.ts', `import { removal } from '../src/domain/allowlist.ts'`],
  ['mocks', 'mocks/a.ts', `import * as X from '../src/domain/allowlist.ts'`],
  ['mocks', 'mocks/a.ts', `import type { X } from '../src/api/x.ts'`],
  ['mocks', 'mocks/a.ts', `import { x } from 'msw/browser'`],
  ['e2e', 'e2e/a.spec.ts', `import type { X } from '../src/domain/x.ts'`],
  ['e2e', 'e2e/a.spec.ts', `import { handlers } from '../mocks/handlers.ts'`],
  ['e2e', 'e2e/a.spec.ts', `import { http } from 'msw'`],
  ['kit', 'kit/a.ts', `import { x } from '../src/domain/x.ts'`],
  ['kit', 'kit/a.ts', `import { build } from 'vite'`],
  ['kitExample', 'docs/kit-example/a.spec.ts', `import { test } from '../../kit/test.ts'`],
  ['testSupport', 'test-support/a.ts', `import { x } from '../src/api/x.ts'`],
  ['scripts', 'scripts/a.mjs', `import { x } from '../src/domain/x.ts'`],
  ['configuration', 'vite.config.ts', `import { x } from './src/app/x.ts'`],
]

const allowed: readonly Case[] = [
  ['domain', 'src/domain/n/a.ts', `import { x } from '../permission-catalogue.ts'`],
  ['domain', 'src/domain/a.test.ts', `import { readFileSync } from 'node:fs'`],
  ['domain', 'src/domain/n/a.test.ts', `import { x } from '../../../test-support/x.ts'`],
  ['shared', 'src/features/shared/a.ts', `import x from '../../domain/x.ts?worker&url'`],
  ['pages', 'src/features/brand-new/n/a.ts', `import { x } from '../../brand-new/x.ts'`],
  ['tools', 'src/features/bulk/a.ts', `import { x } from '../change-set/x.ts'`],
  ['pages', 'src/features/brand-new/a.ts', `import { x } from '../entry-dialog/x.ts'`],
  ['router', 'src/app/router.tsx', `const x = () => import('../features/brand-new/x.ts')`],
  ['app', 'src/app/a.ts', `const x = () => import('../../mocks/browser.ts')`],
  ['app', 'src/app/a.ts', `type X = import('../../mocks/demo.ts').X`],
  ['mockTests', 'mocks/gitlab/a.test.ts', `import { x } from '../../src/domain/x.ts'`],
  ['mocks', 'mocks/a.ts', `import type { X } from '../src/domain/allowlist.ts'`],
]

test.each(refused)('%s: %s refuses %s', (room, file, code) => {
  expect(brokenRules(file, code)).toEqual([
    expect.stringMatching(new RegExp(`^${file}:1: .* what ${room} may import$`)),
  ])
})

test.each(allowed)('%s: %s takes %s', (_room, file, code) => {
  expect(brokenRules(file, code)).toEqual([])
})

test('every room refuses something', () => {
  expect(new Set(refused.map(([room]) => room))).toEqual(new Set(Object.keys(rooms)))
})

test('a file in no room is reported, and so is what imports it', () => {
  expect(brokenRules('src/helpers/a.ts', '')).toEqual([expect.stringContaining('is in no room')])
  expect(brokenRules('src/app/a.ts', `import { x } from '../helpers/a.ts'`)).toHaveLength(1)
})

test('a room without files is reported', () => {
  expect(emptyRooms(['src/api/a.ts', 'src/ui/a.ts'])).not.toContain('api')
  expect(emptyRooms(['src/api/rest/a.ts', 'src/ui/a.ts'])).toContain('api')
})
