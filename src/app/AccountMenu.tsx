import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Connection } from '../api/check-connection.ts'
import { useSignOut } from '../features/shared/use-sign-out.ts'
import { chooseLocale, type Locale, locales, useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/paraglide/messages.js'
import { Icon } from '../ui/Icon.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { setSingleKeys, useSingleKeys } from '../ui/single-keys.ts'
import { setTheme, type Theme, useTheme } from '../ui/theme.ts'
import styles from './AccountMenu.module.css'
import { NavLinks } from './NavLinks.tsx'

type AccountMenuProps = {
  /** Undefined while nobody is signed in. */
  connection: Connection | undefined
  onClose: () => void
}

const localeNames: Record<Locale, string> = { en: 'English', ja: '日本語' }
const themeNames: Record<Theme, () => string> = {
  system: m.theme_system,
  light: m.theme_light,
  dark: m.theme_dark,
}
const themes: readonly Theme[] = ['system', 'light', 'dark']

/** The connection, the language, the appearance and the way out; in a narrow window also the ways on. */
export function AccountMenu({ connection, onClose }: AccountMenuProps) {
  const locale = useLocale()
  const theme = useTheme()
  const singleKeys = useSingleKeys()
  const leave = useSignOut()
  const address = useSearch({ strict: false })
  const navigate = useNavigate()

  /** An address that names a language or a theme goes along, or a reload would undo the choice. */
  function follow(choice: { lang: Locale } | { theme: Theme }) {
    if (Object.keys(choice).every((name) => !address[name as keyof typeof address])) return
    void navigate({
      to: '.',
      search: (kept) => ({ ...kept, ...choice }),
      hash: true,
      replace: true,
    })
  }

  return (
    <div className={styles.menu}>
      <nav className={styles.nav} aria-label={m.nav_label()}>
        <NavLinks onFollow={onClose} />
      </nav>
      {connection && (
        <div className={styles.part}>
          <p className={styles.user}>
            <strong>{connection.user.name}</strong> @{connection.user.username}
          </p>
          <Link to="/connect" className={styles.item} onClick={onClose}>
            <Icon name="link" />
            <span>
              {m.connection_title()}
              <span className={styles.about}>{new URL(connection.webAddress).host}</span>
            </span>
          </Link>
        </div>
      )}
      <div className={styles.part}>
        <div className={styles.choice}>
          <span aria-hidden="true">{m.language()}</span>
          <SegmentedControl
            label={m.language()}
            value={locale}
            options={locales.map((value) => ({ value, label: localeNames[value] }))}
            onValueChange={(lang) => {
              chooseLocale(lang)
              follow({ lang })
            }}
          />
        </div>
        <div className={styles.choice}>
          <span aria-hidden="true">{m.theme()}</span>
          <SegmentedControl
            label={m.theme()}
            value={theme}
            options={themes.map((value) => ({ value, label: themeNames[value]() }))}
            onValueChange={(theme) => {
              setTheme(theme)
              follow({ theme })
            }}
          />
        </div>
        <div className={styles.choice}>
          <span aria-hidden="true">{m.keys_switch()}</span>
          <SegmentedControl
            label={m.keys_switch()}
            value={singleKeys ? 'on' : 'off'}
            options={[
              { value: 'on', label: m.keys_on_label() },
              { value: 'off', label: m.keys_off_label() },
            ]}
            onValueChange={(value) => setSingleKeys(value === 'on')}
          />
        </div>
      </div>
      {connection && (
        <div className={styles.part}>
          <button
            type="button"
            className={styles.item}
            onClick={() => {
              onClose()
              leave()
            }}
          >
            <Icon name="power" />
            {m.sign_out()}
          </button>
        </div>
      )}
    </div>
  )
}
