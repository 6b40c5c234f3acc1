import { Link, useMatches } from '@tanstack/react-router'
import { useSession } from '../api/use-api.ts'
import { m } from '../i18n/paraglide/messages.js'
import styles from './NavLinks.module.css'

/** The parts of the console. What asks GitLab is not offered before somebody has signed in. */
export function NavLinks({ onFollow }: { onFollow?: () => void }) {
  const session = useSession()
  const route = useMatches({ select: (matches) => matches.at(-1)?.routeId ?? '' })
  // Of the pages below a link, the one it leads to is the current page, the others are its part.
  const isPart = route.startsWith('/signed-in') && !route.endsWith('/access')
  const link = { className: styles.link, activeOptions, onClick: onFollow } as const
  return (
    <>
      {session.state === 'signed-in' && (
        <>
          <Link to="/" {...link} aria-current={isPart}>
            {m.nav_projects()}
          </Link>
          <Link to="/access" {...link} aria-current={route.endsWith('/access')}>
            {m.check_title()}
          </Link>
        </>
      )}
      <Link to="/endpoints" {...link}>
        {m.endpoints_link()}
      </Link>
    </>
  )
}

/** The router then says `page` by itself. */
const activeOptions = { exact: true, includeSearch: false }
