/** Runs through the commands of a shell text and asks each tool's reader what they call. */
import { type Attempt, carriesJobToken, isJobToken } from './calls.ts'
import { isPowerShell, readCode } from './code.ts'
import { curl, wget } from './curl.ts'
import { docker } from './docker.ts'
import type { Env } from './env.ts'
import { git, readGitCredentials, readNetrc } from './git.ts'
import { glab, releaseCli } from './glab.ts'
import { mvn, readMavenXml } from './java.ts'
import { Job, keep, type Tool } from './job.ts'
import { npm, readNpmrc } from './npm.ts'
import { pip, poetry, readPipConf, readPypirc, readUvIndexes, twine, uv } from './python.ts'
import { conan, handsOn, helm, nuget } from './registries.ts'
import { type Command, Shell } from './shell.ts'
import { unknownOutput } from './shell-state.ts'
import { type SimpleCommand, withDollars } from './shell-syntax.ts'
import { terraform } from './terraform.ts'

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
  ...['docker', 'podman', 'buildah', 'nerdctl', 'skopeo', 'crane', 'oras'].map(
    (name) => [name, docker] as const,
  ),
  ['git', git],
  ['helm', helm],
  ['conan', conan],
  ...['dotnet', 'nuget'].map((name) => [name, nuget] as const),
])

/** The programs that have a reader: what decides which texts are worth reading asks for them. */
export const programs: readonly string[] = [...tools.keys()]

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

/** A call, and the line of the text on which its command begins, from 0. */
export type Sighting = {
  readonly line: number
  readonly tool: string
  readonly attempt: Attempt
  /** The jobs of CI configuration that make it. */
  readonly jobs?: readonly string[]
}

/** The calls of a shell text, in order. */
export function readScript(text: string, env: Env): Sighting[] {
  const run = new JobRun(new Job(env))
  run.read(text, (line) => line)
  return run.finish()
}

type Seen = { readonly sighting: Sighting; readonly isChosen: boolean }

/** Reads the scripts of one job, which run one after the other in one shell. */
export class JobRun {
  readonly job: Job
  private readonly shell: Shell
  private isExhausted = false
  /** Whether anything runs that could use a token. */
  private hasProgram = false
  /** All that was read, for those parts of it that are no shell. */
  private readonly texts: { readonly text: string; readonly lineOf: (line: number) => number }[] =
    []
  /** Commands that may find a job token in a variable or setting, and are not read. */
  private readonly heirs: Sighting[] = []
  /** The calls that each command of the text was seen to make. */
  private readonly seen = new Map<SimpleCommand | undefined, readonly [Seen] | Map<string, Seen>>()

  constructor(job: Job) {
    this.job = job
    this.shell = new Shell(job, (command) => this.command(command))
    this.shell.onExhausted = (line) => {
      if (!this.isExhausted) this.add({ line, tool: 'sh', attempt: unclear })
      this.isExhausted = true
    }
    this.shell.onWrite = (file, text) => {
      configure(file, withDollars(text), job)
      if (isJobToken(text)) job.hold(file)
    }
    job.origin = () => this.shell.origin?.line
  }

  /** @param lineOf what a line of the text counts as, from 0 */
  read(written: string, lineOf: (line: number) => number) {
    const text = withoutPercents(written)
    for (const [name, content] of pastedFiles(text)) {
      if (this.job.files.has(name)) continue
      const filled = fill(content, this.job)
      this.job.files.set(name, filled)
      configure(name, filled, this.job)
    }
    this.texts.push({ text, lineOf })
    this.shell.run(text, lineOf)
  }

  /** All calls, after the last script. */
  finish(): Sighting[] {
    this.shell.finish()
    const sightings: Sighting[] = []
    for (const seen of this.seen.values()) {
      if (!(seen instanceof Map)) sightings.push(seen[0].sighting)
      else for (const one of withoutOtherBranches([...seen.values()])) sightings.push(one)
    }
    const found = this.withPowerShell(sightings)
    // A token that is handed on is used for something, though nobody can tell for what.
    const isUsed = found.some(({ attempt }) => carriesJobToken(attempt.token))
    const firstHeld = this.hasProgram ? undefined : this.job.firstHeld
    const heir =
      this.heirs.find(({ tool }) => handsOn.test(tool)) ??
      this.heirs[0] ??
      (firstHeld === undefined ? undefined : { line: firstHeld, tool: 'sh', attempt: unclear })
    return isUsed || !heir ? found : [...found, heir]
  }

  /**
   * Adds the calls of PowerShell code, whose statements the shell reader takes for unknown
   * commands.
   */
  private withPowerShell(found: Sighting[]): Sighting[] {
    if (!this.texts.some(({ text }) => isPowerShell(text))) return found
    const lines = this.texts.flatMap(({ text, lineOf }) =>
      text.split('\n').map((_line, i) => lineOf(i)),
    )
    const code = this.texts.map(({ text }) => text).join('\n')
    const calls = readCode(code, 'powershell', this.job.fixed)
    const known = found.filter(({ tool, attempt }) => attempt.what !== 'unclear' || tools.has(tool))
    if (!calls.length) return found
    return [...known, ...calls.map((call) => ({ ...call, line: lines[call.line] ?? call.line }))]
  }

  private command(written: Command) {
    const command = unwrapped(written)
    const program = nameOf(command.words[0] ?? '')
    if (!program) return
    const { line, words } = command
    if (!isSilent(program)) this.hasProgram = true
    const code = innerCode(program, command)
    if (code) {
      for (const { tool, attempt } of readCode(
        // The shell has expanded the variable, so the inner code must not read it as a variable's
        // name.
        withDollars(code.text.replaceAll('${CI_JOB_TOKEN}', 'glcbt-filled-in')),
        code.language,
        this.job.fixed,
      )) {
        this.add({ line, tool, attempt })
      }
      return
    }
    const script = innerScript(program, command)
    if (script !== undefined) {
      this.shell.inner(script, line, [], command.env)
      return
    }
    const file = isShell(program) ? words.findIndex((word, i) => i > 0 && !word.startsWith('-')) : 0
    if (
      file >= 0 &&
      this.shell.runFile(words[file] ?? '', line, words.slice(file + 1), command.env)
    )
      return
    const tool = tools.get(program)
    const attempts = tool?.(command, this.job) ?? []
    if (
      program === 'sed' &&
      words.some(isJobToken) &&
      words.some((word) => /^-i|^--in-/.test(word))
    )
      this.job.hold(words.at(-1) ?? '')
    if (attempts.length || (tool && configures.test(words.slice(1, 4).join(' ')))) {
      for (const attempt of attempts) this.add({ line, tool: program, attempt })
    } else if (mentions(command) || implicit.test(program)) {
      this.add({ line, tool: program, attempt: unclear })
    } else if (isHeir(program, tool !== undefined) && this.job.holdsToken(handsOn.test(program))) {
      if (this.heirs.length < 100) this.heirs.push({ line, tool: program, attempt: unclear })
    }
  }

  private add(sighting: Sighting) {
    const { origin, state } = this.shell
    const isChosen = state.selection.size > 0 || state.encountered.size > 0
    const one = { sighting, isChosen }
    const seen = this.seen.get(origin)
    // Most commands call one thing, once.
    if (!seen) this.seen.set(origin, [one])
    else if (seen instanceof Map) {
      const key = keyOf(sighting)
      if (!seen.has(key)) seen.set(key, one)
    } else {
      const [first] = seen
      const all = new Map([[keyOf(first.sighting), first]])
      const key = keyOf(sighting)
      if (!all.has(key)) all.set(key, one)
      this.seen.set(origin, all)
    }
  }
}

/** The key by which two sightings of the same call on the same line are equal. */
export function keyOf({ line, tool, attempt }: Sighting): string {
  const { what, token } = attempt
  const start = `${line} ${tool} ${what} ${token} `
  if (what === 'request') {
    return `${start}${attempt.method} ${attempt.url} ${attempt.project ?? ''} ${attempt.owners ?? ''}`
  }
  if ('url' in attempt) return start + attempt.url
  return 'image' in attempt ? start + attempt.image : start
}

/** Keeps only the branch with the job token where a condition chooses between tokens. */
function withoutOtherBranches(seen: readonly Seen[]): Sighting[] {
  const uses = ({ sighting: { attempt } }: Seen) => carriesJobToken(attempt.token)
  const isRead = seen.some((one) => one.isChosen && uses(one))
  return seen.filter((one) => !isRead || !one.isChosen || uses(one)).map(({ sighting }) => sighting)
}

/** Whether a program may use a token that nobody has told it of; those that are read would say so. */
const isHeir = (program: string, isRead: boolean) =>
  isRead
    ? /^(?:docker|podman|buildah|npm|yarn|pnpm|pip3?|uv|poetry)$/.test(program)
    : !isSilent(program)

/** Deeds that pass a token on to later commands. */
const configures = /^(?:config|set|auth login|remote|source add|-c )/
/** Programs that use the job token without being told. */
const implicit = /^(?:semantic-release|goreleaser|download-secure-files)$/

/** A name of a file alone in a comment, above lines that are settings and no commands. */
const fileHead = /^[ \t]*#[ \t]*((?:~\/|\.{0,2}\/)?[\w./-]{0,80}\.[a-z]{2,12})[ \t]*$/
const settingLine = /^\s*(?:[\w.@:"/-]{1,200}\s*[=:]|\[|\/\/|[{}])/

/** Files that are pasted beside the commands that use them. */
function pastedFiles(text: string): [string, string][] {
  const files: [string, string][] = []
  const lines = text.includes('#') ? text.split('\n') : []
  for (let i = 0; i < lines.length && files.length < 20; i++) {
    const name = fileHead.exec(lines[i] ?? '')?.[1]
    if (!name) continue
    let end = i + 1
    while (end < lines.length && settingLine.test(lines[end] ?? '')) end++
    if (end > i + 1) files.push([name.replace(/^\.\//, ''), lines.slice(i + 1, end).join('\n')])
    i = end - 1
  }
  // A table of uv's needs no name of its file.
  const table = text.includes('[[tool.uv.index]]')
    ? /^\[\[tool\.uv\.index\]\]$(?:\n[^\n]*){0,20}/m.exec(text)?.[0]
    : undefined
  if (table && !files.length) files.push(['pyproject.toml', table])
  return files
}

/** Applies a tool's configuration file that the script writes: it holds for later commands. */
function configure(file: string, text: string, job: Job) {
  if (/npmrc$/.test(file)) readNpmrc(text, job)
  else if (/netrc$/.test(file)) readNetrc(text, job)
  else if (/\.git-credentials$/.test(file)) readGitCredentials(text, job)
  else if (/(?:^|\/)(?:pyproject|uv)\.toml$/.test(file)) readUvIndexes(text, job)
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
const silent = new Set(
  (
    'echo printf export declare local readonly typeset set unset test [ [[ cat tee sed awk ' +
    'grep egrep cut tr case for in select function return exit sleep true false : cd wc ' +
    'head tail sort uniq xxd od fold mkdir touch chmod ls base64 jq if read source .'
  ).split(' '),
)
const isSilent = (program: string) =>
  silent.has(program) || (program.endsWith('sum') && /^(?:sha\d+|md5|b2)sum$/.test(program))

const isShell = (program: string) => program.endsWith('sh') && /^(?:ba|da|z|a|k)?sh$/.test(program)

const mentions = ({ words, env, input }: Command) =>
  !isSilent(words[0] ?? '') &&
  (words.some(isJobToken) || [...env.values()].some(isJobToken) || isJobToken(input ?? ''))

const launchers = /(?:^|\/)(?:python[\d.]*|py)$|^(?:uvx?|poetry|pipenv|pipx|pdm|hatch)$/

/** Where the program of `python -m twine` or `uv run twine` stands; 0 for other commands. */
function launched(words: readonly string[]): number {
  const program = words[0] ?? ''
  if (!launchers.test(program)) return 0
  if (/(?:^|\/)(?:python[\d.]*|py)$/.test(program)) return words.indexOf('-m') + 1
  if (program === 'uvx') return 1
  return words[1] === 'run' ? 2 : 0
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

/** The code that `python -c` or `node -e` runs, or that a here-document gives them. */
function innerCode(program: string, { words, input }: Command) {
  const language = /^python[\d.]*$/.test(program)
    ? ('python' as const)
    : /^(?:node|deno|bun)$/.test(program)
      ? ('javascript' as const)
      : undefined
  if (!language) return undefined
  const at = words.findIndex((word) => /^-(?:c|e|p|-eval)$/.test(word))
  const isFed = words.slice(1).every((word) => word === '-')
  const text = at > 0 ? words[at + 1] : isFed ? input : undefined
  return text === undefined ? undefined : { language, text }
}

/** `%NAME%` of cmd.exe reads like a variable, `set NAME=value` like an assignment. */
const withoutPercents = (text: string) =>
  text.includes('%CI_') && /%CI_\w+%/.test(text)
    ? text
        .replace(/%([A-Z_][A-Z_0-9]{1,80})%/gi, '${$1}')
        .replace(/^([ \t]*)set[ \t]+"?([A-Z_]\w*)=([^"\r\n]*)"?/gim, '$1$2="$3"')
        .replace(/\^(?=\r?\n)/g, '\\')
    : text

/** The text that `sh -c`, `eval` and their like run. */
function innerScript(program: string, { words, input }: Command): string | undefined {
  if (!isShell(program)) return undefined
  const at = words.findIndex((word, i) => i > 0 && /^-\w*c$/.test(word))
  if (at > 0) return words[at + 1]
  return input?.includes(unknownOutput) || words.some((word, i) => i > 0 && !/^-/.test(word))
    ? undefined
    : input
}
