/** Looks up the groups and projects that a file names and that are not listed. */
import type { Found } from '../../domain/as-code/compare.ts'
import type { FileEntry } from '../../domain/as-code/list-file.ts'
import { type LookUp, type Resolution, resolve } from '../target-picker/resolve.ts'

type Options = Pick<LookUp, 'webAddress' | 'lookUp'> & {
  /** False for the file of another server, where ids mean something else. */
  readonly useIds: boolean
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

/**
 * Finds each entry by its id first, then by its path.
 * @returns what was found, by entry; after an abort some are missing
 */
export async function lookUpEntries(
  entries: readonly FileEntry[],
  { useIds, webAddress, lookUp, onProgress, signal }: Options,
): Promise<Map<FileEntry, Found>> {
  const found = new Map<FileEntry, Found>()

  async function find({ kind, id, fullPath }: FileEntry): Promise<Found> {
    const texts = [useIds && id !== undefined ? String(id) : '', fullPath ?? ''].filter(Boolean)
    for (const text of texts) {
      const result = foundBy(await resolve(text, { webAddress, kind, known: [], lookUp }))
      if (result !== 'missing') return result
    }
    return 'missing'
  }

  await Promise.all(
    entries.map(async (entry) => {
      const result = await find(entry)
      if (signal.aborted) return
      found.set(entry, result)
      onProgress(found.size)
    }),
  )
  return found
}

function foundBy(resolution: Resolution): Found {
  if (resolution.state === 'found') return resolution.target
  return resolution.state === 'failed' ? 'failed' : 'missing'
}
