import type { FormEventHandler, ReactNode } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorText } from './ErrorText.tsx'
import { LeaveGuard } from './LeaveGuard.tsx'
import styles from './SettingsForm.module.css'
import { SlowNotice } from './SlowNotice.tsx'

type SettingsFormProps = {
  onSubmit: FormEventHandler<HTMLFormElement>
  onUndo: () => void
  dirty: boolean
  busy: boolean
  error: Error | null
  disabledReason: string | undefined
  children: ReactNode
}

/** A card's settings with Save changes below them: usable once something differs from the server. */
export function SettingsForm({
  onSubmit,
  onUndo,
  dirty,
  busy,
  error,
  disabledReason,
  children,
}: SettingsFormProps) {
  const unsaved = dirty && !busy
  return (
    <form onSubmit={onSubmit} className={styles.form}>
      {children}
      {error && (
        <Alert variant="danger" live="assertive" title={m.save_failed()}>
          <ErrorText error={error} />
        </Alert>
      )}
      <SlowNotice waiting={busy} />
      <div className={styles.buttons}>
        <Button
          type="submit"
          variant="confirm"
          busy={busy}
          disabled={!dirty && !busy}
          disabledReason={disabledReason}
        >
          {m.save_changes()}
        </Button>
        {unsaved && <Button onClick={onUndo}>{m.undo_changes()}</Button>}
      </div>
      <LeaveGuard when={dirty} leaving="page" />
    </form>
  )
}
