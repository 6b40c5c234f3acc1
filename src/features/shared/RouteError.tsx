import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { PageState } from '../../ui/PageState.tsx'
import { errorWords } from './error-words.ts'
import { useLater } from './lazy-part.tsx'

/** Replaces a page that threw an error, or whose code could not be fetched. */
export function RouteError({ error: thrown }: { error: unknown }) {
  const words = useLater(errorWords)
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
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
        {words ? <words.ErrorText error={error} /> : <q lang="en">{error.message}</q>}
      </PageState>
    </>
  )
}
