/**
 * npm, yarn and pnpm with GitLab's registry: https://docs.gitlab.com/user/packages/npm_registry/
 */
import { type Attempt, type Credential, headerCredential, userCredential } from './calls.ts'
import { gitAttempt } from './git.ts'
import { type Job, keep, type Tool } from './job.ts'
import { readOptions } from './options.ts'

const valued =
  'registry userconfig tag access otp w/workspace C/prefix filter dir scope location loglevel cwd L'

/** Reads installing and publishing, against the registries that the text has configured. */
export const npm: Tool = ({ words, env }, job) => {
  const isYarnTwo = words[1] === 'npm'
  const args = words.slice(isYarnTwo ? 2 : 1)
  const options = readOptions(args, valued)
  for (const [name, value] of env) readSetting(name.replace(/^npm_config_/i, ''), value, job)
  const [deed = '', ...rest] = options.rest
  if (deed === 'config' || deed === 'set') {
    const assignment = deed === 'config' ? rest.slice(1) : rest
    if (deed === 'set' || rest[0] === 'set') {
      const [first = '', second] = assignment
      const equals = first.lastIndexOf('=')
      if (second === undefined && equals > 0)
        readSetting(first.slice(0, equals), first.slice(equals + 1), job)
      else readSetting(first, second ?? '', job)
    }
    return []
  }
  const registry = options.last('registry')
  const repositories = installs.test(deed) ? rest.flatMap(gitAttempt) : []
  // An install that names nothing but Git repositories asks no registry.
  const isAll = repositories.length > 0 && repositories.length === rest.length
  return isAll ? repositories : [...repositories, ...attempts(deed, rest, registry, job)]
}

const installs =
  /^(?:|i|in|install|ci|clean-install|add|update|upgrade|up|fetch|dlx|it|install-test)$/
const views = /^(?:view|info|show|outdated|pack)$/

function attempts(
  deed: string,
  rest: readonly string[],
  registry: string | undefined,
  job: Job,
): Attempt[] {
  const reads = installs.test(deed) || views.test(deed)
  const tag = deed === 'dist-tag' || deed === 'dist-tags' || deed === 'tag'
  if (!reads && !tag && deed !== 'publish' && deed !== 'audit') return []
  const all = registry ? [registry] : registriesOf(job)
  // Of several registries only package.json tells which one is meant.
  const isOne = all.length === 1 || reads
  if (!isOne && all.length) return [{ what: 'unclear', token: tokenFor(all[0] as string, job) }]
  return all.flatMap((url) => {
    const token = tokenFor(url, job)
    const base = url.replace(/\/+$/, '')
    const of = (method: string, path: string): Attempt => ({
      what: 'request',
      method,
      url: base + path,
      token,
    })
    const name = '/${package}'
    if (deed === 'publish') return [of('PUT', name)]
    if (deed === 'audit') return [of('POST', '/-/npm/v1/security/advisories/bulk')]
    if (tag) {
      const path = `/-/package${name}/dist-tags`
      if (/^(?:add|set)$/.test(rest[0] ?? '')) return [of('PUT', `${path}/\${tag}`)]
      if (/^(?:rm|remove)$/.test(rest[0] ?? '')) return [of('DELETE', `${path}/\${tag}`)]
      return [of('GET', path)]
    }
    const tarballs = registryOfMany.test(base) && (installs.test(deed) || deed === 'pack')
    return tarballs ? [of('GET', name), ofOwners(base, token)] : [of('GET', name)]
  })
}

/** The npm registry of a group or of the whole instance. */
const registryOfMany = /\/api\/v4\/(?:groups\/[^/]+\/-\/)?packages\/npm$/

/**
 * Every version has the address of its tarball below the project that owns the package (`tarball_url`
 * of GitLab's npm presenter), which asks for a policy of that project.
 */
const ofOwners = (base: string, token: Credential): Attempt => ({
  what: 'request',
  method: 'GET',
  url: base.replace(registryOfMany, '/api/v4/projects/${owner}/packages/npm/${package}/-/${file}'),
  token,
  owners: true,
})

/** Those of a scope or of all packages; else those that a token is set for. */
function registriesOf(job: Job): string[] {
  const settings = job.settings('npm')
  if (settings.size === 0) return []
  const named = new Set<string>()
  const tokens = new Set<string>()
  for (const [key, value] of settings) {
    if (key === 'registry' || key.endsWith(':registry')) named.add(value)
    else if (key.startsWith('//')) tokens.add(`https:${key.slice(0, key.lastIndexOf(':'))}`)
  }
  const withPath = [...tokens].filter((url) => url.includes('/packages/npm'))
  return [...(named.size ? named : withPath)]
}

/** The credential of the longest address that a registry's begins with. */
function tokenFor(url: string, job: Job): Credential {
  const place = url.replace(/^\w+:/, '')
  let best = ''
  let found: Credential = 'none'
  for (const [key, value] of job.settings('npm')) {
    if (!key.startsWith('//')) continue
    const colon = key.lastIndexOf(':')
    const at = key.slice(0, colon)
    if (at.length < best.length || !`${place}/`.startsWith(at.endsWith('/') ? at : `${at}/`))
      continue
    best = at
    found = credentialOf(key.slice(colon + 1), value)
  }
  return found
}

function credentialOf(key: string, value: string): Credential {
  if (key === '_password') return userCredential('gitlab-ci-token', value)
  return headerCredential(`Authorization: ${key === '_authToken' ? 'Bearer' : 'Basic'} ${value}`)
}

/** One setting of `.npmrc`, as written there. */
function readSetting(key: string, value: string, job: Job) {
  const name = key.trim().replace(/^["']|["']$/g, '')
  const setting = value.trim().replace(/^["']|["']$/g, '')
  if (
    /^(?:@[^:\s]+:)?registry$/i.test(name) ||
    /^\/\/.*:_(?:authToken|password|auth)$/.test(name)
  ) {
    keep(job.settings('npm'), name, setting)
  }
}

/** Lines of `.npmrc`. */
export function readNpmrc(text: string, job: Job) {
  for (const line of text.split('\n')) {
    if (/^\s*[#;]/.test(line)) continue
    const equals = line.indexOf('=')
    if (equals > 0) readSetting(line.slice(0, equals), line.slice(equals + 1), job)
  }
}
