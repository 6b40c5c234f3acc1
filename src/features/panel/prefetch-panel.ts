import type { QueryClient } from '@tanstack/react-query'
import { allowlistQuery } from '../../api/allowlist.ts'
import { getSession } from '../../api/connection.ts'
import { hasHeadStart } from '../../api/http.ts'
import { projectQuery } from '../../api/projects.ts'
import { scopeQuery } from '../../api/scope.ts'
import { enforcementQuery, metadataQuery } from '../../api/server.ts'
import { referenceOf } from '../../domain/reference.ts'

/** How long the page may stay empty while answers are on their way, in milliseconds. */
const patience = 300

/**
 * Asks for all that the panel needs, in one round: at once when the address holds a numeric id,
 * else when the path has been found to be a project. Failures are shown where the answers are used.
 * @returns where the answers had a head start, when the panel can be drawn whole, or has to be drawn
 * without them: to draw it twice takes longer than to wait for them
 */
export function prefetchPanel(client: QueryClient, id: string): Promise<unknown> | undefined {
  const session = getSession()
  if (session.state === 'signed-out') return undefined
  const { api, connection } = session
  const reference = referenceOf(id)

  async function scopeAndEntries(projectId: number): Promise<void> {
    await Promise.all([
      client.prefetchQuery(scopeQuery(api, projectId)),
      client.prefetchQuery(allowlistQuery(api, projectId)),
    ])
  }
  const isNear = hasHeadStart()
  const known = 'id' in reference
  const drawable = Promise.all([
    client.prefetchQuery(metadataQuery(api)),
    connection.user.isAdmin && client.prefetchQuery(enforcementQuery(api)),
    known && scopeAndEntries(reference.id),
    client.fetchQuery(projectQuery(api, reference)).then(
      async ({ id }) => known || scopeAndEntries(id),
      () => {},
    ),
  ])
  return isNear ? Promise.race([drawable, pause(patience)]) : undefined
}

const pause = (duration: number) => new Promise((resolve) => setTimeout(resolve, duration))
