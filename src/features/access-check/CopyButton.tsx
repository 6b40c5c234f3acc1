import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import type { ButtonVariant } from '../../ui/button-class.ts'
import { useCopy } from '../shared/use-copy.ts'

type CopyButtonProps = {
  children: string
  /** Asked for when pressed. */
  text: () => string
  variant?: ButtonVariant | undefined
}

/** Copies a text and says so; where the browser forbids that, shows it to be copied by hand. */
export function CopyButton({ children, text, variant }: CopyButtonProps) {
  const { copy, refused } = useCopy()

  return (
    <>
      <Button variant={variant} onClick={() => void copy(text(), m.check_copied)}>
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
