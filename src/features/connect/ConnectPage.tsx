import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useLocation, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Connection } from '../../api/check-connection.ts'
import { type ConfigProblem, configQuery, proxyOf } from '../../api/config.ts'
import { signIn } from '../../api/session.ts'
import { useSession } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { OAuthProblemText } from '../session/OAuthProblemText.tsx'
import pageStyles from '../shared/page.module.css'
import { apart } from '../shared/shared-text.ts'
import { ConnectionCards } from './ConnectionCards.tsx'
import styles from './ConnectPage.module.css'
import { SignInForm } from './SignInForm.tsx'
import { useArrival } from './use-arrival.ts'

const route = getRouteApi('/connect')

/**
 * Only an address of this console: a link must not lead elsewhere after signing in. Read as the
 * browser will, which takes `/\host` for `//host`.
 */
const isOurs = (address: string): boolean =>
  address.startsWith('/') &&
  URL.canParse(address, location.origin) &&
  new URL(address, location.origin).origin === location.origin

/** Which GitLab, how to sign in, and once signed in what that GitLab is. */
export function ConnectPage() {
  const session = useSession()
  const router = useRouter()
  const { return: page } = route.useSearch()
  // What no server is to be told stands behind `#`, here as there.
  const hash = useLocation({ select: (location) => location.hash })
  const wanted = page && hash ? `${page}#${hash}` : page
  useEffect(() => {
    const moved = apart(page ?? '')
    if (!moved) return
    const { path, hash } = moved
    void router.navigate({
      to: '/connect',
      search: (kept) => ({ ...kept, return: path }),
      hash,
      replace: true,
    })
  }, [page, router])
  const config = useQuery({ ...configQuery(), enabled: !__DEMO__ })
  const settings = config.data?.ok ? config.data.config : {}
  // Which way the calls go is not known before the settings are.
  const about = __DEMO__ || config.data ? aboutText(proxyOf(settings)) : '\u00A0'

  function enter(
    connection: Connection,
    { keepForTab, back }: { keepForTab: boolean; back: string | undefined },
  ) {
    signIn(connection, { keepForTab })
    if (back && isOurs(back)) {
      // The router's addresses leave out the folder that a build puts before them; history's do not.
      router.history.push(router.basepath.replace(/\/$/, '') + back)
    } else {
      // By the router, which takes along what every address of this visit carries.
      void router.navigate({ to: '/' })
    }
  }
  const arrival = useArrival((departure, connection) => {
    if (connection) return enter(connection, departure)
    // The address that GitLab knows carries nothing of what this one did.
    const [, back = '', hash] = /^([^#]*)#?(.*)$/s.exec(departure.back) ?? []
    const { lang, theme } = Object.fromEntries(new URLSearchParams(back.split('?')[1]))
    void router.navigate({
      to: '/connect',
      search: { return: back, lang, theme },
      hash: hash ?? '',
      replace: true,
    })
  })
  // Like a `return`, without the folder that a build puts before it: `href` has it here.
  const start = router.buildLocation({ to: '/' })
  const failure = arrival !== 'pending' && arrival?.ok === false ? arrival : undefined

  const header = (
    <header className={pageStyles.header}>
      <title>{m.connect_document_title()}</title>
      <h1>{session.state === 'signed-in' ? m.connection_title() : m.connect_title()}</h1>
      {session.state === 'signed-out' && <p className={pageStyles.about}>{about}</p>}
    </header>
  )
  if (arrival === 'pending' || arrival?.ok === 'handed-over') {
    return (
      <div className={`${pageStyles.page} ${styles.page}`}>
        {header}
        <p role="status">
          {arrival === 'pending' ? m.connect_arriving() : m.connect_handed_over()}
        </p>
      </div>
    )
  }
  return (
    <div className={`${pageStyles.page} ${styles.page}`}>
      {header}
      {failure && (
        <Alert variant="danger" live="assertive" title={m.connect_failed()}>
          <OAuthProblemText problem={failure.problem} said={failure.said} />
        </Alert>
      )}
      {session.state === 'signed-in' ? (
        <ConnectionCards session={session} />
      ) : __DEMO__ || config.data ? (
        <>
          {config.data?.ok === false && (
            <Alert variant="warning" title={m.config_broken()}>
              {configText(config.data.problem)}
            </Alert>
          )}
          <SignInForm
            config={settings}
            departure={failure?.departure}
            back={wanted ?? start.pathname + start.searchStr}
            onSignedIn={(connection, { keepForTab }) =>
              enter(connection, { keepForTab, back: wanted })
            }
          />
        </>
      ) : (
        <Skeleton label={m.loading()} lines={3} lineHeight="6rem" />
      )}
    </div>
  )
}

const aboutText = (proxy: string | undefined): string =>
  proxy ? m.connect_about_proxied({ host: proxy }) : m.connect_about()

function configText(problem: ConfigProblem): string {
  switch (problem) {
    case 'unreachable':
      return m.config_unreachable()
    case 'not-json':
      return m.config_not_json()
    default:
      return m.config_field({ field: problem })
  }
}
