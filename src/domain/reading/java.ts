/**
 * Maven and Gradle with GitLab's registry: https://docs.gitlab.com/user/packages/maven_repository/
 */
import {
  type Attempt,
  type Credential,
  credentialIn,
  headerCredential,
  isJobToken,
  strongest,
  userCredential,
} from './calls.ts'
import type { Job, Tool } from './job.ts'

const file = '${path}/${file}'
const below = (url: string) => `${url.replace(/\/+$/, '')}/${file}`

/** `mvn deploy` and its like, as far as the command line names the repository. */
export const mvn: Tool = ({ words }, job) => {
  const attempts: Attempt[] = []
  // The token is unknown where it stands in a settings file that the text does not show.
  const isHidden =
    job.settings('maven').get('token') === undefined &&
    words.some((word) => /^(?:-s|-gs|--settings|--global-settings)(?:=|$)/.test(word))
  const publishes = words.some((word) => /^(?:deploy|site-deploy)$|:deploy(?:-file)?$/.test(word))
  for (const word of words) {
    const [, name, value] =
      /^-D(altDeploymentRepository|alt(?:Release|Snapshot)DeploymentRepository|url|remoteRepositories)=(.*)$/s.exec(
        word,
      ) ?? []
    if (!name || !value) continue
    // `id::layout::url` of older versions, `id::url` of newer ones.
    const url = value.split('::').at(-1) ?? value
    const method = name === 'remoteRepositories' ? 'GET' : 'PUT'
    if (method !== 'GET' && !publishes) continue
    attempts.push(
      isHidden
        ? { what: 'unclear', token: 'job' }
        : { what: 'request', method, url: below(url), token: serverToken(job) },
    )
  }
  if (attempts.length) return attempts
  // The repository stands in pom.xml; that a token goes there, only in the settings.
  const settings = job.settings('maven')
  return publishes && settings.get('token') ? [{ what: 'unclear', token: serverToken(job) }] : []
}

const serverToken = (job: Job): Credential => credentialIn(job.settings('maven').get('token'))

/** An attempt, and the line of the text that it comes from, from 0. */
type Placed = { readonly line: number; readonly attempt: Attempt }

/** `settings.xml` and `pom.xml`: the repositories, and what is sent to them. */
export function readMavenXml(text: string): { token: Credential; attempts: Placed[] } {
  const credentials: Credential[] = []
  const attempts: { line: number; method: string; url: string }[] = []
  const open: string[] = []
  let name = ''
  let user = ''
  let line = 0
  const tags = /\n|<!--|<(\/?)([\w:.-]{1,60})(?![\w:.-])[^<>]{0,1000}?(\/?)>([^<\n]{0,2000})/g
  for (let tag = tags.exec(text); tag; tag = tags.exec(text)) {
    if (tag[0] === '\n') {
      line++
      continue
    }
    if (tag[0] === '<!--') {
      const end = text.indexOf('-->', tag.index)
      const to = end < 0 ? text.length : end
      for (let i = text.indexOf('\n', tag.index); i >= 0 && i < to; i = text.indexOf('\n', i + 1))
        line++
      tags.lastIndex = to
      continue
    }
    const [all, closes, element = '', isEmpty, content = ''] = tag
    line += all.split('\n').length - 1
    const value = content.trim()
    if (closes) {
      const at = open.lastIndexOf(element)
      if (at >= 0) open.length = at
      continue
    }
    if (isEmpty) continue
    if (open.length < 50) open.push(element)
    if (element === 'name') name = value
    else if (element === 'value') credentials.push(headerCredential(`${name}: ${value}`))
    else if (element === 'username') user = value
    else if (element === 'password') credentials.push(userCredential(user, value))
    else if (element === 'url' && /packages\/maven/.test(value)) {
      const publishes = open.includes('distributionManagement')
      attempts.push({ line, method: publishes ? 'PUT' : 'GET', url: below(value) })
    }
  }
  const token = strongest(credentials)
  return {
    token,
    attempts: attempts.map(({ line: at, method, url }) => ({
      line: at,
      // The settings stand in another file than the repositories.
      attempt: { what: 'request', method, url, token: credentials.length ? token : 'job' },
    })),
  }
}

/** `build.gradle` and `build.gradle.kts`. */
export function readGradle(text: string): Placed[] {
  const credentials: Credential[] = []
  const found: { line: number; method: string; url: string }[] = []
  let depth = 0
  let publishing = -1
  let name = ''
  text.split('\n').forEach((written, line) => {
    const code = written.replace(/(^|\s)\/\/.*$/, '$1')
    if (/\bpublishing\b/.test(code) && publishing < 0) publishing = depth
    const url = /\b(?:url|setUrl)\b\s*[=(]?\s*(?:uri\s*\(?)?\s*["']([^"']{1,2000})["']/.exec(
      code,
    )?.[1]
    if (url && /packages\/maven/.test(url)) {
      found.push({ line, method: publishing >= 0 ? 'PUT' : 'GET', url: below(url) })
    }
    name = /\bname\s*=\s*["']([^"']{1,100})["']/.exec(code)?.[1] ?? name
    const value = /\bvalue\s*=\s*(.{1,300})$/.exec(code)?.[1]
    if (value && /token/i.test(name)) credentials.push(headerCredential(`${name}: ${value}`))
    const password = /\bpassword\s*=?\s*(.{1,300})$/.exec(code)?.[1]
    if (password && isJobToken(password))
      credentials.push(userCredential('gitlab-ci-token', password))
    for (const char of code) {
      if (char === '{') depth++
      else if (char === '}' && --depth <= publishing) publishing = -1
    }
  })
  const token = strongest(credentials)
  return found.map(({ line, method, url }) => ({
    line,
    attempt: { what: 'request', method, url, token },
  }))
}
