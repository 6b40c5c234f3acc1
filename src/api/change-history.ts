/**
 * The changes of entries that were made in this tab, so that each can be undone and redone. Kept over
 * a reload, by server and user, until they sign out.
 */
import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import type { AllowlistEntry } from '../domain/allowlist.ts'
import { changeKey, type EntryChange, inverseOf, sameEntry } from '../domain/change.ts'
import type { GitLabApi } from './gitlab-api.ts'
import { changeShape, keep, readKept } from './kept-work.ts'
import { tabKeys } from './tab-keys.ts'
import { useApi } from './use-api.ts'

/** A change that GitLab has made. */
export type DoneChange = {
  readonly id: number
  /** When it was made first, in milliseconds since 1970. */
  readonly at: number
  /** `after` is what GitLab has stored. */
  readonly change: EntryChange
  /** Whether it has been undone, by which way soever. */
  readonly undone: boolean
  /** Whether the signed-in user cannot see the target, so that GitLab takes only its removal. */
  readonly hidden: boolean
}

/** The most changes that are kept; the oldest go first. */
const mostKept = 1000

const keptShape = z.array(
  z.object({
    id: z.number(),
    at: z.number(),
    change: changeShape,
    undone: z.boolean(),
    hidden: z.boolean(),
  }),
)

const histories = new WeakMap<GitLabApi, readonly DoneChange[]>()
/** The entries whose targets cannot be seen, by `changeKey`: a removed one is on no list any more. */
const hiddenKeys = new WeakMap<GitLabApi, Set<string>>()
const listeners = new Set<() => void>()

/** Takes note of the entries of a list whose targets the signed-in user cannot see. */
export function noteHidden(
  api: GitLabApi,
  projectId: number,
  entries: readonly AllowlistEntry[],
): void {
  const keys = hiddenKeys.get(api) ?? new Set()
  for (const { target, accessible } of entries) {
    if (!accessible) keys.add(changeKey({ projectId, target }))
  }
  hiddenKeys.set(api, keys)
}

/** Whether the signed-in user cannot see the target of a change, as far as lists have shown. */
export const isHidden = (api: GitLabApi, change: EntryChange): boolean =>
  hiddenKeys.get(api)?.has(changeKey(change)) ||
  historyOf(api).some((done) => done.hidden && changeKey(done.change) === changeKey(change))

/** The changes of this user in this tab, in all projects, the oldest first. */
export function historyOf(api: GitLabApi): readonly DoneChange[] {
  const known = histories.get(api)
  if (known) return known
  const kept = readKept(api, tabKeys.history, keptShape) ?? []
  histories.set(api, kept)
  return kept
}

/** The history, followed while it changes. */
export function useHistory(): readonly DoneChange[] {
  const api = useApi()
  return useSyncExternalStore(follow, () => historyOf(api))
}

function follow(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Takes note of changes that GitLab has made. One that leads back to an earlier state undoes the
 * changes since then, and one that was undone before is redone: neither is a change of its own.
 */
export function remember(api: GitLabApi, changes: readonly (EntryChange | undefined)[]): void {
  let history = historyOf(api)
  const before = history
  for (const change of changes) {
    if (change) history = withChange(history, change, isHidden(api, change))
  }
  if (history === before) return
  history = history.slice(-mostKept)
  histories.set(api, history)
  keep(api, tabKeys.history, history)
  for (const listener of listeners) listener()
}

function withChange(
  history: readonly DoneChange[],
  change: EntryChange,
  hidden: boolean,
): readonly DoneChange[] {
  const same = history.filter((done) => changeKey(done.change) === changeKey(change))
  const undone = undoneBy(same, change)
  if (undone) {
    return history.map((done) => (undone.includes(done) ? { ...done, undone: true } : done))
  }
  const redone = same.findLast((done) => done.undone && isRedo(done.change, change))
  if (redone) return history.map((done) => (done === redone ? { ...done, undone: false } : done))
  const id = (history.at(-1)?.id ?? 0) + 1
  return [...history, { id, at: Date.now(), change, undone: false, hidden }]
}

/** The last changes of an entry that a further change undoes together; undefined where it undoes none. */
function undoneBy(same: readonly DoneChange[], change: EntryChange): DoneChange[] | undefined {
  const undone: DoneChange[] = []
  let state = change.before
  for (const done of same.toReversed()) {
    if (done.undone) continue
    if (!sameEntry(done.change.after, state)) return undefined
    undone.push(done)
    state = inverseOf(done.change).after
    if (sameEntry(state, change.after)) return undone
  }
  return undefined
}

const isRedo = (done: EntryChange, change: EntryChange): boolean =>
  sameEntry(done.after, change.after) &&
  (sameEntry(done.before, change.before) || sameEntry(inverseOf(done).after, change.before))

/**
 * The change that undoes all changes of an entry as far as they lead on from one another; undefined
 * where nothing is to be undone.
 * @param same the changes of one entry, the oldest first
 */
export function undoAll(same: readonly DoneChange[]): EntryChange | undefined {
  const left = same.filter((done) => !done.undone)
  const last = left.at(-1)
  if (!last) return undefined
  let first = last
  for (const done of left.toReversed().slice(1)) {
    if (!sameEntry(done.change.after, first.change.before)) break
    first = done
  }
  const { after } = inverseOf(first.change)
  return sameEntry(last.change.after, after)
    ? undefined
    : { ...last.change, before: last.change.after, after }
}
