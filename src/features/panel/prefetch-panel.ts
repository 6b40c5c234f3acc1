import type { QueryClient } from '@tanstack/react-query'
import { allowlistQuery, isAllowlistAhead } from '../../api/allowlist.ts'
import { isProjectAhead, projectQuery } from '../../api/projects.ts'
import { scopeQuery } from '../../api/scope.ts'
import { enforcementQuery, metadataQuery } from '../../api/server.ts'
import { getSession } from '../../api/session.ts'
import { referenceOf } from '../../domain/reference.ts'

/** How long the page may stay empty while answers are on their way, in milliseconds. */
const patience = 300

/**
 * Asks for all that the panel needs, in one round: at once when the address holds a numeric id,
 * else when the path has been found to be a project. Failures are shown where the answers are used.
 * @returns undefined as a rule. Where the answers were asked for before the console was here, a
 * promise that resolves when the panel can be drawn with them, or has to be drawn without: to draw it
 * twice takes longer than to wait for them.
 */
export function prefetchPanel(client: QueryClient, id: string): Promise<unknown> | undefined {
  const session = getSession()
  if (session.state === 'signed-out') return undefined
  const { api, connection } = session
  const reference = referenceOf(id)
  const isNear = isProjectAhead(reference)

  async function scopeAndEntries(projectId: number): Promise<void> {
    const list = allowlistQuery(api, projectId)
    const areEntriesNear = isAllowlistAhead(projectId)
    const scope = client.prefetchQuery(scopeQuery(api, projectId))
    const entries = client.prefetchQuery(list)
    await scope
    // Of a list beyond GitLab's limits the first rows are there before the rest.
    if (areEntriesNear) await Promise.race([entries, dataOf(client, list.queryKey)])
  }

  const metadata = client.prefetchQuery(metadataQuery(api))
  if (connection.user.isAdmin) void client.prefetchQuery(enforcementQuery(api))
  const project = client.fetchQuery(projectQuery(api, reference)).catch(() => undefined)
  const rest =
    'id' in reference
      ? scopeAndEntries(reference.id)
      : project.then((found) => found && scopeAndEntries(found.id))
  return isNear
    ? Promise.race([Promise.all([metadata, project, rest]), pause(patience)])
    : undefined
}

/** Resolves when the cache holds an answer, be it a part of one. */
async function dataOf(client: QueryClient, key: readonly unknown[]): Promise<void> {
  if (client.getQueryData(key) !== undefined) return
  await new Promise<void>((resolve) => {
    const leave = client.getQueryCache().subscribe(() => {
      if (client.getQueryData(key) === undefined) return
      leave()
      resolve()
    })
  })
}

const pause = (duration: number) => new Promise((resolve) => setTimeout(resolve, duration))
