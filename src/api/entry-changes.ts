/**
 * Changes entries of allowlists, one or many, and reports the outcome of each change. Every write
 * of an entry goes through here: the stored entry is compared before anything is sent, and read
 * back afterwards.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { isOwnProject } from '../domain/allowlist.ts'
import { changeKey, type EntryChange, entryIn, isAsSeen, sameEntry } from '../domain/change.ts'
import type { PermissionConfiguration } from '../domain/permissions.ts'
import { allowlistQuery } from './allowlist.ts'
import { ApiError, type ErrorReason, isMissing } from './api-error.ts'
import { isLost, mayFollow, openError, randomName } from './careful-write.ts'
import { noteHidden, remember } from './change-history.ts'
import type { EntryList, GitLabApi } from './gitlab-api.ts'
import { listFreshFor } from './paging.ts'
import { endWaits } from './rate-limit.ts'
import { readAfresh } from './read-afresh.ts'
import { useApi } from './use-api.ts'
import { useWrite, type Writing } from './use-write.ts'

/** The outcome of a change, as GitLab's list shows it afterwards. */
export type Outcome =
  /**
   * GitLab holds what was wanted. `sent` is false where it did so before anything was sent;
   * `readBack` is false where GitLab accepted the change, but its list could not be read
   * afterwards.
   */
  | { readonly what: 'saved'; readonly sent: boolean; readonly readBack: boolean }
  /**
   * GitLab took the change and holds something else, `stored`: before 18.3 it stores default
   * permissions where the group's switch is off, and somebody else may have come after.
   */
  | { readonly what: 'saved-otherwise'; readonly stored: PermissionConfiguration }
  /** The entry is not as it was seen, but as `now` says: nothing was overwritten. */
  | { readonly what: 'conflict'; readonly now: PermissionConfiguration }
  /** The entry that was to be changed is not listed any more. */
  | { readonly what: 'gone' }
  /** GitLab has not done it. */
  | { readonly what: 'refused'; readonly error: ApiError }
  /**
   * An answer was lost, now or when the same change was applied before, and GitLab could not be asked
   * (`outcomeUnknown`), or it has not done it so far but may still (`mayFollow`). Applying the same
   * change again finds out first.
   */
  | { readonly what: 'not-known'; readonly error: ApiError }
  /** Nothing was sent: the set was stopped or, where there is an error, paused by that. */
  | { readonly what: 'to-do'; readonly error?: ApiError | undefined }

/** The API to change entries with, and the cache that holds the lists. */
export type Place = { readonly api: GitLabApi; readonly client: QueryClient }

export type ApplyOptions = {
  /** The most writes on their way at the same time. */
  readonly atOnce?: number
  /**
   * Called when a change is about to be sent, and when it is settled: then with its outcome, where that does
   * not depend on the list that is read after the last change.
   */
  readonly onStep?: (
    change: EntryChange,
    step: 'sending' | 'settled',
    known?: Outcome | undefined,
  ) => void
  /** Stops between writes: those on their way are waited for. */
  readonly signal?: AbortSignal
}

/** Errors after which the next write would fare no better, and could do no good. */
const pauses = new Set<ApiError['kind']>(['rate-limited', 'unauthorized', 'unreachable'])

/** A write whose answer was lost and not found out about: `once` names another try of it. */
type LostWrite = { readonly text: string; readonly once: string }

/** The last lost write of each entry, by session (server and user) and by the entry's key. */
const lostWrites = new WeakMap<GitLabApi, Map<string, LostWrite>>()

function lostOf(api: GitLabApi): Map<string, LostWrite> {
  const known = lostWrites.get(api) ?? new Map<string, LostWrite>()
  lostWrites.set(api, known)
  return known
}

/**
 * The state of a change before the list is read again: settled, or GitLab's answer to the write.
 */
type Answer =
  | { readonly outcome: Outcome }
  | { readonly sent: 'taken' | ApiError; readonly once: string }

/**
 * Applies a set of changes, of different entries, in one project or several. Each is compared with
 * the list before it is written, with one that is at most 20 seconds old, and judged by the list that is
 * read after the last of them. A refused change stops no other; what would stop all of them (no
 * network, too many requests, no session) leaves the rest to do.
 * @returns what has become of each change, in the order of the changes; never rejects with `ApiError`
 */
export async function applyChanges(
  { api, client }: Place,
  changes: readonly EntryChange[],
  { atOnce = 4, onStep, signal }: ApplyOptions = {},
): Promise<Outcome[]> {
  if (new Set(changes.map(changeKey)).size < changes.length) {
    throw new Error('One set changes the same entry twice')
  }
  // A person asked for this write: its reads must not sit out a rate limit's wait.
  endWaits()
  const lost = lostOf(api)
  const readings = new Map<number, { readonly at: number; readonly list: Promise<EntryList> }>()
  const answers: Answer[] = []
  let paused: ApiError | undefined
  let next = 0

  function listOf(projectId: number): Promise<EntryList> {
    const known = readings.get(projectId)
    if (known && Date.now() - known.at < listFreshFor) return known.list
    const list = readAfresh(client, allowlistQuery(api, projectId)).then((list) => {
      noteHidden(api, projectId, list.entries)
      return list
    })
    readings.set(projectId, { at: Date.now(), list })
    return list
  }

  async function answerTo(change: EntryChange): Promise<Answer> {
    const list = await listOf(change.projectId).catch(apiError)
    const again = lostTry(change)
    if (!(list instanceof ApiError)) {
      const met = meet(change, list, again !== undefined)
      if (met) return { outcome: met }
    } else if (again || overwrites(change)) {
      if (pauses.has(list.kind)) paused ??= list
      return { outcome: notSent(change, list) }
    }
    const once = again?.once ?? randomName()
    const error = await send(api, change, once).then(() => undefined, apiError)
    if (error && pauses.has(error.kind)) paused ??= error
    // GitLab has not looked at it: the same write can be sent as soon as it does so again.
    if (error?.kind === 'rate-limited' || error?.kind === 'unauthorized') {
      return { outcome: notSent(change, error) }
    }
    return { sent: error ?? 'taken', once }
  }

  /** The record of an earlier try of the same change whose answer was lost. */
  function lostTry(change: EntryChange): LostWrite | undefined {
    const last = lost.get(changeKey(change))
    return last?.text === textOf(change) ? last : undefined
  }

  /** Nothing was sent now; what an earlier try has come to is as open as it was. */
  function notSent(change: EntryChange, error: ApiError | undefined): Outcome {
    return lostTry(change) && error
      ? { what: 'not-known', error: openError(error, 'outcomeUnknown') }
      : { what: 'to-do', error }
  }

  async function work(): Promise<void> {
    while (next < changes.length && !paused && !signal?.aborted) {
      const at = next++
      const change = changes[at]
      if (!change) return
      onStep?.(change, 'sending')
      const answer = await answerTo(change)
      answers[at] = answer
      onStep?.(change, 'settled', 'outcome' in answer ? answer.outcome : refusalIn(answer.sent))
    }
  }

  await Promise.all(Array.from({ length: atOnce }, work))
  const written = changes.filter((_, at) => isSent(answers[at]))
  const lists = new Map(
    await Promise.all(
      [...new Set(written.map(({ projectId }) => projectId))].map(async (projectId) => {
        const list = await readAfresh(client, allowlistQuery(api, projectId)).catch(apiError)
        return [projectId, list] as const
      }),
    ),
  )
  return changes.map((change, at) => {
    const answer = answers[at] ?? { outcome: notSent(change, paused) }
    if ('outcome' in answer) {
      if (answer.outcome.what !== 'to-do' && answer.outcome.what !== 'not-known') {
        lost.delete(changeKey(change))
      }
      return answer.outcome
    }
    const outcome = outcomeOf(change, answer.sent, lists.get(change.projectId))
    if (outcome.what === 'not-known') {
      lost.set(changeKey(change), { text: textOf(change), once: answer.once })
    } else lost.delete(changeKey(change))
    return outcome
  })
}

/**
 * Whether a change could overwrite a change by somebody else, so that it must not be sent while the
 * list cannot be read. An addition cannot, because GitLab refuses to add a listed target; a removal
 * removes any version of the entry.
 */
const overwrites = ({ before, after }: EntryChange): boolean =>
  before !== undefined && after !== undefined

/** Tells another try of the same change from another change of the entry. */
const textOf = ({ before, after }: EntryChange): string => JSON.stringify([before, after])

const isSent = (answer: Answer | undefined): boolean => answer !== undefined && 'sent' in answer

function apiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  throw error
}

function send(
  api: GitLabApi,
  { projectId, target, before, after }: EntryChange,
  once: string,
): Promise<void> {
  if (!after) return api.removeEntry(projectId, target, once)
  // The own project is on the list without an entry, too: its first change makes one.
  return before || isOwnProject({ target }, projectId)
    ? api.updateEntry(projectId, target, after, once)
    : api.addEntry(projectId, target, after, once)
}

/**
 * The outcome that the list decides before anything is sent; undefined: the change can be sent.
 * @param again whether the answer to the same change was lost before
 */
function meet(change: EntryChange, list: EntryList, again: boolean): Outcome | undefined {
  const { after } = change
  const now = entryIn(list.entries, change)
  // An entry that is missing in an incomplete list may exist all the same.
  if (!now && list.cut) return undefined
  if (sameEntry(now, after)) return { what: 'saved', sent: again, readBack: true }
  if (isAsSeen(change, now)) return undefined
  if (!now) return { what: 'gone' }
  return again && isDefaultInstead(change, now)
    ? { what: 'saved-otherwise', stored: now }
    : { what: 'conflict', now }
}

/** Before 18.3 GitLab stores default permissions instead, without a word, where a group forbids others. */
const isDefaultInstead = ({ before, after }: EntryChange, now: PermissionConfiguration): boolean =>
  !before && after?.defaultPermissions === false && now.defaultPermissions

/**
 * Refusals that may be the second answer to a write which was sent twice: browsers send a request
 * again by themselves, writes too, when a connection that was kept alive breaks before the first byte
 * of the answer (RFC 9110, section 9.2.2, allows it for some methods; Chromium does it for all), and
 * the page sees the second answer only.
 */
const echoes: ReadonlySet<ErrorReason | undefined> = new Set<ErrorReason>([
  'already-listed',
  'not-listed',
])

/** The outcome of a write that GitLab has refused for good; undefined where only its list can tell. */
function refusalIn(sent: 'taken' | ApiError): Outcome | undefined {
  if (sent === 'taken') return undefined
  const isOpen = isLost(sent) || echoes.has(sent.reason) || isMissing(sent)
  return isOpen ? undefined : { what: 'refused', error: sent }
}

/** Derives the outcome from GitLab's answer and from its list afterwards. */
function outcomeOf(
  change: EntryChange,
  sent: 'taken' | ApiError,
  list: EntryList | ApiError | undefined,
): Outcome {
  const { after } = change
  const error = sent === 'taken' ? undefined : sent
  const refused = refusalIn(sent)
  if (refused) return refused

  const now = list && !(list instanceof ApiError) ? entryIn(list.entries, change) : undefined
  if (!list || list instanceof ApiError || (!now && list.cut)) {
    return error
      ? { what: 'not-known', error: openError(error, 'outcomeUnknown') }
      : { what: 'saved', sent: true, readBack: false }
  }
  if (sameEntry(now, after)) return { what: 'saved', sent: true, readBack: true }
  if (error && isAsSeen(change, now)) {
    return mayFollow(error)
      ? { what: 'not-known', error: openError(error, 'mayFollow') }
      : { what: 'refused', error }
  }
  if (!now) return { what: 'gone' }
  if (!error || (isLost(error) && isDefaultInstead(change, now))) {
    return { what: 'saved-otherwise', stored: now }
  }
  return { what: 'conflict', now }
}

/** Applies one change, and keeps it in the history of this tab. */
export async function applyChange(place: Place, change: EntryChange): Promise<Outcome> {
  const [outcome] = await applyChanges(place, [change])
  if (!outcome) throw new Error('A change without an outcome')
  remember(place.api, [madeBy(change, outcome)])
  return outcome
}

/** The outcomes of one change that its caller handles; every other outcome is an `error`. */
export type Applied = Extract<
  Outcome,
  { readonly what: 'saved' | 'saved-otherwise' | 'conflict' | 'gone' }
>

/**
 * The change that a write has made, so that it can be undone; undefined where it made none, or where
 * somebody else has come after it.
 */
export function madeBy(change: EntryChange, outcome: Outcome): EntryChange | undefined {
  if (outcome.what === 'saved') return outcome.sent ? change : undefined
  return outcome.what === 'saved-otherwise' && isDefaultInstead(change, outcome.stored)
    ? { ...change, after: outcome.stored }
    : undefined
}

/**
 * Whether a change whose answer was lost has been done by now.
 * @returns undefined while it has not
 */
async function findLate({ api, client }: Place, change: EntryChange): Promise<Applied | undefined> {
  const list = await readAfresh(client, allowlistQuery(api, change.projectId))
  const met = meet(change, list, true)
  if (met?.what !== 'saved' && met?.what !== 'saved-otherwise') return undefined
  lostOf(api).delete(changeKey(change))
  return met
}

/**
 * Changes one entry at a time, as a dialog does.
 * @param onLate the change was given up with an error, and now it has been done
 */
export function useEntryChange(
  projectId: number,
  onLate?: (change: EntryChange, applied: Applied) => void,
): Writing<EntryChange, Applied> {
  const place = { api: useApi(), client: useQueryClient() }
  return useWrite<EntryChange, Applied>({
    subject: `allowlist ${projectId}`,
    async write(change) {
      const outcome = await applyChange(place, change)
      if (outcome.what === 'refused' || outcome.what === 'not-known') throw outcome.error
      if (outcome.what === 'to-do') throw outcome.error ?? new Error('Stopped unasked')
      return outcome
    },
    async findLate(change) {
      const found = await findLate(place, change)
      if (found) remember(place.api, [madeBy(change, found)])
      return found
    },
    onLate,
  })
}
