import type { QueryClient } from '@tanstack/react-query'
import { allowlistQuery } from '../../api/allowlist.ts'
import { getSession } from '../../api/connection.ts'
import { projectQuery } from '../../api/projects.ts'
import { scopeQuery } from '../../api/scope.ts'
import { enforcementQuery, metadataQuery } from '../../api/server.ts'
import { referenceOf } from '../../domain/reference.ts'

/**
 * Asks for all that the panel needs, in one round: at once when the address holds a numeric id,
 * else when the path has been found to be a project. Failures are shown where the answers are used.
 */
export function prefetchPanel(client: QueryClient, id: string): void {
  const session = getSession()
  if (session.state === 'signed-out') return
  const { api, connection } = session
  const reference = referenceOf(id)

  void client.prefetchQuery(metadataQuery(api))
  if (connection.user.isAdmin) void client.prefetchQuery(enforcementQuery(api))
  const project = client.fetchQuery(projectQuery(api, reference))

  function scopeAndEntries(projectId: number) {
    void client.prefetchQuery(scopeQuery(api, projectId))
    void client.prefetchQuery(allowlistQuery(api, projectId))
  }
  if ('id' in reference) {
    scopeAndEntries(reference.id)
    project.catch(() => {})
  } else {
    project.then(
      (found) => scopeAndEntries(found.id),
      () => {},
    )
  }
}
