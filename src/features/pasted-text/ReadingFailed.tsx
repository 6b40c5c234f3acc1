import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import type { ReadingFailure } from './use-reading.ts'

const bodies: Record<ReadingFailure['reason'], () => string> = {
  'not-loaded': m.check_unread_body,
  unfinished: m.check_unfinished_body,
}

/** Stands where the results would, when a pasted text could not be read. */
export function ReadingFailed({ failure }: { failure: ReadingFailure }) {
  const retry = (
    <Button size="small" onClick={failure.retry}>
      {m.try_again()}
    </Button>
  )
  return (
    <Alert variant="danger" live="assertive" title={m.check_unread()} actions={retry}>
      {bodies[failure.reason]()}
    </Alert>
  )
}
