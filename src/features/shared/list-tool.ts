/**
 * The tools of the list: what works on more than one entry. Each is a dialog of its own at `?tool=…`, whose
 * code is fetched when it is opened.
 */
import type { Project } from '../../api/gitlab-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'

/** The tools, as addresses name them. */
export const listToolNames = [
  'bulk',
  'add-many',
  'review',
  'changes',
  'export',
  'import',
  'keys',
] as const

export type ListToolName = (typeof listToolNames)[number]

export type ListToolProps = {
  readonly project: Project
  /** The whole list in the panel's order, with the own project's row. */
  readonly rows: readonly AllowlistEntry[]
  /** False where the list was cut: an entry that is not among `rows` may be listed all the same. */
  readonly complete: boolean
  /** The selected entries, in the panel's order. */
  readonly selected: readonly AllowlistEntry[]
  /** Opens another tool in place of this one. */
  readonly onOpen: (tool: ListToolName) => void
  readonly onClose: () => void
}
