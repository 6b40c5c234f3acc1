import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ApiError, isMissing } from '../../api/api-error.ts'
import type { JobTokenScope, Project } from '../../api/gitlab-api.ts'
import { projectQuery } from '../../api/projects.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { scopeQuery } from '../../api/scope.ts'
import { useApi, useSignedIn } from '../../api/use-api.ts'
import { useLastError } from '../../api/use-last-error.ts'
import { type Role, roleOf } from '../../domain/access.ts'
import { referenceOf } from '../../domain/reference.ts'
import { useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { PageState } from '../../ui/PageState.tsx'
import { MissingProject } from '../shared/MissingProject.tsx'
import { PageLink } from '../shared/PageLink.tsx'
import styles from '../shared/page.module.css'
import { QueryView } from '../shared/QueryView.tsx'
import { AllowlistCard } from './AllowlistCard.tsx'
import { LogCard } from './LogCard.tsx'
import { ModeCard } from './ModeCard.tsx'
import { PushCard } from './PushCard.tsx'

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

const roleNames: Record<Role, () => string> = {
  guest: m.role_guest,
  planner: m.role_planner,
  reporter: m.role_reporter,
  developer: m.role_developer,
  maintainer: m.role_maintainer,
  owner: m.role_owner,
}

/** Settings > CI/CD > Job token permissions of one project. */
export function PanelPage() {
  useLocale()
  const { id } = route.useParams()
  const api = useApi()
  const project = useQuery(projectQuery(api, referenceOf(id)))

  if (isMissing(project.error) && !project.data) {
    return <MissingProject id={id} />
  }
  return (
    <div className={styles.page}>
      {project.data === undefined && (
        <>
          <title>{m.document_title({ title: m.panel_title() })}</title>
          <Header />
        </>
      )}
      <QueryView query={project} what={m.what_project()} lines={6} lineHeight="4rem">
        {/* Another project's page starts afresh: what was typed for this one is not for that one. */}
        {(found) => <Panel key={`${api.id} ${found.id}`} project={found} />}
      </QueryView>
    </div>
  )
}

function Panel({ project }: { project: Project }) {
  const scope = useQuery(scopeQuery(useApi(), project.id))
  // Once the panel was readable it stays, with what was typed: the card says what has changed.
  const error = useLastError(scope)
  if (scope.data === undefined && isForbidden(error)) {
    return <NoRights project={project} scope={scope} />
  }
  return (
    <>
      <title>{m.panel_document_title({ project: project.fullPath })}</title>
      <Header path={project.fullPath} />
      {project.archived && (
        <Alert variant="warning" title={m.archived_title()}>
          {m.archived_body()}
        </Alert>
      )}
      <ModeCard project={project} scope={scope} />
      <AllowlistCard project={project} />
      <PushCard project={project} />
      <LogCard project={project} />
    </>
  )
}

/** There before the project is, so that the page has its heading while it loads and when it fails. */
function Header({ path }: { path?: string }) {
  const { id } = route.useParams()
  return (
    <header className={styles.header}>
      <p className={styles.breadcrumb}>
        {path === undefined ? '\u00A0' : m.panel_breadcrumb({ project: path })}
      </p>
      <h1>{m.panel_title()}</h1>
      <p className={styles.about}>
        {m.panel_about()}{' '}
        <Link to="/projects/$id/access" params={{ id }}>
          {m.check_open()}
        </Link>
      </p>
    </header>
  )
}

const isForbidden = (error: Error | null): boolean =>
  error instanceof ApiError && error.kind === 'forbidden'

type NoRightsProps = { project: Project; scope: UseQueryResult<JobTokenScope, Error> }

function NoRights({ project, scope }: NoRightsProps) {
  const { api, connection } = useSignedIn()
  const client = useQueryClient()
  const role = roleOf(project.accessLevel)
  return (
    <>
      <title>{m.document_title({ title: m.no_rights_title() })}</title>
      <PageState
        icon="lock"
        title={m.no_rights_title()}
        actions={
          <>
            <PageLink to="/">{m.project_missing_way_on()}</PageLink>
            <PageLink to="/projects/$id/access" params={{ id: project.fullPath }}>
              {m.check_open()}
            </PageLink>
            <Button
              busy={scope.isFetching}
              onClick={() => {
                endWaits()
                void client.invalidateQueries({ queryKey: [api.id] })
              }}
            >
              {m.no_rights_check_again()}
            </Button>
          </>
        }
      >
        {role
          ? m.no_rights_body({
              project: project.fullPath,
              user: connection.user.username,
              role: roleNames[role](),
            })
          : m.no_rights_body_no_role({ project: project.fullPath, user: connection.user.username })}
      </PageState>
    </>
  )
}
