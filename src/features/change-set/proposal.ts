/** Changes that somebody has put together and that wait for their review. */
import { openSet } from '../../api/change-sets.ts'
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

/** Hands changes of a project's list to the review, in place of those that waited before. */
export function propose(projectId: number, proposal: Proposal): void {
  const session = getSession()
  if (session.state === 'signed-in') openSet(session.api, projectId, proposal)
}
