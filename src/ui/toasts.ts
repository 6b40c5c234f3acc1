/** A message that passes by. */
export type ToastMessage = {
  message: string
  variant: 'info' | 'danger'
}

type Receiver = (toast: ToastMessage) => void

// Toaster.tsx arrives after the first view; what is said before waits here.
const waiting: ToastMessage[] = []
let receiver: Receiver | undefined

/** Tells the reader in passing that something was done, or was not. */
export function notify(message: string, options: Partial<Omit<ToastMessage, 'message'>> = {}) {
  const toast: ToastMessage = { message, variant: 'info', ...options }
  if (receiver) receiver(toast)
  else waiting.push(toast)
}

/** Hands all messages to whoever shows them, those that waited first. */
export function receiveToasts(next: Receiver): () => void {
  receiver = next
  for (const toast of waiting.splice(0)) next(toast)
  return () => {
    if (receiver === next) receiver = undefined
  }
}
