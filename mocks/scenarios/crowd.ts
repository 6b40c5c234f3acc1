import type { GroupSeed, LinkSeed, ProjectSeed, WorldSeed } from '../gitlab/world.ts'
import { people } from './people.ts'

const readings: readonly (readonly string[] | undefined)[] = [
  undefined,
  ['READ_PACKAGES'],
  ['READ_JOBS', 'READ_REPOSITORIES'],
  undefined,
  ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS', 'READ_JOBS'],
  ['ADMIN_PACKAGES', 'READ_RELEASES'],
  [],
]
const adders = ['maya', 'omar', null, 'devi']
const firstDay = Date.UTC(2024, 0, 2, 7)
const hour = 3_600_000

/** The n-th entry; its permissions, its author and its date depend only on n. */
function linkTo(id: number, n: number): LinkSeed {
  const policies = readings[n % readings.length]
  return {
    id,
    ...(policies && { policies }),
    by: adders[n % adders.length] ?? null,
    at: new Date(firstDay + n * hour).toISOString(),
  }
}

const numbered = (n: number) => String(n).padStart(4, '0')

/**
 * One panel, project 1 `fleet/hub`, whose allowlist has `groups` groups (ids from 1001), or none of
 * them if `listsGroups` is false, and `projects` projects (ids from 20001). Group 11 `fleet/newcomers` and project 2 `fleet/newcomer`
 * are not listed, so that they can be added.
 */
export function crowdedWorld(size: {
  groups: number
  projects: number
  listsGroups?: boolean
}): WorldSeed {
  const groups: GroupSeed[] = []
  const groupLinks: LinkSeed[] = []
  for (let n = 1; n <= size.groups; n += 1) {
    groups.push({ id: 1000 + n, path: `fleet/team-${numbered(n)}`, visibility: 'private' })
    if (size.listsGroups !== false) groupLinks.push(linkTo(1000 + n, n))
  }
  const projects: ProjectSeed[] = []
  const projectLinks: LinkSeed[] = []
  for (let n = 1; n <= size.projects; n += 1) {
    const team = numbered(((n - 1) % size.groups) + 1)
    const path = `fleet/team-${team}/service-${numbered(n)}`
    projects.push({ id: 20_000 + n, path, visibility: 'private' })
    projectLinks.push(linkTo(20_000 + n, n))
  }
  return {
    ...people,
    version: '18.3.0-ee',
    startsAt: '2026-01-15T09:00:00.000Z',
    groups: [
      { id: 10, path: 'fleet', visibility: 'private' },
      { id: 11, path: 'fleet/newcomers', visibility: 'private' },
      ...groups,
    ],
    projects: [
      {
        id: 1,
        path: 'fleet/hub',
        visibility: 'private',
        scope: { projects: projectLinks, groups: groupLinks },
      },
      { id: 2, path: 'fleet/newcomer', visibility: 'private' },
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
