/** Git over HTTPS: https://docs.gitlab.com/ci/jobs/ci_job_token/ */
import {
  type Attempt,
  isJobToken,
  plainAddress,
  strongest,
  urlCredential,
  userCredential,
} from './calls.ts'
import { readOptions } from './options.ts'
import { fromNetrc, type Job, keep, type Tool } from './script.ts'

const valued =
  'c C b/branch o/origin u/upload-pack j/jobs depth reference reference-if-able separate-git-dir ' +
  'filter shallow-since shallow-exclude config git-dir work-tree namespace template receive-pack ' +
  'exec push-option server-option refmap recurse'

/** Reads what a `git` command fetches from or pushes to, through `url.….insteadOf`. */
export const git: Tool = ({ words }, job) => {
  let at = 1
  while (at < words.length && (words[at] as string).startsWith('-')) {
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
    case 'ls-remote':
    case 'fetch':
    case 'pull':
    case 'archive':
      return repository('git-read', options.last('remote') || first, job)
    case 'push':
      return repository('git-push', options.last('repo') || first || 'origin', job)
    case 'remote':
      if (first === 'add' || first === 'set-url') {
        if (second && third) keep(job.settings('git remote'), second, third)
      }
      return []
    case 'submodule':
      return submodule(first, second, job)
    default:
      return []
  }
}

function submodule(deed: string | undefined, url: string | undefined, job: Job): Attempt[] {
  if (deed === 'add') return repository('git-read', url, job)
  if (deed !== 'update') return []
  // Which repositories these are stands in .gitmodules.
  const rewrites = [...job.settings('git instead').values()]
  const token = strongest([...rewrites.map(urlCredential), ...job.netrc.values()])
  return token === 'none' ? [] : [{ what: 'unclear', token }]
}

function repository(
  what: 'git-read' | 'git-push',
  written: string | undefined,
  job: Job,
): Attempt[] {
  const remote = written === undefined ? undefined : job.settings('git remote').get(written)
  const url = rewritten(remote ?? written ?? '', job)
  // The own project's remote, and what goes over SSH or stays on the machine.
  if (!/^https?:\/\/|^\$\{/i.test(url)) return []
  const token = strongest([
    urlCredential(url),
    fromNetrc(job, url),
    ...(job.settings('git').has('extraheader') ? ['job' as const] : []),
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
  const credential = /^credential\.(.*\.)?username$/i.exec(key)
  if (credential) keep(job.settings('git'), 'user', value)
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
