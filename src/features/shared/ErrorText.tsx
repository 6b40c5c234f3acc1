import { Link } from '@tanstack/react-router'
import { ApiError } from '../../api/api-error.ts'
import { setRenewal } from '../../api/session.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { errorTexts } from './error-text.ts'

type ErrorTextProps = {
  error: Error
  /** Says what happened better than our usual sentence; GitLab's own words still follow. */
  instead?: string | undefined
}

/**
 * An error in words, with GitLab's own behind ours, and the way on where there is one: signing in
 * again, or the address of GitLab.
 */
export function ErrorText({ error, instead }: ErrorTextProps) {
  const { text, note, quote, detail } = errorTexts(error)
  const misled = error instanceof ApiError && error.reason === 'unknown-address'
  const signedOut = error instanceof ApiError && error.kind === 'unauthorized'
  return (
    <>
      {instead ?? text}
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
      {misled && (
        <>
          {' '}
          <Link to="/connect">{m.error_unknown_address_way_on()}</Link>
        </>
      )}
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
