import { useEffect, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { JobTokenScope, Project } from '../../api/gitlab-api.ts'
import { useForgetEnforcement, useSaveMode } from '../../api/save-mode.ts'
import type { Enforcement } from '../../api/server.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { formatClock } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { notify } from '../../ui/toasts.ts'
import { SettingsForm } from '../shared/SettingsForm.tsx'
import { LetAllInDialog } from './LetAllInDialog.tsx'
import { UnlistedCallers } from './UnlistedCallers.tsx'

type Mode = 'all' | 'allowlist'
const toMode = (inboundEnabled: boolean): Mode => (inboundEnabled ? 'allowlist' : 'all')

type ModeFormProps = {
  project: Project
  scope: JobTokenScope
  enforcement: Enforcement | undefined
  /** Opened by the button Change: takes the focus, and can be closed again. */
  opened: boolean
  /** Something else is chosen: the form stays open until it is saved or closed. */
  onChanging: () => void
  onClose: () => void
}

/** The choice between the two modes, with the consequence of each. */
export function ModeForm({
  project,
  scope,
  enforcement,
  opened,
  onChanging,
  onClose,
}: ModeFormProps) {
  const enforced = enforcement?.enforced === true
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
    setDone(held && chosen === 'allowlist')
    if (held) notify(() => m.settings_saved({ project: project.name }))
  }

  async function saveAs(chosen: Mode) {
    // A failure is shown from save.error.
    const saved = await save.run(chosen === 'allowlist')
    if (saved) finish(chosen, saved.held)
  }

  const dirty = mode !== toMode(scope.inboundEnabled)
  const [done, setDone] = useState(false)
  // Close in an effect, after the guard below has released a navigation that waited for the save.
  useEffect(() => {
    if (done && !dirty) onClose()
  }, [done, dirty, onClose])

  const submit = form.handleSubmit(({ mode: chosen }) =>
    chosen === 'all' ? setAsking(true) : saveAs(chosen),
  )

  const disabledReason = enforced
    ? m.mode_enforced()
    : project.archived
      ? m.archived_reason()
      : undefined
  const radios = useRef<HTMLDivElement>(null)
  const takesFocus = useRef(opened)
  useEffect(() => {
    if (takesFocus.current) radios.current?.querySelector<HTMLElement>(':checked')?.focus()
  }, [])

  // The state of a save is shown in one place: in the dialog while it is open, else in the form.
  const shown = asking ? { ...save, isPending: false, error: null } : save
  return (
    <SettingsForm
      form={form}
      dirty={dirty}
      save={shown}
      onSubmit={submit}
      disabledReason={disabledReason}
      onCancel={opened && !enforced ? onClose : undefined}
    >
      <div ref={radios}>
        <RadioGroup
          legend={m.mode_title()}
          legendHidden
          registration={form.register('mode', {
            onChange: () => {
              save.reset()
              onChanging()
            },
          })}
          options={[
            { value: 'all', label: m.mode_all() },
            { value: 'allowlist', label: m.mode_allowlist() },
          ]}
          disabledReason={disabledReason}
        />
      </div>
      {enforced && <EnforcementWays refusedAt={enforcement.refusedAt} onRetry={onChanging} />}
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

type EnforcementWaysProps = {
  refusedAt: number | undefined
  /** Keeps the form open, with its choices unlocked. */
  onRetry: () => void
}

/** For an administrator the way to the setting; for others, that it can be tried again. */
function EnforcementWays({ refusedAt, onRetry }: EnforcementWaysProps) {
  const { connection } = useSignedIn()
  const forget = useForgetEnforcement()
  if (connection.user.isAdmin) {
    const address = `${connection.webAddress}/admin/application_settings/ci_cd`
    return <ExternalLink href={address}>{m.mode_enforced_setting()}</ExternalLink>
  }
  if (refusedAt === undefined) return null
  return (
    <Alert
      variant="info"
      actions={
        <Button
          size="small"
          onClick={() => {
            forget()
            onRetry()
          }}
        >
          {m.try_again()}
        </Button>
      }
    >
      {m.mode_enforced_found({ time: formatClock(refusedAt) })}
    </Alert>
  )
}
