import { useRemoveEntry } from '../../api/allowlist.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { notify } from '../../ui/toasts.ts'
import { ErrorText } from '../shared/ErrorText.tsx'
import { SlowNotice } from '../shared/SlowNotice.tsx'

type RemoveEntryDialogProps = {
  entry: AllowlistEntry
  projectId: number
  onClose: () => void
  /** Where the focus goes afterwards: the row, and its button with it, may be gone. */
  returnFocus: () => HTMLElement | null
}

/** Asks, naming the path, before an entry goes. */
export function RemoveEntryDialog({
  entry,
  projectId,
  onClose,
  returnFocus,
}: RemoveEntryDialogProps) {
  const remove = useRemoveEntry(projectId)
  const path = entry.target.fullPath

  function confirm() {
    remove.mutate(entry.target, {
      onSuccess: () => {
        notify(m.entry_removed({ path }))
        onClose()
      },
    })
  }

  return (
    <ConfirmDialog
      title={m.remove_title({ path })}
      confirmLabel={m.remove_confirm()}
      cancelLabel={m.cancel()}
      closeLabel={m.close()}
      danger
      busy={remove.isPending}
      error={remove.error && <ErrorText error={remove.error} />}
      onConfirm={confirm}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <p>{m.remove_body({ path })}</p>
      {!entry.accessible && <p>{m.remove_hidden_warning()}</p>}
      <SlowNotice waiting={remove.isPending} />
    </ConfirmDialog>
  )
}
