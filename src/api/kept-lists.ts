/**
 * The allowlists that a user has seen last, kept by the browser for each server and user until they sign
 * out: so that entries are missed that somebody else, or a tool, has removed since.
 */
import * as z from 'zod/mini'
import type { AllowlistEntry } from '../domain/allowlist.ts'
import type { Connection } from './check-connection.ts'
import { keptListsKey } from './kept-connection.ts'

type Owner = Pick<Connection, 'address' | 'user'>

const entryShape = z.object({
  kind: z.enum(['project', 'group']),
  id: z.number(),
  fullPath: z.string(),
  defaultPermissions: z.boolean(),
  policies: z.array(z.string()),
})

export type KeptEntry = z.output<typeof entryShape>

const shape = z.array(z.object({ projectId: z.number(), entries: z.array(entryShape) }))

/** The most projects whose lists are kept, and the most entries of one: GitLab's limits together. */
const most = { lists: 10, entries: 401 }

function readLists(owner: Owner) {
  try {
    return shape.parse(JSON.parse(localStorage.getItem(keptListsKey(owner)) ?? '[]'))
  } catch {
    // Switched off, or written by something else.
    return []
  }
}

/** The list of a project as it was kept last; empty where none was. */
export const keptList = (owner: Owner, projectId: number): readonly KeptEntry[] =>
  readLists(owner).find((list) => list.projectId === projectId)?.entries ?? []

/** Keeps a list in place of the one before; `missed` entries are not listed any more, and kept all the same. */
export function keepList(
  owner: Owner,
  projectId: number,
  entries: readonly AllowlistEntry[],
  missed: readonly KeptEntry[],
): void {
  const kept = [
    ...entries.map(({ target: { kind, id, fullPath }, permissions }) => ({
      kind,
      id,
      fullPath,
      ...permissions,
    })),
    ...missed,
  ]
  const others = readLists(owner).filter((list) => list.projectId !== projectId)
  const mine = kept.length <= most.entries ? [{ projectId, entries: kept }] : []
  try {
    const lists = [...mine, ...others].slice(0, most.lists)
    localStorage.setItem(keptListsKey(owner), JSON.stringify(lists))
  } catch {
    // Nothing is missed next time.
  }
}
