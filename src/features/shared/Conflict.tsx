import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'

type ConflictProps = {
  title: string
  body: string
  /** The values when the form was opened, and the values that are stored now, in words. */
  before: readonly string[]
  now: readonly string[]
  /** Goes on with what was chosen here; the rest follows the other's change. */
  onKeep: () => void
  onDrop: () => void
}

/**
 * Says that somebody else saved other values for the edited setting; the user chooses which to
 * keep.
 */
export function Conflict({ title, body, before, now, onKeep, onDrop }: ConflictProps) {
  return (
    <Alert
      variant="warning"
      live="assertive"
      title={title}
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
      <p>{body}</p>
      <Words label={m.conflict_before()} lines={before} />
      <Words label={m.conflict_now()} lines={now} />
    </Alert>
  )
}

function Words({ label, lines }: { label: string; lines: readonly string[] }) {
  return (
    <>
      {label}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}
