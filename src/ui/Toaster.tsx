import { Toast } from '@base-ui/react/toast'
import { useEffect } from 'react'
import { Icon } from './Icon.tsx'
import styles from './Toaster.module.css'
import { receiveToasts } from './toasts.ts'

type ToasterProps = {
  /** Names the region that holds the messages; F6 leads there. */
  label: string
  closeLabel: string
}

/** Rather than the dialog that it would be: a message is to be heard, not to be entered. */
const asStatus = { role: 'status', 'aria-modal': undefined } as const

/** Shows what `notify` says, once on a page. Loaded late: nothing is announced on a first view. */
export function Toaster(props: ToasterProps) {
  return (
    <Toast.Provider timeout={6000} limit={3}>
      <Toasts {...props} />
    </Toast.Provider>
  )
}

function Toasts({ label, closeLabel }: ToasterProps) {
  const { add, toasts } = Toast.useToastManager()

  useEffect(
    () =>
      receiveToasts(({ message, variant }) =>
        // What went otherwise than asked for stays until it was read.
        add({ title: message, type: variant, ...(variant === 'danger' && { timeout: 0 }) }),
      ),
    [add],
  )

  return (
    <Toast.Portal>
      <Toast.Viewport className={styles.viewport} aria-label={label}>
        {toasts.map((toast) => (
          <Toast.Root key={toast.id} toast={toast} {...asStatus} className={styles.toast}>
            <span className={styles.icon}>
              <Icon name={toast.type === 'danger' ? 'error' : 'check-circle'} />
            </span>
            <Toast.Title render={<p />} className={styles.message} />
            <Toast.Close className={styles.close} aria-label={closeLabel} aria-hidden={undefined}>
              <Icon name="close" />
            </Toast.Close>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  )
}
