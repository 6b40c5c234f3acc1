/** Judges the attempts of tools: which project a call needs, and which policies. */
import type { Endpoint, EndpointMatch, Owner } from '../endpoints.ts'
import { matchEndpoint } from '../endpoints.ts'
import { parseReference } from '../reference.ts'
import { Env } from './env.ts'
import type { Addressee, Answer, Deed, ReadingContext, SentAs, Variables } from './findings.ts'
import { literalDollar, withDollars } from './shell-syntax.ts'

/**
 * Which token a call carries and how. Names that begin with `job` are job tokens in places that
 * GitLab reads; plain `job` is a job token whose place is not known. `assumed` is an unknown
 * password with the user name of job tokens. `private-token`, `deploy-header`, `user-name`,
 * `unread` and `literal` are job tokens that GitLab finds nowhere. `other` counts before a job
 * token, `deploy` only where deploy tokens are read, `other-user` only by itself.
 */
export type Credential =
  | 'job'
  | 'job-header'
  | 'job-parameter'
  | 'job-basic'
  | 'job-bearer'
  | 'job-or-deploy'
  | 'assumed'
  | 'private-token'
  | 'deploy-header'
  | 'user-name'
  | 'unread'
  | 'literal'
  | 'other'
  | 'deploy'
  | 'other-user'
  | 'unknown'
  | 'none'

/**
 * A call that a tool makes; `unclear` uses the job token for a purpose that the text does not tell.
 */
export type Attempt =
  | {
      readonly what: 'request'
      readonly method: string
      readonly url: string
      readonly token: Credential
      /** Whose data it is, where the address does not tell. */
      readonly project?: string
      readonly owners?: true
    }
  | {
      readonly what: 'image-pull' | 'image-push'
      readonly image: string
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

const protectedToken = new RegExp(
  `${literalDollar}\\{?(?:CI_JOB_TOKEN|CI_BUILD_TOKEN|CI_REGISTRY_PASSWORD)\\b`,
)
/** Whether quotes keep the shell from filling the job token in. */
const isLiteral = (value: string) =>
  protectedToken.test(value) || /^(?:Bearer\s+)?(?:CI_JOB_TOKEN|CI_BUILD_TOKEN)$/.test(value)

/** The placeholders that logs and texts show instead of a secret. */
const masked = /^(?:\[(?:MASKED|REDACTED|FILTERED)\]|\*{2,}|x{3,}|•+|<[^<>]*>|\.{3}|…)$/i
const unknownValue = /^(?:\$\{\w+\}|\$\(…\))+$/
/** Names that say nothing about whose token it is; any other, such as `RELEASE_BOT`, names another. */
const neutralName =
  /^(?:\d|T|TOK|TOKEN|AUTH|AUTH_TOKEN|PASS|PASSWORD|PASSWD|PW|SECRET|CREDS?|CREDENTIALS?|GIT_PASSWORD|GIT_TOKEN|JOB_TOKEN|GITLAB_JOB_TOKEN|CI_TOKEN|JTOKEN|.*JOB_?TOKEN)$/i

/** Whether the text leaves open which token a value is. */
function isOpen(value: string): boolean {
  if (masked.test(value) || value.includes('$(…)')) return true
  const names = [...value.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name)
  return (
    names.length > 0 && unknownValue.test(value) && names.every((name) => neutralName.test(name))
  )
}

/**
 * The user name and password of a call. GitLab looks for a job token only under one name:
 * https://docs.gitlab.com/ci/jobs/ci_job_token/
 */
export function userCredential(user: string, password: string): Credential {
  const isCi = user === 'gitlab-ci-token'
  if (!password) return 'none'
  if (isLiteral(password)) return 'literal'
  if (isJobToken(password)) return isCi || user.includes('$') ? 'job-basic' : 'user-name'
  if (!isOpen(password)) return 'other-user'
  return isCi ? 'assumed' : 'unknown'
}

/** The header that was read last: the calls of a text mostly send the same one. */
let lastHeader: { readonly header: string; readonly credential: Credential } | undefined

/** A header, as `Name: value`. https://docs.gitlab.com/api/rest/authentication/ */
export function headerCredential(header: string): Credential {
  if (lastHeader?.header !== header) lastHeader = { header, credential: readHeader(header) }
  return lastHeader.credential
}

function readHeader(header: string): Credential {
  const colon = header.indexOf(':')
  const name = colon < 0 ? '' : header.slice(0, colon).trim().toLowerCase()
  const value = header.slice(colon + 1).trim()
  // `$AUTH`: both may be in it.
  if (/[$…]/.test(name || header) && !/^[\w-]+$/.test(name)) {
    return isJobToken(header) ? 'job' : 'unknown'
  }
  // `curl` takes such a header away again.
  if (!value && colon >= 0 && /^[\w-]+$/.test(name)) return 'none'
  if (isLiteral(value) && /^(?:job-token|private-token|authorization)$/.test(name)) return 'literal'
  switch (name) {
    case 'job-token':
      return 'job-header'
    case 'private-token':
      return isJobToken(value) ? 'private-token' : 'other'
    case 'deploy-token':
      return isJobToken(value) ? 'deploy-header' : 'deploy'
    case 'authorization': {
      if (/^basic\b/i.test(value)) return isJobToken(value) ? 'job-basic' : 'unknown'
      if (/^token\b/i.test(value)) return 'unknown'
      // Also as a bearer, which is how npm sends it.
      if (isJobToken(value)) return 'job-bearer'
      return isOpen(value.replace(/^\w+\s+/, '')) ? 'unknown' : 'other'
    }
    // Servers in front of GitLab drop a name with an underscore, mostly.
    case 'job_token':
      return 'unknown'
    default:
      return isJobToken(value) ? 'unread' : 'none'
  }
}

/** A parameter of an address or a form, as `name=value`. */
export function parameterCredential(parameter: string): Credential {
  const [, key, value = ''] = /^\s*(\w+)=(.*)$/s.exec(parameter) ?? []
  switch (key?.toLowerCase()) {
    case 'job_token':
      return isLiteral(value) ? 'literal' : 'job-parameter'
    case 'private_token':
      return isJobToken(value) ? 'private-token' : 'other'
    case 'access_token':
    case 'token':
      if (isLiteral(value)) return 'literal'
      return isJobToken(value) ? 'job-parameter' : isOpen(value) ? 'unknown' : 'other'
    default:
      return 'none'
  }
}

/** The credentials inside an address: user and password, or parameters. */
export function urlCredential(url: string): Credential {
  if (!url.includes('@') && !url.includes('?')) return 'none'
  const [, user = '', password = ''] = /^\w+:\/\/([^/:@]*)(?::([^/@]*))?@/.exec(url) ?? []
  const query = url.indexOf('?')
  const parameters = query < 0 ? [] : url.slice(query + 1).split('&', 20)
  // A token alone in front of the host is a user name without password.
  const alone: Credential =
    !password && isJobToken(user)
      ? 'user-name'
      : // The password comes from elsewhere.
        !password && user === 'gitlab-ci-token'
        ? 'assumed'
        : 'none'
  return strongest([alone, userCredential(user, password), ...parameters.map(parameterCredential)])
}

const strength: readonly Credential[] = [
  'other',
  'job-or-deploy',
  'job-header',
  'job-parameter',
  'job-bearer',
  'job-basic',
  'job',
  'assumed',
  'literal',
  'private-token',
  'unread',
  'deploy-header',
  'user-name',
  'unknown',
  'deploy',
  'other-user',
  'none',
]

const ranks = Object.fromEntries(strength.map((credential, rank) => [credential, rank])) as {
  readonly [credential in Credential]: number
}

/**
 * Of several credentials on one call the one that decides: a personal, project or group token counts
 * before the job token, and so does a deploy token where the endpoint takes one
 * (`find_user_from_sources` in `lib/api/api_guard.rb`).
 */
export function strongest(credentials: readonly Credential[]): Credential {
  let rank = strength.length - 1
  for (const credential of credentials) rank = Math.min(rank, ranks[credential])
  const found = strength[rank] as Credential
  return found.startsWith('job') && credentials.includes('deploy') ? 'job-or-deploy' : found
}

/** A credential that a tool's settings hold as text. */
export const credentialIn = (setting: string | undefined): Credential =>
  strength.find((credential) => credential === setting) ?? 'none'

/** Whether a job token goes along, wherever GitLab may look for it. */
export const carriesJobToken = (token: Credential) => !foreign.has(token)
const foreign: ReadonlySet<Credential> = new Set([
  'other',
  'other-user',
  'deploy',
  'unknown',
  'none',
])

/** Stands behind what `$CI_SERVER_HOST` makes of a GitLab that has a port or a path. */
const bareHost = '\u0003'

/** The address without our own marks, as somebody could use it. */
export const plainAddress = (url: string) =>
  withDollars(url.includes(bareHost) ? url.replaceAll(bareHost, '') : url)

/** The variables that GitLab sets in every job, as far as they are known without running one. */
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
    const host = fqdn.replace(/:\d+$/, '')
    env.set('CI_SERVER_HOST', host + (`${protocol}://${host}` === home ? '' : bareHost))
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

const placeholder = /\$\{(\w+)\}/g
/** GitLab's own, of which somebody could only say something else than is true. */
const isGitlabs = (name: string) => /^(?:CI|GITLAB)(?:_|$)/.test(name)

/** An attempt with the values that somebody gives to variables of which the text gives none. */
export function withValues<Tried extends Attempt>(
  attempt: Tried,
  { variables }: Pick<ReadingContext, 'variables'>,
): Tried {
  if (!variables) return attempt
  const fill = (text: string) =>
    text.replace(placeholder, (all, name: string, at: number) => {
      const value = isGitlabs(name) ? undefined : variables[name]
      if (!value) return all
      // A path is one segment there.
      const isOwner = /\/(?:projects|groups?)\/$/.test(text.slice(0, at))
      return isOwner && !value.includes('%') ? encodeURIComponent(value) : value
    })
  return {
    ...attempt,
    ...('url' in attempt && { url: fill(attempt.url) }),
    ...('image' in attempt && { image: fill(attempt.image) }),
    ...('project' in attempt && attempt.project && { project: fill(attempt.project) }),
  }
}

const noVariables: Variables = {}

/** On which variables the answer to an attempt depends. */
export function variablesOf(
  attempt: Attempt,
  answer: Answer,
  { variables = {} }: Pick<ReadingContext, 'variables'>,
): Variables {
  const { url, image, project } = attempt as Partial<Record<'url' | 'image' | 'project', string>>
  const names: string[] = []
  for (const text of [url, image, project]) {
    if (!text?.includes('${')) continue
    for (const [, name = ''] of text.matchAll(placeholder)) names.push(name)
  }
  if (names.length === 0) return noVariables
  const reference =
    'addressee' in answer && 'reference' in answer.addressee && answer.addressee.reference
  const isOpen = (name: string) =>
    answer.code === 'not-recognised' ||
    (reference?.includes('$') && new RegExp(`\\$\\{?${name}\\b`).test(reference))
  const unset = names.filter((name) => !isGitlabs(name) && isOpen(name))
  const given = names.filter((name) => !isGitlabs(name) && variables[name])
  return {
    ...(unset.length > 0 && { unset: [...new Set(unset)] }),
    ...(given.length > 0 && { given: [...new Set(given)] }),
  }
}

/**
 * The answer for an attempt; undefined where the attempt is ignored, because it goes to another
 * host or to an address that nothing shows to be GitLab's.
 */
export function judge(written: Attempt, context: ReadingContext): Answer | undefined {
  const { token } = written
  if (written.what === 'unclear') return byToken(token) ?? unrecognised
  if (written.what === 'registry-login') {
    // Signing in asks nothing of any project; what is pulled or pushed afterwards may.
    const addressee: Addressee = { kind: 'own' }
    return byToken(token) ?? { code: 'not-controllable', deed: 'registry-login', addressee }
  }
  if ('image' in written) return judgeImage(written, context)
  const loses = lostPart(written.url, context)
  if (loses) return byToken(token) ?? { code: 'lost-address', loses }
  const attempt = { ...written, url: plainAddress(written.url) }
  return attempt.what === 'request' ? judgeRequest(attempt, context) : judgeGit(attempt, context)
}

/** The other host to which an attempt sends a job token; undefined where it goes to this GitLab, or nowhere certain. */
export function hostElsewhere(attempt: Attempt, { gitlabUrl }: ReadingContext): string | undefined {
  if (!('url' in attempt) || !carriesJobToken(attempt.token)) return undefined
  return otherHost(plainAddress(attempt.url), gitlabUrl)
}

/** The host of an address, where that is written out and is not GitLab's. */
export function otherHost(address: string, gitlabUrl: string): string | undefined {
  const { host: home, start } = homeAt(gitlabUrl)
  // Most addresses are.
  if (start && address.startsWith(start)) return undefined
  const host = /^https?:\/\/([^/?#]+)/i.exec(withoutUser(address))?.[1]?.toLowerCase()
  if (!host || !home || /[${%<]/.test(host)) return undefined
  return host.replace(/:.*/, '') === home.replace(/:.*/, '') ? undefined : host
}

/** The part of GitLab's address that is missing where a text builds it from `$CI_SERVER_HOST`. */
function lostPart(url: string, { gitlabUrl }: ReadingContext): 'port' | 'path' | undefined {
  const at = url.indexOf(bareHost)
  if (at < 0) return undefined
  const [, port, path = ''] = /^\w+:\/\/[^/:]+(:\d+)?(\/.*?)?\/*$/.exec(gitlabUrl) ?? []
  const behind = url.slice(at + bareHost.length)
  if (port && !behind.startsWith(port)) return 'port'
  return path && !behind.slice((port ?? '').length).startsWith(`${path}/`) ? 'path' : undefined
}

const unrecognised: Answer = { code: 'not-recognised' }

/** The answer that the token alone decides; undefined where the rest of the call decides. */
function byToken(token: Credential): Answer | undefined {
  switch (token) {
    case 'private-token':
    case 'user-name':
      return { code: 'wrong-token', because: token }
    case 'deploy-header':
      return { code: 'wrong-token', because: 'deploy-token' }
    case 'unread':
      return { code: 'wrong-token', because: 'unread-name' }
    case 'literal':
      return { code: 'wrong-token', because: 'not-filled-in' }
    case 'other':
    case 'deploy':
    case 'other-user':
      return { code: 'other-token' }
    case 'unknown':
      return { code: 'unknown-token' }
    case 'none':
      return { code: 'no-token' }
    default:
      return undefined
  }
}

type RequestAttempt = Extract<Attempt, { what: 'request' }>

function judgeRequest(attempt: RequestAttempt, context: ReadingContext): Answer | undefined {
  const { method, url, token } = attempt
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
  if (place.where === 'unclear') return carriesJobToken(token) ? unrecognised : undefined
  const answer = byToken(token)
  if (answer) return answer
  // `-X "$METHOD"`
  if (!/^[a-z]+$/i.test(method)) return unrecognised

  const match = matchEndpoint(method, place.path, context.gitlabUrl)
  if (match && 'foreign' in match) return undefined
  if (!match) return beyondCatalogue(method, place.path, context)
  const { endpoint } = match
  if (token === 'job-or-deploy' && /\/packages\b/.test(endpoint.path))
    return { code: 'other-token' }
  const misplaced = placeError(token, endpoint)
  if (misplaced) return misplaced
  const addressee = addresseeOfRequest(attempt, match, context)
  if (endpoint.path.includes('/registry/repositories') && isOther(addressee)) {
    // https://docs.gitlab.com/ci/jobs/ci_job_token/
    return {
      code: 'not-possible',
      because: 'registry-of-another-project',
      deed: endpoint,
      addressee,
    }
  }
  if (endpoint.resource === null) return { code: 'not-controllable', deed: endpoint, addressee }
  return { code: 'needs', deed: endpoint, policies: endpoint.policies, addressee }
}

function addresseeOfRequest(
  { project, owners }: RequestAttempt,
  { endpoint, owner }: EndpointMatch,
  context: ReadingContext,
): Addressee {
  if (owners) return { kind: 'unknown', why: 'owners' }
  if (project !== undefined) return addresseeOf({ kind: 'project', reference: project }, context)
  return endpoint.path.startsWith('/job') ? jobOwner(endpoint.path) : addresseeOf(owner, context)
}

const sentAs: { readonly [token in Credential]?: SentAs } = {
  'job-header': 'header',
  'job-parameter': 'parameter',
  'job-basic': 'basic',
  assumed: 'basic',
}

/**
 * The error where an endpoint does not read the job token from the place in which it is sent;
 * undefined where the places are not known.
 */
function placeError(token: Credential, endpoint: Endpoint): Answer | undefined {
  const sent = sentAs[token]
  const { reads } = endpoint
  if (!sent || (reads !== 'request' && reads !== 'basic')) return undefined
  const isRead = (sent === 'basic') === (reads === 'basic')
  return isRead ? undefined : { code: 'wrong-place', endpoint, sent, reads }
}

type ImageAttempt = Extract<Attempt, { what: 'image-pull' | 'image-push' }>

/**
 * A job token pulls images of other projects that list it, and pushes to its own project only
 * (`build_can_pull?` and `build_can_push?` of GitLab's container registry).
 */
function judgeImage(
  { what, image, token }: ImageAttempt,
  context: ReadingContext,
): Answer | undefined {
  const path = imagePath(withDollars(image), context)
  if (path === undefined) return undefined
  const addressee = imageOwner(path, context)
  if (addressee.kind === 'own') return undefined
  const answer = byToken(token)
  if (answer) return answer
  const deed: Deed = what
  return what === 'image-pull'
    ? { code: 'not-controllable', deed, addressee }
    : addressee.kind === 'unknown' || /\$/.test('reference' in addressee ? addressee.reference : '')
      ? unrecognised
      : { code: 'not-possible', because: 'image-of-another-project', deed, addressee }
}

/** The path of an image in GitLab's own registry, without its tag; undefined elsewhere. */
function imagePath(image: string, { gitlabUrl }: ReadingContext): string | undefined {
  const bare = image.replace(/^[\w-]+:\/\//, '')
  const [, host = '', rest = ''] = /^([^/]+)\/(.+)$/s.exec(bare) ?? []
  const home = /^\w+:\/\/([^/:]+)/.exec(gitlabUrl)?.[1]?.toLowerCase()
  const isHome =
    host === '${CI_REGISTRY}' ||
    (home !== undefined && [`registry.${home}`, `${home}:5050`].includes(host.toLowerCase()))
  if (!isHome) return undefined
  return rest.replace(/@sha256:.*$|:[^/:]*$/, '').replace(/\/+$/, '')
}

/** Whose image it is; below a project it may have names of its own. */
function imageOwner(path: string, context: ReadingContext): Addressee {
  const own = context.ownProject?.fullPath?.toLowerCase()
  const lower = path.toLowerCase()
  if (/^\$\{CI_PROJECT_PATH(?:_SLUG)?\}(?:\/|$)/.test(path)) return { kind: 'own' }
  if (own && (lower === own || lower.startsWith(`${own}/`))) return { kind: 'own' }
  const isCertain = /^[\w.-]+\/[\w.-]+$/.test(path)
  return isCertain ? { kind: 'project', reference: path } : { kind: 'unknown' }
}

const isOther = (addressee: Addressee) => addressee.kind !== 'own'

/** `/job` is the one that runs; `/jobs/:id` may be any. */
const jobOwner = (path: string): Addressee =>
  path.startsWith('/jobs/') ? { kind: 'unknown' } : { kind: 'own' }

type Place =
  | { readonly where: 'api'; readonly path: string }
  | { readonly where: 'elsewhere' }
  | { readonly where: 'graphql' }
  | { readonly where: 'unclear' }

/** Where an address leads. */
function placeOf(url: string, { gitlabUrl }: ReadingContext): Place {
  const home = homeAt(gitlabUrl)
  let address = withoutUser(url.trim())
  const isHome = home.start !== '' && address.startsWith(home.start)
  if (isHome) return placeBelow(address.slice(home.start.length - 1), home, home.host)
  // A variable in front, such as ${GITLAB_URL}, can only mean a GitLab when its API follows.
  if (address.includes('$') && /^(?:\w+:\/\/)?[^/]*\$[{(]/.test(address)) {
    const api = address.indexOf('/api/v4/')
    if (api < 0) return { where: /\/api\/graphql\b/.test(address) ? 'graphql' : 'unclear' }
    address = address.slice(api)
  }
  const [origin, written] = /^\w+:\/\/([^/?#]+)/.exec(address) ?? []
  const host = written?.toLowerCase()
  if (host && home.host && host !== home.host && withoutPort(host) !== withoutPort(home.host)) {
    return { where: 'elsewhere' }
  }
  return placeBelow(origin === undefined ? address : address.slice(origin.length), home, host)
}

/** @param host in lower case; undefined where the address begins with the path */
function placeBelow(path: string, home: Home, host: string | undefined): Place {
  const isBelow = host !== undefined && home.root !== '' && path.startsWith(`${home.root}/`)
  const rest = isBelow ? path.slice(home.root.length) : path
  if (/^\/+api\/graphql\b/.test(rest)) return { where: 'graphql' }
  if (host ? /^\/+api\/v4\//.test(rest) : true) {
    // The port is not compared: behind a load balancer GitLab may answer on several.
    return { where: 'api', path: host ? rest : path }
  }
  return { where: 'unclear' }
}

/** An address without its user and password. */
const withoutUser = (url: string) =>
  url.includes('@') ? url.replace(/^(\w+:\/\/)[^/@]*@/, '$1') : url

/** `start`: how most of its addresses begin; empty where that does not tell the host. */
type Home = {
  readonly url: string
  readonly host: string
  readonly root: string
  readonly start: string
}

/** The GitLab last asked about: a text asks about one, thousands of times. */
let lastHome: Home = { url: '', host: '', root: '', start: '' }

function homeAt(url: string): Home {
  if (lastHome.url !== url) {
    const [origin = '', host = ''] = /^\w+:\/\/([^/]+)/.exec(url) ?? []
    const root = url.slice(origin.length).replace(/\/+$/, '')
    const start = /^https?:\/\/[\w.:-]+$/.test(origin) ? `${origin}/` : ''
    lastHome = { url, host: host.toLowerCase(), root: origin ? root : '', start }
  }
  return lastHome
}

/** A default port may be written, as `$CI_SERVER_HOST:$CI_SERVER_PORT` does. */
const withoutPort = (host: string) => host.replace(/:(?:443|80|\$\{\w+\})$/, '')

/**
 * Endpoints that take job tokens without asking for policies and are not in GitLab's list.
 * https://docs.gitlab.com/ci/jobs/ci_job_token/
 */
const uncatalogued: readonly (readonly [method: RegExp, path: RegExp])[] = [
  // The ref may have slashes: `lib/api/ci/triggers.rb`.
  [/^POST$/, /^projects\/([^/]+)\/(?:ref\/.+\/)?trigger\/pipeline$/],
  [/./, /^projects\/([^/]+)\/packages\/(?:nuget|helm|terraform\/modules)(?:\/|$)/],
]

function beyondCatalogue(method: string, path: string, context: ReadingContext): Answer {
  const below = path
    .replace(/[?#].*/s, '')
    .replace(/^\/*(?:api\/v4)?\/*/, '')
    .replace(/\/+$/, '')
  for (const [verb, pattern] of uncatalogued) {
    const id = verb.test(method) ? pattern.exec(below)?.[1] : undefined
    if (!id) continue
    const addressee = addresseeOf({ kind: 'project', reference: decode(id) }, context)
    return { code: 'not-controllable', deed: 'uncatalogued', addressee }
  }
  // Routes behind feature flags, in none of GitLab's tables; they concern the own project or none.
  if (
    /^(?:projects\/[^/]+\/dependency_firewall\/(?:enablement|evaluate)|job\/test_balancing\/(?:initialize|request))$/.test(
      below,
    )
  ) {
    return { code: 'experiment' }
  }
  if (/^packages\/terraform\/modules\/v1\/./.test(below)) {
    return { code: 'not-controllable', deed: 'uncatalogued', addressee: { kind: 'unknown' } }
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
function addresseeOf(owner: Owner | undefined, { ownProject }: ReadingContext): Addressee {
  if (!owner) return { kind: 'unknown' }
  // `${NAME}` and nothing else.
  const reference = owner.reference.replace(/^\$\{(\w+)\}$/, '$$$1')
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
  const addressee = addresseeOf({ kind: 'project', reference }, context)
  return what === 'git-read'
    ? { code: 'not-controllable', deed: what, addressee }
    : { code: 'needs', deed: what, policies: ['ADMIN_REPOSITORIES'], addressee }
}

/** The project of a clone address; empty where a variable hides it, undefined on another host. */
function repositoryPath(url: string, { gitlabUrl }: ReadingContext): string | undefined {
  if (!/^https?:\/\//i.test(url)) return url.includes('$') ? '' : undefined
  const address = withoutUser(url)
  const [, host = '', rest = ''] = /^\w+:\/\/([^/]+)\/*(.*)$/s.exec(address) ?? []
  // Only a host that is written out can be another one.
  const isVariable = host.includes('$')
  const home = isVariable ? '' : gitlabUrl
  if (isVariable && /^\$\{CI_SERVER_\w+\}/.test(host) === false) return ''
  if (!rest.includes('$')) {
    const reference = parseReference(isVariable ? rest : address, home)
    if (!reference) return ''
    if ('foreign' in reference) return undefined
    // Nobody's project stands outside of all groups and users.
    return 'path' in reference && reference.path.includes('/') ? reference.path : ''
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
