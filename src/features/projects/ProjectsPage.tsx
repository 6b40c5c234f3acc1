import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'
import { isMissing } from '../../api/api-error.ts'
import type { Page, ProjectSummary } from '../../api/gitlab-api.ts'
import { projectQuery, projectsQuery } from '../../api/projects.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { isTooLong, parseReference } from '../../domain/reference.ts'
import { formatDate, formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { PageState } from '../../ui/PageState.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { uniqueKeys } from '../../ui/unique-keys.ts'
import { ErrorText } from '../shared/ErrorText.tsx'
import { gitlabAddress } from '../shared/gitlab-address.ts'
import { PageLink } from '../shared/PageLink.tsx'
import { Path } from '../shared/Path.tsx'
import pageStyles from '../shared/page.module.css'
import { QueryView } from '../shared/QueryView.tsx'
import { tooLongText } from '../shared/too-long-text.ts'
import { useAddressText } from '../shared/use-address-text.ts'
import styles from './ProjectsPage.module.css'
import { searchOf } from './prefetch-projects.ts'

const route = getRouteApi('/signed-in/')

/** The projects whose panel this user may open; and a way to any other by whatever names it. */
export function ProjectsPage() {
  const { api, connection } = useSignedIn()
  const { search, page } = searchOf(route.useSearch())
  const navigate = route.useNavigate()
  const router = useRouter()
  const client = useQueryClient()
  const [text, follow] = useAddressText(search, termOf, (term) =>
    navigate({
      search: (kept) => ({ ...kept, search: term || undefined, page: undefined }),
      replace: true,
    }),
  )
  const [opening, setOpening] = useState<'no' | 'busy' | Error>('no')
  const projects = useQuery(projectsQuery(api, { search, page }))
  const reference = parseReference(text, connection.webAddress)
  // One word is something to search for: a project's path has a group before it.
  const names =
    reference && ('id' in reference || ('path' in reference && reference.path.includes('/')))
      ? reference
      : undefined

  /**
   * Of an address the list is searched for the path in it. Another host's names nothing here, nor does a
   * text that is longer than any path.
   */
  function termOf(typed: string): string {
    const named = parseReference(typed, connection.webAddress)
    if (named && 'foreign' in named) return ''
    if (named && 'path' in named) return named.path
    return isTooLong(typed) ? '' : typed.trim()
  }

  async function open(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!names) return
    setOpening('busy')
    endWaits()
    try {
      const project = await client.fetchQuery(projectQuery(api, names))
      // The panel asks for it by its path: no need to ask GitLab again.
      client.setQueryData(projectQuery(api, { path: project.fullPath }).queryKey, project)
      await router.navigate({
        to: '/projects/$id/settings/ci_cd',
        params: { id: project.fullPath },
      })
    } catch (error) {
      setOpening(error instanceof Error ? error : new Error(String(error)))
    }
  }

  return (
    <div className={pageStyles.page}>
      <title>{m.projects_document_title()}</title>
      <header className={pageStyles.header}>
        <h1>{m.projects_title()}</h1>
        <p className={pageStyles.about}>{m.projects_about()}</p>
      </header>
      <search>
        <form onSubmit={open} className={styles.search}>
          <SearchField
            label={m.projects_search()}
            clearLabel={m.projects_search_clear()}
            placeholder={m.projects_search_placeholder()}
            value={text}
            onValueChange={(typed) => {
              follow(typed)
              setOpening('no')
            }}
          />
          <Button type="submit" busy={opening === 'busy'} disabled={!names}>
            {m.projects_open()}
          </Button>
        </form>
      </search>
      {reference && 'foreign' in reference && (
        <Alert variant="warning" live="polite">
          {m.target_foreign({ host: reference.foreign })}
        </Alert>
      )}
      {!reference && isTooLong(text) && (
        <Alert variant="warning" live="polite">
          {tooLongText()}
        </Alert>
      )}
      {opening instanceof Error && (
        <Alert variant="danger" live="assertive">
          {isMissing(opening) ? (
            m.project_missing_body({ project: text.trim(), user: connection.user.username })
          ) : (
            <ErrorText error={opening} />
          )}
        </Alert>
      )}
      <QueryView query={projects} what={m.what_projects()} lines={8} lineHeight="2.5rem">
        {(found) => (
          <Results
            found={found}
            search={search}
            busy={projects.isPlaceholderData}
            onPage={(next) =>
              void navigate({ search: (kept) => ({ ...kept, page: String(next) }) })
            }
          />
        )}
      </QueryView>
    </div>
  )
}

type ResultsProps = {
  found: Page<ProjectSummary>
  search: string
  busy: boolean
  onPage: (page: number) => void
}

function Results({ found, search, busy, onPage }: ResultsProps) {
  const { items, page, nextPage, totalPages } = found
  if (items.length === 0) {
    return (
      <PageState
        icon="search"
        level={2}
        title={m.projects_none_title()}
        actions={!search && <PageLink to="/access">{m.projects_none_check()}</PageLink>}
      >
        {search ? m.projects_none_found({ search }) : m.projects_none_body()}
      </PageState>
    )
  }
  const keys = uniqueKeys(items, ({ id }) => String(id))
  return (
    <>
      <ul className={pageStyles.list} aria-label={m.projects_title()} aria-busy={busy}>
        {items.map((project, at) => (
          <ProjectRow key={keys[at]} project={project} />
        ))}
      </ul>
      {(page > 1 || nextPage !== undefined) && (
        <Pager
          label={m.pager_label()}
          status={
            totalPages === undefined
              ? m.pager_status({ page: formatNumber(page) })
              : m.pager_status_of({ page: formatNumber(page), pages: formatNumber(totalPages) })
          }
          previousLabel={m.pager_previous()}
          nextLabel={m.pager_next()}
          onPrevious={page > 1 ? () => onPage(page - 1) : undefined}
          onNext={nextPage === undefined ? undefined : () => onPage(nextPage)}
          busy={busy}
        />
      )}
    </>
  )
}

function ProjectRow({ project }: { project: ProjectSummary }) {
  const { webAddress } = useSignedIn().connection
  return (
    <li className={styles.project}>
      <Avatar
        name={project.name}
        src={gitlabAddress(project.avatarUrl, webAddress)}
        seed={project.id}
      />
      <span className={styles.name}>
        <Link to="/projects/$id/settings/ci_cd" params={{ id: project.fullPath }}>
          <Path path={project.fullPath} />
        </Link>
        {project.archived && <Badge variant="warning">{m.badge_archived()}</Badge>}
      </span>
      {project.lastActivityAt && (
        <span className={styles.activity}>
          {m.projects_last_activity({ date: formatDate(project.lastActivityAt) })}
        </span>
      )}
    </li>
  )
}
