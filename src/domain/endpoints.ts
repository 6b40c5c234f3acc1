/**
 * The endpoints that a server opens to job tokens, and the matching of requests to them. Imports
 * the whole catalogue: the first view may import only types from here, and the rest by `import()`.
 */
import type { TargetKind } from './allowlist.ts'
import {
  controllableEndpoints,
  type EndpointRow,
  type Method,
  type Policy,
  type TokenPlace,
  tokenPlaces,
  uncontrollableEndpoints,
} from './endpoint-catalogue.ts'
import { type ResourceName, resourceOffers } from './permission-catalogue.ts'
import { isCatalogued, oldestCatalogued } from './releases.ts'
import { atLeast, type Version } from './version.ts'

/** One REST endpoint that takes job tokens. */
export type Endpoint = {
  /** For links, such as `get-projects-id-jobs`: unique, and stable as long as GitLab's path is. */
  readonly id: string
  readonly method: Method
  /** The path below `/api/v4`, with parameters in GitLab's notation. */
  readonly path: string
  /** All of them are required; empty where permissions do not control the endpoint. */
  readonly policies: readonly Policy[]
  /** The resource whose scope opens the endpoint; null where permissions do not control it. */
  readonly resource: ResourceName | null
  /** The release (written `18.3`) that accepts job tokens; `18.0` includes older ones. */
  readonly since: string
  /** True where the required policies could not be confirmed. */
  readonly uncertain: boolean
  /** Where the endpoint looks for a job token; undefined where that is not known. */
  readonly reads: TokenPlace | undefined
}

/** The endpoint and the parameters of a request. */
export type EndpointMatch = {
  readonly endpoint: Endpoint
  /** Decoded, by name, such as `{ id: 'acme/app', job_id: '7' }`. */
  readonly params: Readonly<Record<string, string>>
  /** Undefined where the path does not tell, such as for `GET /job`. */
  readonly owner: Owner | undefined
}

/** A request's project or group; `reference` is as written: `42`, `acme/app`, `$CI_PROJECT_ID`. */
export type Owner = { readonly kind: TargetKind; readonly reference: string }

const endpoints: readonly Endpoint[] = [
  ...resourceOffers.flatMap(({ name }) =>
    controllableEndpoints[name].map((row) => toEndpoint(row, name, row.needs)),
  ),
  ...uncontrollableEndpoints.map((row) => toEndpoint(row, null, [])),
]

function toEndpoint(
  { method, path, since = oldestCatalogued, uncertain }: EndpointRow,
  resource: ResourceName | null,
  policies: readonly Policy[],
): Endpoint {
  const id = `${method}${path}`.toLowerCase().replace(/\W+/g, '-').replace(/-$/, '')
  return {
    id,
    method,
    path,
    policies,
    resource,
    since,
    uncertain: uncertain === true,
    reads: tokenPlaces.find(
      ([verb, pattern]) => (verb === 'any' || verb === method) && pattern.test(path),
    )?.[2],
  }
}

/**
 * The endpoints that a GitLab of this version opens to job tokens: by resource in the order of
 * GitLab's panel, then those that no permission controls.
 */
export function endpointsOf(version: Version): Endpoint[] {
  return endpoints.filter(({ since }) => isCatalogued(version, since))
}

/**
 * Whether "Read and write" of a resource opens anything that "Read" does not. Of a server older than the
 * catalogue this is not known, and taken to be so: before 18.0 pipelines hung on `ADMIN_JOBS`. To write
 * repositories opens no endpoint, but pushes by Git.
 * https://docs.gitlab.com/ci/jobs/ci_job_token/#allow-git-push-requests-to-your-project-repository
 */
export const isMoreThanRead = (resource: ResourceName, version: Version): boolean =>
  !atLeast(version, oldestCatalogued) ||
  resource === 'REPOSITORIES' ||
  endpointsOf(version).some(({ policies }) =>
    policies.some((policy) => policy === `ADMIN_${resource}`),
  )

/** The endpoints that permissions control and that jobs may call with these grants. */
export function openedBy(
  grants: { readonly everything: boolean; readonly policies: readonly string[] },
  endpoints: readonly Endpoint[],
): Endpoint[] {
  const granted = new Set(grants.policies)
  return endpoints.filter(
    ({ policies }) =>
      policies.length > 0 && (grants.everything || policies.every((policy) => granted.has(policy))),
  )
}

/**
 * Finds the endpoint that GitLab's router would choose, of any release; compare its `since` with
 * the server's version. GitLab's API is built with Grape: https://github.com/ruby-grape/grape
 * @param method in any case; `HEAD` is answered by the route of `GET`, as in Grape
 * @param url an address, or a path with or without `/api/v4`; what follows `?` or `#` is ignored
 * @param gitlabUrl address of the GitLab in use, with its relative URL root if it has one; without
 *   it every host counts as this GitLab
 * @returns undefined when no such endpoint accepts job tokens, `foreign` when the address has
 *   another host
 */
export function matchEndpoint(
  method: string,
  url: string,
  gitlabUrl: string,
): EndpointMatch | { foreign: string } | undefined {
  const path = apiPath(url, gitlabUrl)
  if (typeof path !== 'string') return path
  // Grape also collapses repeated slashes and ignores one at the end.
  const segments: string[] = []
  for (const segment of path.split('/')) if (segment) segments.push(decode(segment))
  routes ??= compile()
  const verb = method.toUpperCase()
  const root = routes.get(verb === 'HEAD' ? 'GET' : verb)
  const found = root && walk(root, segments, 0)
  if (!found) return undefined
  const { endpoint, params } = found
  return { endpoint, params, owner: ownerOf(endpoint.path, params) }
}

const api = '/api/v4/'

/** The path of an address after `/api/v4`. */
function apiPath(url: string, gitlabUrl: string): string | { foreign: string } | undefined {
  const text = url.trim()
  const { host, root } = homeAt(gitlabUrl)
  const address = withoutScheme.test(text) ? `https://${text}` : text
  if (!withScheme.test(address)) {
    const path = squeeze(`/${address.replace(/[?#].*/s, '')}`)
    return below(path, root + api) ?? below(path, api) ?? path
  }

  const parsed = tryUrl(address)
  if (!parsed) return undefined
  if (host && parsed.host !== host) return { foreign: parsed.host }
  const path = squeeze(parsed.pathname)
  // Without GitLab's address, everything before the API counts as the relative URL root.
  return below(path, host ? root + api : path.slice(0, path.indexOf(api)) + api)
}

/** The parsed address of the last GitLab: parsing takes as long as the match itself. */
let home: { readonly url: string; readonly host: string; readonly root: string } | undefined

function homeAt(url: string) {
  if (home?.url !== url) {
    const { host = '', pathname = '' } = tryUrl(url) ?? {}
    home = { url, host, root: pathname.replace(/\/+$/, '') }
  }
  return home
}

const withScheme = /^[a-z][a-z\d+.-]*:\/\//i
/** `gitlab.example.com/api/v4/…`, which curl accepts; no path of the API starts with a host. */
const withoutScheme = /^(?:localhost|[\w-]+[.:][\w.:-]+)\//i

const squeeze = (path: string) => (path.includes('//') ? path.replace(/\/{2,}/g, '/') : path)

const below = (path: string, prefix: string) =>
  path.startsWith(prefix) ? path.slice(prefix.length) : undefined

function tryUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** Decodes a segment. Text that cannot be decoded, such as a variable `%JOB%`, stays as it is. */
function decode(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/**
 * The owner of the requested data. Instance-wide Maven and Conan paths have no `:id`, but contain
 * the project's path in the name of the package:
 * https://docs.gitlab.com/user/packages/maven_repository/
 * https://docs.gitlab.com/user/packages/conan_1_repository/
 */
function ownerOf(path: string, params: Readonly<Record<string, string>>): Owner | undefined {
  if (path.startsWith('/projects/')) return owner('project', params.id)
  if (path.startsWith('/group')) return owner('group', params.id)
  if (path.startsWith('/packages/conan/')) {
    const project = params.package_username?.replaceAll('+', '/')
    return owner('project', project?.includes('/') ? project : undefined)
  }
  if (path.startsWith('/packages/maven/') && !params.file_name?.startsWith('maven-metadata.')) {
    const project = params.path?.replace(/\/[^/]*$/, '')
    return owner('project', project?.includes('/') ? project : undefined)
  }
  return undefined
}

const owner = (kind: TargetKind, reference: string | undefined): Owner | undefined =>
  reference === undefined ? undefined : { kind, reference }

/** What a parameter matches, in the order of trying; `path` matches one or more segments. */
const takings = ['number', 'segment', 'path'] as const
type Takes = (typeof takings)[number]
/** A parameter of a route, with the literal text at the end of its segment, such as `.mod`. */
type Parameter = { readonly name: string; readonly takes: Takes; readonly suffix: string }
/** A node of the router's tree; `params` has the more specific parameters first. */
type RouteNode = {
  readonly words: Map<string, RouteNode>
  readonly params: (Parameter & { readonly node: RouteNode })[]
  endpoint: Endpoint | undefined
}

/** The router's trees by method, built on first use. */
let routes: Map<string, RouteNode> | undefined

function compile(): Map<string, RouteNode> {
  const roots = new Map<string, RouteNode>()
  for (const endpoint of endpoints) {
    const root = roots.get(endpoint.method) ?? newNode()
    roots.set(endpoint.method, root)
    for (const path of spellings(endpoint.path)) {
      const segments = path.split('/').filter(Boolean)
      const end = segments.reduce((node, segment) => wayOn(node, segment, path), root)
      end.endpoint = endpoint
    }
  }
  return roots
}

const newNode = (): RouteNode => ({ words: new Map(), params: [], endpoint: undefined })

/** The spellings of a path with and without each of its optional parts. */
function spellings(path: string): string[] {
  const optional = /\(([^()]*)\)/
  if (!optional.test(path)) return [path]
  return [path.replace(optional, ''), path.replace(optional, '$1')].flatMap(spellings)
}

/** The child node for a segment of a route, created if missing. */
function wayOn({ words, params }: RouteNode, segment: string, path: string): RouteNode {
  const [, sign, name, suffix = ''] = /^([:*])(\w+)(.*)$/.exec(segment) ?? []
  if (!name) {
    const node = words.get(segment) ?? newNode()
    words.set(segment, node)
    return node
  }
  const takes = takenBy(name, sign === '*', path)
  const known = params.find((p) => p.name === name && p.takes === takes && p.suffix === suffix)
  if (known) return known.node
  const node = newNode()
  params.push({ name, takes, suffix, node })
  params.sort((a, b) => rank(a) - rank(b))
  return node
}

const rank = ({ takes, suffix }: Parameter) => (suffix ? -1 : takings.indexOf(takes))

/** Parameters that GitLab declares as `type: Integer`: Grape's router matches only digits. */
const numbers =
  /^\w+_iid$|^serial$|^(?:badge|deployment|environment|job|link|note|noteable|package|package_file|pipeline|repository|secure_file)_id$/

/**
 * What a parameter matches. Some routes are stricter or wider than their path says: in GitLab's
 * `lib/api` (commit not recorded), npm (except for tarballs) and group-level Composer require a
 * `package_name` without a slash, and a `ref_name` of artifacts may contain slashes.
 */
function takenBy(name: string, isGlob: boolean, path: string): Takes {
  if (numbers.test(name)) return 'number'
  if (name === 'ref_name') return 'path'
  const isStrict =
    path.startsWith('/group/') || (path.includes('/npm/') && !path.includes('/-/*file_name'))
  return isGlob && !isStrict ? 'path' : 'segment'
}

type Found = { readonly endpoint: Endpoint; readonly params: Record<string, string> }

/** The first endpoint down the tree that takes all segments. */
function walk(node: RouteNode, segments: readonly string[], at: number): Found | undefined {
  const segment = segments[at]
  if (segment === undefined) return node.endpoint && { endpoint: node.endpoint, params: {} }
  const word = node.words.get(segment)
  const found = word && walk(word, segments, at + 1)
  if (found) return found
  for (const param of node.params) {
    if (!accepts(param, segment)) continue
    // As few segments as will do: Grape's globs are not greedy.
    const last = param.takes === 'path' ? segments.length : at + 1
    for (let end = at + 1; end <= last; end++) {
      const rest = walk(param.node, segments, end)
      if (!rest) continue
      const text = end === at + 1 ? segment : segments.slice(at, end).join('/')
      rest.params[param.name] = text.slice(0, text.length - param.suffix.length)
      return rest
    }
  }
  return undefined
}

/** Whether a parameter may begin with this segment. */
function accepts({ takes, suffix }: Parameter, segment: string): boolean {
  if (takes === 'number') return numeric.test(segment)
  return segment.length > suffix.length && segment.endsWith(suffix)
}

/** Digits, or what a script or manual writes for them: `$ID`, `${ID}`, `%ID%`, `{id}`, `<id>`, `:id`. */
const numeric = /^\d+$|[$%{<]|^:/
