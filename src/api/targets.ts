/** Server state: what could be added to an allowlist. */
import { queryOptions } from '@tanstack/react-query'
import type { Target, TargetKind } from '../domain/allowlist.ts'
import type { GitLabApi, TargetReference } from './gitlab-api.ts'
import { createLimiter, type Limiter } from './limiter.ts'

export const targetSearchQuery = (api: GitLabApi, search: string) =>
  queryOptions({
    queryKey: [api.id, 'target-search', search],
    queryFn: ({ signal }) => api.searchTargets(search, signal),
    staleTime: 30_000,
  })

export const targetQuery = (api: GitLabApi, reference: TargetReference) =>
  queryOptions({
    queryKey: [api.id, 'target', reference],
    queryFn: ({ signal }) => api.resolveTarget(reference, signal),
    staleTime: 30_000,
  })

/** GitLab.com takes 400 look-ups of projects a minute: the rest is left to the page around. */
const lookUpLimits = { atOnce: 4, perMinute: 300 }

/** One for each session, so that opening a dialog again does not start the minute again. */
const limiters = new WeakMap<GitLabApi, Limiter>()

/**
 * Looks up one of many targets, when its turn comes. Each kind is asked for as seldom as the reference
 * allows: a path names one thing, and one without a slash no project.
 */
export async function lookUpTarget(
  api: GitLabApi,
  reference: TargetReference,
  signal: AbortSignal,
): Promise<readonly Target[]> {
  const limiter = limiters.get(api) ?? createLimiter(lookUpLimits)
  limiters.set(api, limiter)
  const ask = (kind: TargetKind) =>
    limiter.run(kind, () => api.resolveTarget({ ...reference, kind }, signal), signal)
  if (reference.kind) return ask(reference.kind)
  if ('id' in reference) return (await Promise.all([ask('group'), ask('project')])).flat()
  const projects = reference.path.includes('/') ? await ask('project') : []
  return projects.length > 0 ? projects : ask('group')
}
