import type { ProjectSeed, ScopeSeed, WorldSeed } from '../gitlab/world.ts'
import { people } from './people.ts'

/**
 * The small company of the `contract` scenario. Tests outside this repository rely on its ids,
 * paths, levels, entries and clock: do not change it, add variations below instead.
 */
export function contractWorld(): WorldSeed {
  return {
    ...people,
    version: '18.3.0-ee',
    startsAt: '2026-01-15T09:00:00.000Z',
    groups: [
      { id: 10, path: 'acme', visibility: 'private' },
      { id: 11, path: 'acme/platform', visibility: 'private' },
      { id: 12, path: 'partners', visibility: 'public' },
      { id: 13, path: 'secret-society', visibility: 'private' },
      { id: 14, path: 'acme/mobile', visibility: 'private' },
      { id: 15, path: 'partners/tools', visibility: 'public' },
    ],
    projects: [
      {
        id: 1,
        path: 'acme/storefront',
        visibility: 'private',
        scope: {
          projects: [{ id: 2, by: 'omar', at: '2025-10-06T08:30:00.000Z' }],
          groups: [
            {
              id: 12,
              policies: ['READ_JOBS', 'READ_PACKAGES'],
              by: 'maya',
              at: '2025-11-18T13:05:00.000Z',
            },
          ],
          authorizations: [
            {
              originId: 2,
              lastAuthorizedAt: '2026-01-14T17:42:00.000Z',
              policies: ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'],
            },
            {
              originId: 6,
              lastAuthorizedAt: '2026-01-12T06:15:00.000Z',
              policies: ['READ_PACKAGES'],
            },
            {
              originId: 3,
              lastAuthorizedAt: '2026-01-03T21:20:00.000Z',
              policies: ['READ_JOBS'],
            },
          ],
        },
      },
      { id: 2, path: 'acme/platform/deploy-tools', visibility: 'private' },
      { id: 3, path: 'partners/sdk', visibility: 'public' },
      { id: 4, path: 'secret-society/vault', visibility: 'private' },
      { id: 5, path: 'acme/archive', visibility: 'private', archived: true },
      { id: 6, path: 'partners/tools/cli', visibility: 'public' },
      { id: 7, path: 'acme/mobile/app', visibility: 'private' },
    ],
    members: [
      { user: 'omar', level: 50, group: 10 },
      { user: 'maya', level: 40, project: 1 },
      { user: 'maya', level: 20, group: 10 },
      { user: 'devi', level: 30, group: 10 },
      { user: 'gus', level: 10, group: 10 },
      { user: 'root', level: 50, group: 13 },
    ],
  }
}

/** The same company, with another job token scope on project 1, whose panel the scenarios show. */
function withPanel(scope: ScopeSeed, changes: Partial<ProjectSeed> = {}): WorldSeed {
  const world = contractWorld()
  return {
    ...world,
    projects: world.projects.map((project) =>
      project.id === 1 ? { ...project, ...changes, scope } : project,
    ),
  }
}

const at = '2025-09-01T10:00:00.000Z'

export const emptyWorld = (): WorldSeed => withPanel({})

/** One entry besides the project itself. */
export const singleWorld = (): WorldSeed =>
  withPanel({ projects: [{ id: 2, policies: ['READ_PACKAGES'], by: 'maya', at }] })

/** No project has used a job token here in the last 30 days. */
export const quietWorld = (): WorldSeed => {
  const { projects, groups } = contractWorld().projects[0]?.scope ?? {}
  return withPanel({ ...(projects && { projects }), ...(groups && { groups }) })
}

export const openWorld = (): WorldSeed => ({
  ...withPanel({
    inboundEnabled: false,
    projects: [{ id: 2, by: 'omar', at }],
    authorizations: contractWorld().projects[0]?.scope?.authorizations ?? [],
  }),
})

/** The project stores "all groups and projects", and the instance enforces the allowlist. */
export const enforcedWorld = (): WorldSeed => ({
  ...withPanel({ inboundEnabled: false, projects: [{ id: 2, by: 'omar', at }] }),
  enforcesAllowlist: true,
})

/** As `enforcedWorld`, on a release that refuses to store "all groups and projects". */
export const enforcedNewestWorld = (): WorldSeed => ({ ...enforcedWorld(), version: '19.1.0-ee' })

/**
 * Leftovers in an old project: deprecated policies, unknown policies, duplicates, outbound links.
 */
export const legacyWorld = (): WorldSeed => ({
  ...withPanel({
    outboundEnabled: true,
    projects: [
      { id: 2, policies: ['READ_CONTAINERS', 'READ_PACKAGES'], by: null, at },
      { id: 3, policies: ['READ_FEATURE_FLAGS', 'ADMIN_RELEASES'], by: 'omar', at },
      { id: 4, by: 'root', at },
      { id: 6, policies: ['READ_JOBS', 'READ_JOBS', 'ADMIN_JOBS'], by: 'omar', at },
    ],
    groups: [
      { id: 12, policies: ['ADMIN_CONTAINERS'], by: 'omar', at },
      { id: 14, policies: [], by: 'omar', at },
    ],
    outbound: [{ id: 7, by: 'omar', at }],
  }),
  extraPolicies: ['READ_FEATURE_FLAGS'],
})

/**
 * Entries that take precedence over others: a project over its group, a subgroup over its parent.
 */
export const shadowedWorld = (): WorldSeed =>
  withPanel({
    projects: [{ id: 6, policies: ['READ_PACKAGES'], by: 'maya', at }],
    groups: [
      { id: 12, policies: ['READ_JOBS', 'ADMIN_PACKAGES', 'READ_RELEASES'], by: 'omar', at },
      { id: 15, policies: ['READ_JOBS'], by: 'omar', at },
      { id: 11, policies: [], by: 'omar', at },
      { id: 10, policies: ['READ_REPOSITORIES'], by: 'omar', at },
    ],
  })

/** Lists a group above the project, with fewer permissions than the project's own jobs need. */
export const ownAncestorWorld = (): WorldSeed =>
  withPanel({ groups: [{ id: 10, policies: ['READ_PACKAGES'], by: 'omar', at }] })

/** GitLab 18.2 without fine-grained permissions: no Owner has switched them on yet. */
export const groupOffWorld = (): WorldSeed => ({
  ...withPanel({
    projects: [{ id: 2, policies: ['READ_JOBS'], by: 'omar', at }],
    groups: [{ id: 12, by: 'omar', at }],
  }),
  version: '18.2.1-ee',
})

/** GitLab 17.5, which has no authentication log yet. */
export const withoutLogWorld = (): WorldSeed => ({ ...contractWorld(), version: '17.5.5-ee' })

/** GitLab 18.0 with fine-grained permissions, which an Owner has switched on. */
export function oldestWorld(): WorldSeed {
  const world = contractWorld()
  return {
    ...world,
    version: '18.0.2-ee',
    groups: world.groups.map((group) =>
      group.id === 10 ? { ...group, jobTokenPoliciesEnabled: true } : group,
    ),
  }
}

/** GitLab 19.1, which has cross-project push and more resources. */
export const newestWorld = (): WorldSeed => ({ ...contractWorld(), version: '19.1.0-ee' })
