/** `curl` and `wget`: https://curl.se/docs/manpage.html, https://www.gnu.org/software/wget/manual/ */
import {
  type Attempt,
  type Credential,
  carriesJobToken,
  headerCredential,
  parameterCredential,
  strongest,
  urlCredential,
  userCredential,
} from './calls.ts'
import { fromNetrc, type Job, type Tool } from './job.ts'
import { readOptions } from './options.ts'
import type { Command } from './shell.ts'
import { unknownOutput } from './shell-state.ts'

const curlValued =
  'X/request H/header d/data data-raw data-binary data-ascii data-urlencode json F/form form-string ' +
  'T/upload-file u/user url o/output A/user-agent b/cookie c/cookie-jar C/continue-at D/dump-header ' +
  'e/referer E/cert K/config m/max-time r/range t/telnet-option U/proxy-user w/write-out x/proxy ' +
  'y/speed-time Y/speed-limit z/time-cond P/ftp-port Q/quote connect-timeout retry retry-delay ' +
  'retry-max-time cacert capath key cert-type key-type pass oauth2-bearer resolve connect-to ' +
  'interface limit-rate output-dir netrc-file url-query request-target ciphers tls13-ciphers ' +
  'proxy-header noproxy max-redirs max-filesize trace trace-ascii stderr variable expand-url ' +
  'expand-header expand-data expand-user aws-sigv4 dns-servers doh-url keepalive-time proto ' +
  'proto-default proto-redir tls-max unix-socket rate parallel-max create-file-mode etag-save ' +
  'etag-compare happy-eyeballs-timeout-ms local-port pinnedpubkey preproxy service-name socks5 ' +
  'socks5-hostname socks4 socks4a'
const curlFlags =
  'G/get I/head L/location f/fail s/silent S/show-error k/insecure n/netrc g/globoff :/next'

/** Reads the calls of one `curl`: several addresses share their options, up to `--next`. */
export const curl: Tool = (command, job) => {
  const words = withConfig(command, job)
  const attempts: Attempt[] = []
  let start = 1
  while (start < words.length) {
    let end = start
    while (end < words.length && words[end] !== '--next' && words[end] !== '-:') end++
    for (const attempt of curlGroup(words.slice(start, end), job)) attempts.push(attempt)
    start = end + 1
  }
  return attempts
}

/** Puts the options of `-K file` in place, where the text shows the file. */
function withConfig({ words, input }: Command, job: Job): readonly string[] {
  const at = words.findIndex(
    (word) =>
      word.startsWith('-') &&
      (word.includes('K') || word.startsWith('--config')) &&
      /^(?:-K|--config)(?:=|$)|^-[a-zA-Z]*K$/.test(word),
  )
  if (at < 0) return words
  const glued = /^--config=(.*)$/s.exec(words[at] ?? '')?.[1]
  const file = glued ?? words[at + 1] ?? ''
  const text = file === '-' ? input : job.textOf(file)
  if (text === undefined || text.includes(unknownOutput)) return words
  const flags = /^-([a-zA-Z]+)K$/.exec(words[at] ?? '')?.[1]
  return [
    ...words.slice(0, at),
    ...(flags ? [`-${flags}`] : []),
    ...text.split('\n').flatMap(configured),
    ...words.slice(at + (glued === undefined ? 2 : 1)),
  ]
}

/** A line of a file for `-K`: https://curl.se/docs/manpage.html#-K */
function configured(line: string): string[] {
  const [, name, quoted, bare] =
    /^\s*(?!#)-{0,2}([\w-]+)\s*[=:]?\s*(?:"((?:[^"\\]|\\.)*)"|(\S.*?))?\s*$/.exec(line) ?? []
  if (!name) return []
  const option = name.length === 1 ? `-${name}` : `--${name}`
  const value = quoted?.replace(/\\(.)/g, '$1') ?? bare
  return value === undefined ? [option] : [option, value]
}

/** Options that hold a body. */
const bodies = ['data', 'data-raw', 'data-binary', 'data-ascii', 'data-urlencode', 'expand-data']
const netrcs = ['netrc', 'netrc-file', 'netrc-optional']

function curlGroup(words: readonly string[], job: Job): Attempt[] {
  const options = readOptions(words, curlValued, curlFlags)
  let urls = [...options.all('url'), ...options.all('expand-url'), ...options.rest].map((url) =>
    options.has('globoff') ? complete(url) : globbed(complete(url)),
  )
  const uploads = options.all('upload-file')
  const isForm = options.has('form') || options.has('form-string')
  const sends = isForm || options.has('json') || bodies.some(options.has)
  const found: Credential[] = []
  for (const name of ['header', 'expand-header']) {
    for (const header of options.all(name)) found.push(headerIn(header, job))
  }
  for (const name of bodies) {
    for (const body of options.all(name)) {
      for (const part of body.split('&', 50)) {
        found.push(parameterCredential(part), ...fieldsOf(part).map(parameterCredential))
      }
    }
  }
  for (const body of options.all('json')) found.push(...fieldsOf(body).map(parameterCredential))
  for (const name of ['form', 'form-string', 'url-query']) {
    for (const part of options.all(name)) found.push(parameterCredential(part))
  }
  for (const name of ['user', 'expand-user']) {
    for (const user of options.all(name)) found.push(nameAndPassword(user))
  }
  for (const bearer of options.all('oauth2-bearer')) {
    found.push(headerCredential(`Authorization: ${bearer}`))
  }
  const shared = strongest(found)
  const readsNetrc = netrcs.some(options.has)

  // An unknown variable may hold options, the method among them, so the method is known only where
  // `--request` is written.
  const hidden = options.rest.filter((word) => word.endsWith('}') && /^\$\{\w+\}$/.test(word))
  const isHidden = hidden.length > 0 && urls.length > hidden.length
  if (isHidden || options.has('config')) {
    // Ignore the call where it has neither a job token nor an address of GitLab's API.
    const isGitlabs =
      carriesJobToken(shared) || urls.some((url) => /\/api\/(?:v4|graphql)\b/.test(url))
    if (!isGitlabs) return []
    if (!options.has('request')) {
      return [{ what: 'unclear', token: shared === 'none' ? 'unknown' : shared }]
    }
    if (isHidden) urls = urls.filter((url) => !/^\$\{\w+\}$/.test(url))
  }

  return urls.map((url, i) => {
    const file = uploads[i]
    const method =
      options.last('request') ??
      (file === undefined ? undefined : 'PUT') ??
      (options.has('head') ? 'HEAD' : undefined) ??
      (sends && !options.has('get') ? 'POST' : 'GET')
    const entry = readsNetrc ? fromNetrc(job, url) : undefined
    // The login may stand in a `.netrc` that the text does not show.
    const login = entry === 'none' ? 'unknown' : (entry ?? 'none')
    const token = strongest([shared, urlCredential(url), login])
    return { what: 'request', method, url: uploadAddress(url, file), token }
  })
}

/** The credential in a header, or the strongest one in the file of `-H @file`. */
function headerIn(header: string, job: Job): Credential {
  if (!header.startsWith('@')) return headerCredential(header)
  const text = job.textOf(header.slice(1))
  return text === undefined ? 'unknown' : strongest(text.split('\n').map(headerCredential))
}

/** The fields of a body in JSON that may be a credential, as `name=value`. */
const fieldsOf = (body: string): string[] =>
  body.startsWith('{')
    ? Array.from(
        body
          .slice(0, 4000)
          .matchAll(/"(job_token|private_token|access_token|token)"\s*:\s*"([^"]{1,500})"/g),
        ([, name, value]) => `${name}=${value}`,
      )
    : []

/** With a slash at the end of the address, curl adds the file's name. */
function uploadAddress(url: string, file: string | undefined): string {
  if (!file || !/^[^?#]*\/$/.test(url)) return url
  return url + (file.includes('$(') || file === '-' ? '${FILE}' : (file.split('/').at(-1) ?? ''))
}

function nameAndPassword(text: string): Credential {
  const colon = text.indexOf(':')
  return userCredential(text.slice(0, Math.max(colon, 0)), text.slice(colon + 1))
}

/** Adds the scheme to an address that begins with a host; a leading variable may hold both. */
const complete = (url: string) => (/^(?:\w+:\/\/|[/$])/.test(url) ? url : `https://${url}`)

/** curl's `[1-3]` stands for several addresses; behind `//` it is one of IPv6. */
const globbed = (url: string) =>
  url.includes('[') ? url.replace(/([^/@])(\/?)\[[\w:-]{1,40}\]/g, `$1$2${unknownOutput}`) : url

const wgetValued =
  'O/output-document P/directory-prefix o/output-file a/append-output t/tries T/timeout U/user-agent ' +
  'header post-data post-file method body-data body-file user password http-user http-password ' +
  'i/input-file w/wait waitretry e/execute Q/quota referer load-cookies save-cookies ca-certificate ' +
  'certificate private-key ca-directory A/accept R/reject D/domains l/level limit-rate dns-timeout ' +
  'connect-timeout read-timeout cut-dirs base B/base progress max-redirect bind-address'
const wgetFlags =
  'q/quiet c/continue N/timestamping S/server-response r/recursive v/verbose n/no b/background'

/** Reads the calls of one `wget`, that of BusyBox included. */
export const wget: Tool = ({ words }, job) => {
  const options = readOptions(words.slice(1), wgetValued, wgetFlags)
  const body = ['post-data', 'body-data'].flatMap((name) => options.all(name))
  const password = options.last('password') ?? options.last('http-password') ?? ''
  const user = options.last('user') ?? options.last('http-user') ?? ''
  const shared = strongest([
    ...options.all('header').map(headerCredential),
    ...body.flatMap((text) => text.split('&', 50)).map(parameterCredential),
    userCredential(user, password),
  ])
  const posts = options.has('post-data') || options.has('post-file')
  const method = options.last('method') ?? (posts ? 'POST' : options.has('spider') ? 'HEAD' : 'GET')
  return options.rest.map(complete).map((url) => {
    // Unlike curl, wget reads ~/.netrc by itself.
    const token = strongest([shared, urlCredential(url), fromNetrc(job, url)])
    return { what: 'request', method, url, token }
  })
}
