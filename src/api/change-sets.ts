/**
 * Sets of changes that are being reviewed or saved: one per project, for one user on one GitLab. A set
 * outlives its dialog, and a reload of the tab, until it is finished or discarded.
 */
import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import type { AllowlistEntry } from '../domain/allowlist.ts'
import {
  canUndo,
  changeKey,
  type EntryChange,
  entryIn,
  inverseOf,
  sameEntry,
} from '../domain/change.ts'
import { ApiError } from './api-error.ts'
import { createCarefulWrite } from './careful-write.ts'
import { isHidden, remember } from './change-history.ts'
import { applyChanges, madeBy, type Outcome, type Place } from './entry-changes.ts'
import type { GitLabApi } from './gitlab-api.ts'
import { changeShape, errorShape, keep, readKept, toKept } from './kept-work.ts'
import { projectQuery, pushSettingsQuery, refreshProjects } from './projects.ts'
import { readAfresh } from './read-afresh.ts'
import { saveMode } from './save-mode.ts'
import { pushWrite } from './save-push.ts'
import { getSession, onSessionChange } from './session.ts'
import { tabKeys } from './tab-keys.ts'
import { useApi } from './use-api.ts'

/** One change of a set. */
export type SetLine = {
  readonly change: EntryChange
  /** Whether it is to be saved: a line can be taken out. */
  readonly included: boolean
  /** Whether it is on its way, or has been answered in the round that is going on. */
  readonly step: 'waiting' | 'sending' | 'settled'
  /** What has become of it; undefined while nothing was sent, or that is not known yet. */
  readonly outcome: Outcome | undefined
}

/** A setting beside the list that is saved with a set, after its entries. */
export type SettingLine = {
  readonly name: (typeof settingNames)[number]
  /** The value to save; each setting has two. */
  readonly to: boolean
  readonly included: boolean
  /** `held`: the instance enforces the allowlist, and kept the mode. */
  readonly outcome: 'saved' | 'held' | ApiError | undefined
}

const settingNames = ['inboundEnabled', 'pushAllowed', 'crossProjectPushAllowed'] as const

export type SetState =
  /** Nothing has been sent. */
  | { readonly at: 'review' }
  /** `stopping`: the writes on their way are waited for. */
  | { readonly at: 'saving'; readonly stopping: boolean }
  /** Goes on by itself at `until`, or after signing in again, or once the network is back. */
  | { readonly at: 'paused'; readonly error: ApiError; readonly until: number | undefined }
  /** Stopped by its user. */
  | { readonly at: 'stopped' }
  /** The page was left while it was being saved. What had become of it then is not known, but for refusals. */
  | { readonly at: 'interrupted' }
  | { readonly at: 'done' }

export type ChangeSet = {
  readonly projectId: number
  readonly from: (typeof origins)[number]
  readonly lines: readonly SetLine[]
  readonly settings: readonly SettingLine[]
  readonly state: SetState
}

const origins = ['bulk', 'add-many', 'import', 'undo'] as const

/** What a new set is put together from. */
export type Proposal = {
  /** With what that was done. */
  readonly from: ChangeSet['from']
  /** Of different entries; none of them leaves its entry as it is. */
  readonly changes: readonly EntryChange[]
  /** The values to save of settings beside the list; undefined ones stay as they are. */
  readonly settings?: Partial<Record<SettingLine['name'], boolean | undefined>> | undefined
}

const keptShape = z.array(
  z.object({
    projectId: z.number(),
    from: z.enum(origins),
    state: z.enum(['review', 'stopped', 'interrupted', 'done']),
    lines: z.array(
      z.object({
        change: changeShape,
        included: z.boolean(),
        saved: z.boolean(),
        refused: z.optional(errorShape),
      }),
    ),
    settings: z.array(
      z.object({
        name: z.enum(settingNames),
        to: z.boolean(),
        included: z.boolean(),
        saved: z.boolean(),
      }),
    ),
  }),
)

/** How long a set waits after a 429 whose `Retry-After` cannot be read, in milliseconds. */
const usualWait = 60_000

const sets = new WeakMap<GitLabApi, ReadonlyMap<number, ChangeSet>>()
/** What is going on with a set: its writes, or its wait. */
type Run = { readonly end: () => void }
const runs = new WeakMap<GitLabApi, Map<number, Run>>()
const listeners = new Set<() => void>()

function runsOf(api: GitLabApi): Map<number, Run> {
  const known = runs.get(api) ?? new Map<number, Run>()
  runs.set(api, known)
  return known
}

function setsOf(api: GitLabApi): ReadonlyMap<number, ChangeSet> {
  const known = sets.get(api)
  if (known) return known
  const kept = readKept(api, tabKeys.changeSets, keptShape) ?? []
  const read = new Map(
    kept.map(({ state, lines, settings, ...set }): [number, ChangeSet] => [
      set.projectId,
      {
        ...set,
        state: { at: state },
        lines: lines.map(({ saved, refused, ...line }) => ({
          ...line,
          step: 'waiting',
          outcome: saved
            ? { what: 'saved', sent: true, readBack: true }
            : refused && { what: 'refused', error: refused },
        })),
        settings: settings.map(({ saved, ...setting }) => ({
          ...setting,
          outcome: saved ? 'saved' : undefined,
        })),
      },
    ]),
  )
  sets.set(api, read)
  return read
}

export const changeSetOf = (api: GitLabApi, projectId: number): ChangeSet | undefined =>
  setsOf(api).get(projectId)

/** The set of a project, followed while it changes. */
export function useChangeSet(projectId: number): ChangeSet | undefined {
  const api = useApi()
  return useSyncExternalStore(follow, () => changeSetOf(api, projectId))
}

function follow(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function put(api: GitLabApi, projectId: number, set: ChangeSet | undefined): void {
  const next = new Map(setsOf(api))
  if (set) next.set(projectId, set)
  else next.delete(projectId)
  sets.set(api, next)
  tell()
}

/** The shortest time between two steps that are told, in milliseconds: to draw them takes the writes' time. */
const tellEvery = 400

let toldAt = 0
let telling: ReturnType<typeof setTimeout> | undefined

function tell(): void {
  clearTimeout(telling)
  telling = undefined
  toldAt = performance.now()
  for (const listener of listeners) listener()
}

/** Changes a set, and keeps it for a reload. */
function edit(
  api: GitLabApi,
  projectId: number,
  change: (set: ChangeSet) => Partial<ChangeSet>,
): void {
  const set = changeSetOf(api, projectId)
  if (!set) return
  put(api, projectId, { ...set, ...change(set) })
  keepSets(api)
}

function keepSets(api: GitLabApi): void {
  const unfinished = [...setsOf(api).values()].filter(
    ({ state, lines, settings }) =>
      state.at !== 'done' || lines.some(isFailed) || settings.some(isSettingLeft),
  )
  const kept = unfinished.map(({ state, lines, settings, ...set }) => ({
    ...set,
    state: state.at === 'saving' || state.at === 'paused' ? 'interrupted' : state.at,
    lines: lines.map(({ change, included, outcome }) => ({
      change,
      included,
      saved: outcome?.what === 'saved',
      ...(outcome?.what === 'refused' && { refused: toKept(outcome.error) }),
    })),
    settings: settings.map(({ outcome, ...setting }) => ({
      ...setting,
      saved: outcome === 'saved',
    })),
  })) satisfies z.input<typeof keptShape>
  keep(api, tabKeys.changeSets, kept.length > 0 ? kept : undefined)
}

/** Puts a new set in place of the one before; nothing of it is sent yet. */
export function openSet(
  api: GitLabApi,
  projectId: number,
  { from, changes, settings = {} }: Proposal,
): void {
  endRun(api, projectId)
  put(api, projectId, {
    projectId,
    from,
    state: { at: 'review' },
    lines: changes.map((change) => ({
      change,
      included: true,
      step: 'waiting',
      outcome: undefined,
    })),
    settings: settingNames.flatMap((name) => {
      const { [name]: to } = settings
      return to === undefined ? [] : { name, to, included: true, outcome: undefined }
    }),
  })
  keepSets(api)
}

/** Forgets a set. What was saved of it stays, and so do writes on their way. */
export function dropSet(api: GitLabApi, projectId: number): void {
  endRun(api, projectId)
  put(api, projectId, undefined)
  keepSets(api)
}

/** Takes one change out of its set, or back in. */
export function includeLine(api: GitLabApi, change: EntryChange, included: boolean): void {
  editLine(api, change, (line) => ({ ...line, included }))
}

/** Takes one setting out of its set, or back in. */
export function includeSetting(
  api: GitLabApi,
  projectId: number,
  name: SettingLine['name'],
  included: boolean,
): void {
  editSetting(api, projectId, name, { included })
}

function editSetting(
  api: GitLabApi,
  projectId: number,
  name: SettingLine['name'],
  change: Partial<SettingLine>,
): void {
  edit(api, projectId, ({ settings }) => ({
    settings: settings.map((line) => (line.name === name ? { ...line, ...change } : line)),
  }))
}

/** Takes a change's entry as it is now for what was seen, so that the change can be saved over it. */
export function overwriteLine(api: GitLabApi, change: EntryChange): void {
  editLine(api, change, (line) => {
    if (line.outcome?.what !== 'conflict' && line.outcome?.what !== 'gone') return line
    const before = line.outcome.what === 'conflict' ? line.outcome.now : undefined
    return { ...line, change: { ...change, before }, outcome: undefined }
  })
}

function editLine(api: GitLabApi, change: EntryChange, to: (line: SetLine) => SetLine): void {
  const key = changeKey(change)
  edit(api, change.projectId, ({ lines }) => ({
    lines: lines.map((line) => (changeKey(line.change) === key ? to(line) : line)),
  }))
}

/** Whether a line is to be sent when its set goes on: nothing has become of it so far. */
export const isToDo = ({ included, outcome }: SetLine): boolean =>
  included &&
  (!outcome ||
    outcome.what === 'to-do' ||
    (outcome.what === 'not-known' && outcome.error.outcomeUnknown === true))

/** Whether a setting is still to be saved: nothing was sent, or GitLab has not done it. */
export const isSettingLeft = ({ included, outcome }: SettingLine): boolean =>
  included && outcome !== 'saved' && outcome !== 'held'

/** Whether a line has failed, so that it can be tried again. */
export const isFailed = (line: SetLine): boolean =>
  line.included &&
  !isToDo(line) &&
  (line.outcome?.what === 'refused' || line.outcome?.what === 'not-known')

/** The changes that undo what a set has done, as far as GitLab would take them. */
export const undoOf = (api: GitLabApi, { lines }: ChangeSet): EntryChange[] =>
  lines.flatMap(({ change, outcome }) => {
    const made = outcome && madeBy(change, outcome)
    return made && canUndo(made, !isHidden(api, made)) ? [inverseOf(made)] : []
  })

/**
 * Says what has become of a set while its page was away: what GitLab holds now as it was wanted has been
 * done.
 */
export function compareSet(
  api: GitLabApi,
  projectId: number,
  entries: readonly AllowlistEntry[],
): void {
  const set = changeSetOf(api, projectId)
  if (set?.state.at !== 'interrupted') return
  const done = set.lines.filter(
    (line) => isToDo(line) && sameEntry(entryIn(entries, line.change), line.change.after),
  )
  if (done.length === 0) return
  remember(
    api,
    done.map(({ change }) => change),
  )
  edit(api, projectId, ({ lines, state }) => {
    const compared = lines.map(
      (line): SetLine =>
        done.includes(line)
          ? { ...line, outcome: { what: 'saved', sent: true, readBack: true } }
          : line,
    )
    const isLeft = compared.some(isToDo) || set.settings.some(isSettingLeft)
    return { lines: compared, state: isLeft ? state : { at: 'done' } }
  })
}

/**
 * Saves what is to do of a set, until all of it has an outcome, or until it is stopped or paused. A pause
 * ends by itself: after a wait, by signing in again, or with the network.
 * @param which the lines to send; those that have failed only where they are asked for
 */
export async function saveSet(
  place: Place,
  projectId: number,
  which: (line: SetLine) => boolean = isToDo,
): Promise<void> {
  const { api } = place
  if (changeSetOf(api, projectId)?.state.at === 'saving') return
  endRun(api, projectId)
  const stop = new AbortController()
  const run: Run = { end: () => stop.abort() }
  runsOf(api).set(projectId, run)
  edit(api, projectId, ({ lines }) => ({
    state: { at: 'saving', stopping: false },
    lines: lines.map((line) => (which(line) ? { ...line, outcome: undefined } : line)),
  }))
  let next: 'again' | 'over' | ApiError
  do {
    next = await saveRound(place, projectId, run, stop.signal)
  } while (next === 'again')
  if (next === 'over' && !stop.signal.aborted) await saveSettings(place, projectId, run)
  if (runsOf(api).get(projectId) !== run) return
  runsOf(api).delete(projectId)
  if (next !== 'over' && !stop.signal.aborted) pauseSet(place, projectId, next)
  else {
    edit(api, projectId, ({ lines, settings }) => {
      const isLeft =
        lines.some(isToDo) ||
        settings.some(({ included, outcome }) => included && outcome === undefined)
      return { state: { at: isLeft ? 'stopped' : 'done' } }
    })
  }
}

/** @returns the error that stopped the round and would stop the next one, too */
async function saveRound(
  place: Place,
  projectId: number,
  run: Run,
  signal: AbortSignal,
): Promise<'again' | 'over' | ApiError> {
  const { api } = place
  const isCurrent = () => runsOf(api).get(projectId) === run
  const changes = (changeSetOf(api, projectId)?.lines ?? [])
    .filter(isToDo)
    .map(({ change }) => change)
  const outcomes = await applyChanges(place, changes, {
    signal,
    onStep(change, step, known) {
      if (isCurrent()) markStep(api, projectId, change, step, known)
    },
  })
  const outcomeOf = new Map(changes.map((change, at) => [changeKey(change), outcomes[at]]))
  remember(
    api,
    changes.map((change) => {
      const outcome = outcomeOf.get(changeKey(change))
      return outcome && madeBy(change, outcome)
    }),
  )
  if (isCurrent()) {
    edit(api, projectId, ({ lines }) => ({
      lines: lines.map((line) => ({
        ...line,
        step: 'waiting',
        outcome: outcomeOf.get(changeKey(line.change)) ?? line.outcome,
      })),
    }))
  }
  const unknown = outcomes.flatMap((outcome) =>
    outcome.what === 'not-known' && outcome.error.outcomeUnknown ? outcome.error : [],
  )
  const [error = unknown[0]] = outcomes.flatMap((outcome) =>
    outcome.what === 'to-do' ? (outcome.error ?? []) : [],
  )
  if (!error) return 'over'
  // A connection broke, and the list could be read afterwards: GitLab can be reached.
  const isBack =
    error.kind === 'unreachable' &&
    unknown.length === 0 &&
    outcomes.some(({ what }) => what !== 'to-do')
  return isBack && !signal.aborted ? 'again' : error
}

/** Saves the settings of a set, one after another, once its entries have been saved. */
async function saveSettings(place: Place, projectId: number, run: Run): Promise<void> {
  const { api } = place
  for (const line of changeSetOf(api, projectId)?.settings ?? []) {
    if (!isSettingLeft(line) || runsOf(api).get(projectId) !== run) continue
    const outcome = await saveSetting(place, projectId, line).catch((error: unknown) => {
      if (error instanceof ApiError) return error
      throw error
    })
    if (runsOf(api).get(projectId) === run) editSetting(api, projectId, line.name, { outcome })
  }
}

async function saveSetting(
  place: Place,
  projectId: number,
  { name, to }: SettingLine,
): Promise<'saved' | 'held'> {
  const { api, client } = place
  const carefully = createCarefulWrite()
  if (name === 'inboundEnabled') {
    const { held } = await saveMode(to, carefully, { ...place, projectId })
    return held ? 'saved' : 'held'
  }
  const project = await readAfresh(client, projectQuery(api, { id: projectId }))
  const seen = await readAfresh(client, pushSettingsQuery(api, project))
  const changes = { own: undefined, crossProject: undefined }
  const wanted = name === 'pushAllowed' ? { ...changes, own: to } : { ...changes, crossProject: to }
  await carefully(pushWrite(place, project, { changes: wanted, seen }))
  await refreshProjects(api, client)
  return 'saved'
}

/**
 * Shows the progress of a line. Not each step by itself: a set has hundreds. A refusal is kept at once: after
 * a reload the list would not tell it from a change that was not sent.
 */
function markStep(
  api: GitLabApi,
  projectId: number,
  change: EntryChange,
  step: SetLine['step'],
  known: Outcome | undefined,
): void {
  const set = changeSetOf(api, projectId)
  if (!set) return
  const refused = known?.what === 'refused' ? { outcome: known } : undefined
  const lines = set.lines.map((line) =>
    line.change === change ? { ...line, step, ...refused } : line,
  )
  sets.set(api, new Map(setsOf(api)).set(projectId, { ...set, lines }))
  if (refused) keepSets(api)
  telling ??= setTimeout(tell, Math.max(0, toldAt + tellEvery - performance.now()))
}

function pauseSet(place: Place, projectId: number, error: ApiError): void {
  const { api } = place
  const now = Date.now()
  const until = error.kind === 'rate-limited' ? (error.quietUntil ?? now + usualWait) : undefined
  const timer = until && setTimeout(goOn, Math.max(until - now, 1000))
  const leaves = [
    () => clearTimeout(timer),
    onlineManager.subscribe((online) => {
      if (online && error.kind === 'unreachable') goOn()
    }),
    onSessionChange(() => {
      const session = getSession()
      if (session.state === 'signed-out' || session.api !== api) run.end()
      else if (error.kind === 'unauthorized' && session.renewal === 'none') goOn()
    }),
  ]
  const run: Run = {
    end() {
      for (const leave of leaves) leave()
    },
  }
  function goOn() {
    void saveSet(place, projectId)
  }
  runsOf(api).set(projectId, run)
  edit(api, projectId, () => ({ state: { at: 'paused', error, until } }))
}

/** Stops a set. Writes on their way are waited for. */
export function stopSet(api: GitLabApi, projectId: number): void {
  const at = changeSetOf(api, projectId)?.state.at
  if (at === 'saving') {
    runsOf(api).get(projectId)?.end()
    edit(api, projectId, () => ({ state: { at: 'saving', stopping: true } }))
  } else if (at === 'paused') {
    endRun(api, projectId)
    edit(api, projectId, () => ({ state: { at: 'stopped' } }))
  }
}

function endRun(api: GitLabApi, projectId: number): void {
  runsOf(api).get(projectId)?.end()
  runsOf(api).delete(projectId)
}
