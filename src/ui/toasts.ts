/** A button on a message, which leads to the message's end. */
export type ToastAction = { label: () => string; onPress: () => void }

/** A message that disappears by itself. Its words are asked for at each render: the language may change. */
export type ToastMessage = {
  message: () => string
  variant: 'info' | 'danger'
  action?: ToastAction | undefined
}

type Receiver = (toast: ToastMessage) => void

// Messages sent before Toaster.tsx, which loads after the first view, has mounted.
const waiting: ToastMessage[] = []
let receiver: Receiver | undefined

/** Shows a short message: something was done, or failed. */
export function notify(
  message: () => string,
  options: Partial<Omit<ToastMessage, 'message'>> = {},
) {
  const toast: ToastMessage = { message, variant: 'info', ...options }
  if (receiver) receiver(toast)
  else waiting.push(toast)
}

/** Sets the receiver of all messages, and hands it those that were waiting. */
export function receiveToasts(next: Receiver): () => void {
  receiver = next
  for (const toast of waiting.splice(0)) next(toast)
  return () => {
    if (receiver === next) receiver = undefined
  }
}
