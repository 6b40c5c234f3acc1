import { useQueries } from '@tanstack/react-query'
import type { Project } from '../../api/gitlab-api.ts'
import { projectQuery } from '../../api/projects.ts'
import { useApi } from '../../api/use-api.ts'
import type { Need, Whose } from '../../domain/inquiry.ts'
import { referenceOf } from '../../domain/reference.ts'

/** A project as far as it is known. */
export type Named = Pick<Project, 'id' | 'fullPath'>

/** A text that names more is a machine's, and GitLab is not asked for a thousand projects. */
export const mostLookedUp = 8

/** Another project that the console can open: by id or by full path. */
export function referenceIn(whose: Whose): string | undefined {
  if (whose.kind === 'project') return whose.reference
  return whose.kind === 'named' && 'id' in whose.name ? String(whose.name.id) : undefined
}

/**
 * The projects that a text accesses, keyed by their references in the text, so that `2` is shown by
 * its path. A project that this user may not see keeps its reference.
 */
export function useProjectNames(
  needs: readonly Need[],
  known: readonly Named[],
): ReadonlyMap<string, Named> {
  const api = useApi()
  const written = [...new Set(needs.flatMap(({ whose }) => referenceIn(whose) ?? []))]
  const listed = new Map(
    written.flatMap((reference) => {
      const one = known.find(
        ({ id, fullPath }) =>
          reference === String(id) || reference.toLowerCase() === fullPath.toLowerCase(),
      )
      return one ? [[reference, one] as const] : []
    }),
  )
  const missing = written.filter((reference) => !listed.has(reference))
  const open = missing.length > mostLookedUp ? [] : missing
  const found = useQueries({
    queries: open.map((reference) => projectQuery(api, referenceOf(reference))),
    combine: (results) => results.map(({ data }) => data),
  })
  open.forEach((reference, i) => {
    const project = found[i]
    if (project) listed.set(reference, project)
  })
  return listed
}
