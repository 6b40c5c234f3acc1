import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { isKeptForTab, isSameUser, setRenewal, signIn } from '../../api/connection.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './ConnectPage.module.css'
import { ProblemText } from './ProblemText.tsx'
import { type Problem, useConnectionCheck } from './use-connection-check.ts'

/** Signs in again on top of whatever is open, which stays as it is. */
export function RenewalDialog() {
  const { connection } = useSignedIn()
  const client = useQueryClient()
  const check = useConnectionCheck()
  const form = useForm({ defaultValues: { token: '' } })

  const problem = form.formState.errors.token?.type

  const submit = form.handleSubmit(async ({ token }) => {
    const result = await check.mutateAsync({ address: connection.address, token })
    if (!result) return
    const refuse = (type: Problem | 'other-user') =>
      form.setError('token', { type }, { shouldFocus: true })
    if (!result.ok) refuse(result.problem)
    else if (!isSameUser(result.connection, connection)) {
      // Somebody else's session would show and save under another name what this one typed.
      refuse('other-user')
    } else {
      signIn(result.connection, { keepForTab: isKeptForTab() })
      void client.invalidateQueries()
    }
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
          <Button type="submit" variant="confirm" busy={check.isPending}>
            {m.connect_submit()}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{m.renewal_body({ user: connection.user.username, address: connection.address })}</p>
        <TextField
          label={m.connect_token()}
          error={
            problem === 'other-user'
              ? m.renewal_other_user({ user: connection.user.username })
              : problem && <ProblemText type={problem} result={check.data} />
          }
          type="password"
          autoComplete="off"
          spellCheck={false}
          {...form.register('token', {
            validate: { 'token-empty': (text) => text.trim() !== '' },
          })}
        />
        {__DEMO__ && <Alert variant="tip">{m.demo_tokens()}</Alert>}
      </div>
    </Dialog>
  )
}
