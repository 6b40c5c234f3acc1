import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { metadataQuery } from '../../api/server.ts'
import { useSession, useSignedIn } from '../../api/use-api.ts'
import { type Endpoint, endpointsOf } from '../../domain/endpoints.ts'
import type { ResourceName } from '../../domain/permission-catalogue.ts'
import { grantLines } from '../../domain/permissions.ts'
import type { Version } from '../../domain/version.ts'
import { endpointSummary } from '../../i18n/endpoint-summaries.ts'
import { formatNames, formatNumber } from '../../i18n/format.ts'
import { type Locale, useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { bringIntoSight } from '../../ui/into-sight.ts'
import { PageState } from '../../ui/PageState.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { notify } from '../../ui/toasts.ts'
import { EndpointCall, EndpointMarks } from '../shared/EndpointLine.tsx'
import pageStyles from '../shared/page.module.css'
import { grantWords, resourceLabels } from '../shared/policy-words.ts'
import { resourceDescriptions } from '../shared/resource-descriptions.ts'
import { useAddressText } from '../shared/use-address-text.ts'
import styles from './EndpointsPage.module.css'
import {
  allEndpoints,
  byRelease,
  everyVersion,
  filterOf,
  findEndpoints,
  type QueryReading,
  resources,
  shareable,
} from './endpoint-filter.ts'
import { FilterFields } from './FilterFields.tsx'

/** GitLab's own list of these endpoints. */
const gitlabsList = 'https://docs.gitlab.com/ci/jobs/fine_grained_permissions/'

const route = getRouteApi('/endpoints')

/** Every endpoint that takes job tokens: public facts, which nobody has to sign in for. */
export function EndpointsPage() {
  return useSession().state === 'signed-in' ? <ForServer /> : <Reference gitlabUrl="" />
}

function ForServer() {
  const { api, connection } = useSignedIn()
  // The list does not wait for it, and does without where it does not come.
  const { data } = useQuery(metadataQuery(api))
  return <Reference gitlabUrl={connection.webAddress} own={data?.version} />
}

type ReferenceProps = {
  gitlabUrl: string
  /** Of the GitLab in use. */
  own?: Version | undefined
}

function Reference({ gitlabUrl, own }: ReferenceProps) {
  const locale = useLocale()
  const address = route.useSearch()
  const navigate = route.useNavigate()
  const [text, follow] = useAddressText(address.q ?? '', shareable, (q) => change({ q }))
  const asked = { ...address, q: text }
  const filter = filterOf({ ...asked, version: asked.version ?? startVersion() })
  const { reading, endpoints } = findEndpoints(filter, locale, gitlabUrl)
  const found = new Set(endpoints)
  const marked = address.endpoint
  useMarked(marked)

  /**
   * The list starts with the release of the GitLab in use. What is looked for and only newer
   * releases have is shown all the same, marked as such.
   */
  function startVersion(): string | undefined {
    if (!own) return undefined
    const version = `${own.major}.${own.minor}`
    const { endpoints } = findEndpoints(filterOf({ ...asked, version }), locale, gitlabUrl)
    const marked = address.endpoint
    const has = marked === undefined || endpoints.some(({ id }) => id === marked)
    return endpoints.length > 0 && has ? version : undefined
  }

  /** Changes the filter; a link to one endpoint (`endpoint`) ends with it. */
  function change(changes: Parameters<typeof filterOf>[0]) {
    void navigate({
      search: (kept) => ({ ...kept, endpoint: undefined, ...changes }),
      replace: true,
      resetScroll: false,
    })
  }

  function clear() {
    follow('')
    change({ resource: undefined, scope: undefined, method: undefined, version: everyVersion })
  }

  return (
    <div className={pageStyles.page}>
      <title>{m.document_title({ title: m.endpoints_title() })}</title>
      <header className={pageStyles.header}>
        <h1>{m.endpoints_title()}</h1>
        <p className={pageStyles.about}>{m.endpoints_about()}</p>
        <p className={pageStyles.about}>
          {m.endpoints_tiers()}{' '}
          <ExternalLink href={gitlabsList} newTabLabel={m.opens_new_tab()}>
            {m.endpoints_source()}
          </ExternalLink>
        </p>
      </header>
      <search className={styles.search}>
        <SearchField
          label={m.endpoints_search()}
          clearLabel={m.endpoints_search_clear()}
          placeholder={m.endpoints_search_placeholder()}
          value={text}
          onValueChange={follow}
        />
        <FilterFields filter={filter} own={own} onChange={change} />
        <p role="status" className={styles.found}>
          {m.endpoints_found({
            count: formatNumber(endpoints.length),
            total: formatNumber(allEndpoints.length),
          })}
        </p>
      </search>
      <Said reading={reading} count={endpoints.length} />
      {marked !== undefined && !allEndpoints.some(({ id }) => id === marked) && (
        <Alert variant="warning" live="polite">
          {m.endpoints_unknown({ id: marked })}
        </Alert>
      )}
      {endpoints.length === 0 ? (
        <PageState
          icon="search"
          level={2}
          title={m.endpoints_none_title()}
          actions={<Button onClick={clear}>{m.endpoints_clear_filters()}</Button>}
        >
          {m.endpoints_none_body()}
        </PageState>
      ) : (
        groups.map((group) => (
          <Group key={group.resource} {...group} found={found} marked={marked} own={own} />
        ))
      )}
    </div>
  )
}

/** Says how a pasted address was understood. */
function Said({ reading, count }: { reading: QueryReading; count: number }) {
  if (reading.as === 'words') return null
  const { foreign, refusedMethod } = reading
  return (
    <>
      {foreign && (
        <Alert variant="warning" live="polite">
          {m.endpoints_foreign({ host: foreign })}
        </Alert>
      )}
      {count > 0 && (
        <Alert variant={refusedMethod ? 'warning' : 'info'} live="polite">
          {refusedMethod
            ? m.endpoints_other_method({ method: refusedMethod })
            : m.endpoints_address({ count: formatNumber(count) })}
        </Alert>
      )}
    </>
  )
}

/**
 * The resources in the order of GitLab's panel; null for what permissions do not control. What a
 * newer release brings comes after what every GitLab has.
 */
const groups = [...resources, null]
  .map((resource) => ({
    resource,
    endpoints: allEndpoints
      .filter((endpoint) => endpoint.resource === resource)
      .sort((a, b) => byRelease(a.since, b.since)),
  }))
  .sort((a, b) => byRelease(a.endpoints[0]?.since ?? '', b.endpoints[0]?.since ?? ''))

type GroupProps = {
  resource: ResourceName | null
  /** All of the group. */
  endpoints: readonly Endpoint[]
  found: ReadonlySet<Endpoint>
  /** The id of the endpoint that the address leads to. */
  marked: string | undefined
  own: Version | undefined
}

function Group({ resource, endpoints, found, marked, own }: GroupProps) {
  const locale = useLocale()
  const columns = useMemo(() => columnsOf(resource !== null, own, locale), [resource, own, locale])
  const count = endpoints.filter((endpoint) => found.has(endpoint)).length
  if (count === 0) return null
  const title = resource ? resourceLabels[resource]() : m.endpoint_needs_nothing()
  return (
    <Card
      title={title}
      flush
      description={
        resource
          ? resourceDescriptions[resource]()
          : `${m.endpoints_uncontrolled_about()} ${m.endpoints_table_says()}`
      }
      count={m.endpoints_found_of_group({
        count: formatNumber(count),
        total: formatNumber(endpoints.length),
      })}
    >
      <Table
        label={title}
        columns={columns}
        rows={endpoints}
        keyOf={({ id }) => id}
        // None but those that are found.
        drawn={0}
        rowHeights={rowHeights}
        current={marked}
        isShown={(endpoint) => found.has(endpoint)}
      />
    </Card>
  )
}

const rowHeights = ['2.8125rem', '14rem'] as const

/** @param own the version of the GitLab in use */
function columnsOf(
  controlled: boolean,
  own: Version | undefined,
  locale: Locale,
): Column<Endpoint>[] {
  const offered = own && new Set(endpointsOf(own))
  const needs: Column<Endpoint> = {
    name: 'needs',
    header: m.endpoints_column_needs(),
    width: 'minmax(0, 4fr)',
    named: true,
    cell: ({ policies }) => formatNames(grantLines(policies).map(grantWords)),
  }
  return [
    {
      name: 'endpoint',
      header: m.endpoints_column(),
      width: 'minmax(0, 9fr)',
      cell: (endpoint) => (
        <div id={endpoint.id} className={styles.endpoint}>
          <EndpointCall
            endpoint={endpoint}
            badges={
              <>
                {own && !offered?.has(endpoint) && (
                  <Badge variant="muted">
                    {m.endpoints_not_yet({ version: `${own.major}.${own.minor}` })}
                  </Badge>
                )}
                <EndpointMarks endpoint={endpoint} />
              </>
            }
          />
        </div>
      ),
    },
    {
      name: 'summary',
      header: m.endpoints_column_summary(),
      width: 'minmax(0, 6fr)',
      cell: (endpoint) => endpointSummary(endpoint, locale),
    },
    ...(controlled ? [needs] : []),
    {
      name: 'link',
      header: m.column_actions(),
      width: '5rem',
      corner: true,
      cell: (endpoint) => <CopyLink endpoint={endpoint} />,
    },
  ]
}

/** Brings the endpoint into sight that the address leads to. */
function useMarked(marked: string | undefined) {
  const router = useRouter()
  useEffect(() => {
    if (marked === undefined) return
    function show() {
      const place = marked && document.getElementById(marked)
      if (place) bringIntoSight(place)
    }
    show()
    // Arriving on a page, the router scrolls to its top, and only then says so.
    const forget = router.subscribe('onRendered', () => {
      show()
      forget()
    })
    return forget
  }, [marked, router])
}

function CopyLink({ endpoint }: { endpoint: Endpoint }) {
  const router = useRouter()
  const link = { to: '/endpoints', search: { endpoint: endpoint.id } } as const

  async function copy() {
    const address = router.history.createHref(router.buildLocation(link).publicHref)
    try {
      await navigator.clipboard.writeText(new URL(address, location.href).href)
      notify(() => m.endpoints_copied())
    } catch {
      await router.navigate({ ...link, resetScroll: false })
      notify(() => m.endpoints_copy_failed(), { variant: 'danger' })
    }
  }

  return (
    <IconButton
      icon="link"
      variant="quiet"
      label={m.endpoints_copy({ call: `${endpoint.method} ${endpoint.path}` })}
      onClick={() => void copy()}
    />
  )
}
