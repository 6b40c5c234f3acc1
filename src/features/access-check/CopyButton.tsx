import { useState } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { notify } from '../../ui/toasts.ts'

type CopyButtonProps = {
  children: string
  /** Asked for when pressed. */
  text: () => string
  disabledReason?: string | undefined
}

/** Copies a text and says so; where the browser forbids that, shows it to be copied by hand. */
export function CopyButton({ children, text, disabledReason }: CopyButtonProps) {
  const [refused, setRefused] = useState<string>()

  async function copy() {
    const wanted = text()
    try {
      await navigator.clipboard.writeText(wanted)
      setRefused(undefined)
      notify(m.check_copied())
    } catch {
      // Also where there is no clipboard: browsers have none on plain http.
      setRefused(wanted)
    }
  }

  return (
    <>
      <Button disabledReason={disabledReason} onClick={() => void copy()}>
        {children}
      </Button>
      {refused !== undefined && (
        <Alert variant="warning" live="polite" title={m.check_copy_failed()}>
          <code>{refused}</code>
        </Alert>
      )}
    </>
  )
}
