import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'

/** Stands where the results would, when a pasted text could not be read. */
export function ReadingFailed({ onRetry }: { onRetry: () => void }) {
  const retry = (
    <Button size="small" onClick={onRetry}>
      {m.try_again()}
    </Button>
  )
  return (
    <Alert variant="danger" live="assertive" title={m.check_unread()} actions={retry}>
      {m.check_unread_body()}
    </Alert>
  )
}
