import type { Authorization } from '../gitlab/model.ts'
import type { GroupSeed, LinkSeed, ProjectSeed, WorldSeed } from '../gitlab/world.ts'
import { people } from './people.ts'

const teams = 25
const projectsPerTeam = 40
const startsAt = '2026-01-15T09:00:00.000Z'
/** The time between two uses: all 1,000 of them lie within the 30 days that GitLab keeps. */
const pause = 40 * 60_000

const numbered = (n: number, digits: number) => String(n).padStart(digits, '0')

const uses: readonly (readonly string[])[] = [
  ['READ_PACKAGES'],
  ['READ_JOBS', 'READ_PIPELINES'],
  [],
  ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS', 'READ_JOBS'],
  ['READ_REPOSITORIES'],
]

/**
 * One panel, project 1 `fleet/hub`, whose authentication log has 1,000 projects (ids from 1001) in
 * 25 groups (ids from 101). Groups 1 to 10 of these are on the allowlist, and the last group is
 * hidden from all but the administrator; every seventh project of groups 9 to 16 has an entry of
 * its own.
 */
export function busyWorld(): WorldSeed {
  const groups: GroupSeed[] = []
  const projects: ProjectSeed[] = []
  const projectLinks: LinkSeed[] = []
  for (let team = 1; team <= teams; team += 1) {
    const path = team === teams ? 'vault' : `fleet/team-${numbered(team, 2)}`
    groups.push({ id: 100 + team, path, visibility: 'private' })
    for (let n = 1; n <= projectsPerTeam; n += 1) {
      const number = (team - 1) * projectsPerTeam + n
      const id = 1000 + number
      projects.push({ id, path: `${path}/service-${numbered(number, 4)}`, visibility: 'private' })
      if (team >= 9 && team <= 16 && number % 7 === 0) {
        projectLinks.push({
          id,
          policies: ['READ_JOBS'],
          by: 'maya',
          at: '2025-05-05T09:00:00.000Z',
        })
      }
    }
  }
  const groupLinks = groups.slice(0, 10).map(
    ({ id }, n): LinkSeed => ({
      id,
      ...(n % 2 === 0 && { policies: ['READ_JOBS', 'READ_PACKAGES'] }),
      by: 'omar',
      at: '2025-04-04T09:00:00.000Z',
    }),
  )
  // Takes the projects in an order that alternates between groups; 377 and 1,000 have no common
  // divisor.
  const authorizations = projects.map(
    (_, n): Authorization => ({
      originId: 1001 + ((n * 377) % projects.length),
      lastAuthorizedAt: new Date(Date.parse(startsAt) - (n + 1) * pause).toISOString(),
      policies: uses[n % uses.length] ?? [],
    }),
  )
  return {
    ...people,
    version: '18.6.1-ee',
    startsAt,
    groups: [{ id: 10, path: 'fleet', visibility: 'private' }, ...groups],
    projects: [
      {
        id: 1,
        path: 'fleet/hub',
        visibility: 'private',
        scope: { projects: projectLinks, groups: groupLinks, authorizations },
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
