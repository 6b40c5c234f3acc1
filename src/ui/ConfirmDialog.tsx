import { type ReactNode, useRef } from 'react'
import { Alert } from './Alert.tsx'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

type ConfirmDialogProps = {
  title: string
  children?: ReactNode
  confirmLabel: string
  cancelLabel: string
  closeLabel: string
  /** For what cannot be taken back: a red button, and the focus is on Cancel. */
  danger?: boolean | undefined
  busy?: boolean | undefined
  /** Why it failed. The dialog stays, ready for another try. */
  error?: ReactNode
  /** What is being waited for. */
  status?: ReactNode
  onConfirm: () => void
  onClose: () => void
  returnFocus?: (() => HTMLElement | null | undefined) | undefined
}

/** Asks before something is done. */
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
