/** Changes that somebody has put together and that wait for their review. */
import { changeSetOf, openSet, type Proposal } from '../../api/change-sets.ts'
import type { GitLabApi } from '../../api/gitlab-api.ts'
import { getSession } from '../../api/session.ts'

/** By session (server and user) and by project. */
const proposals = new WeakMap<GitLabApi, Map<number, Proposal>>()

/** Hands changes of a project's list to the review, in place of those that waited before. */
export function propose(projectId: number, proposal: Proposal): void {
  const session = getSession()
  if (session.state !== 'signed-in') return
  const { api } = session
  proposals.set(api, new Map(proposals.get(api)).set(projectId, proposal))
  openSet(api, projectId, proposal)
}

/** The changes that wait for their review, as they were handed over on this page; undefined once it saves. */
export function proposalFor(projectId: number): Proposal | undefined {
  const session = getSession()
  if (session.state !== 'signed-in') return undefined
  const { api } = session
  const isWaiting = changeSetOf(api, projectId)?.state.at === 'review'
  return isWaiting ? proposals.get(api)?.get(projectId) : undefined
}
