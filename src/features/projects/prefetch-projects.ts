import type { QueryClient } from '@tanstack/react-query'
import type { ProjectSearch } from '../../api/gitlab-api.ts'
import { projectsQuery } from '../../api/projects.ts'
import { getSession } from '../../api/session.ts'
import { isTooLong } from '../../domain/reference.ts'

type Address = { readonly search?: string | undefined; readonly page?: string | undefined }

/**
 * Reads the search from the project list's address. A page that is no number becomes the first; a
 * text that is longer than any path is not searched for.
 */
export const searchOf = ({ search = '', page = '1' }: Address): ProjectSearch => ({
  search: isTooLong(search) ? '' : search,
  page: Math.max(1, Number.parseInt(page, 10) || 1),
})

/** Asks while the page's code is still on its way; a failure is shown where the answer is used. */
export function prefetchProjects(client: QueryClient, address: Address): void {
  const session = getSession()
  if (session.state === 'signed-in') {
    void client.prefetchQuery(projectsQuery(session.api, searchOf(address)))
  }
}
