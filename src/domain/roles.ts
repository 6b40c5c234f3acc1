/** Roles on a project, as GitLab numbers them. https://docs.gitlab.com/user/permissions/ */

export type Role = 'guest' | 'planner' | 'reporter' | 'developer' | 'maintainer' | 'owner'

const ranks: readonly (readonly [number, Role])[] = [
  [50, 'owner'],
  [40, 'maintainer'],
  [30, 'developer'],
  [20, 'reporter'],
  [15, 'planner'],
  [10, 'guest'],
]

/** The role of an access level; undefined for no access and for minimal access. */
export function roleOf(accessLevel: number): Role | undefined {
  return ranks.find(([rank]) => accessLevel >= rank)?.[1]
}
