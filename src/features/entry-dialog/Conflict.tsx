import type { PermissionConfiguration } from '../../domain/permissions.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { permissionWords } from '../shared/policy-words.ts'

type ConflictProps = {
  before: PermissionConfiguration
  now: PermissionConfiguration
  /** Goes on with what was chosen here; the rest follows the other's change. */
  onKeep: () => void
  onDrop: () => void
}

/** Somebody else has saved other permissions for an entry while it was being edited. */
export function Conflict({ before, now, onKeep, onDrop }: ConflictProps) {
  return (
    <Alert
      variant="warning"
      live="assertive"
      title={m.conflict_title()}
      actions={
        <>
          <Button size="small" onClick={onKeep}>
            {m.conflict_keep()}
          </Button>
          <Button size="small" onClick={onDrop}>
            {m.conflict_drop()}
          </Button>
        </>
      }
    >
      <p>{m.conflict_body()}</p>
      <Words label={m.conflict_before()} permissions={before} />
      <Words label={m.conflict_now()} permissions={now} />
    </Alert>
  )
}

function Words({ label, permissions }: { label: string; permissions: PermissionConfiguration }) {
  return (
    <>
      {label}
      <ul>
        {permissionWords(permissions).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}
