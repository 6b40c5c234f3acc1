import { m } from '../../i18n/paraglide/messages.js'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorText } from '../shared/ErrorText.tsx'
import { SlowNotice } from '../shared/SlowNotice.tsx'

type LetAllInDialogProps = {
  /** The write that confirming starts: its progress and its error are shown here. */
  save: { readonly isPending: boolean; readonly error: Error | null }
  onConfirm: () => void
  onClose: () => void
}

/** Asks, saying what opens, before the allowlist is put out of force. */
export function LetAllInDialog({ save, onConfirm, onClose }: LetAllInDialogProps) {
  return (
    <ConfirmDialog
      title={m.mode_open_title()}
      confirmLabel={m.mode_open_confirm()}
      cancelLabel={m.cancel()}
      closeLabel={m.close()}
      danger
      busy={save.isPending}
      error={save.error && <ErrorText error={save.error} />}
      status={<SlowNotice waiting={save.isPending} />}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>{m.mode_open_body()}</p>
    </ConfirmDialog>
  )
}
