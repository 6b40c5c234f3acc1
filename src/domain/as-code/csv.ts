/** An allowlist as CSV: one row per entry, without mode and push settings. */
import { fromCsv, toCsv } from '../csv.ts'
import {
  type FileEntry,
  type FileProblem,
  isId,
  isPolicy,
  type ListExport,
  type ReadResult,
  resultOf,
} from './list-file.ts'

/** The names of the columns, as in the JSON file. */
const csvColumns = ['kind', 'id', 'full_path', 'default_permissions', 'job_token_policies'] as const

/** Writes a row per entry; policies are separated by blanks. */
export const toListCsv = ({ entries }: ListExport): string =>
  toCsv([
    csvColumns,
    ...entries.map(({ target, permissions }) => [
      target.kind,
      String(target.id),
      target.fullPath,
      String(permissions.defaultPermissions),
      permissions.policies.join(' '),
    ]),
  ])

/** Reads what `toListCsv` writes, also where a spreadsheet has saved it again. */
export function fromListCsv(text: string): ReadResult {
  const { rows, brokenAt } = fromCsv(text)
  if (brokenAt !== undefined) return { errors: [{ line: brokenAt, field: '', reason: 'syntax' }] }
  const [head, ...body] = rows
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  const problems: FileProblem[] = []
  const at = (name: (typeof csvColumns)[number]) => names.indexOf(name)
  for (const name of csvColumns) {
    if (name !== 'id' && at(name) < 0) problems.push({ line: 1, field: name, reason: 'missing' })
  }
  for (const [column, name] of names.entries()) {
    if (!csvColumns.some((known) => known === name))
      problems.push({ line: 1, field: name, reason: 'unknown-field' })
    else if (names.indexOf(name) < column) problems.push({ line: 1, field: name, reason: 'twice' })
  }
  if (problems.length > 0) return { errors: problems }

  const entries = body.flatMap(({ cells, line }): FileEntry[] => {
    if (cells.every((cell) => cell.trim() === '')) return []
    if (cells.length !== names.length) {
      problems.push({ line, field: '', reason: 'cells' })
      return []
    }
    const cell = (name: (typeof csvColumns)[number]) => cells[at(name)] ?? ''
    const check = (
      field: (typeof csvColumns)[number],
      reason: FileProblem['reason'],
      isRight: boolean,
    ) => {
      if (!isRight) problems.push({ line, field, reason })
    }
    const kind = cell('kind').trim().toLowerCase()
    const id = cell('id').trim()
    const fullPath = cell('full_path')
    const defaults = cell('default_permissions').trim().toLowerCase()
    const policies = cell('job_token_policies').split(/\s+/).filter(Boolean)
    check('kind', 'not-kind', kind === 'project' || kind === 'group')
    check('id', 'not-id', id === '' || isId(Number(id)))
    check('full_path', 'missing', fullPath !== '')
    check('default_permissions', 'not-boolean', defaults === 'true' || defaults === 'false')
    check('job_token_policies', 'not-policy', policies.every(isPolicy))
    return [
      {
        kind: kind === 'group' ? 'group' : 'project',
        id: id === '' ? undefined : Number(id),
        fullPath,
        permissions: { defaultPermissions: defaults === 'true', policies },
        line,
      },
    ]
  })
  return resultOf(problems, () => ({
    format: 'csv',
    server: undefined,
    project: undefined,
    at: undefined,
    extent: 'whole',
    settings: {},
    entries,
  }))
}
