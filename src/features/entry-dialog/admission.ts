import {
  type AllowlistEntry,
  countStored,
  entryKey,
  isOwnProject,
  type Target,
} from '../../domain/allowlist.ts'
import { allowlistLimit } from '../../domain/permission-catalogue.ts'
import type { Resolution } from '../target-picker/resolve.ts'

/** Whether what the field "Group or project" names can be added to an allowlist. */
export type Admission<Named> =
  | Named
  | { readonly state: 'listed'; readonly entry: AllowlistEntry; readonly own: boolean }
  /** The list holds as many groups, or projects, as it can. */
  | { readonly state: 'full'; readonly target: Target }

/**
 * Says of what a text names whether it can be added.
 * @param rows the panel's rows, the own project among them
 */
export function admit<Named extends Resolution | { readonly state: 'searching' }>(
  named: Named,
  rows: readonly AllowlistEntry[],
  projectId: number,
): Admission<Named> {
  if (named.state !== 'found') return named
  const { target } = named
  const entry = rows.find((row) => entryKey(row.target) === entryKey(target))
  if (entry) return { state: 'listed', entry, own: isOwnProject(entry, projectId) }
  return countStored(rows, projectId)[target.kind] >= allowlistLimit
    ? { state: 'full', target }
    : named
}

/** Whether the list takes neither another group nor another project. @param rows as in `admit` */
export function isFull(rows: readonly AllowlistEntry[], projectId: number): boolean {
  const stored = countStored(rows, projectId)
  return stored.group >= allowlistLimit && stored.project >= allowlistLimit
}
