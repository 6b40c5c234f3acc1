import { PageLink } from '../features/shared/PageLink.tsx'
import { m } from '../i18n/paraglide/messages.js'
import { PageState } from '../ui/PageState.tsx'

/** An address that no screen has. */
export function NotFoundPage() {
  return (
    <>
      <title>{m.document_title({ title: m.not_found_title() })}</title>
      <PageState
        icon="search"
        title={m.not_found_title()}
        actions={<PageLink to="/">{m.project_missing_way_on()}</PageLink>}
      >
        {m.not_found_body()}
      </PageState>
    </>
  )
}
