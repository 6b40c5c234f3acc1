/** The words for the conditions of the list's filter. */
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import type { FilterPart, Mark } from '../../domain/entry-filter.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { kindLabels } from '../shared/kind-labels.ts'
import { grantWords } from '../shared/policy-words.ts'

export const configurationWords = {
  default: m.permissions_default,
  'fine-grained': m.permissions_fine_grained,
  nothing: m.filter_nothing_selected,
} as const

export const markWords: Readonly<Record<Mark, () => string>> = {
  attention: m.filter_attention,
  hidden: m.badge_hidden,
  overrides: m.filter_overrides,
  overridden: m.filter_overridden,
  refused: m.filter_refused,
  unused: m.filter_unused,
}

/** One condition, as its chip says it. */
export function partWords(part: FilterPart, rows: readonly AllowlistEntry[]): string {
  switch (part.part) {
    case 'search':
      return m.filter_search({ search: part.value })
    case 'kind':
      return kindLabels[part.value]()
    case 'configuration':
      return configurationWords[part.value]()
    case 'grant':
      return m.filter_at_least({ grant: grantWords(part.value) })
    case 'addedBy': {
      const adder = rows.find(({ addedBy }) => addedBy?.username === part.value)?.addedBy
      return m.filter_added_by({ name: adder?.name ?? `@${part.value}` })
    }
    case 'mark':
      return markWords[part.value]()
  }
}
