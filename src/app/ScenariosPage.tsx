import { Link } from '@tanstack/react-router'
import styles from '../features/shared/page.module.css'
import { useLocale } from '../i18n/locale.ts'
import { m } from '../i18n/paraglide/messages.js'
import { demoMock } from './demo.ts'
import listStyles from './ScenariosPage.module.css'

/** By name, in the reader's language. One that is not here says its purpose in English. */
const purposes: Readonly<Record<string, () => string>> = {
  default: m.demo_purpose_default,
  contract: m.demo_purpose_contract,
  empty: m.demo_purpose_empty,
  open: m.demo_purpose_open,
  enforced: m.demo_purpose_enforced,
  'enforced-19': m.demo_purpose_enforced_19,
  'at-limit': m.demo_purpose_at_limit,
  large: m.demo_purpose_large,
  legacy: m.demo_purpose_legacy,
  shadowed: m.demo_purpose_shadowed,
  'own-ancestor': m.demo_purpose_own_ancestor,
  'group-off': m.demo_purpose_group_off,
  'gitlab-18-0': m.demo_purpose_gitlab_18_0,
  'gitlab-19-1': m.demo_purpose_gitlab_19_1,
  hostile: m.demo_purpose_hostile,
  'log-empty': m.demo_purpose_log_empty,
  'log-1000': m.demo_purpose_log_1000,
}

/** The usual dials: a scenario is opened as it is meant, whatever is turned now. */
const noDials = {
  as: undefined,
  latency: undefined,
  now: undefined,
  api: undefined,
  fault: undefined,
}

/** Every state that the simulated GitLab can start from, with the way there. Part of the demo alone. */
export function ScenariosPage() {
  useLocale()
  return (
    <div className={styles.page}>
      <title>{m.document_title({ title: m.demo_scenarios_title() })}</title>
      <header className={styles.header}>
        <h1>{m.demo_scenarios_title()}</h1>
        <p className={styles.about}>{m.demo_scenarios_about()}</p>
      </header>
      <ul className={listStyles.list} aria-label={m.demo_scenarios_title()}>
        {demoMock().scenarios.map(({ name, purpose, address }) => (
          <li key={name} className={listStyles.scenario}>
            <Link to={address} search={{ ...noDials, scenario: name }}>
              {name}
            </Link>
            <span>{purposes[name]?.() ?? purpose}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
