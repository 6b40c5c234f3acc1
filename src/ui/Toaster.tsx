import { Toast } from '@base-ui/react/toast'
import { useEffect } from 'react'
import { Icon } from './Icon.tsx'
import styles from './Toaster.module.css'
import { receiveToasts, type ToastMessage } from './toasts.ts'

type ToasterProps = {
  /** The accessible name of the region that contains the messages; F6 moves the focus there. */
  label: string
  closeLabel: string
}

/** How long a message with a button stays without being hovered or focused, in milliseconds. */
const withAction = 12_000

/** Base UI makes a toast a dialog. A status is announced and does not take the focus. */
const asStatus = { role: 'status', 'aria-modal': undefined } as const

/** Shows the messages of `notify`; mounted once. Loaded late: the first view has no messages. */
export function Toaster(props: ToasterProps) {
  return (
    <Toast.Provider timeout={6000} limit={3}>
      <Toasts {...props} />
    </Toast.Provider>
  )
}

function Toasts({ label, closeLabel }: ToasterProps) {
  const { add, close, toasts } = Toast.useToastManager<ToastMessage>()

  useEffect(
    () =>
      receiveToasts((data) => {
        const { variant, action } = data
        // The header scrolls away, and the demo's is higher.
        const headerEnd = document.querySelector('main')?.getBoundingClientRect().top ?? 0
        document.documentElement.style.setProperty('--header-end', `${headerEnd}px`)
        const id = add({
          data,
          type: variant,
          // A failure stays until the user closes it.
          ...(variant === 'danger' && { timeout: 0 }),
          ...(action && {
            timeout: variant === 'danger' ? 0 : withAction,
            actionProps: {
              onClick() {
                close(id)
                action.onPress()
              },
            },
          }),
        })
      }),
    [add, close],
  )

  return (
    <Toast.Portal>
      <Toast.Viewport className={styles.viewport} aria-label={label}>
        {toasts.map((toast) => (
          <Toast.Root key={toast.id} toast={toast} {...asStatus} className={styles.toast}>
            <span className={styles.icon}>
              <Icon name={toast.type === 'danger' ? 'error' : 'check-circle'} />
            </span>
            <Toast.Title render={<p />} className={styles.message}>
              {toast.data?.message()}
            </Toast.Title>
            <Toast.Action className={styles.action}>{toast.data?.action?.label()}</Toast.Action>
            <Toast.Close className={styles.close} aria-label={closeLabel} aria-hidden={undefined}>
              <Icon name="close" />
            </Toast.Close>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  )
}
