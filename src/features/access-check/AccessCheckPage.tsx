import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { isMissing } from '../../api/api-error.ts'
import { projectQuery } from '../../api/projects.ts'
import { metadataQuery } from '../../api/server.ts'
import { useApi } from '../../api/use-api.ts'
import { referenceOf } from '../../domain/reference.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { ProjectCrumb } from '../project-picker/ProjectCrumb.tsx'
import { MissingProject } from '../shared/MissingProject.tsx'
import styles from '../shared/page.module.css'
import { QueryView } from '../shared/QueryView.tsx'
import { Check } from './Check.tsx'

const route = getRouteApi('/signed-in/projects/$id/access')

/** Paste anything that uses a job token; get the rule that decides about each call, and the remedy. */
export function AccessCheckPage() {
  const { id } = route.useParams()
  const api = useApi()
  const project = useQuery(projectQuery(api, referenceOf(id)))
  const metadata = useQuery(metadataQuery(api))
  const path = project.data?.fullPath

  if (isMissing(project.error) && !project.data) {
    return <MissingProject id={id} />
  }
  return (
    <div className={styles.page}>
      <title>
        {path === undefined
          ? m.document_title({ title: m.check_title() })
          : m.check_document_title({ project: path })}
      </title>
      <header className={styles.header}>
        <ProjectCrumb project={project.data} page="/projects/$id/access" />
        <h1>{m.check_title()}</h1>
        <p className={styles.about}>
          {m.check_about()}{' '}
          <Link to="/projects/$id/settings/ci_cd" params={{ id }}>
            {m.panel_title()}
          </Link>
        </p>
      </header>
      <QueryView query={project} what={m.what_project()} lines={6} lineHeight="4rem">
        {(found) => (
          <QueryView query={metadata} what={m.what_version()} lines={6} lineHeight="4rem">
            {({ version }) => (
              <Check key={`${api.id} ${found.id}`} project={found} version={version} />
            )}
          </QueryView>
        )}
      </QueryView>
    </div>
  )
}
