/** Which endpoints the page shows for an address of it. Brings the whole catalogue along. */
import type { Method } from '../../domain/endpoint-catalogue.ts'
import { type Endpoint, endpointsOf, matchEndpoint } from '../../domain/endpoints.ts'
import { type ResourceName, resourceOffers } from '../../domain/permission-catalogue.ts'
import { maskShort } from '../../domain/reading/secrets/mask-change.ts'
import { parseVersion, type Version } from '../../domain/version.ts'
import { endpointSummary } from '../../i18n/endpoint-summaries.ts'
import type { Locale } from '../../i18n/locale.ts'

export const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'DELETE']
export const neededScopes = ['read', 'read-write'] as const
export const resources: readonly ResourceName[] = resourceOffers.map(({ name }) => name)
/** Every endpoint, of any release, in the order of GitLab's panel. */
export const allEndpoints = endpointsOf({ major: Number.POSITIVE_INFINITY, minor: 0 })
/** The releases (written `18.3`) that brought endpoints, oldest first; `18.0` stands for older ones. */
export const releases: readonly string[] = [
  ...new Set(allEndpoints.map(({ since }) => since)),
].sort(byRelease)

/** Orders releases as written (`18.3`), the oldest first. */
export function byRelease(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/** Written in the address for the endpoints of all releases, where the list starts with one. */
export const everyVersion = 'all'

/** What the page's address asks for, as written there. */
export type EndpointAddress = {
  readonly [Name in 'q' | 'resource' | 'scope' | 'method' | 'version']?: string | undefined
}

/** Undefined: all. */
export type EndpointFilter = {
  /** Words to find, or an address, with a method before it or without. */
  readonly query: string
  /** Whose permissions it needs; `none` for what permissions do not control. */
  readonly resource: ResourceName | 'none' | undefined
  /** The scope that it needs. */
  readonly scope: (typeof neededScopes)[number] | undefined
  readonly method: Method | undefined
  /** What a GitLab of this version has. */
  readonly version: Version | undefined
}

/** What an address asks for; what it cannot ask for is ignored. */
export function filterOf({
  q = '',
  resource,
  scope,
  method,
  version = '',
}: EndpointAddress): EndpointFilter {
  return {
    query: q,
    resource: resource === 'none' ? resource : resources.find((name) => name === resource),
    scope: neededScopes.find((name) => name === scope),
    method: methods.find((name) => name === method),
    version: parseVersion(version),
  }
}

/**
 * A query as it may stand in the page's address: without secrets, and without what follows `?` or
 * `#` in a pasted address, which means nothing for the endpoint.
 */
export const shareable = (query: string): string =>
  maskShort(query.trim()).replace(/(\/[^\s?#]*)[?#]\S*/, '$1')

/** How the query was read. */
export type QueryReading =
  | { readonly as: 'words' }
  | {
      readonly as: 'address'
      /** The host, if it is another one than the GitLab's in use. */
      readonly foreign: string | undefined
      /** The method before it, where only other methods have an endpoint. */
      readonly refusedMethod: string | undefined
    }

export type FoundEndpoints = {
  readonly reading: QueryReading
  /** In the order of GitLab's panel. */
  readonly endpoints: readonly Endpoint[]
}

/**
 * The endpoints that a filter leaves.
 * @param locale whose summaries are searched
 * @param gitlabUrl address of the GitLab in use; without it no host is foreign
 */
export function findEndpoints(
  filter: EndpointFilter,
  locale: Locale,
  gitlabUrl: string,
): FoundEndpoints {
  const byAddress = readAddress(filter.query, gitlabUrl)
  const words = fold(filter.query).split(/\s+/)
  const byWords = allEndpoints.filter((endpoint) => {
    const text = textOf(endpoint, locale)
    return words.every((word) => text.includes(word))
  })
  // A path that somebody types is text for as long as it stands in one; `GET` or a host is no text.
  const { reading, endpoints } =
    byAddress && (byAddress.explicit || byWords.length === 0)
      ? byAddress
      : { reading: { as: 'words' } as const, endpoints: byWords }
  const offered = filter.version && new Set(endpointsOf(filter.version))
  return {
    reading,
    endpoints: endpoints.filter(
      (endpoint) => passes(endpoint, filter) && (!offered || offered.has(endpoint)),
    ),
  }
}

function passes({ method, policies }: Endpoint, filter: EndpointFilter): boolean {
  if (filter.method && method !== filter.method) return false
  if (filter.resource === 'none') return policies.length === 0 && !filter.scope
  if (!filter.resource && !filter.scope) return true
  const [verbs, names] = [
    filter.scope ? [filter.scope === 'read' ? 'READ' : 'ADMIN'] : ['READ', 'ADMIN'],
    filter.resource ? [filter.resource] : resources,
  ]
  return policies.some((policy) =>
    verbs.some((verb) => names.some((name) => policy === `${verb}_${name}`)),
  )
}

/** Everything that can be searched, without regard to case and to full-width letters. */
const textOf = (endpoint: Endpoint, locale: Locale) =>
  fold(
    [endpoint.method, endpoint.path, endpointSummary(endpoint, locale), ...endpoint.policies].join(
      ' ',
    ),
  )

const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase()

/** An address without blanks, with quotation marks around it or without, and a method before it. */
const addressPattern =
  /^(?:(GET|HEAD|POST|PUT|PATCH|DELETE)\s+)?["'<`]?([^\s"'<>`]*\/[^\s"'<>`]*)["'>`]?$/i
/** What no path of the catalogue has in it: a scheme, a host, or where the API is. */
const beyondPath = /:\/\/|^[\w-]+(?:\.[\w-]+)+\/|^[\w-]+:\d+\/|\/?api\/v4\//i

/** The endpoints of an address; `explicit` where the query can be nothing but an address. */
function readAddress(query: string, gitlabUrl: string) {
  const [, method, url] = addressPattern.exec(query.normalize('NFKC').trim()) ?? []
  if (!url) return undefined
  const asked = methods.map((each) => [each, matchEndpoint(each, url, gitlabUrl)] as const)
  const abroad = asked.flatMap(([, match]) => (match && 'foreign' in match ? [match.foreign] : []))
  // Another GitLab has the same endpoints.
  const matches = methods.flatMap((each) => {
    const match = matchEndpoint(each, url, '')
    return match && 'endpoint' in match ? [match.endpoint] : []
  })
  const wanted = method?.toUpperCase() === 'HEAD' ? 'GET' : method?.toUpperCase()
  const exact = matches.filter((endpoint) => !wanted || endpoint.method === wanted)
  return {
    explicit: method !== undefined || beyondPath.test(url),
    reading: {
      as: 'address',
      foreign: abroad[0],
      refusedMethod: exact.length === 0 && matches.length > 0 ? wanted : undefined,
    },
    endpoints: exact.length > 0 ? exact : matches,
  } as const
}
