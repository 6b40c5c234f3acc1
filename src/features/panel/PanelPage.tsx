import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ApiError, isMissing } from '../../api/api-error.ts'
import type { JobTokenScope, Project } from '../../api/gitlab-api.ts'
import { projectQuery } from '../../api/projects.ts'
import { scopeQuery } from '../../api/scope.ts'
import { useApi } from '../../api/use-api.ts'
import { useLastError } from '../../api/use-last-error.ts'
import { referenceOf } from '../../domain/reference.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ProjectCrumb } from '../project-picker/ProjectCrumb.tsx'
import { LazyPart, lazyPart } from '../shared/lazy-part.tsx'
import styles from '../shared/page.module.css'
import { QueryView } from '../shared/QueryView.tsx'
import { AllowlistCard } from './AllowlistCard.tsx'
import { LogCard } from './LogCard.tsx'
import { ModeCard } from './ModeCard.tsx'
import { PushCard } from './PushCard.tsx'

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

const missingProject = lazyPart(() =>
  import('../shared/MissingProject.tsx').then((x) => x.MissingProject),
)
const noRights = lazyPart(() => import('./NoRights.tsx').then((x) => x.NoRights))

/** Settings > CI/CD > Job token permissions of one project. */
export function PanelPage() {
  const { id } = route.useParams()
  const api = useApi()
  const project = useQuery(projectQuery(api, referenceOf(id)))
  const found = project.data
  const scope = useQuery({ ...scopeQuery(api, found?.id ?? 0), enabled: found !== undefined })
  // A panel that was readable once stays mounted with its typed values; its card shows the refusal.
  const error = useLastError(scope)

  if (isMissing(project.error) && !found) {
    return (
      <LazyPart part={missingProject}>{(MissingProject) => <MissingProject id={id} />}</LazyPart>
    )
  }
  if (found && scope.data === undefined && isForbidden(error)) {
    return (
      <div className={styles.page}>
        <LazyPart part={noRights}>
          {(NoRights) => <NoRights project={found} scope={scope} />}
        </LazyPart>
      </div>
    )
  }
  return (
    <div className={styles.page}>
      {/* Stays mounted when the project arrives, because its link may have the focus by then. */}
      <Header project={found} />
      <QueryView query={project} what={m.what_project()} shape={<Shape />}>
        {/* The key remounts the panel for another project: typed values must not carry over. */}
        {(data) => <Panel key={`${api.id} ${data.id}`} project={data} scope={scope} />}
      </QueryView>
    </div>
  )
}

type PanelProps = { project: Project; scope: UseQueryResult<JobTokenScope, Error> }

function Panel({ project, scope }: PanelProps) {
  return (
    <>
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

/** The cards that come, as they look while they wait for their own data. */
function Shape() {
  return (
    <>
      <Card title={m.mode_title()} count={<Skeleton label={m.loading()} lines={1} />} />
      <Card title={m.allowlist_title()} flush sticky>
        <Skeleton label={m.loading()} lines={8} lineHeight="2.5rem" />
      </Card>
    </>
  )
}

/**
 * Renders without the project too, so that the page has a heading while loading and after an error.
 */
function Header({ project }: { project: Project | undefined }) {
  const { id } = route.useParams()
  return (
    <header className={`${styles.header} ${styles.dense}`}>
      <title>
        {project
          ? m.panel_document_title({ project: project.fullPath })
          : m.document_title({ title: m.panel_title() })}
      </title>
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
