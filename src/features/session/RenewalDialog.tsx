import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { Connection } from '../../api/check-connection.ts'
import { revoke } from '../../api/oauth.ts'
import { isKeptForTab, isSameUser, setRenewal, signIn } from '../../api/session.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { OAuthProblemText } from './OAuthProblemText.tsx'
import { ProblemText } from './ProblemText.tsx'
import styles from './RenewalDialog.module.css'
import { type Problem, useConnectionCheck } from './use-connection-check.ts'
import { useWindowSignIn, type WindowSignIn } from './use-window-sign-in.ts'

/** Signs in again on top of whatever is open, which stays as it is. */
export function RenewalDialog() {
  const { connection } = useSignedIn()
  const check = useConnectionCheck()
  const form = useForm({ defaultValues: { token: '' } })
  const [prefersToken, setPrefersToken] = useState(false)
  const [otherUser, setOtherUser] = useState<string>()
  const { user, webAddress, oauth } = connection

  const goOn = (renewed: Connection) => signIn(renewed, { keepForTab: isKeptForTab() })
  const inWindow = useWindowSignIn((renewed) => {
    if (isSameUser(renewed, connection)) return goOn(renewed)
    setOtherUser(renewed.user.username)
    void revoke(renewed, renewed)
  })
  function openWindow() {
    if (!oauth) return
    setOtherUser(undefined)
    const { applicationId, scope } = oauth
    const wanted = scope.split(' ').includes('api') ? 'api' : 'read_api'
    void inWindow.open({ ...connection, applicationId }, wanted)
  }
  const { state } = inWindow.signIn
  const windowIsOff = otherUser !== undefined || (state !== 'idle' && state !== 'waiting')
  const takesToken = !oauth || prefersToken || windowIsOff

  const problem = form.formState.errors.token?.type
  const submit = form.handleSubmit(async ({ token }) => {
    const result = await check.mutateAsync({ server: connection, token })
    if (!result) return
    const refuse = (type: Problem | 'other-user') =>
      form.setError('token', { type }, { shouldFocus: true })
    if (!result.ok) refuse(result.problem)
    // Somebody else's session would show and save under another name what this one typed.
    else if (!isSameUser(result.connection, connection)) refuse('other-user')
    else goOn(result.connection)
  })

  return (
    <Dialog
      title={m.renewal_title()}
      closeLabel={m.close()}
      busy={check.isPending}
      onClose={() => setRenewal('put-off')}
      onSubmit={submit}
      footer={
        <>
          <Button disabled={check.isPending} onClick={() => setRenewal('put-off')}>
            {m.renewal_later()}
          </Button>
          {oauth && (
            <Button variant={takesToken ? 'default' : 'confirm'} onClick={openWindow}>
              {state === 'idle' ? m.renewal_window() : m.renewal_window_again()}
            </Button>
          )}
          {takesToken && (
            <Button type="submit" variant="confirm" busy={check.isPending}>
              {m.connect_submit()}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.form}>
        <p>
          {connection.token
            ? m.renewal_body({ user: user.username, address: webAddress })
            : m.renewal_idle({ user: user.username, address: webAddress })}
        </p>
        {otherUser === undefined ? (
          <WindowState signIn={inWindow.signIn} />
        ) : (
          <Alert variant="danger" live="assertive">
            {m.renewal_window_other_user({ other: otherUser, user: user.username })}
          </Alert>
        )}
        {takesToken ? (
          <TextField
            label={m.connect_token()}
            error={
              problem === 'other-user'
                ? m.renewal_other_user({ user: user.username })
                : problem && <ProblemText type={problem} result={check.data} />
            }
            type="password"
            autoComplete="off"
            spellCheck={false}
            {...form.register('token', {
              validate: { 'token-empty': (text) => text.trim() !== '' },
            })}
          />
        ) : (
          <div>
            <Button variant="link" onClick={() => setPrefersToken(true)}>
              {m.renewal_by_token()}
            </Button>
          </div>
        )}
        {__DEMO__ && <Alert variant="tip">{m.demo_tokens()}</Alert>}
      </div>
    </Dialog>
  )
}

/** How the window fares, and the way on when it does not. */
function WindowState({ signIn }: { signIn: WindowSignIn }) {
  switch (signIn.state) {
    case 'idle':
      return null
    case 'waiting':
      return (
        <Alert variant="info" live="polite">
          {m.renewal_waiting()}
        </Alert>
      )
    case 'blocked':
    case 'closed':
      return (
        <Alert variant="warning" live="assertive">
          {signIn.state === 'blocked' ? m.renewal_blocked() : m.renewal_closed()}
        </Alert>
      )
    case 'failed':
      return (
        <Alert variant="danger" live="assertive">
          <OAuthProblemText problem={signIn.outcome.problem} said={signIn.outcome.said} />
        </Alert>
      )
  }
}
