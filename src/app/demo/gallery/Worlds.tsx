import { Link } from '@tanstack/react-router'
import { eachDial } from '../../../../mocks/dial-names.ts'
import pageStyles from '../../../features/shared/page.module.css'
import { m } from '../../../i18n/paraglide/messages.js'
import { scenarioPurposes } from '../scenario-purposes.ts'
import type { World } from './find-states.ts'
import styles from './Worlds.module.css'

/** What the simulated GitLab can start from, with the way there. */
export function Worlds({ worlds }: { worlds: readonly World[] }) {
  if (worlds.length === 0) return null
  return (
    <section aria-labelledby="worlds">
      <h2 id="worlds">{m.demo_scenarios_title()}</h2>
      <p className={pageStyles.about}>{m.demo_scenarios_about()}</p>
      <ul className={pageStyles.list} aria-label={m.demo_scenarios_title()}>
        {worlds.map(({ name, address }) => (
          <li key={name} className={styles.world}>
            {/* No other dial: a scenario is opened as it is meant, whatever is turned now. */}
            <Link to={address} search={{ ...eachDial(undefined), scenario: name }}>
              {name}
            </Link>
            <span>{scenarioPurposes[name]()}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
