/**
 * `glab` and `release-cli`: https://gitlab.com/gitlab-org/cli, https://gitlab.com/gitlab-org/release-cli
 */
import {
  type Attempt,
  type Credential,
  carriesJobToken,
  credentialIn,
  headerCredential,
  isJobToken,
  parameterCredential,
  strongest,
} from './calls.ts'
import { type Job, keep, type Tool } from './job.ts'
import { readOptions } from './options.ts'
import type { Command } from './shell.ts'

const apiValued = 'X/method H/header f/raw-field F/field input hostname form output'

/** `glab api`, `glab auth login` and `glab release`; the others are not recognised. */
export const glab: Tool = (command, job) => {
  const { deed, words } = deedOf(command.words.slice(1))
  if (deed === 'auth') {
    const options = readOptions(words, 'j/job-token t/token hostname api-host api-protocol')
    const token = options.last('job-token')
    if (options.rest[0] === 'login' && token !== undefined)
      keep(job.settings('glab'), 'login', 'job-header')
    else if (options.rest[0] === 'login') {
      const given = options.last('token') ?? command.input ?? ''
      keep(job.settings('glab'), 'login', isJobToken(given) ? 'private-token' : 'other')
    }
    return []
  }
  if (deed === 'api') return api(words, command, job)
  if (deed === 'release') return release(words, command, job)
  const token = tokenOf(command, job)
  return carriesJobToken(token) ? [{ what: 'unclear', token }] : []
}

/** `-R group/project` may stand in front of the deed as well. */
function deedOf(words: readonly string[]): { deed: string | undefined; words: readonly string[] } {
  const at = words.findIndex(
    (word, i) => !word.startsWith('-') && !/^(?:-R|--repo)$/.test(words[i - 1] ?? ''),
  )
  return { deed: words[at], words: at < 0 ? [] : [...words.slice(at + 1), ...words.slice(0, at)] }
}

/** What glab signs in with; GITLAB_TOKEN goes as a personal access token, whatever it holds. */
function tokenOf({ env }: Command, job: Job): Credential {
  const find = (name: string) => env.get(name) ?? job.get(name) ?? undefined
  for (const name of ['GITLAB_TOKEN', 'GITLAB_ACCESS_TOKEN', 'OAUTH_TOKEN']) {
    const token = find(name)
    if (token) return isJobToken(token) ? 'private-token' : 'other'
  }
  const login = job.settings('glab').get('login')
  if (login) return credentialIn(login)
  // Both ways it sends the header JOB-TOKEN.
  return /^(?:1|true|yes)$/i.test(find('GLAB_ENABLE_CI_AUTOLOGIN') ?? '') ? 'job-header' : 'none'
}

function api(words: readonly string[], command: Command, job: Job): Attempt[] {
  const options = readOptions(words, apiValued)
  const path = options.rest[0]
  if (!path) return []
  const fields = [...options.all('field'), ...options.all('raw-field'), ...options.all('form')]
  const method = options.last('method') ?? (fields.length || options.has('input') ? 'POST' : 'GET')
  const given = strongest([
    ...options.all('header').map(headerCredential),
    ...fields.map(parameterCredential),
  ])
  const token = given === 'none' ? tokenOf(command, job) : given
  const own = path.replace(/:(?:id|fullpath)\b|:repo\b/, '${CI_PROJECT_ID}')
  const base = (job.get('CI_API_V4_URL') ?? '').replace(/\/api\/v4$/, '')
  if (/^\/?graphql$/.test(own))
    return [{ what: 'request', method, url: `${base}/api/graphql`, token }]
  const host = options.last('hostname')
  const home = host && !host.includes('$') ? `https://${host}` : base
  const url = /^https?:|^\$/.test(own)
    ? own
    : `${home}/api/v4/${own.replace(/^\/*(?:api\/v4\/)?/, '')}`
  return [{ what: 'request', method, url, token }]
}

const releaseValued =
  'R/repo n/name N/notes F/notes-file m/milestone r/ref D/released-at a/assets-links tag-message ' +
  'asset-name dir d T tag per-page page p P job'

function release(words: readonly string[], command: Command, job: Job): Attempt[] {
  const options = readOptions(words, releaseValued)
  const [deed = '', tag = '${tag}'] = options.rest
  const token = tokenOf(command, job)
  const project = projectOf(options.last('repo'), job)
  if (project === undefined) return [{ what: 'unclear', token }]
  const url = `${job.get('CI_API_V4_URL') ?? ''}/projects/${project}/releases`
  const of = (method: string, below = ''): Attempt => ({
    what: 'request',
    method,
    url: url + below,
    token,
  })
  const one = `/${encodeURIComponent(tag)}`
  switch (deed) {
    case 'create':
      return [of('POST')]
    case 'list':
      return [of('GET')]
    case 'view':
    case 'download':
      return [of('GET', one)]
    case 'delete':
      return [of('DELETE', one)]
    case 'upload':
      return [of('POST', `${one}/assets/links`)]
    default:
      return []
  }
}

/** `group/project`, or its address; undefined for another host's. */
function projectOf(written: string | undefined, job: Job): string | undefined {
  if (!written) return '${CI_PROJECT_ID}'
  const home = `${job.get('CI_SERVER_URL') ?? ''}/`
  const repository = written.startsWith(home)
    ? written.slice(home.length).replace(/(?:\.git)?\/?$/, '')
    : written
  if (/^\w+:\/\//.test(repository)) return undefined
  return /^\$\{\w+\}$/.test(repository)
    ? repository
    : encodeURIComponent(repository).replace(/%24%7B(\w+)%7D/g, '${$1}')
}

const cliValued =
  'server-url job-token private-token project-id name description tag-name tag-message ref milestone ' +
  'released-at assets-link timeout additional-ca-cert-bundle catalog-publish legacy-catalog-publish'

/** `release-cli create`, `get` and `update`, which use the job token of the job they run in. */
export const releaseCli: Tool = ({ words, env }, job) => {
  const options = readOptions(words.slice(1), cliValued)
  const personal =
    options.last('private-token') ??
    env.get('GITLAB_PRIVATE_TOKEN') ??
    job.get('GITLAB_PRIVATE_TOKEN')
  const token: Credential = personal
    ? isJobToken(personal)
      ? 'private-token'
      : 'other'
    : 'job-header'
  const project = options.last('project-id') ?? env.get('CI_PROJECT_ID') ?? '${CI_PROJECT_ID}'
  const server = options.last('server-url')
  const api = server ? `${server.replace(/\/+$/, '')}/api/v4` : (job.get('CI_API_V4_URL') ?? '')
  const url = `${api}/projects/${encodeURIComponent(project).replace(/%24%7B(\w+)%7D/g, '${$1}')}/releases`
  const tag = `/${encodeURIComponent(options.last('tag-name') ?? '${tag}')}`
  switch (options.rest[0]) {
    case 'create':
      return [{ what: 'request', method: 'POST', url, token }]
    case 'get':
      return [{ what: 'request', method: 'GET', url: url + tag, token }]
    case 'update':
      return [{ what: 'request', method: 'PUT', url: url + tag, token }]
    default:
      return []
  }
}
