import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { Project, PushSettings } from '../../api/gitlab-api.ts'
import { samePush, useSavePushSettings } from '../../api/save-push.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { notify } from '../../ui/toasts.ts'
import { Conflict } from '../shared/Conflict.tsx'
import { SettingsForm } from '../shared/SettingsForm.tsx'

type PushValues = { own: boolean; crossProject: boolean }

type PushFormProps = { project: Project; push: PushSettings }

/**
 * Git pushes with a job token: by the project's own jobs, and by those of its allowlist. Each setting
 * is offered only where the server returns it. What a push takes away stands beside it:
 * https://docs.gitlab.com/ci/jobs/ci_job_token/#allow-git-push-requests-to-your-project-repository,
 * https://docs.gitlab.com/user/project/repository/mirror/pull/
 */
export function PushForm({ project, push }: PushFormProps) {
  const stored = { own: push.own ?? false, crossProject: push.crossProject ?? false }
  const save = useSavePushSettings(project, finish)
  const form = useForm<PushValues>({
    values: stored,
    resetOptions: { keepDirtyValues: true },
  })
  const values = useWatch({ control: form.control, compute: (all: PushValues) => all })
  const offersCrossProject = push.crossProject !== undefined
  const disabledReason = project.archived ? m.archived_reason() : undefined

  // Only what was changed here is sent: the rest may have been changed by somebody else.
  const changes: PushSettings = {
    own: values.own !== stored.own ? values.own : undefined,
    crossProject:
      offersCrossProject && values.crossProject !== stored.crossProject
        ? values.crossProject
        : undefined,
  }
  const dirty = changes.own !== undefined || changes.crossProject !== undefined
  // The settings that the user has seen: a save must not undo a change that was saved elsewhere
  // since.
  const [known, setKnown] = useState(push)
  const differs = !samePush(known, push)
  if (differs && !dirty) setKnown(push)

  function finish() {
    form.reset(undefined, { keepDirtyValues: false })
    notify(() => m.settings_saved({ project: project.name }))
  }

  const submit = form.handleSubmit(async () => {
    const written = await save.run({ changes, seen: known })
    // Stale ones are shown as a conflict, and a failure from save.error.
    if (written === 'done') finish()
  })

  return (
    <SettingsForm
      form={form}
      dirty={dirty}
      save={save}
      onSubmit={submit}
      disabledReason={disabledReason}
      conflict={
        differs &&
        dirty && (
          <Conflict
            title={m.conflict_settings_title()}
            body={m.conflict_settings_body()}
            before={pushWords(known)}
            now={pushWords(push)}
            onKeep={() => setKnown(push)}
            onDrop={() => form.reset(undefined, { keepDirtyValues: false })}
          />
        )
      }
    >
      <Checkbox
        label={m.push_own()}
        help={
          <>
            <p>{m.push_own_help()}</p>
            <ul>
              <li>{m.push_own_no_pipeline()}</li>
              <li>{m.push_own_semantic_release()}</li>
              <li>{m.push_own_mirror()}</li>
            </ul>
          </>
        }
        disabledReason={disabledReason}
        {...form.register('own', {
          onChange: (event: { target: { checked: boolean } }) => {
            save.reset()
            // GitLab: without this setting those that build on it have no meaning.
            if (!event.target.checked) {
              form.setValue('crossProject', false, { shouldDirty: true })
            }
          },
        })}
      />
      {offersCrossProject && (
        <Checkbox
          label={m.push_cross()}
          help={m.push_cross_help()}
          disabledReason={disabledReason ?? (values.own ? undefined : m.push_cross_needs_own())}
          {...form.register('crossProject', { onChange: () => save.reset() })}
        />
      )}
    </SettingsForm>
  )
}

/** The settings in words, those that this server does not have left out. */
const pushWords = ({ own, crossProject }: PushSettings): string[] =>
  [inWords(m.push_own(), own), inWords(m.push_cross(), crossProject)].flat()

const inWords = (setting: string, value: boolean | undefined): string[] =>
  value === undefined ? [] : [value ? m.setting_on({ setting }) : m.setting_off({ setting })]
