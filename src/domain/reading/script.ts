/** Runs through the commands of a shell text and asks each tool's reader what they call. */
import { type Attempt, type Credential, isJobToken } from './calls.ts'
import { curl, wget } from './curl.ts'
import { docker } from './docker.ts'
import { git, readNetrc } from './git.ts'
import { glab, releaseCli } from './glab.ts'
import { mvn, readMavenXml } from './java.ts'
import { npm, readNpmrc } from './npm.ts'
import { pip, poetry, readPipConf, readPypirc, twine, uv } from './python.ts'
import { type Command, commandsOf, type Env, printed, unknownOutput } from './shell.ts'
import { terraform } from './terraform.ts'

/** What the commands of a job leave behind for those after them. */
export type Job = {
  readonly env: Env
  /** What configures a tool, such as the lines of `.npmrc`, by the tool's name. */
  readonly settings: (tool: string) => Map<string, string>
  /** What `~/.netrc` holds, by host. */
  readonly netrc: Map<string, Credential>
}

/** Reads what one command calls; each program that we know has one. */
export type Tool = (command: Command, job: Job) => Attempt[]

const tools = new Map<string, Tool>([
  ['curl', curl],
  ['wget', wget],
  ['glab', glab],
  ['release-cli', releaseCli],
  ...['npm', 'yarn', 'pnpm'].map((name) => [name, npm] as const),
  ...['mvn', 'mvnw'].map((name) => [name, mvn] as const),
  ...['pip', 'pip3'].map((name) => [name, pip] as const),
  ['uv', uv],
  ['poetry', poetry],
  ['twine', twine],
  ...['terraform', 'tofu', 'gitlab-terraform', 'gitlab-tofu'].map(
    (name) => [name, terraform] as const,
  ),
  ...['docker', 'podman', 'buildah', 'nerdctl', 'skopeo', 'crane', 'helm', 'oras'].map(
    (name) => [name, docker] as const,
  ),
  ['git', git],
])

/** Words of the shell, and programs that start another one, with their options that take a value. */
const wrappers = new Map<string, string>(
  [
    ...'if then else elif while until do ! { } time exec command sudo nohup builtin'.split(' '),
    ...'not when retry chronic unbuffer stdbuf setsid ionice npx bunx pnpx corepack dotenv'.split(
      ' ',
    ),
  ].map((word) => [word, '']),
)
for (const [word, valued] of [
  ['env', 'u C S'],
  ['sudo', 'u g'],
  ['timeout', 's k'],
  ['xargs', 'I n P L d s'],
  ['nice', 'n'],
  ['retry', 't d n m'],
  ['npx', 'p c package'],
] as const) {
  wrappers.set(word, valued)
}

/** A new job, with the values of its variables. */
export function newJob(env: Env): Job {
  const settings = new Map<string, Map<string, string>>()
  return {
    env,
    settings(tool) {
      const known = settings.get(tool) ?? new Map<string, string>()
      settings.set(tool, known)
      return known
    },
    netrc: new Map(),
  }
}

/** The credential that `~/.netrc` holds for an address. */
export function fromNetrc(job: Job, url: string): Credential {
  const host = /^\w+:\/\/(?:[^/@]*@)?([^/:?#]+)/.exec(url)?.[1]?.toLowerCase()
  return (host && job.netrc.get(host)) || 'none'
}

/** One tool's settings hold no more than this, however long the text. */
const mostSettings = 100

/** Keeps a setting for the commands that follow. */
export function keep<Value>(settings: Map<string, Value>, key: string, value: Value) {
  if (settings.size < mostSettings || settings.has(key)) settings.set(key, value)
}

/** A call, and the line of the text on which its command begins, from 0. */
export type Sighting = { readonly line: number; readonly tool: string; readonly attempt: Attempt }

/** The calls of a shell text, in order; `job` keeps what they leave behind. */
export function readScript(text: string, job: Job, depth = 0): Sighting[] {
  const sightings: Sighting[] = []
  for (const command of commandsOf(text, job.env)) {
    sightings.push(...readCommand(command, job, depth))
  }
  return sightings
}

function readCommand(written: Command, job: Job, depth: number): Sighting[] {
  const command = unwrapped(written)
  const program = nameOf(command.words[0] ?? '')
  if (!program) return []
  const { line } = command
  if (depth < 3) {
    const inner = innerScript(program, command)
    if (inner !== undefined) {
      return readScript(inner, job, depth + 1).map((sighting) => ({ ...sighting, line }))
    }
  }
  writeFile(command, job)
  const tool = tools.get(program)
  const attempts = tool?.(command, job) ?? []
  if (attempts.length || (tool && configures.test(command.words.slice(1, 4).join(' ')))) {
    return attempts.map((attempt) => ({ line, tool: program, attempt }))
  }
  return mentions(command) || implicit.test(program)
    ? [{ line, tool: program, attempt: unclear }]
    : []
}

/** Deeds that pass a token on to later commands. */
const configures = /^(?:config|set|auth login|remote|source add|-c )/
/** Programs that use the job token without being told. */
const implicit = /^(?:semantic-release|goreleaser|download-secure-files)$/

/** What a script writes into a tool's configuration, holds for the commands that follow. */
function writeFile(command: Command, job: Job) {
  const file = command.output ?? (command.words[0] === 'tee' ? command.words.at(-1) : undefined)
  const text = file === undefined ? undefined : printed(command)
  if (file === undefined || text === undefined || text.length > 100_000) return
  if (/npmrc$/.test(file)) readNpmrc(text, job)
  else if (/netrc$/.test(file)) readNetrc(text, job)
  else if (/pip\.(?:conf|ini)$/.test(file)) readPipConf(text, job)
  else if (/pypirc$/.test(file)) readPypirc(text, job)
  else if (/settings\w*\.xml$/.test(file)) {
    keep(job.settings('maven'), 'token', readMavenXml(text).token)
  }
}

/** Fills in the values of variables, in any of the spellings that configurations have. */
export function fill(text: string, env: Pick<Env, 'get'>): string {
  return text.replace(
    /\$\{System\.getenv\(\\?["'](\w{1,80})\\?["']\)\}|\$\{(?:env[.:])?(\w{1,80})\}|\$(\w{1,80})/g,
    (_all, ...names: (string | undefined)[]) => {
      const name = names[0] ?? names[1] ?? names[2] ?? ''
      return env.get(name) ?? `\${${name}}`
    },
  )
}

/** A program without its folder; Windows adds an ending. */
const nameOf = (word: string) =>
  /[/\\.]/.test(word) ? word.replace(/^.*[/\\]/, '').replace(/\.(?:exe|cmd)$/i, '') : word

const unclear: Attempt = { what: 'unclear', token: 'job' }

/** Programs that pass a token to nobody. */
const silent =
  /^(?:echo|printf|export|declare|local|readonly|typeset|set|unset|test|\[|\[\[|cat|tee|sed|awk|grep|egrep|cut|tr|case|for|in|select|function|return|exit|sleep|true|false|:|cd|mkdir|touch|chmod|ls|base64|jq|if|read|source|\.)$/

const mentions = ({ words, env }: Command) =>
  !silent.test(words[0] ?? '') && (words.some(isJobToken) || [...env.values()].some(isJobToken))

/** Where the program of `python -m twine` or `uv run twine` stands; 0 for other commands. */
function launched(words: readonly string[]): number {
  const [program = '', deed = ''] = words
  if (/(?:^|\/)(?:python[\d.]*|py)$/.test(program)) return words.indexOf('-m') + 1
  if (program === 'uvx') return 1
  return /^(?:uv|poetry|pipenv|pipx|pdm|hatch)$/.test(program) && deed === 'run' ? 2 : 0
}

/** The command behind `sudo`, `env`, `if` and their like. */
function unwrapped(command: Command): Command {
  let words = command.words
  let env = command.env
  for (let i = 0; i < 10; i++) {
    const module = launched(words)
    if (module) {
      words = words.slice(module)
      continue
    }
    const valued = wrappers.get(words[0] ?? '')
    if (valued === undefined) break
    let at = 1
    while (at < words.length) {
      const word = words[at] as string
      const assigned = /^([A-Za-z_]\w*)=(.*)$/s.exec(word)
      if (assigned) env = new Map([...env, [assigned[1] as string, assigned[2] as string]])
      else if (word.startsWith('-')) {
        if (valued.split(' ').includes(word.replace(/^--?/, ''))) at++
      } else if (!/^\d+[smhd]?$/.test(word)) break
      at++
    }
    words = words.slice(at)
  }
  return words === command.words ? command : { ...command, words, env }
}

/** The text that `sh -c`, `eval` and their like run. */
function innerScript(program: string, { words, input }: Command): string | undefined {
  if (program === 'eval') return words.slice(1).join(' ')
  if (!/^(?:ba|da|z|a|k)?sh$/.test(program)) return undefined
  const at = words.findIndex((word, i) => i > 0 && /^-\w*c$/.test(word))
  if (at > 0) return words[at + 1]
  return input?.includes(unknownOutput) ? undefined : input
}
