import type { AllowlistEntry } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { permissionSummary } from '../shared/policy-words.ts'

type CoveredProps = {
  /** The entry of a group that lets in, so far, what is to get an entry of its own. */
  entry: AllowlistEntry
  /** Whether the form grants all that this entry does. */
  kept: boolean
  onKeep: (kept: boolean) => void
}

/** Says that an entry to add takes the place of another, and offers to keep what that grants. */
export function Covered({ entry: { target, permissions }, kept, onKeep }: CoveredProps) {
  const entry = target.fullPath
  return (
    <Alert variant="info" live="polite">
      <p>{m.effect_covered({ entry, permissions: permissionSummary(permissions) })}</p>
      <Checkbox
        label={m.effect_keep({ entry })}
        checked={kept}
        onChange={({ target: box }) => onKeep(box.checked)}
      />
    </Alert>
  )
}
