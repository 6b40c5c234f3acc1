import { type AccessLevel, accessLevels, type GitLab, type Group, type Project } from './model.ts'
import type { Params } from './params.ts'

type Listed = Group | Project

/** The `namespace` field of a project, which is its group. */
export const namespaceDto = (gitlab: GitLab, group: Group) => ({
  id: group.id,
  name: group.name,
  path: group.path,
  kind: 'group',
  full_path: group.fullPath,
  parent_id: group.parent?.id ?? null,
  avatar_url: group.avatarUrl,
  web_url: groupWebUrl(gitlab, group),
})

/** The web address of a group; GitLab serves group pages below `/groups/`. */
export const groupWebUrl = (gitlab: GitLab, group: Group) =>
  group.webUrl ?? `${gitlab.webRoot}/groups/${group.fullPath}`

export const projectWebUrl = (gitlab: GitLab, project: Project) =>
  project.webUrl ?? `${gitlab.webRoot}/${project.fullPath}`

/**
 * Whether every word of `search` is in the name, path or description, in any letter case; with
 * `namespaces` the full path and the names of the ancestors are searched as well.
 * @see https://docs.gitlab.com/api/projects/#list-all-projects
 */
export function searchable(search: string, row: Listed, namespaces: boolean): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const texts = namespaces
    ? [row.fullPath, row.fullName, row.description]
    : [row.path, row.name, row.description]
  return texts.some((text) => {
    const haystack = text.toLowerCase()
    return words.every((word) => haystack.includes(word))
  })
}

/** The rank of a row for `order_by=similarity`: a higher one is closer to the search text. */
export function searchRank(search: string, row: Listed): number {
  const wanted = search.toLowerCase()
  const path = row.path.toLowerCase()
  if (row.fullPath.toLowerCase() === wanted) return 4
  if (path === wanted || row.name.toLowerCase() === wanted) return 3
  if (path.startsWith(wanted)) return 2
  return path.includes(wanted) ? 1 : 0
}

/** Returns a sorted copy; rows with equal keys are sorted by id in the same direction. */
export function sortBy<Row extends { readonly id: number }>(
  rows: readonly Row[],
  key: (row: Row) => string | number,
  direction: 'asc' | 'desc',
): readonly Row[] {
  const sign = direction === 'asc' ? 1 : -1
  return [...rows].sort((a, b) => {
    const [left, right] = [key(a), key(b)]
    if (left === right) return sign * (a.id - b.id)
    return left < right ? -sign : sign
  })
}

/** Reads `min_access_level`, one of GitLab's levels; 0 when the parameter is absent. */
export function readMinLevel(params: Params): AccessLevel | 0 {
  const level = params.optionalInteger('min_access_level')
  if (level === undefined) return 0
  const known = accessLevels.find((candidate) => candidate === level)
  if (known === undefined) params.problem('min_access_level does not have a valid value')
  return known ?? 0
}
