import type { GroupSeed, LinkSeed, ProjectSeed, WorldSeed } from '../gitlab/world.ts'
import { people } from './people.ts'

/** Lists on which one action changes many entries. */

const at = (n: number) => new Date(Date.UTC(2025, 2, 3, 8) + n * 3_600_000).toISOString()
const adders = ['maya', 'omar', null, 'devi']
const linkTo = (id: number, policies: LinkSeed['policies']): LinkSeed => ({
  id,
  ...(policies && { policies }),
  by: adders[id % adders.length] ?? null,
  at: at(id),
})
const numbered = (n: number) => String(n).padStart(3, '0')

type Lists = {
  readonly groups: readonly GroupSeed[]
  readonly projects: readonly ProjectSeed[]
  /** The permissions of an entry; undefined for default ones. */
  readonly policiesOf: (id: number) => LinkSeed['policies']
}

/** Project 1 `fleet/hub`, whose allowlist has all of these. */
function worldOf({ groups, projects, policiesOf }: Lists): WorldSeed {
  return {
    ...people,
    version: '18.3.0-ee',
    startsAt: '2026-01-15T09:00:00.000Z',
    groups: [
      { id: 10, path: 'fleet', visibility: 'private' },
      { id: 20, path: 'partners', visibility: 'public' },
      { id: 21, path: 'partners/vault', visibility: 'private' },
      ...groups,
    ],
    projects: [
      {
        id: 1,
        path: 'fleet/hub',
        visibility: 'private',
        scope: {
          groups: groups.map(({ id }) => linkTo(id, policiesOf(id))),
          projects: projects.map(({ id }) => linkTo(id, policiesOf(id))),
        },
      },
      ...projects,
    ],
    members: [
      { user: 'omar', level: 50, group: 10 },
      { user: 'maya', level: 40, project: 1 },
      { user: 'maya', level: 20, group: 10 },
      { user: 'devi', level: 30, group: 10 },
      { user: 'gus', level: 10, group: 10 },
    ],
  }
}

const some: readonly (readonly string[])[] = [
  ['READ_PACKAGES'],
  ['READ_JOBS', 'READ_REPOSITORIES'],
  ['ADMIN_PACKAGES', 'READ_RELEASES'],
  [],
  ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS', 'READ_JOBS'],
]
const fineGrained = (id: number) => some[id % some.length] ?? []

const teams = 12
const services = 123
/** The 10 projects and the group below `partners/` that have default permissions. */
const trusted = new Set([102, ...Array.from({ length: 10 }, (_, n) => 1007 + n * 12)])
const deprecated = new Set([1002, 1050, 1101])

/**
 * 200 entries. Below `partners/` are 137: 12 groups, 123 projects in them, and 2 that are hidden
 * from all but the administrator. 11 of the 137 have default permissions, and 3 a policy that
 * GitLab refuses to store again. Of the 63 others below `fleet/`, every second has default ones.
 */
export function mixedWorld(): WorldSeed {
  const groups: GroupSeed[] = Array.from({ length: teams }, (_, n) => ({
    id: 101 + n,
    path: `partners/team-${numbered(n + 1)}`,
    visibility: 'public',
  }))
  const projects: ProjectSeed[] = Array.from({ length: services }, (_, n) => ({
    id: 1001 + n,
    path: `partners/team-${numbered((n % teams) + 1)}/service-${numbered(n + 1)}`,
    visibility: 'public',
  }))
  const hidden: ProjectSeed[] = [1, 2].map((n) => ({
    id: 1200 + n,
    path: `partners/vault/secret-${n}`,
    visibility: 'private',
  }))
  const others: ProjectSeed[] = Array.from({ length: 63 }, (_, n) => ({
    id: 2001 + n,
    path: `fleet/service-${numbered(n + 1)}`,
    visibility: 'private',
  }))
  return worldOf({
    groups,
    projects: [...projects, ...hidden, ...others],
    policiesOf(id) {
      if (trusted.has(id) || (id > 2000 && id % 2 === 0)) return undefined
      return deprecated.has(id) ? ['READ_CONTAINERS', 'READ_PACKAGES'] : fineGrained(id)
    },
  })
}

const twelve: readonly ProjectSeed[] = Array.from({ length: 12 }, (_, n) => ({
  id: 101 + n,
  path: `partners/service-${numbered(n + 1)}`,
  visibility: 'public',
}))

/** 12 entries with Read to Packages. */
export const rivalWorld = (): WorldSeed =>
  worldOf({ groups: [], projects: twelve, policiesOf: () => ['READ_PACKAGES'] })

/** 12 entries, of which every third has a policy that GitLab refuses to store again. */
export const refusingWorld = (): WorldSeed =>
  worldOf({
    groups: [],
    projects: twelve,
    policiesOf: (id) => (id % 3 === 0 ? ['READ_CONTAINERS', 'READ_PACKAGES'] : ['READ_PACKAGES']),
  })
