/**
 * Terraform's and OpenTofu's HTTP backend: https://docs.gitlab.com/user/infrastructure/iac/terraform_state/
 */
import { type Attempt, type Credential, carriesJobToken, userCredential } from './calls.ts'
import { type Job, keep, type Tool } from './job.ts'
import type { Command } from './shell.ts'

/** `terraform`, `tofu`, and GitLab's wrappers around them, which keep their state in the own project. */
export const terraform: Tool = (command, job) => {
  const isWrapper = /gitlab-t/.test(command.words[0] ?? '')
  const words = command.words.slice(1).filter((word) => !word.startsWith('-chdir'))
  const deed = words.find((word) => !word.startsWith('-')) ?? ''
  words.forEach((word, i) => {
    const [, glued] = /^--?backend-config=(.*)$/s.exec(word) ?? []
    const setting = glued ?? (/^--?backend-config$/.test(word) ? words[i + 1] : undefined)
    if (setting === undefined) return
    // A file of settings, or one of them.
    const lines = setting.includes('=') ? [setting] : (job.textOf(setting) ?? '').split('\n')
    for (const line of lines) {
      const [, key, value] = /^\s*(\w+)\s*=\s*"?(.*?)"?\s*$/s.exec(line) ?? []
      if (key && value !== undefined) keep(job.settings('terraform'), key, value)
    }
  })
  const address = settingOf('address', command, job) || (isWrapper ? ownState(command, job) : '')
  const token = isWrapper && !hasLogin(command, job) ? 'job' : login(command, job)
  if (!address) {
    // Terraform sends this token to registries of modules and providers.
    if (/^(?:init|get|providers)$/.test(deed) && job.holds(/^TF_TOKEN_/))
      return [{ what: 'unclear', token: 'job' }]
    // The address comes from elsewhere, such as a command, and the token goes there.
    return carriesJobToken(token) &&
      !/^(?:fmt|validate|version|providers|get|login|logout|test)$/.test(deed)
      ? [{ what: 'unclear', token }]
      : []
  }
  const locks = !words.some((word) => /^--?lock=false$/.test(word))
  const state = (method: string, url = address): Attempt => ({
    what: 'request',
    method,
    url,
    token,
  })
  const lockAddress = settingOf('lock_address', command, job)
  const unlockAddress = settingOf('unlock_address', command, job) || lockAddress
  // Without an address for locks there is no locking.
  const locking =
    locks && lockAddress
      ? [
          state(settingOf('lock_method', command, job) || 'LOCK', lockAddress),
          state(settingOf('unlock_method', command, job) || 'UNLOCK', unlockAddress),
        ]
      : isWrapper && locks
        ? [state('POST', `${address}/lock`), state('DELETE', `${address}/lock`)]
        : []
  const full = words
    .filter((word) => !word.startsWith('-'))
    .slice(0, 2)
    .join(' ')
  if (
    /^(?:apply|destroy|import|refresh|taint|untaint)\b|^state (?:mv|rm|push|replace-provider)$/.test(
      full,
    )
  ) {
    return [state('GET'), state('POST'), ...locking]
  }
  if (/^plan\b/.test(full)) return [state('GET'), ...locking]
  if (/^(?:init|output|show|console|graph)\b|^state (?:list|show|pull)$|^workspace\b/.test(full))
    return [state('GET')]
  return deed === 'force-unlock' ? locking.slice(1) : []
}

/** A setting of the backend, from the command line or from a variable. */
function settingOf(key: string, { env }: Command, job: Job): string {
  const name = key.toUpperCase()
  const find = (variable: string) => env.get(variable) ?? job.get(variable) ?? ''
  return job.settings('terraform').get(key) || find(`TF_HTTP_${name}`) || find(`TF_${name}`)
}

const hasLogin = (command: Command, job: Job) => settingOf('password', command, job) !== ''

const login = (command: Command, job: Job): Credential =>
  userCredential(settingOf('username', command, job), settingOf('password', command, job))

function ownState(command: Command, job: Job): string {
  const name = settingOf('state_name', command, job) || 'default'
  return `\${CI_API_V4_URL}/projects/\${CI_PROJECT_ID}/terraform/state/${name}`.replace(
    '${CI_API_V4_URL}',
    job.get('CI_API_V4_URL') ?? '',
  )
}
