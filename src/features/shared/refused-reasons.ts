import type { Editing, Removal } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'

type Refused = Extract<Editing | Removal, { allowed: false }>['because']

/** Why an entry cannot be edited or removed. */
export const refusedReasons: Record<Refused, () => string> = {
  'hidden-target': m.edit_hidden_reason,
  'own-always-allowed': m.own_always_reason,
  'own-project': m.target_is_own,
}
