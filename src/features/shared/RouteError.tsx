import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { PageState } from '../../ui/PageState.tsx'
import { ErrorText } from './ErrorText.tsx'

/** What is left of a page that met a bug, or whose code could not be fetched. */
export function RouteError({ error }: { error: unknown }) {
  return (
    <>
      <title>{m.document_title({ title: m.bug_title() })}</title>
      <PageState
        icon="error"
        title={m.bug_title()}
        actions={
          <Button variant="confirm" onClick={() => location.reload()}>
            {m.reload_page()}
          </Button>
        }
      >
        <ErrorText error={error instanceof Error ? error : new Error(String(error))} />
      </PageState>
    </>
  )
}
