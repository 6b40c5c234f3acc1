/** Looks up the groups and projects that a file names and that are not listed. */
import type { Found } from '../../domain/as-code/compare.ts'
import type { FileEntry } from '../../domain/as-code/list-file.ts'
import { type LookUp, type Resolution, resolve } from '../target-picker/resolve.ts'

/** The most look-ups on their way at the same time. */
const atOnce = 4
/** GitLab.com takes 400 look-ups a minute of each kind (`doc/user/gitlab_com/_index.md`). */
const perMinute = 300

type Options = {
  /** False for the file of another server, where ids mean something else. */
  readonly useIds: boolean
  readonly webAddress: string
  readonly lookUp: LookUp['lookUp']
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

/** @returns what was found, by entry; after an abort some are missing */
export async function lookUpEntries(
  entries: readonly FileEntry[],
  { useIds, webAddress, lookUp, onProgress, signal }: Options,
): Promise<Map<FileEntry, Found>> {
  const found = new Map<FileEntry, Found>()
  const turn = { project: pace(signal), group: pace(signal) }
  let next = 0

  async function find({ kind, id, fullPath }: FileEntry): Promise<Found> {
    const texts = [useIds && id !== undefined ? String(id) : '', fullPath ?? ''].filter(Boolean)
    for (const text of texts) {
      await turn[kind]()
      const result = foundBy(await resolve(text, { webAddress, kind, known: [], lookUp }))
      if (result !== 'missing') return result
    }
    return 'missing'
  }

  async function work(): Promise<void> {
    while (next < entries.length && !signal.aborted) {
      const entry = entries[next]
      next += 1
      if (!entry) return
      const result = await find(entry)
      if (signal.aborted) return
      found.set(entry, result)
      onProgress(found.size)
    }
  }

  await Promise.all(Array.from({ length: atOnce }, work))
  return found
}

function foundBy(resolution: Resolution): Found {
  if (resolution.state === 'found') return resolution.target
  return resolution.state === 'failed' ? 'failed' : 'missing'
}

/** Waits before a call that would be one too many within a minute. */
function pace(signal: AbortSignal): () => Promise<void> {
  const starts: number[] = []
  return async () => {
    const oldest = starts.at(-perMinute)
    const now = Date.now()
    const wait = oldest === undefined ? 0 : oldest + 60_000 - now
    starts.push(now + Math.max(wait, 0))
    if (wait <= 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
