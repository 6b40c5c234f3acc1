import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useForm, useWatch } from 'react-hook-form'
import { fineGrainedAllowedQuery, useSaveFineGrainedAllowed } from '../../api/groups.ts'
import { metadataQuery } from '../../api/server.ts'
import { targetQuery } from '../../api/targets.ts'
import { useApi, useSignedIn } from '../../api/use-api.ts'
import type { Target } from '../../domain/allowlist.ts'
import { fineGrainedSwitch } from '../../domain/permissions.ts'
import { referenceOf } from '../../domain/reference.ts'
import type { Version } from '../../domain/version.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Card } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { PageState } from '../../ui/PageState.tsx'
import { notify } from '../../ui/toasts.ts'
import { PageLink } from '../shared/PageLink.tsx'
import styles from '../shared/page.module.css'
import { QueryView } from '../shared/QueryView.tsx'
import { SettingsForm } from '../shared/SettingsForm.tsx'

const route = getRouteApi('/signed-in/groups/$id/settings/ci_cd')

/** Settings > CI/CD of a group, as far as it is about job tokens. */
export function GroupPage() {
  const { id } = route.useParams()
  const api = useApi()
  const targets = useQuery(targetQuery(api, referenceOf(id)))
  const group = targets.data?.find(({ kind }) => kind === 'group')
  return (
    <div className={styles.page}>
      <title>{m.document_title({ title: m.group_title() })}</title>
      {(group || !targets.data) && <Header path={group?.fullPath ?? id} />}
      <QueryView query={targets} what={m.what_group()} lines={4} lineHeight="4rem">
        {() =>
          group ? <Group key={`${api.id} ${group.id}`} group={group} /> : <Missing id={id} />
        }
      </QueryView>
    </div>
  )
}

function Header({ path }: { path: string }) {
  return (
    <header className={styles.header}>
      <p className={styles.breadcrumb}>{m.panel_breadcrumb({ project: path })}</p>
      <h1>{m.group_title()}</h1>
    </header>
  )
}

function Missing({ id }: { id: string }) {
  const { connection } = useSignedIn()
  return (
    <PageState
      icon="search"
      title={m.group_missing_title()}
      actions={<PageLink to="/">{m.project_missing_way_on()}</PageLink>}
    >
      {m.group_missing_body({ group: id, user: connection.user.username })}
    </PageState>
  )
}

function Group({ group }: { group: Target }) {
  const api = useApi()
  const metadata = useQuery(metadataQuery(api))
  return (
    <Card title={m.group_switch_title()} description={m.group_switch_about()}>
      <QueryView query={metadata} what={m.what_version()} lines={2} lineHeight="2rem">
        {({ version }) => <Switch group={group} version={version} />}
      </QueryView>
    </Card>
  )
}

function Switch({ group, version }: { group: Target; version: Version }) {
  const { api, connection } = useSignedIn()
  const decides = fineGrainedSwitch(version)
  const allowed = useQuery({
    ...fineGrainedAllowedQuery(api, group.id),
    enabled: decides === 'group',
  })
  if (decides === 'none') return <Alert>{m.group_switch_always()}</Alert>
  if (decides === 'flag') return <Alert>{m.group_switch_flag()}</Alert>
  return (
    <QueryView query={allowed} what={m.what_mode()} lines={2} lineHeight="2rem">
      {(value) =>
        value === null ? (
          <Alert>
            {m.group_switch_unknown({ user: connection.user.username })}{' '}
            <ExternalLink
              href={`${connection.webAddress}/groups/${group.fullPath}/-/settings/ci_cd`}
              newTabLabel={m.opens_new_tab()}
            >
              {m.group_switch_page()}
            </ExternalLink>
          </Alert>
        ) : (
          <SwitchForm group={group} allowed={value} />
        )
      }
    </QueryView>
  )
}

function SwitchForm({ group, allowed }: { group: Target; allowed: boolean }) {
  const save = useSaveFineGrainedAllowed(group.id, finish)
  const form = useForm({ values: { allowed }, resetOptions: { keepDirtyValues: true } })
  const chosen = useWatch({ control: form.control, name: 'allowed' })

  function finish() {
    form.reset({ allowed: chosen }, { keepDirtyValues: false })
    notify(() => m.settings_saved({ project: group.name }))
  }

  const submit = form.handleSubmit(async (values) => {
    // A failure is shown from save.error.
    if (await save.run(values.allowed)) finish()
  })

  return (
    <SettingsForm form={form} dirty={chosen !== allowed} save={save} onSubmit={submit}>
      <Checkbox
        label={m.group_switch()}
        help={m.group_switch_help()}
        {...form.register('allowed', { onChange: () => save.reset() })}
      />
    </SettingsForm>
  )
}
