import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { JobTokenScope, Project } from '../../api/gitlab-api.ts'
import { useSaveMode } from '../../api/save-mode.ts'
import { enforcementQuery } from '../../api/server.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { notify } from '../../ui/toasts.ts'
import { SettingsForm } from '../shared/SettingsForm.tsx'
import { LetAllInDialog } from './LetAllInDialog.tsx'
import { UnlistedCallers } from './UnlistedCallers.tsx'

type Mode = 'all' | 'allowlist'
const toMode = (inboundEnabled: boolean): Mode => (inboundEnabled ? 'allowlist' : 'all')

type ModeFormProps = { project: Project; scope: JobTokenScope }

/** The two modes, with what each of them means. */
export function ModeForm({ project, scope }: ModeFormProps) {
  const { api, connection } = useSignedIn()
  // Others than administrators learn it when a saved choice does not hold: useSaveMode says so here.
  const enforced =
    useQuery({ ...enforcementQuery(api), enabled: connection.user.isAdmin }).data === true
  const save = useSaveMode(project.id, (inboundEnabled) => finish(toMode(inboundEnabled), true))
  const form = useForm<{ mode: Mode }>({
    values: { mode: toMode(scope.inboundEnabled) },
    resetOptions: { keepDirtyValues: true },
  })
  const mode = useWatch({ control: form.control, name: 'mode' })

  /** Whether the dialog is open that asks before all are let in. */
  const [asking, setAsking] = useState(false)

  function finish(chosen: Mode, held: boolean) {
    setAsking(false)
    form.reset({ mode: held ? chosen : toMode(true) }, { keepDirtyValues: false })
    if (held) notify(m.settings_saved({ project: project.name }))
  }

  async function saveAs(chosen: Mode) {
    // A failure is shown from save.error.
    const saved = await save.run(chosen === 'allowlist')
    if (saved) finish(chosen, saved.held)
  }

  const submit = form.handleSubmit(({ mode: chosen }) =>
    chosen === 'all' ? setAsking(true) : saveAs(chosen),
  )

  const disabledReason = enforced
    ? m.mode_enforced()
    : project.archived
      ? m.archived_reason()
      : undefined
  // What became of a save is told once, where the user looks: in the dialog while it is open.
  const shown = asking ? { ...save, isPending: false, error: null } : save
  return (
    <SettingsForm
      form={form}
      dirty={mode !== toMode(scope.inboundEnabled)}
      save={shown}
      onSubmit={submit}
      disabledReason={disabledReason}
    >
      <RadioGroup
        legend={m.mode_title()}
        legendHidden
        registration={form.register('mode', { onChange: () => save.reset() })}
        options={[
          { value: 'all', label: m.mode_all() },
          { value: 'allowlist', label: m.mode_allowlist() },
        ]}
        disabledReason={disabledReason}
      />
      {mode === 'all' && (
        <Alert variant="warning" live="polite">
          {m.mode_all_warning()}
        </Alert>
      )}
      {mode === 'allowlist' && !scope.inboundEnabled && <UnlistedCallers project={project} />}
      {scope.outboundEnabled && (
        <Alert variant="info" title={m.outbound_title()}>
          {m.outbound_body()}
        </Alert>
      )}
      {asking && (
        <LetAllInDialog
          save={save}
          onConfirm={() => void saveAs('all')}
          onClose={() => {
            setAsking(false)
            save.reset()
          }}
        />
      )}
    </SettingsForm>
  )
}
