// Both sides under test: lists as files, restored by the API layer on the simulated GitLab.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse as parseHcl } from '@cdktf/hcl2json'
import { QueryClient } from '@tanstack/react-query'
import Ajv from 'ajv/dist/2020.js'
import { getResponse } from 'msw'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { applyChanges } from '../src/api/entry-changes.ts'
import { createGitLabApi } from '../src/api/gitlab.ts'
import { createHttp } from '../src/api/http.ts'
import { type AllowlistEntry, arrange, isImplied, isOwnProject } from '../src/domain/allowlist.ts'
import {
  changesOf,
  compare,
  type Found,
  isSame,
  type Present,
  toLookUp,
} from '../src/domain/as-code/compare.ts'
import { toListCsv } from '../src/domain/as-code/csv.ts'
import { toGlabScript } from '../src/domain/as-code/glab.ts'
import { toJson } from '../src/domain/as-code/json.ts'
import type { FileEntry, ListExport } from '../src/domain/as-code/list-file.ts'
import { readList } from '../src/domain/as-code/read-list.ts'
import { toTerraform } from '../src/domain/as-code/terraform.ts'
import { createDice, type Dice } from '../test-support/random-worlds.ts'
import { addLink } from './gitlab/allowlist.ts'
import { targetOf } from './gitlab/model.ts'
import type { ScenarioName } from './scenarios/scenarios.ts'
import { startServer } from './server.ts'
import { stateOf } from './state.ts'
import { openBackend, webRoot } from './test-client.ts'

type Kind = 'rest' | 'gitlab'

const projectId = 1
/** How many lists of each kind are tried: 60 make 500. */
const count = Number(process.env.LISTS ?? 6)
const schema: object = JSON.parse(readFileSync('public/allowlist.v1.schema.json', 'utf8'))
const validate = new Ajv({ strict: true }).compile(schema)

let lists = 0
let took = 0

afterEach(() => {
  vi.unstubAllGlobals()
})

afterAll(() => {
  const seconds = (took / 1000).toFixed(1)
  // biome-ignore lint/suspicious/noConsole: The log of the tests says how many were tried.
  console.log(`Lists exported, removed and imported: ${lists} in ${seconds} s`)
})

/** One tab of an administrator, who sees every group and project. */
function open(api: Kind, scenario: ScenarioName) {
  const { backend, handlers } = openBackend({ scenario, api })
  vi.stubGlobal('fetch', async (request: Request) => {
    const response = await getResponse(handlers, request)
    if (!response) throw new Error(`Nobody answers ${request.method} ${request.url}`)
    return response
  })
  const http = createHttp({ address: webRoot, token: () => 'glpat-admin' })
  return {
    backend,
    api: createGitLabApi('test', webRoot, http),
    client: new QueryClient({ defaultOptions: { queries: { retry: false } } }),
  }
}

type World = ReturnType<typeof open>

const names = ['READ_JOBS', 'ADMIN_JOBS', 'READ_PACKAGES', 'ADMIN_RELEASES', 'READ_SECURE_FILES']

/** Replaces the list by a random one. Of the policies, some are stored in an unusual order. */
function furnish({ backend: { gitlab } }: World, { one, roll, pick }: Dice): void {
  const session = { gitlab, caller: { user: gitlab.roles.admin, scope: 'api' as const } }
  const project = targetOf(gitlab.projects, projectId)
  project.scope.projectLinks = []
  project.scope.groupLinks = []
  for (const kind of ['project', 'group'] as const) {
    for (const { id } of gitlab[`${kind}s`].values()) {
      if (!one(3)) continue
      const defaultPermissions = one(4)
      const some = Array.from({ length: roll(5) }, () => pick(names))
      // GitLab's own panel stores no policies beside default permissions, its API does.
      const policies = defaultPermissions && one(2) ? [] : [...new Set(some)]
      addLink(session, project, { kind, id }, { defaultPermissions, policies })
    }
  }
}

/** What is stored of the project, but for who added an entry and when. */
function stored({ backend }: World) {
  const found = stateOf(backend).state.projects.find(({ id }) => id === projectId)
  const links = (list: readonly Record<string, unknown>[] = []) =>
    list.map(({ added_by: _by, added_at: _at, ...rest }) => rest)
  return {
    ...found,
    allowlist: links(found?.allowlist),
    groups_allowlist: links(found?.groups_allowlist),
  }
}

async function present({ api }: World): Promise<Present> {
  const never = new AbortController().signal
  const project = await api.project({ id: projectId }, never)
  const { entries } = await api.listEntries(projectId, never, () => {})
  return { server: webRoot, project, rows: arrange(entries, project), settings: {} }
}

const exported = (now: Present): ListExport => ({
  server: now.server,
  project: now.project,
  at: '2026-01-15T09:00:00.000Z',
  extent: 'whole',
  settings: now.settings,
  entries: now.rows.filter((row: AllowlistEntry) => !isImplied(row, projectId)),
})

async function comparison(world: World, text: string) {
  const now = await present(world)
  const read = readList(text, now.project)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  const found = new Map<FileEntry, Found>()
  for (const entry of toLookUp(read.ok, now)) {
    const { kind, id } = entry
    const [target] = await world.api.resolveTarget(
      { kind, id: id ?? 0 },
      new AbortController().signal,
    )
    found.set(entry, target ?? 'missing')
  }
  return compare(read.ok, now, found)
}

async function apply(world: World, changes: Parameters<typeof applyChanges>[1]) {
  const outcomes = await applyChanges(world, changes)
  expect(outcomes.filter(({ what }) => what !== 'saved')).toEqual([])
}

async function roundTrip(world: World, format: 'json' | 'csv', dice: Dice): Promise<void> {
  furnish(world, dice)
  const before = stored(world)
  const now = await present(world)
  const list = exported(now)
  const text = format === 'json' ? toJson(list) : toListCsv(list)
  if (format === 'json') {
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true)
  }
  // No cell, and no line of a cell, begins like a formula.
  else expect(text).not.toMatch(/(^|[,"\n])\s*[=+@-]/)
  expect(isSame(await comparison(world, text))).toBe(true)

  await apply(
    world,
    now.rows
      .filter((row) => !isOwnProject(row, projectId))
      .map(({ target, permissions }) => ({
        projectId,
        target,
        before: permissions,
        after: undefined,
      })),
  )
  const emptied = await comparison(world, text)
  expect(emptied.missing).toHaveLength(now.rows.length - 1)
  expect(emptied).toMatchObject({ different: [], added: [], unknown: [], same: 0 })
  await apply(
    world,
    changesOf(emptied, projectId, () => true),
  )
  expect(stored(world)).toEqual(before)
  lists += 1
}

describe('export, removal of all entries and import restore the list', () => {
  test.each(
    (['rest', 'gitlab'] as const).flatMap((api) =>
      (['contract', 'default', 'hostile'] as const).flatMap((scenario) =>
        (['json', 'csv'] as const).map((format) => ({ api, scenario, format })),
      ),
    ),
  )(
    'api=$api, scenario=$scenario, $format',
    { timeout: 60_000 },
    async ({ api, scenario, format }) => {
      const start = performance.now()
      const world = open(api, scenario)
      const wrong: unknown[] = []
      // Lists of the large world are long.
      const runs = Math.ceil(scenario === 'default' ? count / 12 : count)
      for (let seed = 0; seed < runs; seed += 1) {
        await roundTrip(world, format, createDice(seed)).catch((error: unknown) =>
          wrong.push({ seed, error }),
        )
      }
      took += performance.now() - start
      expect(wrong.slice(0, 1)).toEqual([])
    },
  )
})

test('the schema refuses what the reader refuses', () => {
  const entry = { kind: 'group', full_path: 'a', default_permissions: true, job_token_policies: [] }
  const files = [
    { version: 1, entries: [entry] },
    { version: 2, entries: [entry] },
    { version: 1 },
    { version: 1, entries: [], more: 1 },
    { version: 1, entries: [{ ...entry, kind: 'team' }] },
    { version: 1, entries: [{ ...entry, id: 0 }] },
    { version: 1, entries: [{ ...entry, job_token_policies: ['a b'] }] },
    { version: 1, entries: [{ ...entry, full_path: '' }] },
    { version: 1, entries: [{ ...entry, added_by: 'omar' }] },
    { version: 1, entries: [], extent: 'part' },
    { version: 1, entries: [], settings: { inbound_enabled: 'on' } },
    { version: 1, entries: [], settings: { inbound_enabled: false }, project: { id: 1 } },
  ]
  const own = { id: 1, fullPath: 'a/b' }
  expect(files.map((file) => validate(file))).toEqual(
    files.map((file) => 'ok' in readList(JSON.stringify(file), own)),
  )
  expect(files.map((file) => validate(file)).filter(Boolean)).toHaveLength(2)
})

test.each(['contract', 'hostile', 'default'] as const)(
  'Terraform of scenario=%s parses with the parser of HashiCorp',
  async (scenario) => {
    const world = open('rest', scenario)
    const list = exported(await present(world))
    const ids = (kind: 'project' | 'group') =>
      list.entries
        .filter((entry) => entry.target.kind === kind && !isOwnProject(entry, projectId))
        .map(({ target }) => target.id)
    const whole = await parseHcl(
      'main.tf',
      toTerraform({ ...list, settings: { inboundEnabled: true } }),
    )
    expect(whole).toEqual({
      resource: {
        gitlab_project_job_token_scopes: {
          allowlist: [
            {
              project: '1',
              enabled: true,
              target_project_ids: ids('project'),
              target_group_ids: ids('group'),
            },
          ],
        },
      },
    })
    const { resource } = await parseHcl('main.tf', toTerraform({ ...list, extent: 'selection' }))
    expect(Object.keys(resource.gitlab_project_job_token_scope)).toHaveLength(
      ids('project').length + ids('group').length,
    )
  },
)

const bash = '/bin/bash'

/** `glab`, as far as its page documents `glab api`: https://docs.gitlab.com/cli/api/ */
const fakeGlab = `#!/usr/bin/env node
const { readFileSync } = require('node:fs')
const fail = (text) => { console.error(text); process.exit(2) }
const [command, ...given] = process.argv.slice(2)
if (command !== 'api') fail('unknown command ' + command)
const names = { F: 'field', f: 'raw-field', H: 'header', i: 'include', X: 'method' }
const withValue = ['field', 'form', 'header', 'hostname', 'input', 'method', 'output', 'raw-field']
const fields = {}, headers = {}, addresses = []
let method, input, hostname
for (let at = 0; at < given.length; at += 1) {
  if (!given[at].startsWith('-')) { addresses.push(given[at]); continue }
  const [flag, inline] = given[at].split(/=(.*)/s)
  const name = flag.startsWith('--') ? flag.slice(2) : names[flag.slice(1)]
  if (['include', 'paginate', 'silent'].includes(name)) continue
  if (!withValue.includes(name)) fail('unknown flag: ' + flag)
  const value = inline ?? given[++at]
  if (value === undefined) fail('flag needs an argument: ' + flag)
  if (name === 'field' || name === 'raw-field') {
    const [key, text] = value.split(/=(.*)/s)
    fields[key] = name === 'field' && /^(true|false|null|-?\\d+)$/.test(text) ? JSON.parse(text) : text
  }
  if (name === 'header') { const [key, text] = value.split(/: ?(.*)/s); headers[key] = text }
  if (name === 'method') method = value
  if (name === 'input') input = readFileSync(value === '-' ? 0 : value, 'utf8')
  if (name === 'hostname') hostname = value
}
if (addresses.length !== 1) fail('accepts 1 arg(s), received ' + addresses.length)
const [address] = addresses
const hasFields = Object.keys(fields).length > 0
const isGraphql = address === 'graphql'
const body = input ?? (hasFields ? JSON.stringify(fields) : undefined)
if (input === undefined && hasFields) headers['content-type'] = 'application/json'
fetch('http://' + hostname + process.env.WORLD + (isGraphql ? '/api/graphql' : '/api/v4/' + address), {
  method: method ?? (body === undefined ? 'GET' : 'POST'),
  headers: { ...headers, 'private-token': process.env.GITLAB_TOKEN },
  ...(body !== undefined && { body }),
}).then(async (response) => {
  const text = await response.text()
  process.stdout.write(text)
  const errors = isGraphql && JSON.parse(text).errors
  if (!response.ok || errors) { console.error('glab: ' + response.status + ' ' + text); process.exit(1) }
})
`

describe.skipIf(!existsSync(bash))(
  `the glab script, run by ${bash} (not run where there is none)`,
  () => {
    async function run(script: string, world: string, ...args: string[]) {
      const folder = mkdtempSync(join(tmpdir(), 'glab-'))
      try {
        writeFileSync(join(folder, 'glab'), fakeGlab, { mode: 0o755 })
        writeFileSync(join(folder, 'list.sh'), script)
        return await promisify(execFile)(bash, [join(folder, 'list.sh'), ...args], {
          env: { PATH: `${folder}:${process.env.PATH}`, WORLD: world, GITLAB_TOKEN: 'glpat-admin' },
        }).then(
          ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
          ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
            code,
            stdout,
            stderr,
          }),
        )
      } finally {
        rmSync(folder, { recursive: true })
      }
    }

    test.each(['hostile', 'gitlab-19-1'] as const)(
      'scenario=%s: it says what it would do, and then reproduces the list',
      { timeout: 60_000 },
      async (scenario) => {
        const server = await startServer({ port: 0, dials: { scenario, as: 'admin' } })
        try {
          const world = `/w/${scenario}`
          const ask = async (path: string, init?: RequestInit) => {
            const response = await fetch(`${server.url}${world}${path}`, {
              ...init,
              headers: { 'private-token': 'glpat-admin', 'content-type': 'application/json' },
            })
            return response.status === 204 ? undefined : response.json()
          }
          const state = async () => {
            const { state } = await ask('/-/mock')
            const project = state.projects.find(({ id }: { id: number }) => id === projectId)
            const bare = (links: Record<string, unknown>[]) =>
              links.map(({ added_by: _by, added_at: _at, ...rest }) => rest)
            return {
              ...project,
              allowlist: bare(project?.allowlist ?? []),
              groups_allowlist: bare(project?.groups_allowlist ?? []),
            }
          }
          if (scenario === 'hostile') {
            // The server holds policies of this entry that it takes no more.
            const body = JSON.stringify({ default_permissions: true, job_token_policies: [] })
            await ask(`/api/v4/projects/${projectId}/job_token_scope/allowlist/33`, {
              method: 'PUT',
              body,
            })
          }
          const before = await state()
          const target = (kind: 'project' | 'group') => (link: Record<string, never>) => ({
            target: {
              kind,
              id: link.id,
              fullPath: link.full_path,
              name: '',
              avatarUrl: null,
              webUrl: '',
            },
            permissions: {
              defaultPermissions: link.default_permissions,
              policies: link.job_token_policies,
            },
            addedBy: null,
            addedAt: '',
            accessible: true,
          })
          const script = toGlabScript({
            server: server.url,
            project: { id: projectId, fullPath: before.full_path },
            at: '2026-01-15T09:00:00.000Z',
            extent: 'whole',
            settings: {
              inboundEnabled: before.inbound_enabled,
              pushAllowed: before.ci_push_repository_for_job_token_allowed,
              ...(scenario === 'gitlab-19-1' && {
                crossProjectPushAllowed: before.ci_cross_project_push_for_job_token_allowed,
              }),
            },
            entries: [
              ...before.allowlist.map(target('project')),
              ...before.groups_allowlist.map(target('group')),
            ],
          })
          const entries = before.allowlist.length + before.groups_allowlist.length
          const scope = `/api/v4/projects/${projectId}/job_token_scope`
          for (const { id } of before.allowlist)
            await ask(`${scope}/allowlist/${id}`, { method: 'DELETE' })
          const [kept, ...gone] = before.groups_allowlist
          for (const { id } of gone)
            await ask(`${scope}/groups_allowlist/${id}`, { method: 'DELETE' })
          if (kept) {
            // Listed with other permissions: to be changed.
            const body = JSON.stringify({
              default_permissions: false,
              job_token_policies: ['READ_RELEASES'],
            })
            await ask(`${scope}/groups_allowlist/${kept.id}`, { method: 'PUT', body })
          }
          await ask(scope, { method: 'PATCH', body: '{"enabled":false}' })
          const emptied = await state()
          expect(emptied).not.toEqual(before)

          const dry = await run(script, world)
          expect(dry).toMatchObject({ code: 0, stderr: '' })
          expect(dry.stdout.match(/^would send: /gm)?.length).toBeGreaterThanOrEqual(entries + 2)
          expect(await state()).toEqual(emptied)
          expect(await run(script, world, '--yes')).toMatchObject({ code: 2 })

          expect(await run(script, world, '--apply')).toMatchObject({ code: 0, stderr: '' })
          expect(await state()).toEqual(before)
          // Once more: all of it is there already, and one call is refused.
          await ask('/-/mock', { method: 'PUT', body: '{"fault":"PATCH /job_token_scope 403"}' })
          const refused = await run(script, world, '--apply')
          expect(refused.code).toBe(1)
          expect(refused.stderr).toContain('FAILED: mode')
          expect(refused.stderr).toContain('1 failed')
          expect(await state()).toEqual(before)
        } finally {
          await server.close()
        }
      },
    )
  },
)
