import type { Editing } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'

/** Why an entry cannot be edited. */
export const editingReasons: Record<Extract<Editing, { allowed: false }>['because'], () => string> =
  {
    'hidden-target': m.edit_hidden_reason,
    'own-always-allowed': m.own_always_reason,
  }
