/** Changes that somebody has put together and that wait for their review. */
import { changeSetOf, openSet } from '../../api/change-sets.ts'
import { getSession } from '../../api/session.ts'
import type { EntryChange } from '../../domain/change.ts'

/** Settings of a project that an imported file holds otherwise; undefined: not to be changed. */
export type SettingsChange = {
  readonly inboundEnabled?: boolean | undefined
  readonly pushAllowed?: boolean | undefined
  readonly crossProjectPushAllowed?: boolean | undefined
}

export type Proposal = {
  /** What the changes were put together with. */
  readonly from: 'bulk' | 'add-many' | 'import' | 'undo'
  /** Of different entries; none of them leaves its entry as it is. */
  readonly changes: readonly EntryChange[]
  readonly settings?: SettingsChange | undefined
}

const proposals = new Map<number, Proposal>()

/** Hands changes of a project's list to the review, in place of those that waited before. */
export function propose(projectId: number, proposal: Proposal): void {
  const session = getSession()
  if (session.state !== 'signed-in') return
  proposals.set(projectId, proposal)
  openSet(session.api, projectId, proposal)
}

/** The changes that wait for their review, as they were handed over on this page; undefined once it saves. */
export function proposalFor(projectId: number): Proposal | undefined {
  const session = getSession()
  if (session.state !== 'signed-in') return undefined
  const isWaiting = changeSetOf(session.api, projectId)?.state.at === 'review'
  return isWaiting ? proposals.get(projectId) : undefined
}
