/**
 * GitLab as it is met: REST for all that its REST API does, with the permissions extension or
 * without. A stock GitLab has none; there GraphQL supplies the few operations that REST lacks.
 */
import * as z from 'zod/mini'
import { entryKey, type Target } from '../domain/allowlist.ts'
import { crossProjectPushSince } from '../domain/releases.ts'
import { atLeast, type Version } from '../domain/version.ts'
import { ApiError, type ErrorReason, isMissing } from './api-error.ts'
import type { GitLabApi, ServerKind } from './gitlab-api.ts'
import type { Http } from './http.ts'
import { idDto } from './ids.ts'
import { listFreshFor } from './paging.ts'
import { hasPermissions } from './rest/job-token-scope.ts'
import { identified } from './rest/projects.ts'
import { createRestApi } from './rest/rest-api.ts'
import { tabKeys } from './tab-keys.ts'

const projectPathDto = z.object({ id: idDto, path_with_namespace: z.string() })
const groupPathDto = z.object({ id: idDto, full_path: z.string() })

/**
 * @param id server and user, the first part of every query key
 * @param address of the server: what kind it is, is remembered for this tab
 */
export function createGitLabApi(id: string, address: string, http: Http): GitLabApi {
  const rest = createRestApi(id, http)
  let kind = recall(address)
  // Fetched beside the first questions.
  if (kind === 'stock') void loadGraphql().catch(() => {})
  let version: Version | undefined

  function learn(found: ServerKind): void {
    kind = found
    remember(address, found)
  }

  /** Known as a rule, for the list was read before; else found out. */
  async function isStock(projectId: number, signal?: AbortSignal): Promise<boolean> {
    if (!kind) learn((await hasPermissions(http, projectId, signal)) ? 'extended' : 'stock')
    return kind === 'stock'
  }

  async function projectPath(id: number, signal?: AbortSignal): Promise<string> {
    const dto = identified(projectPathDto, { id })
    return (await http.get(`projects/${id}`, dto, { signal })).path_with_namespace
  }

  const groupPath = async (id: number): Promise<string> =>
    (await http.get(`groups/${id}`, identified(groupPathDto, { id }))).full_path

  /** A target's current path; the last known path where this user cannot see the target. */
  async function targetPath(target: Target): Promise<string> {
    try {
      return target.kind === 'group' ? await groupPath(target.id) : await projectPath(target.id)
    } catch (error) {
      if (isMissing(error)) return target.fullPath
      throw error
    }
  }

  /** Passes a write's idempotency key on where the server supports one: no stock GitLab does. */
  const known = (once: string | undefined) => (kind === 'extended' ? once : undefined)

  const paths = (projectId: number, target: Target) =>
    Promise.all([projectPath(projectId), targetPath(target)])

  /** The paths as the last list that GraphQL gave names them, by the project whose list it is. */
  const listed = new Map<
    number,
    { at: number; path: string; targets: ReadonlyMap<string, string> }
  >()

  /**
   * As `paths`, of a listed entry: without two requests for each of hundreds, where its list has just been read.
   * Another target that has taken the path meanwhile is not on that list, and its update is refused.
   */
  async function listedPaths(projectId: number, target: Target): Promise<[string, string]> {
    const known = listed.get(projectId)
    const path = known?.targets.get(entryKey(target))
    if (!known || path === undefined || Date.now() - known.at > listFreshFor) {
      return paths(projectId, target)
    }
    return [known.path, path]
  }

  return {
    ...rest,

    async metadata(signal) {
      const metadata = await rest.metadata(signal)
      version = metadata.version
      return metadata
    },

    async serverKind(signal) {
      if (kind) return kind
      const { items } = await rest.listProjects({ search: '', page: 1 }, signal)
      const [project] = items
      if (project) await isStock(project.id, signal)
      return kind
    },

    async listEntries(projectId, signal, onProgress) {
      if (kind !== 'stock') {
        try {
          const list = await rest.listEntries(projectId, signal, onProgress)
          learn('extended')
          return list
        } catch (error) {
          if (!hasReason(error, 'no-permissions-extension')) throw error
          learn('stock')
        }
      }
      const [graphql, path] = await Promise.all([loadGraphql(), projectPath(projectId, signal)])
      const list = await graphql.listEntries(http, path, signal)
      const targets = new Map(list.entries.map(({ target }) => [entryKey(target), target.fullPath]))
      listed.set(projectId, { at: Date.now(), path, targets })
      return list
    },

    setInboundEnabled: (projectId, enabled, once) =>
      rest.setInboundEnabled(projectId, enabled, known(once)),

    setFineGrainedAllowed: (groupId, allowed, once) =>
      rest.setFineGrainedAllowed(groupId, allowed, known(once)),

    async addEntry(projectId, target, permissions, once) {
      // REST of a stock GitLab adds mere membership: its GraphQL alone stores policies, also those that it
      // ignores beside default permissions.
      const isMember = permissions.defaultPermissions && permissions.policies.length === 0
      if (isMember || !(await isStock(projectId))) {
        return rest.addEntry(projectId, target, permissions, known(once))
      }
      const graphql = await loadGraphql()
      return graphql.addEntry(http, ...(await paths(projectId, target)), permissions)
    },

    async updateEntry(projectId, target, permissions, once) {
      if (!(await isStock(projectId))) {
        return rest.updateEntry(projectId, target, permissions, known(once))
      }
      const graphql = await loadGraphql()
      const [from, to] = await listedPaths(projectId, target)
      try {
        await graphql.updateEntry(http, from, to, permissions)
      } catch (error) {
        const own = target.kind === 'project' && target.id === projectId
        if (!own || !hasReason(error, 'not-listed')) throw error
        // The own project is listed without a stored entry, which its first save creates.
        await graphql.addEntry(http, from, to, permissions)
      }
    },

    async removeEntry(projectId, target, once) {
      try {
        await rest.removeEntry(projectId, target, known(once))
      } catch (error) {
        // REST looks a project up as this user does, even to remove it; GraphQL does not.
        if (target.kind !== 'project' || !hasReason(error, 'project-missing')) throw error
        const graphql = await loadGraphql()
        const path = await projectPath(projectId)
        await graphql.removeEntry(http, path, target)
      }
    },

    async pushSettings(project, signal) {
      if (project.push.crossProject !== undefined) return project.push
      const running = version ?? (await rest.metadata(signal)).version
      if (!atLeast(running, crossProjectPushSince)) return project.push
      const graphql = await loadGraphql()
      return {
        ...project.push,
        crossProject: await graphql.crossProjectPush(http, project.fullPath, signal),
      }
    },

    async updatePushSettings(project, settings, once) {
      // REST can write the settings that it can read; GraphQL writes all of them where one is
      // missing in REST.
      if (settings.crossProject === undefined || project.push.crossProject !== undefined) {
        return rest.updatePushSettings(project, settings, known(once))
      }
      const graphql = await loadGraphql()
      return graphql.savePushSettings(http, await projectPath(project.id), settings)
    },

    async listAuthorizations(projectId, signal, onProgress) {
      try {
        if (!(await isStock(projectId, signal))) {
          return await rest.listAuthorizations(projectId, signal, onProgress)
        }
        const graphql = await loadGraphql()
        const path = await projectPath(projectId, signal)
        return await graphql.listAuthorizations(http, path, signal, onProgress)
      } catch (error) {
        // Before GitLab 17.6 there is no log, and an extension need not tell of one. REST reports
        // an unknown address then, GraphQL an unknown field.
        const isMissing = hasReason(error, 'unknown-address') || hasReason(error, 'not-offered')
        if (!isMissing) throw error
        return { authorizations: [], total: undefined, extent: 'not-offered' }
      }
    },
  }
}

/**
 * Loads the code for what a stock GitLab offers by GraphQL alone. The first view's bundle leaves it
 * out, because a server whose REST API carries permissions never needs it.
 * @throws ApiError `unreachable` where the code cannot be fetched
 */
async function loadGraphql(): Promise<typeof import('./graphql/job-token-scope.ts')> {
  try {
    return await import('./graphql/job-token-scope.ts')
  } catch (cause) {
    throw new ApiError('unreachable', { cause })
  }
}

const hasReason = (error: unknown, reason: ErrorReason): boolean =>
  error instanceof ApiError && error.reason === reason

/** Cached for this tab only: after an upgrade of the server, a new tab detects it afresh. */
function recall(address: string): ServerKind | undefined {
  try {
    const kept = sessionStorage.getItem(tabKeys.serverKind(address))
    return kept === 'stock' || kept === 'extended' ? kept : undefined
  } catch {
    return undefined
  }
}

function remember(address: string, kind: ServerKind): void {
  try {
    sessionStorage.setItem(tabKeys.serverKind(address), kind)
  } catch {
    // Found out again by the next page.
  }
}
