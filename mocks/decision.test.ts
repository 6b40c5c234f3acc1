import { getResponse } from 'msw'
import { expect, test } from 'vitest'
import type { AllowlistEntry } from '../src/domain/allowlist.ts'
import { decide, type Question, type Verdict } from '../src/domain/decision.ts'
import { type Endpoint, type EndpointMatch, matchEndpoint } from '../src/domain/endpoints.ts'
import { parseVersion } from '../src/domain/version.ts'
import {
  createDice,
  type Dice,
  listed,
  type RandomEntry,
  type RandomWorld,
  randomEndpoint,
  randomWorld,
} from '../test-support/random-worlds.ts'
import { policiesEnabled } from './gitlab/groups.ts'
import { callAsJob } from './gitlab/job-tokens.ts'
import { type GitLab, type Link, type Project, targetOf } from './gitlab/model.ts'
import { Refusal } from './gitlab/refusal.ts'
import { createGitLab, type LinkSeed, type WorldSeed } from './gitlab/world.ts'
import { findJobRoute } from './job-token-routes.ts'
import { people } from './scenarios/people.ts'
import { scenarioNamed, scenarioNames } from './scenarios/scenarios.ts'
import { openBackend, readAnswer, webRoot } from './test-client.ts'

/**
 * Compares the console's decision with the simulated GitLab's. Neither imports the other. Both get
 * the same request by its address, so that the test also compares their two routers.
 */

const surroundings = { webRoot, servesPermissions: true }

function seedOf(world: RandomWorld): WorldSeed {
  const isInForm = (kind: RandomEntry['kind']) => (entry: RandomEntry) => entry.kind === kind
  const toLink = ({ id, policies }: RandomEntry): LinkSeed => ({
    id,
    by: null,
    at: '2026-01-01T00:00:00.000Z',
    ...(policies && { policies }),
  })
  return {
    ...people,
    version: `${world.version}.0-ee`,
    startsAt: '2026-01-15T09:00:00.000Z',
    enforcesAllowlist: world.enforced,
    groups: world.groups.map(({ id, path, fineGrained }) => ({
      id,
      path,
      visibility: 'public',
      jobTokenPoliciesEnabled: fineGrained,
    })),
    projects: world.projects.map(({ id, path, visibility, features, inboundEnabled, entries }) => ({
      id,
      path,
      visibility,
      features,
      scope: {
        inboundEnabled,
        projects: entries.filter(isInForm('project')).map(toLink),
        groups: entries.filter(isInForm('group')).map(toLink),
      },
    })),
    members: [],
  }
}

/** The question as the console puts it after it has read all settings and entries. */
function questionOf(
  gitlab: GitLab,
  origin: Project,
  accessed: Project,
  endpoint: Endpoint,
): Question {
  const version = parseVersion(gitlab.version)
  if (!version) throw new Error(`Not a version: ${gitlab.version}`)
  const { scope } = accessed
  const toEntry = (kind: 'project' | 'group', link: Link): AllowlistEntry => {
    const { fullPath } = targetOf<{ fullPath: string }>(gitlab[`${kind}s`], link.targetId)
    return listed(kind, link.targetId, fullPath, link.defaultPermissions ? null : link.policies)
  }
  return {
    action: { kind: 'endpoint', endpoint },
    version,
    origin: {
      id: origin.id,
      fullPath: origin.fullPath,
      outboundEnabled: origin.scope.outboundEnabled,
    },
    accessed,
    rules: {
      mode: { inboundEnabled: scope.inboundEnabled, enforced: gitlab.enforcesAllowlist },
      entries: [
        ...scope.projectLinks.map((link) => toEntry('project', link)),
        ...scope.groupLinks.map((link) => toEntry('group', link)),
      ],
      complete: true,
      fineGrainedAllowed: policiesEnabled(gitlab, accessed.group),
      push: { own: accessed.pushAllowed, crossProject: accessed.crossProjectPushAllowed },
    },
  }
}

/** An address that calls the endpoint on this project, or on its group for a group's endpoint. */
function addressOf(endpoint: Endpoint, project: Project, { one }: Dice): string {
  const { fullPath, group } = project
  const target = endpoint.path.startsWith('/group') ? group : project
  const id = one(2) ? String(target.id) : encodeURIComponent(target.fullPath)
  return endpoint.path
    .replace('(/)(', one(2) ? '(' : '(/')
    .replace(/\([^()]*\)/g, (part) => (one(2) || part.startsWith('(*s') ? '' : part.slice(1, -1)))
    .replace(/\*path\b/, () => (endpoint.path.startsWith('/packages/') ? `${fullPath}/1.0` : 'a/b'))
    .replace(':package_username', fullPath.replaceAll('/', '+'))
    .replace(/:id\b/, () => id)
    .replace(/:(?:\w+_i?id|serial)\b/g, '42')
    .replace(/[:*](\w+)/g, '$1')
}

type Answer = { readonly path: string; readonly status: number; readonly message: string }

/** The simulated GitLab's answer to a job's request. */
function ask(gitlab: GitLab, { id }: Project, method: string, url: string): Answer {
  const route = findJobRoute(method, url)
  if (!route) throw new Error(`The mock has no ${method} ${url}`)
  const { path } = route
  try {
    callAsJob(gitlab, `project-${id}`, route)
    return { path, status: 200, message: '' }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { path, status: error.status, message: JSON.stringify(error.body) }
  }
}

/** Whether the answer fits the verdict: its outcome and, for a refusal, the text of its rule. */
function agrees(verdict: Verdict, endpoint: Endpoint, answer: Answer): boolean {
  const { status, message } = answer
  if (answer.path !== endpoint.path) return false
  switch (verdict.outcome) {
    case 'allowed':
      return status === 200
    case 'denied':
      return textsOf(verdict, endpoint).some((text) => message.includes(text))
    default:
      return status === 200 || status === 403
  }
}

function textsOf({ rule }: Verdict, { policies }: Endpoint): string[] {
  const required = `required: ${policies.join(' and ').toLowerCase()}.`
  switch (rule) {
    case 'missing-policies':
      return [required]
    case 'not-listed':
      // For a public project, GitLab names the missing policies or refuses with a plain 403.
      return ['Authentication by CI/CD job token not allowed', required, '"403 Forbidden"']
    case 'registry-of-another-project':
      return ['container registry of a different project']
    case 'not-yet':
      return ['401 Unauthorized']
    default:
      return []
  }
}

/** Compares one random request; undefined where the mock cannot tell the requested project. */
function compare(gitlab: GitLab, dice: Dice, origin: Project, accessed: Project) {
  const chosen = randomEndpoint(dice)
  // Conan writes a path's `/` as `+`; only a hostile world has a path with a `+` of its own.
  if (chosen.path.includes(':package_username') && accessed.fullPath.includes('+')) return undefined
  const url = addressOf(chosen, accessed, dice)
  const match = matchEndpoint(chosen.method, url, webRoot)
  if (!isMatch(match)) throw new Error(`The console takes ${chosen.method} ${url} for nothing`)
  const { endpoint, owner } = match
  if (endpoint.policies.length > 0 && owner?.kind !== 'project') return undefined
  // Archived projects are read-only for every token, and the console's decision leaves archiving
  // out.
  const writes =
    endpoint.policies.length > 0
      ? endpoint.policies.some((name) => name.startsWith('ADMIN_'))
      : endpoint.method !== 'GET'
  if (accessed.archived && writes) return undefined
  const verdict = decide(questionOf(gitlab, origin, accessed, endpoint))
  const answer = ask(gitlab, origin, chosen.method, url)
  return {
    verdict,
    answer,
    line: `${chosen.method} ${url}`,
    agree: agrees(verdict, endpoint, answer),
  }
}

const isMatch = (match: ReturnType<typeof matchEndpoint>): match is EndpointMatch =>
  match !== undefined && 'endpoint' in match

/** Compares `times` random requests in each world, and counts outcomes, rules and disagreements. */
function compareMany(worlds: readonly (readonly [string, WorldSeed])[], times: number) {
  const counts: Record<string, number> = {}
  const disagreements: unknown[] = []
  let requests = 0
  worlds.forEach(([name, seed], i) => {
    const gitlab = createGitLab(seed, surroundings)
    const dice = createDice(i)
    const projects = [...gitlab.projects.values()]
    const ruled = projects.filter(
      ({ scope }) => scope.projectLinks.length + scope.groupLinks.length > 0,
    )
    for (let time = 0; time < times; time++) {
      // Half of the requests go to a project whose allowlist has entries.
      const accessed = dice.pick(dice.one(2) && ruled.length > 0 ? ruled : projects)
      const origin = dice.one(6) ? accessed : dice.pick(projects)
      const result = compare(gitlab, dice, origin, accessed)
      if (!result) continue
      const { verdict, answer, agree, line } = result
      requests++
      const key = `${verdict.outcome} by ${verdict.rule}: ${answer.status}`
      counts[key] = (counts[key] ?? 0) + 1
      if (!agree) disagreements.push({ world: name, line, verdict, answer })
    }
  })
  return { counts, disagreements, requests }
}

test('in random worlds the console and the simulated GitLab agree', { timeout: 20_000 }, () => {
  const worlds = Array.from(
    { length: 150 },
    (_, i) => [`${i}`, seedOf(randomWorld(createDice(i)))] as const,
  )
  const { counts, disagreements, requests } = compareMany(worlds, 30)
  process.stdout.write(`${requests} random requests\n`)
  expect(disagreements.slice(0, 3)).toEqual([])
  expect(requests).toBeGreaterThan(4000)
  for (const seen of ['allowed by policies-granted: 200', 'denied by missing-policies: 403']) {
    expect(counts[seen]).toBeGreaterThan(100)
  }
  // Where the console answers "may be allowed", the simulated GitLab both allows and refuses.
  expect(counts['may-be-allowed by missing-policies: 200']).toBeGreaterThan(10)
  expect(counts['may-be-allowed by missing-policies: 403']).toBeGreaterThan(10)
})

test('in every scenario they agree', () => {
  const worlds = scenarioNames
    .filter((name) => name !== 'large')
    .map((name) => [name, scenarioNamed(name).world()] as const)
  const { disagreements, requests } = compareMany(worlds, 200)
  process.stdout.write(`${requests} requests in ${worlds.length} scenarios\n`)
  expect(disagreements.slice(0, 3)).toEqual([])
  expect(requests).toBeGreaterThan(2000)
})

test('a request over HTTP gets the same answer', async () => {
  const { gitlab, handlers } = openBackend()
  const projects = [...gitlab.projects.values()]
  const dice = createDice(1)
  let requests = 0
  for (let time = 0; time < 100; time++) {
    const accessed = dice.pick(projects)
    const origin = dice.pick(projects)
    const endpoint = randomEndpoint(dice)
    const path = addressOf(endpoint, accessed, dice)
    const expected = ask(gitlab, origin, endpoint.method, path)
    const response = await getResponse(
      handlers,
      new Request(`${webRoot}/api/v4${path}?page=1`, {
        method: endpoint.method,
        headers: { 'job-token': `project-${origin.id}` },
      }),
    )
    const { status, body } = response ? await readAnswer(response) : { status: 0, body: undefined }
    const message = status === 200 ? '' : JSON.stringify(body)
    expect({ ...expected, status, message }).toEqual(expected)
    requests++
  }
  expect(requests).toBe(100)
})
