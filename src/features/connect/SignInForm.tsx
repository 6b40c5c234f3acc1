import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type UseFormReturn, useForm, useWatch } from 'react-hook-form'
import {
  type CheckedConnection,
  type Connection,
  isUnencrypted,
  type Server,
  serverAt,
} from '../../api/check-connection.ts'
import { type Config, proxyOf } from '../../api/config.ts'
import { recall } from '../../api/kept-connection.ts'
import { type Departure, leaveForGitLab, type OAuthScope } from '../../api/oauth.ts'
import { callbackAddress } from '../../api/oauth-callback.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { OAuthProblemText } from '../session/OAuthProblemText.tsx'
import { ProblemText } from '../session/ProblemText.tsx'
import { problemTexts, useConnectionCheck } from '../session/use-connection-check.ts'
import styles from './ConnectPage.module.css'

type SignInValues = {
  way: 'oauth' | 'token'
  address: string
  applicationId: string
  scope: OAuthScope
  token: string
  keepForTab: boolean
}
type Ready = Extract<CheckedConnection, { ok: true }>

type SignInFormProps = {
  config: Config
  /** The choices from before a visit to GitLab's page that did not lead to a sign-in. */
  departure: Departure | undefined
  /** Address in this console where signing in leads. */
  back: string
  onSignedIn: (connection: Connection, options: { keepForTab: boolean }) => void
}

/**
 * Signs in on GitLab's own page or by a personal access token; the demo knows only the latter. Where an
 * application is known, GitLab's page comes first: its token ends by itself and is nobody's to copy.
 */
export function SignInForm({ config, departure, back, onSignedIn }: SignInFormProps) {
  const check = useConnectionCheck()
  const leave = useMutation({
    // Its values may hold a token that was typed before another way was chosen.
    gcTime: 0,
    mutationFn: ({ server, values }: { server: Server; values: SignInValues }) =>
      leaveForGitLab({
        application: { ...server, applicationId: values.applicationId.trim() },
        scope: values.scope,
        keepForTab: values.keepForTab,
        back,
      }),
  })
  // A token that may only read is worth a word before the first refused write.
  const [readOnly, setReadOnly] = useState<Ready>()
  const form = useForm<SignInValues>({ defaultValues: startingValues(config, departure) })
  const { errors } = form.formState
  const [way, address, token] = useWatch({
    control: form.control,
    name: ['way', 'address', 'token'],
  })

  const switched = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the fields of the other way are here now
  useEffect(() => {
    if (!switched.current) return
    if (way === 'token') form.setFocus('token')
    else form.setFocus(config.applicationId === undefined ? 'applicationId' : 'scope')
  }, [way])
  function switchWay() {
    switched.current = true
    form.setValue('way', way === 'oauth' ? 'token' : 'oauth')
    leave.reset()
  }

  /** The one of this console's settings, or as typed; undefined when that is no address. */
  const serverOf = ({ address }: Pick<SignInValues, 'address'>): Server | undefined => {
    const { apiUrl, gitlabUrl } = config
    return apiUrl && gitlabUrl ? { address: apiUrl, webAddress: gitlabUrl } : serverAt(address)
  }
  const webAddress = config.gitlabUrl ?? serverOf({ address })?.webAddress
  /** Whether the fields still hold the checked values: the user may have changed them since. */
  const isChecked = ({ connection }: Ready) =>
    connection.address === serverOf({ address })?.address && connection.token === token.trim()
  const enter = ({ connection }: Ready) =>
    onSignedIn(connection, { keepForTab: form.getValues('keepForTab') })

  const submit = form.handleSubmit(async (values) => {
    setReadOnly(undefined)
    const server = serverOf(values)
    if (values.way === 'oauth' && server) {
      await leave.mutateAsync({ server, values })
      return
    }
    const result = await check.mutateAsync({ server, token: values.token })
    if (!result) return
    if (!result.ok) {
      const { field } = problemTexts[result.problem]
      // The form has no address field where `config.json` gives the address: show the error at the
      // token.
      const at = field === 'address' && config.gitlabUrl ? 'token' : field
      form.setError(at, { type: result.problem }, { shouldFocus: true })
    } else if (result.readOnly) setReadOnly(result)
    else enter(result)
  })

  return (
    <Card title={m.connect_way_title()}>
      <form onSubmit={submit} noValidate className={styles.form}>
        {config.gitlabUrl ? (
          <p className={styles.server}>{m.connect_server({ address: config.gitlabUrl })}</p>
        ) : (
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
        )}
        {isUnencrypted(config.gitlabUrl ?? address) && (
          <Alert variant="warning" live="polite">
            {m.connect_unencrypted()}
          </Alert>
        )}
        {way === 'oauth' ? (
          <OAuthFields form={form} fixedApplication={config.applicationId !== undefined} />
        ) : (
          <TextField
            label={m.connect_token()}
            description={
              <>
                {m.connect_token_about()}
                {webAddress !== undefined && (
                  <div>
                    <ExternalLink href={newTokenPage(webAddress)} newTabLabel={m.opens_new_tab()}>
                      {m.connect_token_create()}
                    </ExternalLink>
                  </div>
                )}
                {!__DEMO__ && <> {tokenHelp(proxyOf(config))}</>}
              </>
            }
            error={errors.token && <ProblemText type={errors.token.type} result={check.data} />}
            type="password"
            autoComplete="off"
            spellCheck={false}
            {...form.register('token', {
              shouldUnregister: true,
              validate: { 'token-empty': (text) => text.trim() !== '' },
            })}
          />
        )}
        <Checkbox
          label={m.connect_keep()}
          help={m.connect_keep_help()}
          {...form.register('keepForTab')}
        />
        {__DEMO__ && (
          <Alert variant="tip">
            <p>{m.demo_tokens()}</p>
            <p>{m.demo_oauth()}</p>
          </Alert>
        )}
        {readOnly && isChecked(readOnly) && (
          <Alert
            variant="warning"
            live="assertive"
            title={m.connect_read_only_title()}
            actions={<Button onClick={() => enter(readOnly)}>{m.connect_read_only_go_on()}</Button>}
          >
            {m.connect_read_only_body()}
          </Alert>
        )}
        {leave.data && (
          <Alert variant="danger" live="assertive" title={m.connect_failed()}>
            <OAuthProblemText problem={leave.data} said={undefined} />
          </Alert>
        )}
        <div className={styles.ways}>
          <Button type="submit" variant="confirm" busy={check.isPending || leave.isPending}>
            {way === 'oauth' ? m.connect_leave() : m.connect_submit()}
          </Button>
          {!__DEMO__ && (
            <Button variant="link" onClick={switchWay}>
              {way === 'oauth' ? m.renewal_by_token() : m.connect_by_oauth()}
            </Button>
          )}
        </div>
      </form>
    </Card>
  )
}

/** The fields that signing in on GitLab's page needs besides the address. */
function OAuthFields({
  form,
  fixedApplication,
}: {
  form: UseFormReturn<SignInValues>
  /** The console's settings name the application. */
  fixedApplication: boolean
}) {
  const error = form.formState.errors.applicationId
  return (
    <>
      <p className={styles.about}>{m.connect_oauth_about()}</p>
      {!fixedApplication && (
        <TextField
          label={m.connect_application()}
          description={m.connect_application_help({ address: callbackAddress() })}
          error={error && <ProblemText type={error.type} result={undefined} />}
          autoComplete="off"
          spellCheck={false}
          {...form.register('applicationId', {
            validate: { 'application-empty': (text) => text.trim() !== '' },
          })}
        />
      )}
      <RadioGroup
        legend={m.connect_scope()}
        options={[
          { value: 'api', label: m.connect_scope_api() },
          { value: 'read_api', label: m.connect_scope_read() },
        ]}
        registration={form.register('scope')}
      />
    </>
  )
}

/** GitLab's form for a new token, filled in: doc/user/profile/personal_access_tokens.md. */
const newTokenPage = (webAddress: string): string =>
  `${webAddress}/-/user_settings/personal_access_tokens?${new URLSearchParams({
    name: m.app_name(),
    scopes: 'api',
  })}`

const tokenHelp = (proxy: string | undefined): string =>
  proxy ? m.connect_token_help_proxied({ host: proxy }) : m.connect_token_help()

function startingValues(config: Config, departure: Departure | undefined): SignInValues {
  const { webAddress = recall('address'), applicationId = recall('applicationId') } =
    departure?.application ?? {}
  return {
    // Browsers offer what GitLab's page needs to encrypted pages only.
    way:
      !__DEMO__ && isSecureContext && (config.applicationId ?? applicationId) ? 'oauth' : 'token',
    address: webAddress,
    applicationId: config.applicationId ?? applicationId,
    scope: departure?.scope ?? 'api',
    token: '',
    keepForTab: departure?.keepForTab ?? false,
  }
}
