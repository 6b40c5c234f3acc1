import { Link } from '@tanstack/react-router'
import { eachDial } from '../../../mocks/dial-names.ts'
import styles from '../../features/shared/page.module.css'
import { m } from '../../i18n/paraglide/messages.js'
import { demoMock } from './demo.ts'
import listStyles from './ScenariosPage.module.css'
import { scenarioPurposes } from './scenario-purposes.ts'

/** Every state that the simulated GitLab can start from, with the way there. Part of the demo alone. */
export function ScenariosPage() {
  return (
    <div className={styles.page}>
      <title>{m.document_title({ title: m.demo_scenarios_title() })}</title>
      <header className={styles.header}>
        <h1>{m.demo_scenarios_title()}</h1>
        <p className={styles.about}>{m.demo_scenarios_about()}</p>
      </header>
      <ul className={styles.list} aria-label={m.demo_scenarios_title()}>
        {demoMock().scenarios.map(({ name, address }) => (
          <li key={name} className={listStyles.scenario}>
            {/* No other dial: a scenario is opened as it is meant, whatever is turned now. */}
            <Link to={address} search={{ ...eachDial(undefined), scenario: name }}>
              {name}
            </Link>
            <span>{scenarioPurposes[name]()}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
