import type { FormEventHandler, ReactNode } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorText } from './ErrorText.tsx'
import { saveErrorTitle } from './error-text.ts'
import { LeaveGuard } from './LeaveGuard.tsx'
import { Revealed } from './Revealed.tsx'
import styles from './SettingsForm.module.css'
import { SlowNotice } from './SlowNotice.tsx'

type SettingsFormProps<Values extends FieldValues> = {
  form: UseFormReturn<Values>
  /** Whether something else is chosen than what is stored. */
  dirty: boolean
  /** The write that submitting starts: its error is shown, and forgotten with Undo. */
  save: { readonly isPending: boolean; readonly error: Error | null; reset(): void }
  onSubmit: FormEventHandler<HTMLFormElement>
  disabledReason?: string | undefined
  /** A change that was saved elsewhere since; the user decides about it before saving here. */
  conflict?: ReactNode
  /** Closes a form that was opened to change something; offered while nothing is changed. */
  onCancel?: (() => void) | undefined
  children: ReactNode
}

/** A card's settings with Save changes below them: usable once something differs from the server. */
export function SettingsForm<Values extends FieldValues>({
  form,
  dirty,
  save,
  onSubmit,
  disabledReason,
  conflict,
  onCancel,
  children,
}: SettingsFormProps<Values>) {
  const { isPending: busy, error } = save
  const unsaved = dirty && !busy

  function undo() {
    form.reset(undefined, { keepDirtyValues: false })
    save.reset()
  }

  return (
    <form onSubmit={onSubmit} className={styles.form}>
      {children}
      <div className={styles.buttons}>
        <Button
          type="submit"
          variant="confirm"
          busy={busy}
          disabled={!dirty && !busy}
          disabledReason={disabledReason ?? (conflict ? m.conflict_choose() : undefined)}
        >
          {m.save_changes()}
        </Button>
        {unsaved && <Button onClick={undo}>{m.undo_changes()}</Button>}
        {onCancel && !dirty && !busy && <Button onClick={onCancel}>{m.cancel()}</Button>}
      </div>
      <SlowNotice waiting={busy} />
      {conflict && <Revealed>{conflict}</Revealed>}
      {error && (
        <Revealed>
          <Alert variant="danger" live="assertive" title={saveErrorTitle(error)}>
            <ErrorText error={error} />
          </Alert>
        </Revealed>
      )}
      <LeaveGuard when={dirty} leaving="page" />
    </form>
  )
}
