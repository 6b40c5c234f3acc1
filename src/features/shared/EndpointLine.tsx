import type { ReactNode } from 'react'
import type { Method } from '../../domain/endpoint-catalogue.ts'
import type { Endpoint } from '../../domain/endpoints.ts'
import { grantLines } from '../../domain/permissions.ts'
import { oldestCatalogued } from '../../domain/releases.ts'
import { formatNames } from '../../i18n/format.ts'
import { useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import styles from './EndpointLine.module.css'
import { Path } from './Path.tsx'
import { grantWords } from './policy-words.ts'

type EndpointLineProps = {
  endpoint: Endpoint
  /** What it does: given, so that not all who share this line load all summaries. */
  summary: string
  /** Badges that stand behind the path. */
  badges?: ReactNode
  /** Stands at the end of the first line. */
  action?: ReactNode
}

/** One endpoint: what it is called by, what it does, and which permissions it needs. */
export function EndpointLine({ endpoint, summary, badges, action }: EndpointLineProps) {
  useLocale()
  const { method, path, policies, since, uncertain, reads } = endpoint
  return (
    <div className={styles.line}>
      <span className={styles.method}>
        <Badge variant={variants[method]}>{method}</Badge>
      </span>
      <div className={styles.words}>
        <div className={styles.call}>
          <code className={styles.path}>
            <Path path={path} />
          </code>
          {uncertain && <Badge variant="warning">{m.endpoint_uncertain()}</Badge>}
          {badges}
        </div>
        <div>{summary}</div>
        <div className={styles.facts}>
          <span>
            {policies.length > 0
              ? m.endpoint_needs({
                  policies: formatNames(grantLines(policies).map(grantWords)),
                })
              : m.endpoint_needs_nothing()}
          </span>
          {/* The data knows no release before this one. */}
          {since !== oldestCatalogued && <span>{m.endpoint_since({ version: since })}</span>}
          {reads && <span>{places[reads]()}</span>}
        </div>
      </div>
      {action}
    </div>
  )
}

const places: Record<NonNullable<Endpoint['reads']>, () => string> = {
  request: m.endpoint_reads_request,
  basic: m.endpoint_reads_basic,
  both: m.endpoint_reads_both,
  'request-then-both': m.endpoint_reads_later_both,
}

const variants = {
  GET: 'info',
  POST: 'success',
  PUT: 'warning',
  DELETE: 'danger',
} as const satisfies Record<Method, string>
