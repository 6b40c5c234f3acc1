// Both sides under test: sets of changes applied by the API layer to the simulated GitLab.

import { QueryClient } from '@tanstack/react-query'
import { getResponse } from 'msw'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { historyOf } from '../src/api/change-history.ts'
import { changeSetOf, isFailed, isToDo, openSet, saveSet, undoOf } from '../src/api/change-sets.ts'
import { applyChanges, type Outcome } from '../src/api/entry-changes.ts'
import { createGitLabApi } from '../src/api/gitlab.ts'
import { createHttp } from '../src/api/http.ts'
import { isOwnProject, type Target } from '../src/domain/allowlist.ts'
import {
  changeKey,
  type EntryChange,
  inverseOf,
  isAsSeen,
  sameEntry,
} from '../src/domain/change.ts'
import type { PermissionConfiguration } from '../src/domain/permissions.ts'
import { createDice, type Dice, listed } from '../test-support/random-worlds.ts'
import { addLink, changeLink, findLink, removeLink } from './gitlab/allowlist.ts'
import { policiesEnabled } from './gitlab/groups.ts'
import { targetOf } from './gitlab/model.ts'
import type { ScenarioName } from './scenarios/scenarios.ts'
import { openBackend, webRoot } from './test-client.ts'

/**
 * Random sets of changes in two projects, while requests are refused, lost, garbled or rate-limited
 * and another user changes entries too. Four properties hold: the outcome reported for each change
 * is the state that the simulated GitLab then holds; no write is sent twice; a second try completes
 * the changes that failed; and the inverse changes undo the completed ones.
 */

type Weather = 'lost' | 'abort' | '403' | '429' | '500' | 'garbled' | 'somebody' | 'fine'

const weathers: readonly Weather[] = ['lost', 'abort', '403', '429', '500', 'garbled', 'somebody']

const counts: Partial<Record<Outcome['what'], number>> = {}
let undone = 0

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

// biome-ignore lint/suspicious/noConsole: The log of the tests says how many were tried.
afterAll(() => console.log('Outcomes of random changes:', counts, `${undone} undone`))

const readJobs: PermissionConfiguration = {
  defaultPermissions: false,
  policies: ['READ_JOBS'],
}

const policies = ['READ_JOBS', 'ADMIN_JOBS', 'READ_PACKAGES', 'ADMIN_RELEASES']

function randomPermissions({ one, roll, pick }: Dice): PermissionConfiguration {
  if (one(4)) return { defaultPermissions: true, policies: [] }
  const chosen = Array.from({ length: roll(3) }, () => pick(policies))
  return { defaultPermissions: false, policies: [...new Set(chosen)] }
}

/** One tab of an administrator. `setWeather` chooses what happens to each request. */
function open(api: 'rest' | 'gitlab', scenario: ScenarioName, dice: Dice) {
  const { backend, handlers } = openBackend({ scenario, api })
  const { gitlab } = backend
  const session = { gitlab, caller: { user: gitlab.roles.admin, scope: 'api' as const } }
  let weather = (_isWrite: boolean): Weather => 'fine'
  let sent = 0
  const asked: string[] = []
  const linkOf = ({ projectId, target }: EntryChange) =>
    findLink(targetOf(gitlab.projects, projectId), target)

  /** Adds, changes or removes an entry, as another user would. */
  function meddle(change: EntryChange) {
    const project = targetOf(gitlab.projects, change.projectId)
    const { target } = change
    if (!linkOf(change)) addLink(session, project, target, randomPermissions(dice))
    else if (dice.one(2) && !isOwnProject(change, change.projectId)) removeLink(project, target)
    else changeLink(session, project, target, { defaultPermissions: true, policies: [] })
  }

  async function answer(request: Request): Promise<Response> {
    const response = await getResponse(handlers, request)
    if (!response) throw new Error(`Nobody answers ${request.method} ${request.url}`)
    return response
  }
  vi.stubGlobal('fetch', async (request: Request) => {
    const isQuery = /"query":"(\s|\\n)*query/.test(await request.clone().text())
    const isWrite = request.method !== 'GET' && !isQuery
    if (isWrite) sent += 1
    asked.push(new URL(request.url).pathname)
    switch (weather(isWrite)) {
      case 'abort':
        throw new TypeError('Failed to fetch')
      case 'lost':
        await answer(request)
        throw new TypeError('Failed to fetch')
      case 'garbled':
        await answer(request)
        return new Response('<html>', { status: 200 })
      case '403':
        return Response.json({ message: '403 Forbidden' }, { status: 403 })
      case '429':
        return new Response('', { status: 429 })
      case '500':
        return new Response('', { status: 500 })
      default:
        return answer(request)
    }
  })
  const http = createHttp({ address: webRoot, token: () => 'glpat-admin' })
  return {
    gitlab,
    meddle,
    place: {
      api: createGitLabApi('test', webRoot, http),
      client: new QueryClient({ defaultOptions: { queries: { retry: false } } }),
    },
    /** The configuration that the server reports for an entry; undefined if it is not listed. */
    stored(change: EntryChange): PermissionConfiguration | undefined {
      const link = linkOf(change)
      if (!link) return undefined
      const { group } = targetOf(gitlab.projects, change.projectId)
      if (!policiesEnabled(gitlab, group)) return { defaultPermissions: true, policies: [] }
      return { defaultPermissions: link.defaultPermissions, policies: link.policies }
    },
    setWeather(next: (isWrite: boolean) => Weather) {
      weather = next
    },
    sent: () => sent,
    /** The paths of all requests so far. */
    asked,
  }
}

type World = ReturnType<typeof open>

/** Waits for a call, and skips its timers. */
async function settled<Result>(call: Promise<Result>): Promise<Result> {
  let over = false
  const done = () => {
    over = true
  }
  call.then(done, done)
  while (!over) await vi.advanceTimersByTimeAsync(1000)
  return await call
}

/** Adds half of the targets to the two lists, so that there are entries to change and remove. */
function furnish(world: World, dice: Dice): void {
  for (const target of targetsOf(world)) {
    for (const projectId of [1, 2]) {
      const change = { projectId, target, before: undefined, after: undefined }
      if (dice.one(2) && !isOwnProject(change, change.projectId) && !world.stored(change))
        world.meddle(change)
    }
  }
}

const targetsOf = ({ gitlab }: World): Target[] =>
  (['project', 'group'] as const).flatMap((kind) =>
    [...gitlab[`${kind}s`].values()].map(
      ({ id, fullPath }) => listed(kind, id, fullPath, null).target,
    ),
  )

function randomChanges(world: World, dice: Dice, canOwn: boolean): EntryChange[] {
  const targets = targetsOf(world)
  const changes = Array.from({ length: 1 + dice.roll(7) }, (): EntryChange => {
    const bare = { projectId: dice.pick([1, 2]), target: dice.pick(targets) }
    const before = world.stored({ ...bare, before: undefined, after: undefined })
    const goes = before !== undefined && !isOwnProject(bare, bare.projectId) && dice.one(3)
    return { ...bare, before, after: goes ? undefined : randomPermissions(dice) }
  })
  const different = new Map(changes.map((change) => [changeKey(change), change]))
  return [...different.values()].filter(
    (change) => canOwn || !isOwnProject(change, change.projectId),
  )
}

/** Whether an outcome was confirmed by reading the list after the last write. */
const isRead = (outcome: Outcome | undefined): boolean =>
  outcome?.what === 'saved-otherwise' || (outcome?.what === 'saved' && outcome.sent)

/** Expects an outcome to describe the state that the server holds. */
function expectTrue(
  outcome: Outcome | undefined,
  now: PermissionConfiguration | undefined,
  change: EntryChange,
) {
  switch (outcome?.what) {
    case 'saved':
      // The answer to the write was fine, but the list could not be read afterwards: nothing to
      // compare.
      if (!outcome.readBack) return
      return expect(sameEntry(now, change.after), 'saved').toBe(true)
    case 'saved-otherwise':
      return expect(sameEntry(now, outcome.stored), 'saved otherwise').toBe(true)
    case 'conflict':
      return expect(sameEntry(now, outcome.now), 'conflict').toBe(true)
    case 'gone':
      return expect(now, 'gone').toBeUndefined()
    case 'refused':
    case 'to-do':
      return expect(isAsSeen(change, now), outcome.what).toBe(true)
    default:
      return expect(outcome?.what).toBe('not-known')
  }
}

async function tryOut(seed: number, api: 'rest' | 'gitlab', scenario: ScenarioName): Promise<void> {
  const dice = createDice(seed)
  const world = open(api, scenario, dice)
  const { place, stored, meddle, setWeather, sent } = world
  // The API layer finds out the kind of server before the test starts.
  await settled(place.api.listEntries(1, new AbortController().signal, () => {}))
  const canOwn = scenario !== 'group-off'
  if (canOwn) furnish(world, dice)
  const changes = randomChanges(world, dice, canOwn)
  // Another user may change an entry before the set is applied; the weather `somebody` does so
  // during it.
  if (changes.length > 0 && canOwn && dice.one(2)) meddle(dice.pick(changes))
  const meddled = new Set<string>()
  let readsFail = false
  setWeather((isWrite) => {
    if (!isWrite) return readsFail && dice.one(2) ? 'abort' : 'fine'
    const weather = dice.one(3) ? dice.pick(weathers) : 'fine'
    readsFail = weather === 'lost' && dice.one(2)
    if (weather === 'somebody' && canOwn) {
      const change = dice.pick(changes)
      meddled.add(changeKey(change))
      meddle(change)
    }
    return weather
  })
  const steps: string[] = []
  const outcomes = await settled(
    applyChanges(place, changes, {
      onStep: (change, step) => steps.push(changeKey(change) + step),
    }),
  )
  expect(outcomes).toHaveLength(changes.length)
  expect(new Set(steps).size, 'each step is told once').toBe(steps.length)
  const check = (change: EntryChange, outcome: Outcome | undefined) => {
    // Without a write, an outcome describes the list as it was read before the other user changed
    // it.
    if (!meddled.has(changeKey(change)) || isRead(outcome)) {
      expectTrue(outcome, stored(change), change)
    }
  }
  for (const [at, change] of changes.entries()) {
    const outcome = outcomes[at]
    if (outcome) counts[outcome.what] = (counts[outcome.what] ?? 0) + 1
    check(change, outcome)
  }

  // A second try without faults. Changes that were made already are recognised and not written
  // again.
  setWeather(() => 'fine')
  const left = changes.filter((_, at) => {
    const what = outcomes[at]?.what
    return what === 'refused' || what === 'not-known' || what === 'to-do'
  })
  const wasDone = left.filter((change) => sameEntry(stored(change), change.after))
  const sentBefore = sent()
  const again = await settled(applyChanges(place, left))
  // On a stock GitLab, the own project's first entry takes two writes.
  const own = left.filter((change) => isOwnProject(change, change.projectId)).length
  expect(sent() - sentBefore).toBeLessThanOrEqual(left.length - wasDone.length + own)
  for (const [at, change] of left.entries()) check(change, again[at])

  // Undoes the completed changes. Entries that the other user has changed since stay as they are.
  const done = changes.filter((change) => sameEntry(stored(change), change.after))
  const inverses = done.map(inverseOf)
  const back = await settled(applyChanges(place, inverses))
  for (const [at, change] of inverses.entries()) {
    check(change, back[at])
    expect(back[at]?.what).toMatch(/^saved/)
    undone += 1
  }
}

const runs = 50

test.each([
  ['rest', 'contract'],
  ['gitlab', 'contract'],
  ['rest', 'gitlab-19-1'],
  ['gitlab', 'gitlab-19-1'],
  // The group's switch is off: GitLab stores default permissions instead.
  ['rest', 'group-off'],
] as const)(
  'api=%s, scenario=%s: what is reported is what GitLab holds',
  { timeout: 60_000 },
  async (api, scenario) => {
    const wrong: unknown[] = []
    for (let seed = 0; seed < runs; seed += 1) {
      await tryOut(seed, api, scenario).catch((error) => wrong.push({ seed, error }))
    }
    expect(wrong.slice(0, 2)).toEqual([])
  },
)

test('all that can become of a change was seen', () => {
  expect(Object.keys(counts).sort()).toEqual([
    'conflict',
    'gone',
    'not-known',
    'refused',
    'saved',
    'saved-otherwise',
    'to-do',
  ])
})

/** A write that fails: refused, done without an answer, or never received. */
const faults = ['403', 'lost', 'abort'] as const

/** Saves a set whose k-th write fails, tries again what has failed, and undoes the set. */
async function failOnce(
  { place, stored, setWeather, sent }: World,
  changes: readonly EntryChange[],
  k: number,
  fault: (typeof faults)[number],
): Promise<void> {
  let writes = 0
  setWeather((isWrite) => {
    if (isWrite) writes += 1
    return isWrite && writes === k ? fault : 'fine'
  })
  const set = () => {
    const now = changeSetOf(place.api, 1)
    if (!now) throw new Error('The set is gone')
    return now
  }
  const expectAllTrue = () => {
    for (const { change, outcome } of set().lines) expectTrue(outcome, stored(change), change)
  }
  openSet(place.api, 1, { from: 'bulk', changes })
  await settled(saveSet(place, 1))
  expect(set().state.at).toBe('done')
  expectAllTrue()
  // A write whose answer was lost is found by the list that is read afterwards.
  const failed = set().lines.filter(isFailed)
  expect(failed).toHaveLength(fault === 'lost' ? 0 : 1)
  expect(set().lines.filter(isToDo)).toEqual([])

  const before = sent()
  await settled(saveSet(place, 1, isFailed))
  expect(sent() - before, 'sent again').toBe(failed.length)
  expectAllTrue()
  expect(historyOf(place.api)).toHaveLength(changes.length)

  openSet(place.api, 1, { from: 'undo', changes: undoOf(place.api, set()) })
  await settled(saveSet(place, 1))
  for (const change of changes) expect(sameEntry(stored(change), change.before)).toBe(true)
  expect(historyOf(place.api).every((done) => done.undone)).toBe(true)
}

test.each(['rest', 'gitlab'] as const)(
  'api=%s: a set whose k-th write fails, in each way, is told truly, completed by a second try, and undone',
  { timeout: 240_000 },
  async (api) => {
    let tried = 0
    for (let seed = 0; seed < runs; seed += 1) {
      const dice = createDice(seed)
      const world = open(api, 'contract', dice)
      furnish(world, dice)
      const some = [1, 2, 3].flatMap(() => randomChanges(world, dice, false))
      const different = new Map(some.map((change) => [changeKey(change), change]))
      // Small ones, and now and then one more change than are sent at the same time.
      const size = seed % 10 === 0 ? 5 : 1 + (seed % 3)
      const changes = [...different.values()]
        .filter((change) => change.projectId === 1 && !sameEntry(change.before, change.after))
        .slice(0, size)
      for (const k of changes.keys()) {
        for (const fault of faults) {
          // The undo puts the world back for the next round.
          await failOnce(world, changes, k + 1, fault).catch((error) => {
            throw new Error(`seed ${seed}, write ${k + 1}, ${fault}`, { cause: error })
          })
          tried += 1
        }
      }
    }
    expect(tried).toBeGreaterThan(6 * runs)
  },
)

test('on stock GitLab the paths of listed entries are asked for only when their list is old', async () => {
  const { place, asked, stored } = open('gitlab', 'contract', createDice(1))
  const { entries } = await place.api.listEntries(1, new AbortController().signal, () => {})
  const changes = entries
    .filter(({ permissions }) => !permissions.defaultPermissions)
    .map(({ target, permissions }): EntryChange => {
      return { projectId: 1, target, before: permissions, after: readJobs }
    })
  expect(changes.length).toBeGreaterThan(0)
  const isPath = (path: string) => /\/api\/v4\/(projects|groups)\/\d+$/.test(path)

  asked.length = 0
  await settled(applyChanges(place, changes))
  for (const change of changes) expect(sameEntry(stored(change), readJobs)).toBe(true)
  // For the lists before and after the writes: that of the project which owns them.
  expect(asked.filter(isPath)).toEqual(
    Array(2).fill(`${new URL(webRoot).pathname}api/v4/projects/1`),
  )

  vi.advanceTimersByTime(21_000)
  const [change] = changes
  if (!change) throw new Error('Nothing to change')
  asked.length = 0
  await settled(place.api.updateEntry(1, change.target, readJobs))
  expect(asked.filter(isPath)).toHaveLength(2)
})
