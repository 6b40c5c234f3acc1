import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { demoMock, problemOfDials } from './demo.ts'
import styles from './MoreDials.module.css'

/** The dials that need more than a choice between a few, and those that are turned less often. */
export function MoreDials({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const search = useSearch({ strict: false })
  const { dials } = demoMock()
  const [typed, setTyped] = useState({ fault: dials.fault, now: dials.now ?? '' })
  const [problem, setProblem] = useState<{ name: keyof typeof typed; text: string }>()

  const turn = (changes: Readonly<Record<string, string>>) =>
    navigate({ to: '.', search: (now) => ({ ...now, ...changes }), hash: true })

  async function apply() {
    for (const name of ['fault', 'now'] as const) {
      const text = await problemOfDials({ [name]: typed[name].trim() })
      if (text !== undefined) return setProblem({ name, text })
    }
    await turn({ fault: typed.fault.trim(), now: typed.now.trim() })
    onClose()
  }

  const field = (name: keyof typeof typed) => ({
    value: typed[name],
    spellCheck: false,
    autoComplete: 'off',
    error: problem?.name === name && <span lang="en">{problem.text}</span>,
    onChange: ({ target: { value } }: { target: { value: string } }) => {
      setTyped({ ...typed, [name]: value })
      setProblem(undefined)
    },
  })

  return (
    <form
      className={styles.dials}
      onSubmit={(event) => {
        event.preventDefault()
        void apply()
      }}
    >
      <TextField
        {...field('fault')}
        label={m.demo_fault()}
        description={
          <>
            {m.demo_for_example()}{' '}
            <code lang="en">DELETE /allowlist 503 1; GET /user delay:2000</code>
          </>
        }
      />
      <TextField
        {...field('now')}
        label={m.demo_clock()}
        description={
          <>
            {m.demo_for_example()} <code lang="en">2026-01-15T09:00:00Z</code>
          </>
        }
      />
      <div>
        <Button type="submit" size="small" variant="confirm">
          {m.demo_apply()}
        </Button>
      </div>
      <Select
        label={m.demo_api()}
        value={dials.api}
        options={[
          { value: 'rest', label: m.demo_api_rest() },
          { value: 'gitlab', label: m.demo_api_gitlab() },
        ]}
        onChange={({ target: { value } }) => void turn({ api: value })}
      />
      <Select
        label={m.language()}
        value={search.lang ?? ''}
        options={[
          { value: '', label: m.demo_as_chosen() },
          { value: 'en', label: 'English' },
          { value: 'ja', label: '日本語' },
        ]}
        onChange={({ target: { value } }) => void turn({ lang: value })}
      />
      <Select
        label={m.theme()}
        value={search.theme ?? ''}
        options={[
          { value: '', label: m.demo_as_chosen() },
          { value: 'light', label: m.theme_light() },
          { value: 'dark', label: m.theme_dark() },
        ]}
        onChange={({ target: { value } }) => void turn({ theme: value })}
      />
    </form>
  )
}
