import { type Loss, refusedPolicies } from '../../domain/change.ts'
import type { PermissionConfiguration } from '../../domain/permissions.ts'
import { formatList } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { permissionSummary } from '../shared/policy-words.ts'

/** The state of an entry on one line; undefined where it is not listed. */
export const stateWords = (permissions: PermissionConfiguration | undefined): string =>
  permissions ? permissionSummary(permissions) : m.set_absent()

/**
 * What undoing a change would not restore, in words.
 * @param before the entry before the change
 */
export function lossWords(loss: Loss, before: PermissionConfiguration | undefined): string {
  switch (loss) {
    case 'hidden-target':
      return m.set_loss_hidden()
    case 'own-entry':
      return m.set_loss_own()
    case 'refused-policies':
      return m.set_loss_policies({
        policies: formatList(new Set(refusedPolicies(before?.policies ?? []))),
      })
    case 'added-by':
      return m.set_loss_added_by()
  }
}
