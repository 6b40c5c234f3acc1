/** Git over HTTPS: https://docs.gitlab.com/ci/jobs/ci_job_token/ */
import {
  type Attempt,
  credentialIn,
  isJobToken,
  plainAddress,
  strongest,
  urlCredential,
  userCredential,
} from './calls.ts'
import { fromNetrc, type Job, keep, type Tool } from './job.ts'
import { readOptions } from './options.ts'
import { directory } from './shell-state.ts'

const valued =
  'c C b/branch o/origin u/upload-pack j/jobs depth reference reference-if-able separate-git-dir ' +
  'filter shallow-since shallow-exclude config git-dir work-tree namespace template receive-pack ' +
  'exec push-option server-option refmap recurse'

/** Reads what a `git` command fetches from or pushes to, through `url.….insteadOf`. */
export const git: Tool = ({ words }, job) => {
  let at = 1
  let folder = folderOf(job)
  while (at < words.length && (words[at] as string).startsWith('-')) {
    if (words[at] === '-C') folder = below(folder, words[at + 1] ?? '')
    if (words[at] === '-c') configure((words[at + 1] ?? '').split(/=(.*)/s, 2), job)
    at += /^-[cC]$|^--(?:git-dir|work-tree|namespace)$/.test(words[at] as string) ? 2 : 1
  }
  const deed = words[at]
  const options = readOptions(words.slice(at + 1), valued)
  const [first, second, third] = options.rest
  switch (deed) {
    case 'config':
      configure(first === 'set' ? [second, third] : [first, second], job)
      return []
    case 'clone':
      remember(first, second, folder, job)
      return repository('git-read', first, job, folder)
    case 'ls-remote':
    case 'fetch':
    case 'pull':
    case 'archive':
      return repository('git-read', options.last('remote') || first || 'origin', job, folder)
    case 'push':
      return repository('git-push', options.last('repo') || first || 'origin', job, folder)
    case 'remote':
      if (first === 'add' || first === 'set-url') {
        if (second && third) keep(job.settings('git remote'), remoteKey(second, folder, job), third)
      }
      return []
    case 'submodule':
      return submodule(first, second, job)
    default:
      return []
  }
}

/** `git+https://…@ref`, as package managers take a repository for a package. */
export function gitAttempt(word: string): Attempt[] {
  const [, url] = /^(?:[\w.[\]-]+\s*@\s*|-e\s*)?git\+(https?:\/\/.+)$/s.exec(word) ?? []
  if (!url) return []
  const bare = url.replace(/#.*$/s, '').replace(/(\.git|\/[^/@]+)@[^/@]+$/, '$1')
  const token = urlCredential(bare)
  return [{ what: 'git-read', url: bare, token }]
}

function submodule(deed: string | undefined, url: string | undefined, job: Job): Attempt[] {
  if (deed === 'add') return repository('git-read', url, job, '')
  if (deed !== 'update') return []
  // The addresses of the submodules stand in .gitmodules, which the text does not show.
  const rewrites = [...job.settings('git instead').values()]
  const token = strongest([...rewrites.map(urlCredential), ...job.netrc.values()])
  return token === 'none' ? [] : [{ what: 'unclear', token }]
}

const folderOf = (job: Job): string => {
  const folder = job.lookUp(directory)
  return typeof folder === 'string' ? folder : ''
}

const below = (folder: string, path: string): string =>
  /^[~/$]/.test(path) || !folder
    ? path.replace(/^\.\//, '').replace(/\/+$/, '')
    : `${folder}/${path}`

/** The last part of an address, without `.git`; undefined where all of it is slashes. */
function nameIn(url: string): string | undefined {
  const bare = url.replace(/\/+$/, '')
  const last = bare.slice(bare.lastIndexOf('/') + 1)
  return (last.endsWith('.git') && last !== '.git' ? last.slice(0, -4) : last) || undefined
}

/** Inside a clone, `origin` is where it came from, with user name and password. */
function remember(url: string | undefined, path: string | undefined, folder: string, job: Job) {
  if (!url) return
  const name = path ?? nameIn(url)
  if (!name) return
  const clone = below(folder, name)
  keep(job.settings('git clone'), clone, url)
  keep(job.settings('git remote'), `${clone}\n origin`, url)
}

/** A remote belongs to the clone that the folder is in; outside of all to the own project's. */
function remoteKey(name: string, folder: string, job: Job): string {
  const clones = job.settings('git clone')
  if (clones.size === 0) return `\n ${name}`
  for (let at = folder; at; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
    if (clones.has(at)) return `${at}\n ${name}`
  }
  return `\n ${name}`
}

function repository(
  what: 'git-read' | 'git-push',
  written: string | undefined,
  job: Job,
  folder: string,
): Attempt[] {
  const remotes = job.settings('git remote')
  const remote = written === undefined ? undefined : remotes.get(remoteKey(written, folder, job))
  const url = rewritten(remote ?? written ?? '', job)
  // The own project's remote, and what goes over SSH or stays on the machine.
  if (!/^https?:\/\/|^\$\{/i.test(url)) return []
  const token = strongest([
    urlCredential(url),
    fromNetrc(job, url),
    ...(job.settings('git').has('extraheader') ? ['job' as const] : []),
    credentialIn(job.settings('git').get('helper')),
    ...(job.get('GIT_ASKPASS') ? ['unknown' as const] : []),
  ])
  const isHidden = /^\$\{\w+\}$/.test(url)
  return isHidden && token === 'none' ? [] : [{ what, url, token }]
}

/** The longest match wins: https://git-scm.com/docs/git-config#Documentation/git-config.txt-urlltbasegtinsteadOf */
function rewritten(url: string, job: Job): string {
  let best = ''
  let base = ''
  for (const [from, to] of job.settings('git instead')) {
    if (from.length <= best.length || !url.startsWith(from)) continue
    best = from
    base = to
  }
  return best ? base + url.slice(best.length) : url
}

function configure([key = '', value = '']: readonly (string | undefined)[], job: Job) {
  const base = /^url\.(.+)\.(?:push)?insteadof$/is.exec(key)?.[1]
  if (base) keep(job.settings('git instead'), value, base)
  if (/\.extraheader$/i.test(key) && isJobToken(value)) keep(job.settings('git'), 'extraheader', '')
  if (/^credential\.(?:.*\.)?helper$/i.test(key)) {
    const user = /\busername=([\w-]+)/.exec(value)?.[1] ?? ''
    const helper = isJobToken(value) ? userCredential(user, jobTokenOf(value)) : 'unknown'
    keep(job.settings('git'), 'helper', helper)
  }
  const credential = /^credential\.(.*\.)?username$/i.exec(key)
  if (credential) keep(job.settings('git'), 'user', value)
}

/** A helper runs a shell of its own, which fills in what quotes protect here. */
const jobTokenOf = (helper: string) =>
  /\b(?:CI_JOB_TOKEN|CI_BUILD_TOKEN|CI_REGISTRY_PASSWORD)\b|\bglcbt-/.exec(helper)?.[0]
    ? '${CI_JOB_TOKEN}'
    : ''

/** Lines of `~/.git-credentials`: https://git-scm.com/docs/git-credential-store */
export function readGitCredentials(text: string, job: Job) {
  for (const [, user = '', password = '', host = ''] of text.matchAll(
    /^\s*https?:\/\/([^\s/:@]{1,300}):([^\s/@]{1,2000})@([^\s/:]{1,300})/gm,
  )) {
    keep(job.netrc, plainAddress(host).toLowerCase(), userCredential(user, password))
  }
}

/** Lines of `~/.netrc`. https://everything.curl.dev/usingcurl/netrc.html */
export function readNetrc(text: string, job: Job) {
  const entry =
    /machine\s{1,9}(\S{1,300})\s{1,9}login\s{1,9}(\S{1,300})\s{1,9}password\s{1,9}(\S{1,2000})/g
  for (const [, host = '', user = '', password = ''] of text.matchAll(entry)) {
    keep(job.netrc, plainAddress(host).toLowerCase(), userCredential(user, password))
  }
}

/** Lines of `.gitmodules`, which a job with submodules fetches. */
export function readGitmodules(text: string): { line: number; url: string }[] {
  return text.split('\n').flatMap((written, line) => {
    const url = /^\s*url\s*=\s*(\S+)\s*$/.exec(written)?.[1]
    return url ? [{ line, url }] : []
  })
}
