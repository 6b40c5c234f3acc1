import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ApiError, isMissing } from '../../api/api-error.ts'
import type { Project } from '../../api/gitlab-api.ts'
import { projectQuery } from '../../api/projects.ts'
import { scopeQuery } from '../../api/scope.ts'
import { useApi } from '../../api/use-api.ts'
import { useLastError } from '../../api/use-last-error.ts'
import { referenceOf } from '../../domain/reference.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { ProjectCrumb } from '../project-picker/ProjectCrumb.tsx'
import { LazyPart, lazyPart } from '../shared/lazy-part.tsx'
import { MissingProject } from '../shared/MissingProject.tsx'
import styles from '../shared/page.module.css'
import { QueryView } from '../shared/QueryView.tsx'
import { AllowlistCard } from './AllowlistCard.tsx'
import { LogCard } from './LogCard.tsx'
import { ModeCard } from './ModeCard.tsx'
import { PushCard } from './PushCard.tsx'

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

const noRights = lazyPart(() => import('./NoRights.tsx').then((x) => x.NoRights))

/** Settings > CI/CD > Job token permissions of one project. */
export function PanelPage() {
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
    return (
      <LazyPart part={noRights}>
        {(NoRights) => <NoRights project={project} scope={scope} />}
      </LazyPart>
    )
  }
  return (
    <>
      <title>{m.panel_document_title({ project: project.fullPath })}</title>
      <Header project={project} />
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
function Header({ project }: { project?: Project }) {
  const { id } = route.useParams()
  return (
    <header className={styles.header}>
      <ProjectCrumb project={project} page="/projects/$id/settings/ci_cd" />
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
