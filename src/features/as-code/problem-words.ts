import {
  type FileProblem,
  mostCharacters,
  type ProblemReason,
} from '../../domain/as-code/list-file.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'

const reasons: Readonly<Record<ProblemReason, () => string>> = {
  empty: m.code_reason_empty,
  'too-long': () => m.code_reason_too_long({ limit: formatNumber(mostCharacters) }),
  'not-recognized': m.code_reason_not_recognized,
  syntax: m.code_reason_syntax,
  missing: m.code_reason_missing,
  'unknown-field': m.code_reason_unknown_field,
  'not-text': m.code_reason_not_text,
  'not-boolean': m.code_reason_not_boolean,
  'not-id': m.code_reason_not_id,
  'not-list': m.code_reason_not_list,
  'not-object': m.code_reason_not_object,
  'not-kind': m.code_reason_not_kind,
  'not-extent': m.code_reason_not_extent,
  'not-policy': m.code_reason_not_policy,
  version: m.code_reason_version,
  twice: m.code_reason_twice,
  cells: m.code_reason_cells,
  computed: m.code_reason_computed,
  'other-project': m.code_reason_other_project,
}

/** What is wrong with a file, and where: line, field and reason. */
export function problemWords({ line, field, reason: code }: FileProblem): string {
  const reason = reasons[code]()
  if (line === undefined) return reason
  return field
    ? m.code_problem_field({ line: formatNumber(line), field, reason })
    : m.code_problem_line({ line: formatNumber(line), reason })
}
