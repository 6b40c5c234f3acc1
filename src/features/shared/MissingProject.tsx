import { useSignedIn } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { PageState } from '../../ui/PageState.tsx'
import { PageLink } from './PageLink.tsx'

/** GitLab does not tell a project that is missing from one that this user may not see. */
export function MissingProject({ id }: { id: string }) {
  const { connection } = useSignedIn()
  return (
    <>
      <title>{m.document_title({ title: m.project_missing_title() })}</title>
      <PageState
        icon="search"
        title={m.project_missing_title()}
        actions={<PageLink to="/">{m.project_missing_way_on()}</PageLink>}
      >
        {m.project_missing_body({ project: id, user: connection.user.username })}
      </PageState>
    </>
  )
}
