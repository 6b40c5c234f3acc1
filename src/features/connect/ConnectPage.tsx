import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import {
  type CheckedConnection,
  isUnencrypted,
  normalizeAddress,
  rememberedAddress,
  signIn,
} from '../../api/connection.ts'
import { useSession } from '../../api/use-api.ts'
import { useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { PageLink } from '../shared/PageLink.tsx'
import styles from './ConnectPage.module.css'
import { ProblemText } from './ProblemText.tsx'
import { problemTexts, useConnectionCheck } from './use-connection-check.ts'

type ConnectForm = { address: string; token: string; keepForTab: boolean }
type Ready = Extract<CheckedConnection, { ok: true }>

const route = getRouteApi('/connect')

/**
 * Only an address of this console: a link must not lead elsewhere after signing in. Read as the
 * browser will, which takes `/\host` for `//host`.
 */
const isOurs = (address: string): boolean =>
  address.startsWith('/') &&
  URL.canParse(address, location.origin) &&
  new URL(address, location.origin).origin === location.origin

/** Whether this is what was checked: the fields may have been changed since. */
const isChecked = ({ connection }: Ready, address: string, token: string): boolean =>
  connection.address === normalizeAddress(address) && connection.token === token.trim()

/** Which GitLab, and how to sign in. */
export function ConnectPage() {
  useLocale()
  const session = useSession()
  const { return: back } = route.useSearch()
  const router = useRouter()
  const check = useConnectionCheck()
  // A token that may only read is worth a word before the first refused write.
  const [readOnly, setReadOnly] = useState<Ready>()
  const form = useForm<ConnectForm>({
    defaultValues: { address: rememberedAddress(), token: '', keepForTab: false },
  })
  const { errors } = form.formState
  const [address, token] = useWatch({ control: form.control, name: ['address', 'token'] })

  function enter({ connection }: Ready) {
    signIn(connection, { keepForTab: form.getValues('keepForTab') })
    if (back !== undefined && isOurs(back)) {
      // The router's addresses leave out the folder that a build puts before them; history's do not.
      router.history.push(router.basepath.replace(/\/$/, '') + back)
    } else {
      // By the router, which takes along what every address of this visit carries.
      void router.navigate({ to: '/' })
    }
  }

  const submit = form.handleSubmit(async (values) => {
    setReadOnly(undefined)
    const result = await check.mutateAsync(values)
    if (!result) return
    if (!result.ok) {
      const { field } = problemTexts[result.problem]
      form.setError(field, { type: result.problem }, { shouldFocus: true })
    } else if (result.readOnly) setReadOnly(result)
    else enter(result)
  })

  return (
    <div className={styles.page}>
      <title>{m.connect_document_title()}</title>
      <header className={styles.header}>
        <h1>{m.connect_title()}</h1>
        <p className={styles.about}>{m.connect_about()}</p>
      </header>
      {session.state === 'signed-in' && (
        <Alert variant="info" actions={<PageLink to="/">{m.connect_go_on()}</PageLink>}>
          {m.connect_signed_in({
            user: session.connection.user.username,
            address: session.connection.address,
          })}
        </Alert>
      )}
      <Card title={m.connect_token_title()} description={m.connect_token_about()}>
        <form onSubmit={submit} noValidate className={styles.form}>
          <TextField
            label={m.connect_address()}
            description={m.connect_address_help()}
            error={errors.address && <ProblemText type={errors.address.type} result={check.data} />}
            type="url"
            autoComplete="url"
            placeholder="https://gitlab.example.com"
            {...form.register('address', {
              validate: { 'address-empty': (text) => text.trim() !== '' },
            })}
          />
          {isUnencrypted(address) && (
            <Alert variant="warning" live="polite">
              {m.connect_unencrypted()}
            </Alert>
          )}
          <TextField
            label={m.connect_token()}
            description={m.connect_token_help()}
            error={errors.token && <ProblemText type={errors.token.type} result={check.data} />}
            type="password"
            autoComplete="off"
            spellCheck={false}
            {...form.register('token', {
              validate: { 'token-empty': (text) => text.trim() !== '' },
            })}
          />
          <Checkbox
            label={m.connect_keep()}
            help={m.connect_keep_help()}
            {...form.register('keepForTab')}
          />
          {__DEMO__ && <Alert variant="tip">{m.demo_tokens()}</Alert>}
          {readOnly && isChecked(readOnly, address, token) && (
            <Alert
              variant="warning"
              live="assertive"
              title={m.connect_read_only_title()}
              actions={
                <Button onClick={() => enter(readOnly)}>{m.connect_read_only_go_on()}</Button>
              }
            >
              {m.connect_read_only_body()}
            </Alert>
          )}
          <div>
            <Button type="submit" variant="confirm" busy={check.isPending}>
              {m.connect_submit()}
            </Button>
          </div>
        </form>
      </Card>
    </div>
  )
}
