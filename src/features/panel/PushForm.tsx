import { useForm, useWatch } from 'react-hook-form'
import type { Project, PushSettings } from '../../api/gitlab-api.ts'
import { useSavePushSettings } from '../../api/projects.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { notify } from '../../ui/toasts.ts'
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
  const save = useSavePushSettings(project)
  const form = useForm<PushValues>({
    values: {
      own: push.own ?? false,
      crossProject: push.crossProject ?? false,
    },
    resetOptions: { keepDirtyValues: true },
  })
  const own = useWatch({ control: form.control, name: 'own' })
  const offersCrossProject = push.crossProject !== undefined
  const disabledReason = project.archived ? m.archived_reason() : undefined

  const submit = form.handleSubmit(async (values) => {
    const crossProject = offersCrossProject ? values.crossProject : undefined
    try {
      await save.mutateAsync({ own: values.own, crossProject })
    } catch {
      return // shown from save.error
    }
    form.reset(values, { keepDirtyValues: false })
    notify(m.settings_saved({ project: project.name }))
  })

  return (
    <SettingsForm form={form} save={save} onSubmit={submit} disabledReason={disabledReason}>
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
          disabledReason={disabledReason ?? (own ? undefined : m.push_cross_needs_own())}
          {...form.register('crossProject', { onChange: () => save.reset() })}
        />
      )}
    </SettingsForm>
  )
}
