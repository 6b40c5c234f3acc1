import { type ReactNode, useRef } from 'react'
import { Alert } from './Alert.tsx'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

type ConfirmDialogProps = {
  title: ReactNode
  children?: ReactNode
  confirmLabel: string
  cancelLabel: string
  closeLabel: string
  /** For an action that cannot be undone: the button is red, and Cancel has the focus. */
  danger?: boolean | undefined
  busy?: boolean | undefined
  /** Why the action failed. The dialog stays open for another try. */
  error?: ReactNode
  /** Announced while the user waits. */
  status?: ReactNode
  onConfirm: () => void
  onClose: () => void
  returnFocus?: (() => HTMLElement | null | undefined) | undefined
}

/** A dialog that asks for confirmation before an action. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  cancelLabel,
  closeLabel,
  danger = false,
  busy = false,
  error,
  status,
  onConfirm,
  onClose,
  returnFocus,
}: ConfirmDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null)
  const confirm = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      title={title}
      size="small"
      closeLabel={closeLabel}
      busy={busy}
      onClose={onClose}
      initialFocus={danger ? cancel : confirm}
      returnFocus={returnFocus}
      notice={
        <>
          {status}
          {error && (
            <Alert variant="danger" live="assertive">
              {error}
            </Alert>
          )}
        </>
      }
      footer={
        <>
          <Button ref={cancel} disabled={busy} onClick={onClose}>
            {cancelLabel}
          </Button>
          <Button
            ref={confirm}
            variant={danger ? 'danger' : 'confirm'}
            busy={busy}
            onClick={onConfirm}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
