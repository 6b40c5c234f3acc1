import type { TargetKind } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'

/** The kind of an entry's target, in a word for those who do not see its icon. */
export const kindLabels: Record<TargetKind, () => string> = {
  group: m.kind_group,
  project: m.kind_project,
}
