/** What a person has looked at in the gallery, and noted there. Kept in the browser, for the next visit. */
import * as z from 'zod/mini'
import type { Flow, State } from '../states/state.ts'

/** What a review says of a state. */
export type StateReview = {
  /** As it is declared now. */
  readonly looked: boolean
  /** Empty where there is none. */
  readonly note: string
  /** Against what one has looked at or noted, or else against the visit before this one. */
  readonly since: 'same' | 'changed' | 'new'
}

/** What a person has looked at and noted so far. */
export type Review = {
  readonly of: (state: string) => StateReview
  /** The day of the visit before this one, as an ISO date; undefined on the first visit. */
  readonly before: string | undefined
  /** States that were declared on that visit, or have a note, and are not declared any more. */
  readonly gone: readonly string[]
}

/** The marks of all states on a day, by name: see `markOf`. */
const visit = z.object({ on: z.string(), marks: z.record(z.string(), z.string()) })

const kept = z.object({
  before: z.optional(visit),
  now: visit,
  states: z.record(
    z.string(),
    z.object({
      looked: z.optional(z.string()),
      note: z.optional(z.string()),
      /** The state's mark when the note was written. */
      noted: z.optional(z.string()),
    }),
  ),
})

type Kept = z.infer<typeof kept>

/** The key in the browser's storage. */
export const reviewKey = 'demo-gallery-review'

export type ReviewStore = {
  readonly get: () => Review
  readonly subscribe: (listener: () => void) => () => void
  readonly look: (state: string, looked: boolean) => void
  readonly write: (state: string, note: string) => void
}

/**
 * Opens the review of this browser.
 * @param options.marks the marks of all states as they are declared now, by name
 * @param options.storage where it is kept; a review that another version has kept is begun anew
 * @param options.isNewVisit whether to compare with what was declared when the review was opened last;
 * else with what it was compared with then
 * @param options.today as an ISO date
 */
export function openReview(options: {
  readonly marks: Readonly<Record<string, string>>
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  readonly isNewVisit: boolean
  readonly today: string
}): ReviewStore {
  const { marks, storage, isNewVisit, today } = options
  const last = read(storage)
  const before = isNewVisit ? last?.now : last?.before
  let states = last?.states ?? {}
  let review = compare({ before, states, marks })
  const listeners = new Set<() => void>()

  function save() {
    const next: Kept = {
      ...(before && { before }),
      now: { on: today, marks: { ...marks } },
      states,
    }
    try {
      storage.setItem(reviewKey, JSON.stringify(next))
    } catch {
      // Storage is switched off: the review lasts as long as the page.
    }
  }
  save()

  function change(state: string, changes: Kept['states'][string]) {
    states = { ...states, [state]: { ...states[state], ...changes } }
    review = compare({ before, states, marks })
    save()
    for (const listener of listeners) listener()
  }

  return {
    get: () => review,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    look: (state, looked) => change(state, { looked: looked ? marks[state] : undefined }),
    write: (state, note) =>
      change(state, { note, noted: note.trim() === '' ? undefined : marks[state] }),
  }
}

function read(storage: Pick<Storage, 'getItem'>): Kept | undefined {
  try {
    return kept.parse(JSON.parse(storage.getItem(reviewKey) ?? ''))
  } catch {
    return undefined
  }
}

function compare({
  before,
  states,
  marks,
}: Pick<Kept, 'before' | 'states'> & { marks: Readonly<Record<string, string>> }): Review {
  const noted = Object.keys(states).filter((name) => states[name]?.note?.trim())
  const known = new Set([...Object.keys(before?.marks ?? {}), ...noted])
  const reviewOf = (name: string): StateReview => {
    const { looked, note = '', noted } = states[name] ?? {}
    const seen = looked ?? noted ?? before?.marks[name]
    const isNew = seen === undefined && before !== undefined
    const isSame = seen === undefined || seen === marks[name]
    return {
      looked: looked !== undefined && looked === marks[name],
      note,
      since: isNew ? 'new' : isSame ? 'same' : 'changed',
    }
  }
  // Each once, so that a card whose state has not changed is not rendered again.
  const reviews = new Map(Object.keys(marks).map((name) => [name, reviewOf(name)]))
  return {
    before: before?.on,
    gone: [...known].filter((name) => !(name in marks)),
    of: (name) => reviews.get(name) ?? reviewOf(name),
  }
}

/** The words of the Markdown that a review is exported as, in the language of the page. */
export type ReviewWords = {
  readonly title: string
  readonly summary: string
  readonly changed: string
  readonly new: string
}

/**
 * The review as Markdown: of each flow, the states that were looked at, noted or changed, each with its
 * address.
 * @param addressOf the whole address of a state
 */
export function reviewAsMarkdown(
  flows: readonly Flow[],
  review: Review,
  words: ReviewWords,
  { addressOf, purposeOf }: Record<'addressOf' | 'purposeOf', (state: State) => string>,
): string {
  const lineOf = (state: State): string[] => {
    const { looked, note, since } = review.of(state.name)
    if (!looked && note.trim() === '' && since === 'same') return []
    const change = since === 'same' ? '' : ` (${words[since]})`
    const quoted =
      note.trim() === ''
        ? []
        : note
            .trim()
            .split('\n')
            .map((line) => `  > ${line}`)
    return [
      `- [${looked ? 'x' : ' '}] [${state.name}](${addressOf(state)}): ${purposeOf(state)}${change}`,
      ...quoted,
    ]
  }
  const parts = flows.flatMap(({ title, states }) => {
    const lines = states.flatMap(lineOf)
    return lines.length > 0 ? [`## ${title()}`, lines.join('\n')] : []
  })
  return `${[`# ${words.title}`, words.summary, ...parts].join('\n\n')}\n`
}
