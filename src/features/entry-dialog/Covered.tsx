import type { AllowlistEntry } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { permissionSummary } from '../shared/policy-words.ts'

type CoveredProps = {
  /** The group's entry that has covered the target until now. */
  entry: AllowlistEntry
  /** Whether there is anything to keep or to let go. */
  canKeep: boolean
  /** Whether the form keeps all that this entry grants. */
  kept: boolean
  onKeep: (kept: boolean) => void
}

/**
 * Says that the new entry replaces a group's entry for its target, and offers to keep its grants.
 */
export function Covered({ entry: { target, permissions }, canKeep, kept, onKeep }: CoveredProps) {
  const group = target.fullPath
  return (
    <Alert variant="info" live="polite">
      <p>{m.effect_covered({ entry: group, permissions: permissionSummary(permissions) })}</p>
      {canKeep && (
        <Checkbox
          label={m.effect_keep({ entry: group })}
          checked={kept}
          onChange={({ target: box }) => onKeep(box.checked)}
        />
      )}
    </Alert>
  )
}
