import type { QueryClient } from '@tanstack/react-query'
import { allowlistQuery } from '../../api/allowlist.ts'
import { dropHeadStart } from '../../api/head-start/take.ts'
import { projectQuery } from '../../api/projects.ts'
import { scopeQuery } from '../../api/scope.ts'
import { enforcementQuery, metadataQuery } from '../../api/server.ts'
import { getSession } from '../../api/session.ts'
import { referenceOf } from '../../domain/reference.ts'

/**
 * Asks for all that the panel needs, in one round: at once when the address holds a numeric id,
 * else when the path has been found to be a project. Failures are shown where the answers are used.
 * What was asked before the console was here serves this round, and ends with it.
 */
export async function prefetchPanel(client: QueryClient, id: string): Promise<void> {
  const session = getSession()
  if (session.state === 'signed-out') return
  const { api, connection } = session
  const reference = referenceOf(id)

  const scopeAndEntries = (projectId: number) =>
    Promise.all([
      client.prefetchQuery(scopeQuery(api, projectId)),
      client.prefetchQuery(allowlistQuery(api, projectId)),
    ])

  async function projectAndScope(): Promise<void> {
    const project = client.fetchQuery(projectQuery(api, reference)).catch(() => undefined)
    if ('id' in reference) await scopeAndEntries(reference.id)
    else {
      const found = await project
      if (found) await scopeAndEntries(found.id)
    }
    await project
  }

  if (connection.user.isAdmin) void client.prefetchQuery(enforcementQuery(api))
  await Promise.all([client.prefetchQuery(metadataQuery(api)), projectAndScope()])
  dropHeadStart()
}
