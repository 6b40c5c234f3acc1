import {
  type Authorization,
  type Gate,
  type LetIn,
  type LogOrigin,
  letIn,
  usedAt,
} from '../../domain/authentication-log.ts'
import { toCsv } from '../../domain/csv.ts'
import { grantLines } from '../../domain/permissions.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { grantWords } from '../shared/policy-words.ts'
import type { LogSort } from './log-sorts.ts'

/** A row of the log with what the console makes of it, in the language of the screen. */
export type LogRow = {
  readonly key: string
  readonly authorization: Authorization
  readonly project: string
  /** One line each; undefined where the server does not tell. */
  readonly policies: readonly string[] | undefined
  /** Undefined while the mode or the allowlist has not been read. */
  readonly letIn: LetIn | undefined
  readonly letInWords: string
  /** In milliseconds. */
  readonly usedAt: number
  /** All of it that can be searched for, in lower case. */
  readonly text: string
}

/**
 * Makes the table's rows and caches each by its part of the log, so that existing rows do not
 * re-render while more of the log arrives.
 * @param gate undefined while it has not been read
 */
export function createLogRows(gate: Gate | undefined): (found: Authorization) => LogRow {
  const rows = new WeakMap<Authorization, LogRow>()
  let unnamed = 0
  return (authorization) => {
    const known = rows.get(authorization)
    if (known) return known
    const { origin, usedPolicies } = authorization
    const project = projectWords(origin)
    const policies = usedPolicies && policyWords(usedPolicies)
    const by = gate && letIn(origin, gate)
    const letInWords = by ? wordsOf(by) : ''
    const row: LogRow = {
      key: origin.id === undefined ? `unnamed-${unnamed++}` : `project-${origin.id}`,
      authorization,
      project,
      policies,
      letIn: by,
      letInWords,
      usedAt: usedAt(authorization),
      text: [project, origin.name, letInWords, ...(policies ?? [])].join('\n').toLowerCase(),
    }
    rows.set(authorization, row)
    return row
  }
}

const policyWords = (policies: readonly string[]) =>
  policies.length > 0 ? grantLines(policies).map(grantWords) : [m.scope_none()]

/** The name of a project, as far as the server tells it. */
function projectWords({ id, fullPath, name }: LogOrigin): string {
  const known = fullPath ?? name
  if (known !== undefined) return known
  return id === undefined ? m.log_hidden() : m.log_hidden_id({ id: String(id) })
}

function wordsOf(by: LetIn): string {
  switch (by.by) {
    case 'entry':
      return by.entry.target.fullPath
    case 'mode':
      return m.mode_all()
    case 'own-project':
      return m.badge_own_project()
    case 'nothing':
      return m.log_not_listed()
    case 'unknown':
      return ''
  }
}

/** Whether all words of a search are in what a row says. */
export function finder(search: string): ((row: LogRow) => boolean) | undefined {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return undefined
  return ({ text }) => words.every((word) => text.includes(word))
}

const byWords = new Intl.Collator('en', { numeric: true })

const ascending = {
  used: (a: LogRow, b: LogRow) => a.usedAt - b.usedAt,
  project: (a: LogRow, b: LogRow) => byWords.compare(a.project, b.project),
  entry: (a: LogRow, b: LogRow) => byWords.compare(a.letInWords, b.letInWords),
} as const

/** Rows that are alike in this stay in the order of the log. */
export function sortRows(rows: readonly LogRow[], sort: LogSort): LogRow[] {
  const order = ascending[columnOf(sort)]
  return rows.toSorted(isDescending(sort) ? (a, b) => order(b, a) : order)
}

export const isDescending = (sort: LogSort): boolean => sort.startsWith('-')

const columns = {
  used: 'used',
  '-used': 'used',
  project: 'project',
  '-project': 'project',
  entry: 'entry',
  '-entry': 'entry',
} as const satisfies Record<LogSort, keyof typeof ascending>

export const columnOf = (sort: LogSort): keyof typeof ascending => columns[sort]

/** In UTC, to the second, as GitLab's file has it. */
const inUtc = (time: Date) => time.toISOString().replace(/\.\d{3}Z$/, 'Z')

/** The whole log as GitLab's own file has it. */
export const logAsCsv = (authorizations: readonly Authorization[]): string =>
  toCsv([
    ['Origin Project Path', 'Last Authorized At (UTC)'],
    ...authorizations.map((found) => [
      projectWords(found.origin),
      Number.isFinite(usedAt(found)) ? inUtc(new Date(usedAt(found))) : found.lastAuthorizedAt,
    ]),
  ])

/** As GitLab's server names the file. */
export const csvName = (projectId: number, now: Date): string =>
  `job-token-authorizations-${projectId}-${inUtc(now).replace(/\D/g, '')}.csv`
