import { ApiError } from '../../api/api-error.ts'
import { setRenewal } from '../../api/connection.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { errorTexts } from './error-text.ts'

/** An error in words, with GitLab's own behind ours, and the way to sign in again where that helps. */
export function ErrorText({ error }: { error: Error }) {
  const { text, note, quote, detail } = errorTexts(error)
  const signedOut = error instanceof ApiError && error.kind === 'unauthorized'
  return (
    <>
      {text}
      {detail && (
        <>
          {' '}
          <q lang="en">{detail}</q>
        </>
      )}
      {quote && (
        <>
          {' '}
          {m.error_server_says()} <q lang="en">{quote}</q>
        </>
      )}
      {note && <> {note}</>}
      {signedOut && (
        <>
          {' '}
          <Button variant="link" onClick={() => setRenewal('asking')}>
            {m.sign_in_again()}
          </Button>
        </>
      )}
    </>
  )
}
