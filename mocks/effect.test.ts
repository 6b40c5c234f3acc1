import { expect, test } from 'vitest'
import type { Target as ListTarget } from '../src/domain/allowlist.ts'
import { type Effect, effectOf, type Grants, type Shift } from '../src/domain/change.ts'
import { parseVersion } from '../src/domain/version.ts'
import {
  createDice,
  type Dice,
  listed,
  type RandomEntry,
  type RandomWorld,
  randomWorld,
} from '../test-support/random-worlds.ts'
import { addLink, changeLink, isListInForce, removeLink } from './gitlab/allowlist.ts'
import { policiesEnabled } from './gitlab/groups.ts'
import { callAsJob } from './gitlab/job-tokens.ts'
import { type GitLab, type Link, type Project, targetOf } from './gitlab/model.ts'
import { Refusal } from './gitlab/refusal.ts'
import { createGitLab, type LinkSeed, type WorldSeed } from './gitlab/world.ts'
import { people } from './scenarios/people.ts'

/**
 * Compares the effect of a change, as the console describes it, with the simulated GitLab: every
 * project's job asks for every policy before and after the change.
 */

const webRoot = 'https://gitlab.example.com'

/** All projects are private: in public ones, requests may succeed whatever the entries grant. */
function seedOf(world: RandomWorld): WorldSeed {
  const toLink = ({ id, policies }: RandomEntry): LinkSeed => ({
    id,
    by: null,
    at: '2026-01-01T00:00:00.000Z',
    ...(policies && { policies }),
  })
  const linksOf = (entries: readonly RandomEntry[], kind: RandomEntry['kind']) =>
    entries.filter((entry) => entry.kind === kind).map(toLink)
  return {
    ...people,
    version: `${world.version}.0-ee`,
    startsAt: '2026-01-15T09:00:00.000Z',
    enforcesAllowlist: world.enforced,
    groups: world.groups.map(({ id, path, fineGrained }) => ({
      id,
      path,
      visibility: 'private',
      jobTokenPoliciesEnabled: fineGrained,
    })),
    projects: world.projects.map(({ id, path, inboundEnabled, entries }) => ({
      id,
      path,
      visibility: 'private',
      scope: {
        inboundEnabled,
        projects: linksOf(entries, 'project'),
        groups: linksOf(entries, 'group'),
      },
    })),
    members: [],
  }
}

const allPolicies = ['JOBS', 'PACKAGES', 'RELEASES', 'PIPELINES', 'MERGE_REQUESTS', 'REPOSITORIES']
  .flatMap((name) => [`READ_${name}`, `ADMIN_${name}`])
  // A policy that no catalogue knows; only default permissions let it pass.
  .concat('READ_SOMETHING_NEWER')

type Permissions = { readonly defaultPermissions: boolean; readonly policies: readonly string[] }

function randomPermissions({ one, roll, pick }: Dice, canBeFine: boolean): Permissions {
  if (!canBeFine || one(4)) return { defaultPermissions: true, policies: [] }
  const policies = Array.from({ length: roll(4) }, () => pick(allPolicies.slice(0, -1)))
  return { defaultPermissions: false, policies: [...new Set(policies)] }
}

/** Whether an endpoint with these policies lets jobs of `origin` in; none: it needs any entry. */
function getsIn(gitlab: GitLab, origin: Project, accessed: Project, needs: readonly string[]) {
  const route = {
    method: 'GET',
    path: '/projects/:id/something',
    needs,
    params: { id: String(accessed.id) },
  }
  try {
    callAsJob(gitlab, `project-${origin.id}`, route)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/**
 * For each policy, and for "any entry" (the empty name), whether the jobs of `origin` are let in.
 */
const answersFor = (gitlab: GitLab, origin: Project, accessed: Project) =>
  new Map(
    ['', ...allPolicies].map((policy) => [
      policy,
      getsIn(gitlab, origin, accessed, policy ? [policy] : []),
    ]),
  )

const entriesOf = (gitlab: GitLab, { id, fullPath, scope }: Project) => {
  const toEntry = (kind: 'project' | 'group', link: Link) => {
    const { fullPath } = targetOf<{ fullPath: string }>(gitlab[`${kind}s`], link.targetId)
    return listed(kind, link.targetId, fullPath, link.defaultPermissions ? null : link.policies)
  }
  return [
    // GitLab lists the project itself even where it has no entry of its own.
    ...(scope.projectLinks.some(({ targetId }) => targetId === id)
      ? []
      : [{ ...listed('project', id, fullPath, null), addedAt: null }]),
    ...scope.projectLinks.map((link) => toEntry('project', link)),
    ...scope.groupLinks.map((link) => toEntry('group', link)),
  ]
}

const none: Grants = { entry: false, everything: false, policies: [] }
const unchanged: Pick<Shift, 'gained' | 'lost'> = { gained: none, lost: none }

/** The part of an effect that is about the jobs of `caller`. */
function shiftOf(effect: Effect, target: ListTarget, caller: Project, own: Project) {
  if (target.kind === 'project') return caller.id === target.id ? effect.callers : unchanged
  const isBelow = (path: string, group: string) => path.startsWith(`${group}/`)
  const isApart = effect.apart.some(({ target: { kind, id, fullPath } }) =>
    kind === 'project' ? id === caller.id : isBelow(caller.fullPath, fullPath),
  )
  if (isApart || !isBelow(caller.fullPath, target.fullPath)) return unchanged
  return caller.id === own.id ? (effect.own ?? unchanged) : effect.callers
}

const has = ({ entry, everything, policies }: Grants, policy: string) =>
  policy === '' ? entry : policies.includes(policy) || (everything && policy === allPolicies.at(-1))

/** Makes a random change, and compares its described effect with the answers before and after. */
function compare(seed: number, counts: { compared: number; changed: number; own: number }) {
  const dice = createDice(seed)
  const gitlab = createGitLab(seedOf(randomWorld(dice)), { webRoot, servesPermissions: true })
  const version = parseVersion(gitlab.version)
  if (!version) throw new Error(`Not a version: ${gitlab.version}`)
  const projects = [...gitlab.projects.values()]
  const accessed = dice.pick(projects)
  const kind = dice.one(2) ? 'group' : 'project'
  const { id, fullPath, name } = dice.pick<Pick<Project, 'id' | 'fullPath' | 'name'>>([
    ...gitlab[`${kind}s`].values(),
  ])
  const isOwn = kind === 'project' && id === accessed.id
  // Before 18.3, GitLab stores no entry for the project itself.
  if (isOwn && (version.major < 18 || (version.major === 18 && version.minor < 3))) return []
  const target: ListTarget = { kind, id, fullPath, name, avatarUrl: null, webUrl: '' }
  const stored = accessed.scope[`${kind}Links`].find(({ targetId }) => targetId === id)
  const canBeFine = policiesEnabled(gitlab, accessed.group)
  const before: Permissions | undefined = stored && {
    defaultPermissions: stored.defaultPermissions,
    policies: stored.policies,
  }
  const after = stored && !isOwn && dice.one(2) ? undefined : randomPermissions(dice, canBeFine)

  const effect = effectOf(
    { projectId: accessed.id, target, before, after },
    {
      entries: entriesOf(gitlab, accessed),
      project: accessed,
      inForce: isListInForce(gitlab, accessed),
      fineGrainedAllowed: canBeFine,
      version,
    },
  )
  const answersBefore = new Map(projects.map((one) => [one, answersFor(gitlab, one, accessed)]))
  const session = { gitlab, caller: { user: gitlab.roles.admin, scope: 'api' as const } }
  if (!after) removeLink(accessed, target)
  else if (stored) changeLink(session, accessed, target, after)
  else addLink(session, accessed, target, after)

  return projects.flatMap((caller) => {
    const answers = answersFor(gitlab, caller, accessed)
    const { gained, lost } = shiftOf(effect, target, caller, accessed)
    return ['', ...allPolicies].flatMap((policy) => {
      const was = answersBefore.get(caller)?.get(policy)
      const is = answers.get(policy)
      counts.compared++
      if (was !== is) counts.changed++
      if (was !== is && caller === accessed) counts.own++
      const agrees = has(gained, policy) === (!was && is) && has(lost, policy) === (was && !is)
      return agrees ? [] : [{ seed, caller: caller.fullPath, policy, was, is, effect }]
    })
  })
}

test('a change gives and takes what the simulated GitLab then answers otherwise', {
  timeout: 120_000,
}, () => {
  const counts = { compared: 0, changed: 0, own: 0 }
  const disagreements = Array.from({ length: 1500 }, (_, seed) => compare(seed, counts)).flat()
  process.stdout.write(
    `${counts.compared} answers compared, ${counts.changed} changed, ${counts.own} of the own project\n`,
  )
  expect(disagreements.slice(0, 3)).toEqual([])
  expect(counts.compared).toBeGreaterThan(100_000)
  expect(counts.changed).toBeGreaterThan(1000)
  expect(counts.own).toBeGreaterThan(100)
})
