import type { Target } from '../allowlist.ts'
import { fromListCsv } from './csv.ts'
import { fromJson } from './json.ts'
import { mostCharacters, type ProblemReason, type ReadResult } from './list-file.ts'
import { fromTerraform } from './terraform.ts'

/**
 * Reads a list from a text in one of the formats that hold one. A text with a problem is refused as a
 * whole.
 * @param own the project whose list it is compared with
 */
export function readList(text: string, own: Pick<Target, 'id' | 'fullPath'>): ReadResult {
  const refused = (reason: ProblemReason): ReadResult => ({
    errors: [{ line: undefined, field: '', reason }],
  })
  const begin = text.replace(/^\uFEFF/, '').trimStart()
  if (begin === '') return refused('empty')
  if (text.length > mostCharacters) return refused('too-long')
  if (/^[{[]/.test(begin)) return fromJson(text.replace(/^\uFEFF/, ''))
  if (/\bgitlab_project_job_token_scopes?\b/.test(begin)) return fromTerraform(text, own)
  if (/^[^\r\n]*\b(kind|full_path)\b/i.test(begin)) return fromListCsv(text)
  return refused('not-recognized')
}
