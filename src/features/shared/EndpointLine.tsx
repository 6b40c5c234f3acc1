import type { ReactNode } from 'react'
import type { Method } from '../../domain/endpoint-catalogue.ts'
import type { Endpoint } from '../../domain/endpoints.ts'
import { grantLines } from '../../domain/permissions.ts'
import { oldestCatalogued } from '../../domain/releases.ts'
import { formatNames } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './EndpointLine.module.css'
import { Path } from './Path.tsx'
import { grantWords } from './policy-words.ts'

type EndpointLineProps = {
  endpoint: Endpoint
  /** What the endpoint does. A prop, so that a user of this line need not load all summaries. */
  summary: string
  /** Badges that stand behind the path. */
  badges?: ReactNode
}

/** One endpoint: its method and path, what it does, and which permissions it needs. */
export function EndpointLine({ endpoint, summary, badges }: EndpointLineProps) {
  const { policies, since, reads } = endpoint
  return (
    <EndpointCall endpoint={endpoint} badges={badges}>
      <div>{summary}</div>
      <div className={styles.facts}>
        <span>
          {policies.length > 0
            ? m.endpoint_needs({ policies: formatNames(grantLines(policies).map(grantWords)) })
            : m.endpoint_needs_nothing()}
        </span>
        {/* The data knows no release before this one. */}
        {since !== oldestCatalogued && <span>{m.endpoint_since({ version: since })}</span>}
        {reads && <span>{places[reads].whole()}</span>}
      </div>
    </EndpointCall>
  )
}

type EndpointCallProps = Pick<EndpointLineProps, 'endpoint' | 'badges'> & {
  /** Lines below the path. */
  children?: ReactNode
}

/** The method and the path of an endpoint. */
export function EndpointCall({
  endpoint: { method, path, uncertain },
  badges,
  children,
}: EndpointCallProps) {
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
        {children}
      </div>
    </div>
  )
}

/** The release that brought an endpoint, and where it reads a job token, as short badges. */
export function EndpointMarks({ endpoint: { since, reads } }: { endpoint: Endpoint }) {
  return (
    <>
      {since !== oldestCatalogued && (
        <Badge variant="muted">{m.endpoint_since({ version: since })}</Badge>
      )}
      {reads && (
        <Badge variant="muted" title={places[reads].whole()}>
          <span aria-hidden="true">{places[reads].short()}</span>
          <VisuallyHidden>{places[reads].whole()}</VisuallyHidden>
        </Badge>
      )}
    </>
  )
}

const places: Record<NonNullable<Endpoint['reads']>, { short(): string; whole(): string }> = {
  request: { short: m.endpoint_reads_request_short, whole: m.endpoint_reads_request },
  basic: { short: m.endpoint_reads_basic_short, whole: m.endpoint_reads_basic },
  both: { short: m.endpoint_reads_both_short, whole: m.endpoint_reads_both },
  'request-then-both': {
    short: m.endpoint_reads_request_short,
    whole: m.endpoint_reads_later_both,
  },
}

const variants = {
  GET: 'info',
  POST: 'success',
  PUT: 'warning',
  DELETE: 'danger',
} as const satisfies Record<Method, string>
