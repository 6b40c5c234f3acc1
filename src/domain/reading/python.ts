/**
 * pip, uv, poetry and twine with GitLab's registry:
 * https://docs.gitlab.com/user/packages/pypi_repository/
 */
import {
  type Attempt,
  type Credential,
  carriesJobToken,
  credentialIn,
  strongest,
  urlCredential,
  userCredential,
} from './calls.ts'
import { gitAttempt } from './git.ts'
import { fromNetrc, type Job, keep, type Tool } from './job.ts'
import { readOptions } from './options.ts'
import type { Command } from './shell.ts'

const lookUp = ({ env }: Command, job: Job, name: string) => env.get(name) ?? job.get(name) ?? ''
const split = (text: string | undefined) => (text ? text.split(/\s+/).filter(Boolean) : [])

/** Installing asks an index for each package and then for its files; both need the same policy. */
const simple = (url: string, token: Credential): Attempt => ({
  what: 'request',
  method: 'GET',
  url: `${url.replace(/\/+$/, '')}/\${package}`,
  token,
})

const pipValued =
  'i/index-url extra-index-url f/find-links r/requirement c/constraint e/editable t/target ' +
  'trusted-host proxy timeout retries prefix root cache-dir default-index index d/dest w/wheel-dir ' +
  'python p group extra package directory project'

/** `pip install` and its like, also as `uv pip`. */
export const pip: Tool = (command, job) => {
  const [deed, ...words] = command.words.slice(1)
  if (deed === 'config') {
    const options = readOptions(words, '')
    const [set, key = '', value = ''] = options.rest
    if (set === 'set') readPipSetting(key.replace(/^[\w]+\./, ''), value, job)
    return []
  }
  if (!/^(?:install|download|wheel|index)$/.test(deed ?? '')) return []
  return installing(words, command, job, [
    'PIP_INDEX_URL',
    'PIP_EXTRA_INDEX_URL',
    'UV_INDEX_URL',
    'UV_DEFAULT_INDEX',
    'UV_EXTRA_INDEX_URL',
    'UV_INDEX',
  ])
}

function installing(
  words: readonly string[],
  command: Command,
  job: Job,
  variables: readonly string[],
): Attempt[] {
  const options = readOptions(words, pipValued)
  const listed = options
    .all('requirement')
    .flatMap((file) => (job.textOf(file) ?? '').split('\n', 1000))
    .map((line) => line.trim())
  const repositories = [...options.rest, ...options.all('editable'), ...listed].flatMap(gitAttempt)
  const urls = new Set([
    ...['index-url', 'extra-index-url', 'default-index', 'index'].flatMap((name) =>
      options.all(name),
    ),
    ...variables.flatMap((name) => split(lookUp(command, job, name))),
    ...job.settings('pip').keys(),
  ])
  const indexes = [...urls].flatMap((written) => {
    // uv takes `name=url`.
    const named = /^([\w-]+)=(https?:.*|\$.*)$/.exec(written)
    const url = named?.[2] ?? written
    if (!url) return []
    const token = strongest([
      urlCredential(url),
      fromNetrc(job, url),
      indexCredential(named?.[1], command, job),
    ])
    return [simple(url, token)]
  })
  return [...repositories, ...indexes]
}

/** uv's `UV_INDEX_<NAME>_USERNAME` and `_PASSWORD`. */
function indexCredential(name: string | undefined, command: Command, job: Job): Credential {
  if (!name) return 'none'
  const stem = `UV_INDEX_${name.toUpperCase().replace(/\W/g, '_')}`
  return userCredential(
    lookUp(command, job, `${stem}_USERNAME`),
    lookUp(command, job, `${stem}_PASSWORD`),
  )
}

function readPipSetting(key: string, value: string, job: Job) {
  if (!/^(?:extra-)?index-url$/.test(key)) return
  for (const url of split(value)) keep(job.settings('pip'), url, '')
}

/** Lines of `pip.conf`; a value may go on in indented lines. */
export function readPipConf(text: string, job: Job) {
  let key = ''
  for (const line of text.split('\n')) {
    const [, name, value] = /^\s*([\w-]+)\s*[=:]\s*(\S.*)?$/.exec(line) ?? []
    if (name && !/^https?$/.test(name)) {
      key = name
      readPipSetting(key, value ?? '', job)
    } else if (/^\s+\S/.test(line)) readPipSetting(key, line.trim(), job)
    else key = ''
  }
}

/** `uv`: its `pip`, its projects and publishing. */
export const uv: Tool = (command, job) => {
  const [deed, ...words] = command.words.slice(1)
  if (deed === 'pip') return pip({ ...command, words: command.words.slice(1) }, job)
  if (deed === 'publish') {
    const options = readOptions(words, 'publish-url u/username p/password t/token index check-url')
    // `--index` names a table with two addresses.
    const index = options.last('index') ?? lookUp(command, job, 'UV_PUBLISH_INDEX')
    const indexes = job.settings('uv index')
    const url =
      options.last('publish-url') ??
      indexes.get(`${index} publish-url`) ??
      lookUp(command, job, 'UV_PUBLISH_URL')
    const user = options.last('username') ?? lookUp(command, job, 'UV_PUBLISH_USERNAME')
    const password = options.last('password') ?? lookUp(command, job, 'UV_PUBLISH_PASSWORD')
    // A token goes under the name __token__.
    const bare = options.last('token') ?? lookUp(command, job, 'UV_PUBLISH_TOKEN')
    // Whether a file is there already, is asked like of an index, with the same login.
    const check =
      options.last('check-url') ??
      indexes.get(`${index} url`) ??
      lookUp(command, job, 'UV_PUBLISH_CHECK_URL')
    const login = userCredential(user, password)
    const checking = check ? [simple(check, strongest([login, urlCredential(check)]))] : []
    return [...checking, ...upload(url, [login, userCredential('__token__', bare)], job)]
  }
  if (!/^(?:sync|add|lock|run|tool)$/.test(deed ?? '')) return []
  return installing(words, command, job, [
    'UV_INDEX_URL',
    'UV_DEFAULT_INDEX',
    'UV_EXTRA_INDEX_URL',
    'UV_INDEX',
  ])
}

/** Tables `[[tool.uv.index]]` of `pyproject.toml`: https://docs.astral.sh/uv/concepts/indexes/ */
export function readUvIndexes(text: string, job: Job) {
  for (const table of text.split(/^\s*\[\[(?:tool\.uv\.)?index\]\]/m).slice(1)) {
    const find = (key: string) =>
      new RegExp(`^\\s*${key}\\s*=\\s*["']([^"'\\n]{1,2000})["']`, 'm').exec(table)?.[1]
    const name = find('name')
    for (const key of ['url', 'publish-url']) {
      const address = name && find(key)
      if (address) keep(job.settings('uv index'), `${name} ${key}`, address)
    }
  }
}

function upload(url: string, credentials: readonly Credential[], job: Job): Attempt[] {
  const token = strongest([...credentials, urlCredential(url), fromNetrc(job, url)])
  if (!url) return carriesJobToken(token) ? [{ what: 'unclear', token }] : []
  return [{ what: 'request', method: 'POST', url: url.replace(/\/+$/, ''), token }]
}

/** `twine upload`. */
export const twine: Tool = (command, job) => {
  const [deed, ...words] = command.words.slice(1)
  if (deed !== 'upload') return []
  const options = readOptions(
    words,
    'repository-url r/repository u/username p/password c/comment config-file cert client-cert i/identity sign-with',
  )
  const section = job.settings(
    `pypirc ${options.last('repository') ?? lookUp(command, job, 'TWINE_REPOSITORY')}`,
  )
  const url =
    (options.last('repository-url') ?? lookUp(command, job, 'TWINE_REPOSITORY_URL')) ||
    (section.get('repository') ?? '')
  const user =
    (options.last('username') ?? lookUp(command, job, 'TWINE_USERNAME')) ||
    (section.get('username') ?? '')
  const password =
    (options.last('password') ?? lookUp(command, job, 'TWINE_PASSWORD')) ||
    (section.get('password') ?? '')
  return upload(url, [userCredential(user, password)], job)
}

/** Lines of `~/.pypirc`. */
export function readPypirc(text: string, job: Job) {
  let section = ''
  for (const line of text.split('\n')) {
    const head = /^\s*\[([^\]]{1,80})\]/.exec(line)?.[1]
    if (head) section = head
    const [, key, value] =
      /^\s*(repository|username|password)\s*[=:]\s*(\S.*?)\s*$/.exec(line) ?? []
    if (key && value && section) keep(job.settings(`pypirc ${section}`), key, value)
  }
}

/** `poetry`: its own configuration names repositories. */
export const poetry: Tool = (command, job) => {
  const [deed, ...words] = command.words.slice(1)
  const options = readOptions(words, 'r/repository u/username p/password priority')
  if (deed === 'config') {
    const [key = '', first = '', second = ''] = options.rest
    const [, kind, name] = /^(repositories|http-basic)\.([^.]+)/.exec(key) ?? []
    if (kind === 'repositories' && name) keep(job.settings('poetry'), name, first)
    if (kind === 'http-basic' && name)
      keep(job.settings('poetry login'), name, userCredential(first, second))
    return []
  }
  if (deed === 'source' && options.rest[0] === 'add') {
    const [, name = '', url = ''] = options.rest
    keep(job.settings('poetry source'), name, url)
    return []
  }
  if (deed === 'publish') {
    const name = options.last('repository') ?? ''
    const url =
      job.settings('poetry').get(name) ??
      lookUp(command, job, `POETRY_REPOSITORIES_${spelled(name)}_URL`)
    if (!name) return []
    const given = userCredential(options.last('username') ?? '', options.last('password') ?? '')
    return upload(url, [given, poetryLogin(name, command, job)], job)
  }
  if (!/^(?:install|add|update|lock|sync)$/.test(deed ?? '')) return []
  const repositories = options.rest.flatMap(gitAttempt)
  const sources = [...job.settings('poetry source')].map(([name, url]) =>
    simple(url, strongest([urlCredential(url), poetryLogin(name, command, job)])),
  )
  return [...repositories, ...sources]
}

const spelled = (name: string) => name.toUpperCase().replace(/\W/g, '_')

function poetryLogin(name: string, command: Command, job: Job): Credential {
  const stem = `POETRY_HTTP_BASIC_${spelled(name)}`
  const known = job.settings('poetry login').get(name)
  const fromEnv = userCredential(
    lookUp(command, job, `${stem}_USERNAME`),
    lookUp(command, job, `${stem}_PASSWORD`),
  )
  return strongest([fromEnv, credentialIn(known)])
}
