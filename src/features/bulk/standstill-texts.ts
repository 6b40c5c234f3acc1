import type { Standstill } from '../../domain/bulk.ts'
import { m } from '../../i18n/paraglide/messages.js'

/** Why nothing can be changed in this list. */
export const standstillTexts: Record<Standstill, () => string> = {
  archived: m.archived_reason,
  'read-only-token': m.read_only_token_reason,
}
