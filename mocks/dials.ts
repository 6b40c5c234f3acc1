import { dialNames } from './dial-names.ts'
import { DialError, parseFaults } from './faults.ts'
import { type Role, roles } from './gitlab/model.ts'
import { type ScenarioName, scenarioNamed, scenarioNames } from './scenarios/scenarios.ts'

/**
 * The settings of a mock: its starting state, its caller, and the faults and delays to simulate.
 */
export type Dials = {
  readonly scenario: ScenarioName
  /** The role of a request without a token; null for nobody. The demo sends this role's token. */
  readonly as: Role | null
  /** Delay before each answer, in milliseconds. */
  readonly latency: number
  /** The fixed clock in ISO 8601; null for the scenario's own start. */
  readonly now: string | null
  /** `rest` serves the permissions extension as well, `gitlab` only what stock GitLab has. */
  readonly api: 'rest' | 'gitlab'
  /** Faults in the grammar of `faults.ts`; empty for none. */
  readonly fault: string
}

/** Dials that somebody chose; the others get the scenario's values. */
export type DialChanges = Partial<Dials>

const usual: Dials = {
  scenario: 'default',
  as: null,
  latency: 0,
  now: null,
  api: 'rest',
  fault: '',
}

const maxLatency = 60_000

/** All dials: chosen values win over the scenario's own, which win over the defaults. */
export function settle(chosen: DialChanges): Dials {
  return { ...usual, ...scenarioNamed(chosen.scenario ?? usual.scenario).dials, ...chosen }
}

/**
 * Reads the dials among the search parameters of an address, and ignores other parameters. A
 * malformed dial is left out and named in `problem`, because people type addresses by hand.
 */
export function dialsFromSearch(search: Readonly<Record<string, unknown>>): {
  readonly dials: DialChanges
  readonly problem: string | undefined
} {
  let dials: DialChanges = {}
  const problems: string[] = []
  for (const name of dialNames) {
    const value = search[name]
    if (!value) continue
    try {
      dials = { ...dials, ...dialsFromRecord({ [name]: value }) }
    } catch (error) {
      if (!(error instanceof DialError)) throw error
      problems.push(error.message)
    }
  }
  return { dials, problem: problems.length > 0 ? problems.join('; ') : undefined }
}

/**
 * Reads dials from flags or JSON. Null or an empty text resets `as`, `now` and `fault` to none.
 * @throws DialError that names the dial, its value and the expected form, or that names an unknown
 * dial
 */
export function dialsFromRecord(record: Readonly<Record<string, unknown>>): DialChanges {
  const unknown = Object.keys(record).find((name) => !dialNames.some((known) => known === name))
  if (unknown)
    throw new DialError(`Unknown dial "${unknown}", expected one of ${dialNames.join(', ')}`)
  const { scenario, as, latency, now, api, fault } = record
  return {
    ...(scenario !== undefined && { scenario: choice('scenario', scenario, scenarioNames) }),
    ...(as !== undefined && { as: isNone(as) ? null : choice('as', as, roles) }),
    ...(latency !== undefined && { latency: milliseconds(latency) }),
    ...(now !== undefined && { now: isNone(now) ? null : moment(now) }),
    ...(api !== undefined && { api: choice('api', api, ['rest', 'gitlab'] as const) }),
    ...(fault !== undefined && { fault: isNone(fault) ? '' : faults(fault) }),
  }
}

const isNone = (value: unknown) => value === null || value === ''

const wrong = (dial: string, value: unknown, expected: string) =>
  new DialError(`Unknown ${dial} ${JSON.stringify(value)}, expected ${expected}`)

function choice<Choice extends string>(
  dial: string,
  value: unknown,
  choices: readonly Choice[],
): Choice {
  const chosen = choices.find((candidate) => candidate === value)
  if (chosen === undefined) throw wrong(dial, value, `one of ${choices.join(', ')}`)
  return chosen
}

function milliseconds(value: unknown): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  const fits = typeof number === 'number' && Number.isInteger(number) && number >= 0
  if (!fits || number > maxLatency) {
    throw wrong('latency', value, `milliseconds from 0 to ${maxLatency}`)
  }
  return number
}

function moment(value: unknown): string {
  const time = typeof value === 'string' && isOnCalendar(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(time)) throw wrong('now', value, 'a date such as 2026-01-15T09:00:00Z')
  return new Date(time).toISOString()
}

/** Engines read February 30 as March 2. */
function isOnCalendar(text: string): boolean {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(text) ?? []
  const time = day ? Date.parse(day) : Number.NaN
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) === day
}

function faults(value: unknown): string {
  if (typeof value !== 'string') throw wrong('fault', value, 'text')
  parseFaults(value)
  return value
}
