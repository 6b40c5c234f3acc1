/** From what a tool does to what is to be said about it: whose project, which policies. */
import type { Owner } from '../endpoints.ts'
import { matchEndpoint } from '../endpoints.ts'
import { parseReference } from '../reference.ts'
import type { Answer, ReadingContext, Target } from './findings.ts'
import { Env } from './shell-state.ts'

/**
 * Which token a call carries and how. `job` is a job token passed in a way that GitLab reads;
 * `private-token` and `user-name` are job tokens that it does not find.
 */
export type Credential = 'job' | 'private-token' | 'user-name' | 'other' | 'none'

/** What a tool tries; `unclear` is a use of the job token for something that cannot be told. */
export type Attempt =
  | {
      readonly what: 'request'
      readonly method: string
      readonly url: string
      readonly token: Credential
    }
  | { readonly what: 'git-read' | 'git-push'; readonly url: string; readonly token: Credential }
  | { readonly what: 'registry-login'; readonly token: Credential }
  | { readonly what: 'unclear'; readonly token: Credential }

/**
 * Variables that hold a job token, in any spelling, and the token itself.
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 */
const jobToken = /\b(?:CI_JOB_TOKEN|CI_BUILD_TOKEN|CI_REGISTRY_PASSWORD)\b|\bglcbt-/

/** Whether a value is or names the job token. */
export const isJobToken = (value: string) => jobToken.test(value)

/**
 * The user name and password of a call. GitLab looks for a job token only under one name:
 * https://docs.gitlab.com/ci/jobs/ci_job_token/
 */
export function userCredential(user: string, password: string): Credential {
  if (!isJobToken(password)) return password ? 'other' : 'none'
  return user === 'gitlab-ci-token' || user.includes('$') ? 'job' : 'user-name'
}

/** A header, as `Name: value`. https://docs.gitlab.com/api/rest/authentication/ */
export function headerCredential(header: string): Credential {
  const colon = header.indexOf(':')
  const value = header.slice(colon + 1).trim()
  switch (colon < 0 ? '' : header.slice(0, colon).trim().toLowerCase()) {
    case 'job-token':
      return 'job'
    case 'private-token':
      return isJobToken(value) ? 'private-token' : 'other'
    case 'deploy-token':
      return 'other'
    case 'authorization':
      // Also as a bearer, which is how npm sends it.
      return isJobToken(value) ? 'job' : 'other'
    default:
      return 'none'
  }
}

/** A parameter of an address or a form, as `name=value`. */
export function parameterCredential(parameter: string): Credential {
  const [, key, value = ''] = /^\s*(\w+)=(.*)$/s.exec(parameter) ?? []
  switch (key?.toLowerCase()) {
    case 'job_token':
      return 'job'
    case 'private_token':
      return isJobToken(value) ? 'private-token' : 'other'
    case 'access_token':
    case 'token':
      return isJobToken(value) ? 'job' : 'other'
    default:
      return 'none'
  }
}

/** The credentials inside an address: user and password, or parameters. */
export function urlCredential(url: string): Credential {
  const [, user = '', password = ''] = /^\w+:\/\/([^/:@]*)(?::([^/@]*))?@/.exec(url) ?? []
  const query = url.indexOf('?')
  const parameters = query < 0 ? [] : url.slice(query + 1).split('&', 20)
  // A token alone in front of the host is a user name without password.
  const alone: Credential = !password && isJobToken(user) ? 'user-name' : 'none'
  return strongest([alone, userCredential(user, password), ...parameters.map(parameterCredential)])
}

const strength: readonly Credential[] = ['job', 'private-token', 'user-name', 'other', 'none']

/** Of several credentials on one call the one that decides: a job token that is found, is used. */
export function strongest(credentials: readonly Credential[]): Credential {
  return strength.find((credential) => credentials.includes(credential)) ?? 'none'
}

/** What GitLab sets in every job, as far as it is known without running one. */
export function predefined({ gitlabUrl, ownProject }: ReadingContext): Env {
  const home = gitlabUrl.replace(/\/+$/, '')
  const [, protocol = 'https', fqdn = ''] = /^(\w+):\/\/([^/]+)/.exec(home) ?? []
  const env = new Env([
    ['CI_API_V4_URL', `${home}/api/v4`],
    ['CI_API_GRAPHQL_URL', `${home}/api/graphql`],
    ['CI_REGISTRY_IMAGE', '${CI_REGISTRY}/${CI_PROJECT_PATH}'],
    ['CI_PROJECT_URL', `${home}/\${CI_PROJECT_PATH}`],
  ])
  if (home) {
    env.set('CI_SERVER_URL', home)
    env.set('CI_SERVER_PROTOCOL', protocol)
    env.set('CI_SERVER_FQDN', fqdn)
    env.set('CI_SERVER_HOST', fqdn.replace(/:\d+$/, ''))
    const port = /:(\d+)$/.exec(fqdn)?.[1] ?? (protocol === 'http' ? '80' : '443')
    env.set('CI_SERVER_PORT', port)
    const repository = home.replace('://', '://gitlab-ci-token:${CI_JOB_TOKEN}@')
    env.set('CI_REPOSITORY_URL', `${repository}/\${CI_PROJECT_PATH}.git`)
  }
  const path = ownProject?.fullPath
  if (path) {
    const slash = path.lastIndexOf('/')
    // CI_PROJECT_PATH stays a variable: in an address it has to be encoded, and it often is not.
    env.set('CI_PROJECT_NAMESPACE', path.slice(0, slash))
    env.set('CI_PROJECT_ROOT_NAMESPACE', path.split('/', 1)[0] as string)
    env.set('CI_PROJECT_NAME', path.slice(slash + 1))
  }
  return env
}

/**
 * What is to be said about an attempt; undefined where it counts for nothing: another host, or an
 * address that nothing says is GitLab's.
 */
export function judge(attempt: Attempt, context: ReadingContext): Answer | undefined {
  const { token } = attempt
  if (attempt.what === 'unclear') return byToken(token) ?? unrecognised
  if (attempt.what === 'registry-login') {
    // Signing in asks nothing of any project; what is pulled or pushed afterwards may.
    const target: Target = { kind: 'own' }
    return byToken(token) ?? { code: 'not-controllable', deed: 'registry-login', target }
  }
  if (attempt.what === 'request') return judgeRequest(attempt, context)
  return judgeGit(attempt, context)
}

const unrecognised: Answer = { code: 'not-recognised' }

/** What is said of a call already because of its token. */
function byToken(token: Credential): Answer | undefined {
  if (token === 'private-token' || token === 'user-name') {
    return { code: 'wrong-token', because: token }
  }
  if (token === 'other') return { code: 'other-token' }
  return token === 'none' ? { code: 'no-token' } : undefined
}

type RequestAttempt = Extract<Attempt, { what: 'request' }>

function judgeRequest(
  { method, url, token }: RequestAttempt,
  context: ReadingContext,
): Answer | undefined {
  const place = placeOf(url, context)
  if (place.where === 'elsewhere') return undefined
  if (place.where === 'graphql') {
    return (
      byToken(token === 'private-token' ? 'job' : token) ?? {
        code: 'not-possible',
        because: 'graphql',
      }
    )
  }
  // Nothing but a job token says that the rest is GitLab's.
  const usesJobToken = token !== 'other' && token !== 'none'
  if (place.where === 'unclear') return usesJobToken ? unrecognised : undefined
  const answer = byToken(token)
  if (answer) return answer
  // `-X "$METHOD"`
  if (!/^[a-z]+$/i.test(method)) return unrecognised

  const match = matchEndpoint(method, place.path, context.gitlabUrl)
  if (match && 'foreign' in match) return undefined
  if (!match) return beyondCatalogue(method, place.path, context)
  const { endpoint } = match
  const target = endpoint.path.startsWith('/job')
    ? jobOwner(endpoint.path)
    : targetOf(match.owner, context)
  if (endpoint.path.includes('/registry/repositories') && isOther(target)) {
    // https://docs.gitlab.com/ci/jobs/ci_job_token/
    return { code: 'not-possible', because: 'registry-of-another-project', deed: endpoint, target }
  }
  if (endpoint.resource === null) return { code: 'not-controllable', deed: endpoint, target }
  return { code: 'needs', deed: endpoint, policies: endpoint.policies, target }
}

const isOther = (target: Target) => target.kind !== 'own'

/** `/job` is the one that runs; `/jobs/:id` may be any. */
const jobOwner = (path: string): Target =>
  path.startsWith('/jobs/') ? { kind: 'unknown' } : { kind: 'own' }

type Place =
  | { readonly where: 'api'; readonly path: string }
  | { readonly where: 'elsewhere' }
  | { readonly where: 'graphql' }
  | { readonly where: 'unclear' }

/** Where an address leads. */
function placeOf(url: string, { gitlabUrl }: ReadingContext): Place {
  const home = gitlabUrl.replace(/\/+$/, '')
  const homeHost = /^\w+:\/\/([^/]+)/.exec(home)?.[1]?.toLowerCase() ?? ''
  let address = url.trim().replace(/^(\w+:\/\/)[^/@]*@/, '$1')
  // A variable in front, such as ${GITLAB_URL}, can only mean a GitLab when its API follows.
  if (/^(?:\w+:\/\/)?[^/]*\$[{(]/.test(address)) {
    const api = address.indexOf('/api/v4/')
    if (api < 0) return { where: /\/api\/graphql\b/.test(address) ? 'graphql' : 'unclear' }
    address = address.slice(api)
  }
  const host = /^\w+:\/\/([^/?#]+)/.exec(address)?.[1]?.toLowerCase()
  if (host && homeHost && withoutPort(host) !== withoutPort(homeHost)) return { where: 'elsewhere' }
  const root = host && home.replace(/^\w+:\/\/[^/]+/, '')
  const path = host ? address.replace(/^\w+:\/\/[^/?#]+/, '') : address
  const rest = root && path.startsWith(`${root}/`) ? path.slice(root.length) : path
  if (/^\/+api\/graphql\b/.test(rest)) return { where: 'graphql' }
  if (host ? /^\/+api\/v4\//.test(rest) : true) {
    // One of GitLab's own ports is as good as another: the load balancer decides.
    return { where: 'api', path: host ? rest : path }
  }
  return { where: 'unclear' }
}

/** A default port may be written, as `$CI_SERVER_HOST:$CI_SERVER_PORT` does. */
const withoutPort = (host: string) => host.replace(/:(?:443|80|\$\{\w+\})$/, '')

/**
 * Endpoints that take job tokens without asking for policies and are not in GitLab's list.
 * https://docs.gitlab.com/ci/jobs/ci_job_token/
 */
const uncatalogued: readonly (readonly [method: RegExp, path: RegExp])[] = [
  [/^POST$/, /^projects\/([^/]+)\/trigger\/pipeline$/],
  [/./, /^projects\/([^/]+)\/packages\/(?:nuget|helm|terraform\/modules)\//],
]

function beyondCatalogue(method: string, path: string, context: ReadingContext): Answer {
  const below = path
    .replace(/[?#].*/s, '')
    .replace(/^\/*(?:api\/v4)?\/*/, '')
    .replace(/\/+$/, '')
  for (const [verb, pattern] of uncatalogued) {
    const id = verb.test(method) ? pattern.exec(below)?.[1] : undefined
    if (!id) continue
    const target = targetOf({ kind: 'project', reference: decode(id) }, context)
    return { code: 'not-controllable', deed: 'uncatalogued', target }
  }
  if (/^packages\/terraform\/modules\/v1\/./.test(below)) {
    return { code: 'not-controllable', deed: 'uncatalogued', target: { kind: 'unknown' } }
  }
  // NuGet and Helm of groups, and what has a variable where the kind of thing is named.
  const [root = '', , thing = ''] = below.split('/', 3)
  if (/^groups?\/[^/]+\/-\/packages\/(?:nuget|helm)/.test(below)) return unrecognised
  if (!root || root.includes('$') || thing.includes('$')) return unrecognised
  // A path that was not encoded: GitLab finds no such endpoint, but it is plain what was meant.
  const encoded = below.replace(/^projects\/([^/]+)\//, 'projects/$1%2F')
  if (encoded !== below && matchEndpoint(method, encoded, context.gitlabUrl)) return unrecognised
  return { code: 'not-possible', because: 'no-job-tokens' }
}

/** Whose data it is, seen from the own project. */
function targetOf(owner: Owner | undefined, { ownProject }: ReadingContext): Target {
  if (!owner) return { kind: 'unknown' }
  const reference = owner.reference.replace(/\$\{(\w+)\}/g, (all, name: string, at: number) =>
    at === 0 && owner.reference.length === all.length ? `$${name}` : all,
  )
  // Placeholders of manuals, such as :id and <project-id>, name nobody; glab's mean the own project.
  if (/^[:<{]/.test(reference) || !reference) return { kind: 'unknown' }
  if (owner.kind === 'project' && isOwn(reference, ownProject)) return { kind: 'own' }
  if (reference.includes('$(')) return { kind: 'unknown' }
  return { kind: owner.kind, reference }
}

const ownReferences = new Set([
  '$CI_PROJECT_ID',
  '$CI_PROJECT_PATH',
  '${CI_PROJECT_NAMESPACE}/${CI_PROJECT_NAME}',
  '%CI_PROJECT_ID%',
])

function isOwn(reference: string, own: ReadingContext['ownProject']): boolean {
  if (ownReferences.has(reference)) return true
  if (own?.id !== undefined && reference === String(own.id)) return true
  return reference.toLowerCase() === own?.fullPath?.toLowerCase()
}

type GitAttempt = Extract<Attempt, { what: 'git-read' | 'git-push' }>

/**
 * Fetching asks only for an entry, pushing to another project for a policy:
 * https://docs.gitlab.com/ci/jobs/ci_job_token/
 */
function judgeGit({ what, url, token }: GitAttempt, context: ReadingContext): Answer | undefined {
  // A path relative to the own project's, as in .gitmodules, is of the same host.
  const path = url.startsWith('../') ? relativePath(url, context) : repositoryPath(url, context)
  if (path === undefined) return undefined
  const answer = byToken(token)
  if (answer) return answer
  if (path === '') return unrecognised
  const isWiki = path.endsWith('.wiki')
  if (isWiki && what === 'git-push') return unrecognised
  const reference = isWiki ? path.slice(0, -'.wiki'.length) : path
  const target = targetOf({ kind: 'project', reference }, context)
  return what === 'git-read'
    ? { code: 'not-controllable', deed: what, target }
    : { code: 'needs', deed: what, policies: ['ADMIN_REPOSITORIES'], target }
}

/** The project of a clone address; empty where a variable hides it, undefined on another host. */
function repositoryPath(url: string, { gitlabUrl }: ReadingContext): string | undefined {
  if (!/^https?:\/\//i.test(url)) return url.includes('$') ? '' : undefined
  const address = url.replace(/^(\w+:\/\/)[^/@]*@/, '$1')
  const [, host = '', rest = ''] = /^\w+:\/\/([^/]+)\/*(.*)$/s.exec(address) ?? []
  // Only a host that is written out can be another one.
  const isVariable = host.includes('$')
  const home = isVariable ? '' : gitlabUrl
  if (isVariable && /^\$\{CI_SERVER_\w+\}/.test(host) === false) return ''
  if (!rest.includes('$')) {
    const reference = parseReference(isVariable ? rest : address, home)
    if (!reference) return ''
    if ('foreign' in reference) return undefined
    return 'path' in reference ? reference.path : ''
  }
  const homeHost = /^\w+:\/\/([^/]+)/.exec(gitlabUrl)?.[1]?.toLowerCase()
  if (homeHost && !isVariable && withoutPort(host.toLowerCase()) !== withoutPort(homeHost)) {
    return undefined
  }
  const root = gitlabUrl.replace(/^\w+:\/\/[^/]+\/?/, '').replace(/\/+$/, '')
  const path = root && rest.startsWith(`${root}/`) ? rest.slice(root.length + 1) : rest
  return path.replace(/\/+$/, '').replace(/\.git$/, '')
}

function relativePath(url: string, { ownProject }: ReadingContext): string {
  const base = ownProject?.fullPath?.split('/')
  if (!base) return ''
  const parts = url.replace(/\.git$/, '').split('/')
  while (parts[0] === '..') {
    parts.shift()
    if (!base.pop()) return ''
  }
  return [...base, ...parts].join('/')
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
