import { Link, Outlet, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { setRenewal } from '../api/session.ts'
import { useSession } from '../api/use-api.ts'
import { LazyPart, lazyPart } from '../features/shared/lazy-part.tsx'
import { useSignOut } from '../features/shared/use-sign-out.ts'
import { chooseLocale, isLocale, type Locale, locales, useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/paraglide/messages.js'
import { Alert } from '../ui/Alert.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Select } from '../ui/Select.tsx'
import { isTheme, setTheme, type Theme, useTheme } from '../ui/theme.ts'
import { useOnline } from '../ui/use-online.ts'
import styles from './Frame.module.css'

const toaster = lazyPart(() => import('../ui/Toaster.tsx').then((x) => x.Toaster))
const idleWatch = lazyPart(() =>
  import('../features/session/IdleWatch.tsx').then((x) => x.IdleWatch),
)
const renewalDialog = lazyPart(() =>
  import('../features/session/RenewalDialog.tsx').then((x) => x.RenewalDialog),
)
// The condition is known when building, so the real build holds neither the bar nor a way to it.
const demoBar = __DEMO__ ? lazyPart(() => import('./DemoBar.tsx').then((x) => x.DemoBar)) : null

/** What stands around every page: where one is, who one is, and how it looks. */
export function Frame() {
  useLocale()
  const session = useSession()
  const online = useOnline()
  return (
    <div className={styles.frame}>
      {/* Not a link: in the demo build the part behind # is the address of the page. */}
      <button
        type="button"
        className={styles.skip}
        onClick={() => document.getElementById('main')?.focus()}
      >
        {m.skip_to_content()}
      </button>
      {demoBar && (
        <LazyPart part={demoBar} fallback={<div className={styles.demoBarPlace} />}>
          {(DemoBar) => <DemoBar />}
        </LazyPart>
      )}
      <header className={styles.header}>
        <Link to="/" className={styles.brand}>
          <Icon name="shield" size={24} />
          {m.app_name()}
        </Link>
        <div className={styles.tools}>
          <Link to="/endpoints" className={styles.quiet}>
            {m.endpoints_link()}
          </Link>
          <LocaleSelect />
          <ThemeSelect />
          {session.state === 'signed-in' && <Account username={session.connection.user.username} />}
        </div>
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        {!online && (
          <Alert variant="warning" live="polite">
            {m.offline()}
          </Alert>
        )}
        {session.state === 'signed-in' && session.renewal === 'put-off' && (
          <Alert
            variant="warning"
            live="polite"
            actions={
              <Button size="small" onClick={() => setRenewal('asking')}>
                {m.sign_in_again()}
              </Button>
            }
          >
            {m.session_ended()}
          </Alert>
        )}
        <Outlet />
      </main>
      {session.state === 'signed-in' && session.renewal === 'asking' && (
        <LazyPart part={renewalDialog} onGiveUp={() => setRenewal('put-off')}>
          {(RenewalDialog) => <RenewalDialog />}
        </LazyPart>
      )}
      <LateParts />
    </div>
  )
}

/** Not part of the first view, but there before anything is announced, or anybody has been idle. */
function LateParts() {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return (
    late && (
      <>
        <LazyPart part={toaster}>
          {(Toaster) => <Toaster label={m.toasts_region()} closeLabel={m.close()} />}
        </LazyPart>
        <LazyPart part={idleWatch}>{(IdleWatch) => <IdleWatch />}</LazyPart>
      </>
    )
  )
}

const localeNames: Record<Locale, string> = { en: 'English', ja: '日本語' }

function LocaleSelect() {
  const locale = useLocale()
  const address = useSearch({ strict: false })
  const navigate = useNavigate()
  return (
    <Select
      label={m.language()}
      labelHidden
      value={locale}
      options={locales.map((value) => ({ value, label: localeNames[value] }))}
      onChange={({ target: { value } }) => {
        if (!isLocale(value)) return
        chooseLocale(value)
        // An address that names a language goes along, or a reload would undo the choice.
        if (address.lang) {
          void navigate({
            to: '.',
            search: (kept) => ({ ...kept, lang: value }),
            hash: true,
            replace: true,
          })
        }
      }}
    />
  )
}

const themes: readonly Theme[] = ['system', 'light', 'dark']

function ThemeSelect() {
  const theme = useTheme()
  const address = useSearch({ strict: false })
  const navigate = useNavigate()
  const names: Record<Theme, () => string> = {
    system: m.theme_system,
    light: m.theme_light,
    dark: m.theme_dark,
  }
  return (
    <Select
      label={m.theme()}
      labelHidden
      value={theme}
      options={themes.map((value) => ({ value, label: names[value]() }))}
      onChange={({ target: { value } }) => {
        if (!isTheme(value)) return
        setTheme(value)
        if (address.theme) {
          void navigate({
            to: '.',
            search: (kept) => ({ ...kept, theme: value }),
            hash: true,
            replace: true,
          })
        }
      }}
    />
  )
}

function Account({ username }: { username: string }) {
  const leave = useSignOut()
  return (
    <div className={styles.account}>
      <Link to="/connect" className={styles.quiet}>
        @{username}
      </Link>
      <Button size="small" icon="leave" onClick={leave}>
        {m.sign_out()}
      </Button>
    </div>
  )
}
