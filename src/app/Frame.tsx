import { Link, Outlet } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Connection } from '../api/check-connection.ts'
import { setRenewal } from '../api/session.ts'
import { useSession } from '../api/use-api.ts'
import { gitlabAddress } from '../features/shared/gitlab-address.ts'
import { LazyPart, lazyPart } from '../features/shared/lazy-part.tsx'

import { m } from '../i18n/paraglide/messages.js'
import { Alert } from '../ui/Alert.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Popover } from '../ui/Popover.tsx'
import { useOnline } from '../ui/use-online.ts'
import { isPreview } from './demo/preview.ts'
import styles from './Frame.module.css'
import { NavLinks } from './NavLinks.tsx'

const toaster = lazyPart(() => import('../ui/Toaster.tsx').then((x) => x.Toaster))
const idleWatch = lazyPart(() =>
  import('../features/session/IdleWatch.tsx').then((x) => x.IdleWatch),
)
const renewalDialog = lazyPart(() =>
  import('../features/session/RenewalDialog.tsx').then((x) => x.RenewalDialog),
)
const accountMenu = lazyPart(() => import('./AccountMenu.tsx').then((x) => x.AccountMenu))
// The first condition is known when building, so the real build holds neither the bar nor a way to it.
const demoBar =
  __DEMO__ && !isPreview()
    ? lazyPart(() => import('./demo/DemoBar.tsx').then((x) => x.DemoBar))
    : null

/** The frame around every page: navigation, the signed-in user, and display settings. */
export function Frame() {
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
        <nav className={styles.nav} aria-label={m.nav_label()}>
          <NavLinks />
        </nav>
        <AccountMenu connection={session.state === 'signed-in' ? session.connection : undefined} />
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

/**
 * Parts outside of the first view, mounted before they can be needed: announcements and the idle
 * watch.
 */
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

/** Who is signed in, and behind it the connection, the language, the appearance and the way out. */
function AccountMenu({ connection }: { connection: Connection | undefined }) {
  return (
    <Popover
      align="end"
      label={
        connection ? m.account_menu({ username: connection.user.username }) : m.appearance_menu()
      }
      onNear={() => void accountMenu.preload().catch(() => {})}
      trigger={
        connection ? (
          <>
            <Avatar
              name={connection.user.name}
              src={gitlabAddress(connection.user.avatarUrl, connection.webAddress)}
              seed={connection.user.id}
            />
            <span className={styles.user}>@{connection.user.username}</span>
          </>
        ) : (
          <Icon name="preferences" />
        )
      }
    >
      {(close) => (
        <LazyPart part={accountMenu} onGiveUp={close}>
          {(AccountMenu) => <AccountMenu connection={connection} onClose={close} />}
        </LazyPart>
      )}
    </Popover>
  )
}
