import { useQuery } from '@tanstack/react-query'
import { metadataQuery } from '../../api/server.ts'
import { useApi } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import styles from '../shared/page.module.css'
import { QueryView } from '../shared/QueryView.tsx'
import { AnyCheck } from './AnyCheck.tsx'

/** The access check for whatever projects a text names. */
export function AccessPage() {
  const api = useApi()
  const metadata = useQuery(metadataQuery(api))
  return (
    <div className={styles.page}>
      <title>{m.document_title({ title: m.check_title() })}</title>
      <header className={styles.header}>
        <h1>{m.check_title()}</h1>
        <p className={styles.about}>{m.check_about()}</p>
      </header>
      <QueryView query={metadata} what={m.what_version()} lines={6} lineHeight="4rem">
        {({ version }) => <AnyCheck key={api.id} version={version} />}
      </QueryView>
    </div>
  )
}
