/**
 * Random worlds for property tests: a few groups and projects whose entries overlap, and the
 * question whether one project's job may access another project. Generated from a seed, so that a
 * failure can be reproduced.
 */
import type { AllowlistEntry, TargetKind } from '../src/domain/allowlist.ts'
import type { Accessed, Action, PublicFeature, Question } from '../src/domain/decision.ts'
import { type Endpoint, endpointsOf } from '../src/domain/endpoints.ts'
import { resourceOffers } from '../src/domain/permission-catalogue.ts'
import { fineGrainedForAllSince } from '../src/domain/releases.ts'
import { atLeast, parseVersion, type Version } from '../src/domain/version.ts'

/** Pseudo-random choices, reproducible by their seed. */
export type Dice = {
  /** An integer from 0 up to, but not including, `sides`. */
  roll(sides: number): number
  /** True in one of `times` cases. */
  one(times: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

export function createDice(seed: number): Dice {
  let state = seed
  // Mulberry32, a generator in the public domain.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const roll = (sides: number) => Math.floor(next() * sides)
  return {
    roll,
    one: (times) => roll(times) === 0,
    pick(items) {
      const item = items[roll(items.length)]
      if (item === undefined) throw new Error('Nothing to pick from')
      return item
    },
  }
}

export type RandomGroup = {
  readonly id: number
  readonly path: string
  /** The switch for this group and those below, effective up to 18.2. */
  readonly fineGrained: boolean
}

/** `policies` is null for default permissions. */
export type RandomEntry = {
  readonly kind: TargetKind
  readonly id: number
  readonly policies: readonly string[] | null
}

export type RandomProject = Required<Pick<Accessed, 'visibility' | 'features'>> & {
  readonly id: number
  readonly path: string
  readonly inboundEnabled: boolean
  readonly entries: readonly RandomEntry[]
}

export type RandomWorld = {
  /** The version text, such as `18.3`. */
  readonly version: string
  readonly enforced: boolean
  /** Parents come before their subgroups. */
  readonly groups: readonly RandomGroup[]
  readonly projects: readonly RandomProject[]
}

const allPolicies = resourceOffers.flatMap(({ name, writeSince }) =>
  writeSince ? [`READ_${name}`, `ADMIN_${name}`] : [`READ_${name}`],
)
const publicFeatures: readonly PublicFeature[] = [
  'builds',
  'environments',
  'package_registry',
  'releases',
  'repository',
]

/** One name is a prefix of another: `a` must not be taken for a parent of `a-b`. */
const names = ['a', 'a-b', 'b']

export function randomWorld({ roll, one, pick }: Dice): RandomWorld {
  const paths = new Set(['a', 'a-b'])
  for (let i = 0; i < 6; i++) paths.add(`${pick([...paths])}/${pick(names)}`)
  // Groups and projects are numbered separately, so that the same id occurs in both.
  const groups = [...paths].map((path, i) => ({ id: i + 1, path, fineGrained: one(3) }))
  const projectPaths = groups.flatMap(({ path }) => [`${path}/x`, ...(one(2) ? [`${path}/y`] : [])])

  const policies = () => Array.from({ length: roll(6) }, () => pick(allPolicies))
  const entry = (kind: TargetKind, id: number): RandomEntry => ({
    kind,
    id,
    policies: one(5) ? null : [...new Set(policies())],
  })
  const projects = projectPaths.map(
    (path, i): RandomProject => ({
      id: i + 1,
      path,
      visibility: pick(['private', 'private', 'internal', 'public']),
      features: Object.fromEntries(
        publicFeatures.map((name) => [name, pick(['enabled', 'enabled', 'private', 'disabled'])]),
      ),
      inboundEnabled: !one(5),
      entries: [
        ...groups.filter(() => one(3)).map(({ id }) => entry('group', id)),
        ...projectPaths.flatMap((_, j) => (one(5) ? [entry('project', j + 1)] : [])),
      ],
    }),
  )
  return {
    version: pick(['18.0', '18.2', '18.3', '18.3', '19.1']),
    enforced: one(4),
    groups,
    projects,
  }
}

const endpoints = endpointsOf({ major: 99, minor: 0 })
const byResource = [...resourceOffers.map(({ name }) => name), null].map((name) =>
  endpoints.filter(({ resource }) => resource === name),
)

/** A random endpoint. Resources are equally likely, though packages have half of the endpoints. */
export const randomEndpoint = ({ pick }: Dice): Endpoint => pick(pick(byResource))

/** The question that a console with full access would put. */
export function questionOf(
  world: RandomWorld,
  origin: RandomProject,
  accessed: RandomProject,
  action: Action,
): Question {
  const version = versionOf(world)
  const isInside = ({ path }: RandomGroup) => accessed.path.startsWith(`${path}/`)
  return {
    action,
    version,
    origin: { id: origin.id, fullPath: origin.path },
    accessed: {
      id: accessed.id,
      fullPath: accessed.path,
      visibility: accessed.visibility,
      features: accessed.features,
    },
    rules: {
      mode: { inboundEnabled: accessed.inboundEnabled, enforced: world.enforced },
      entries: [ownRow(accessed), ...accessed.entries.map((entry) => toEntry(world, entry))],
      complete: true,
      fineGrainedAllowed:
        atLeast(version, fineGrainedForAllSince) ||
        world.groups.some((group) => group.fineGrained && isInside(group)),
      push: { own: accessed.id % 2 === 0, crossProject: accessed.id % 3 === 0 },
    },
  }
}

function versionOf({ version }: RandomWorld): Version {
  const parsed = parseVersion(version)
  if (!parsed) throw new Error(`Not a version: ${version}`)
  return parsed
}

/** The own project's row, which GitLab lists for every project, stored or not. */
const ownRow = ({ id, path }: RandomProject): AllowlistEntry => ({
  ...listed('project', id, path, null),
  addedAt: null,
})

function toEntry({ groups, projects }: RandomWorld, entry: RandomEntry): AllowlistEntry {
  const targets: readonly { readonly id: number; readonly path: string }[] =
    entry.kind === 'group' ? groups : projects
  const path = targets.find(({ id }) => id === entry.id)?.path ?? ''
  return listed(entry.kind, entry.id, path, entry.policies)
}

/** An entry as the console reads it; `policies` is null for default permissions. */
export const listed = (
  kind: TargetKind,
  id: number,
  fullPath: string,
  policies: readonly string[] | null,
): AllowlistEntry => ({
  target: { kind, id, fullPath, name: fullPath, avatarUrl: null, webUrl: '' },
  permissions: { defaultPermissions: policies === null, policies: policies ?? [] },
  addedBy: null,
  addedAt: '2026-01-01T00:00:00.000Z',
  accessible: true,
})
