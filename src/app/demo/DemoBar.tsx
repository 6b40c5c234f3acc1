import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { dialNames } from '../../../mocks/dial-names.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { Select } from '../../ui/Select.tsx'
import type { AddressSearch } from '../router.tsx'
import styles from './DemoBar.module.css'
import { demoMock, resetDemo } from './demo.ts'
import { MoreDials } from './MoreDials.tsx'

const roleLabels = {
  owner: m.role_owner,
  maintainer: m.role_maintainer,
  developer: m.role_developer,
  guest: m.role_guest,
  stranger: m.role_stranger,
  admin: m.role_admin,
}

/** Whether the bar is folded: the same for every tab, and for the next visit. */
const storageKey = 'demo-bar-folded'

const looks = ['lang', 'theme', 'capture'] as const

const latencies = ['0', '300', '2000', '8000']

/** The dials of the simulated GitLab. What is chosen goes into the address, which decides. */
export function DemoBar() {
  const navigate = useNavigate()
  const search = useSearch({ strict: false })
  const { dials, scenarios } = demoMock()
  const [folded, setFolded] = useState(() => localStorage.getItem(storageKey) !== null)

  function fold() {
    setFolded(!folded)
    if (folded) localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, '')
  }

  const title = (
    <button type="button" className={styles.title} aria-expanded={!folded} onClick={fold}>
      <Icon name={folded ? 'chevron-right' : 'chevron-down'} size={12} />
      {m.demo_bar()}
    </button>
  )
  const set = chosenDials(search)
  const chosen = set.length > 0 && (
    <span className={styles.chosen} title={set.join(' · ')}>
      {m.demo_dials_set()} <span lang="en">{set.join(' · ')}</span>
    </span>
  )
  if (folded) {
    return (
      <section className={styles.bar} aria-label={m.demo_bar()} data-demo-bar="" data-folded="">
        {title} {dials.scenario} {chosen}
      </section>
    )
  }
  return (
    <section className={styles.bar} aria-label={m.demo_bar()} data-demo-bar="">
      {title}
      <Select
        label={m.demo_scenario()}
        inline
        value={dials.scenario}
        options={scenarios.map(({ name }) => ({ value: name, label: name }))}
        onChange={({ target: { value } }) => {
          const chosen = scenarios.find(({ name }) => name === value)
          if (!chosen) return
          void navigate({
            href: `${chosen.address}?${new URLSearchParams({ ...kept(search), scenario: value })}`,
          })
        }}
      />
      <Select
        label={m.demo_role()}
        inline
        value={dials.as ?? 'maintainer'}
        options={Object.entries(roleLabels).map(([value, label]) => ({ value, label: label() }))}
        onChange={({ target: { value } }) =>
          void navigate({ to: '.', search: (now) => ({ ...now, as: value }), hash: true })
        }
      />
      <Select
        label={m.demo_latency()}
        inline
        value={String(dials.latency)}
        options={[...new Set([...latencies, String(dials.latency)])].map((value) => ({
          value,
          label: m.demo_milliseconds({ value }),
        }))}
        onChange={({ target: { value } }) =>
          void navigate({ to: '.', search: (now) => ({ ...now, latency: value }), hash: true })
        }
      />
      <Popover trigger={m.demo_more()} label={m.demo_more()}>
        {(close) => <MoreDials onClose={close} />}
      </Popover>
      <Button size="small" onClick={resetDemo}>
        {m.demo_reset()}
      </Button>
      {chosen}
    </section>
  )
}

/** The dials that an address sets besides the scenario, each with its value. */
const chosenDials = (search: Partial<AddressSearch>): readonly string[] =>
  [...dialNames.filter((name) => name !== 'scenario'), ...looks].flatMap((name) =>
    search[name] ? [`${name} ${search[name]}`] : [],
  )

/** The parameters that a new scenario keeps: how the page looks and who looks, not the faults. */
const kept = ({ lang, theme, capture, as }: Partial<AddressSearch>): Record<string, string> => ({
  ...(lang && { lang }),
  ...(theme && { theme }),
  ...(capture && { capture }),
  ...(as && { as }),
})
