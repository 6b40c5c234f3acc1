/** `.gitlab-ci.yml` or a part of one: https://docs.gitlab.com/ci/yaml/ */
import { isJobToken, predefined } from './calls.ts'
import type { Env } from './env.ts'
import type { ReadingContext } from './findings.ts'
import { Job } from './job.ts'
import { fill, JobRun, keyOf, programs, readScript, type Sighting } from './script.ts'
import { newFuel } from './shell-state.ts'
import { SharedVariables } from './variables.ts'
import { readYaml, type Yaml, type YamlMapping, type YamlNode, type YamlPair } from './yaml.ts'

const hasScript =
  /^[ \t]*(?:-\s+)?(?:script|before_script|after_script|release|extends|trigger)\s*:/m
const ciKey =
  /^(?:stages|include|default|variables|workflow|script|before_script|after_script)\s*:/m

/** Whether a text is CI configuration, or a list of commands as a job has it. */
export function isCi(text: string): boolean {
  return hasScript.test(text) || ciKey.test(text) || isCommandList(text)
}

const isCommandList = (text: string) => {
  const [first] = /^.*\S.*$/m.exec(text) ?? []
  return first !== undefined && /^\s*- +["'|>&*!\w$]/.test(first)
}

/** A part of the text that begins at the margin, such as a job. */
type Block = {
  readonly text: string
  /** The line of each of its lines in the whole text. */
  readonly lines: readonly number[]
}

/** Commands, and where they stand; `isLiteral` if each of their lines is a line of the text. */
type Script = { readonly text: string; readonly line: number; readonly isLiteral: boolean }

/** A call, and the jobs that are known so far to make it. */
type Seen = Sighting & { readonly jobs?: string[] }

/** The calls of CI configuration, in the order of jobs; what is included is not looked at. */
export function readCi(text: string, context: ReadingContext): Sighting[] {
  return new Pipeline(text, context).sightings
}

/** What templates may add up to when jobs read them again and again. */
const mostRepeated = 300_000

/** Searching for broken jobs by halves ends after so many failures. */
const mostBroken = 2_000

/** Keys at the top that are no jobs. */
const globals =
  /^(?:default|include|stages|variables|workflow|image|services|cache|spec|before_script|after_script|script|release|---.*|\.\.\.)$/

/** What concerns no call; dropped before parsing, which is the slow part. */
const idle =
  /^(?:stage|image|services|cache|artifacts|rules|only|except|needs|dependencies|tags|retry|timeout|allow_failure|when|coverage|parallel|interruptible|resource_group|environment|id_tokens|secrets|start_in|manual_confirmation|pages|publish|dast_configuration|identity|trigger|workflow|include)\s*:/

/** What an idle part may say of variables: the value of some depends on what happens, then. */
const decisive = /\b(?:variables|matrix)["']?\s*:/
/** Artifacts of another project, and images of GitLab's own registry, are fetched by the job token. */
const fetching: readonly (readonly [key: RegExp, line: RegExp])[] = [
  [/^needs\s*:/, /\bproject["']?\s*:/],
  [/^(?:image|services)\s*:/, /\$|:\d+\/|\bregistry\./],
]

/** A block without any of these has nothing to do with calls. */
const relevant = new RegExp(
  [
    `\\b(?:${programs.join('|')})\\b`,
    'https?:|TOKEN|CI_(?:API|SERVER|REPOSITORY|REGISTRY|PROJECT_URL)',
    'release|regist|publish|upload|deploy|login|submodule|SUBMODULE',
    'variables|[&*]\\w|!reference|\\bproject["\']?\\s*:|extends|\\b(?:image|services)["\']?\\s*:',
  ].join('|'),
)
/** What jobs take over counts even where it only sets a variable. */
const shared = /^["']?(?:\.|(?:before_script|after_script|default|hooks|script|image|services)\b)/
/** The definition of a shell function: a job may call a function that knows the token. */
const definition =
  /^[ \t]*(?:- *["'|]?[ \t]*)?(?:function[ \t]+)?[A-Za-z_][\w-]*[ \t]*\(\)[ \t]*\{?/m

class Pipeline {
  readonly sightings: Sighting[] = []
  private readonly predefined: Env
  private readonly tops = new Map<string, YamlNode>()
  private readonly anchors = new Map<string, YamlNode>()
  private readonly done = new Set<YamlNode>()
  /** The calls on each line; their keys are made only where it has several. */
  private readonly seen = new Map<number, Seen | Map<string, Seen>>()
  /** The job that is being read. */
  private job: string | undefined
  /** What all jobs may do together. */
  private readonly fuel = newFuel()
  private repeated = 0
  /** How many times parsing failed. */
  private broken = 0

  constructor(text: string, context: ReadingContext) {
    this.predefined = predefined(context)
    const blocks = blocksOf(text, text.includes('()') && definition.test(text))
    for (const batch of batchesOf(blocks)) this.take(batch)
    this.readAll()
    this.sightings.sort((a, b) => a.line - b.line)
  }

  /**
   * Reads blocks as one text; where that fails, each as a text of its own. In a text with broken
   * jobs, large blocks are read so from the beginning.
   */
  private take(blocks: readonly Block[]) {
    const size = blocks.reduce((sum, { text }) => sum + text.length, 0)
    const isOne = blocks.length > 1 && (this.broken === 0 || size < blocks.length * largeBlock)
    if (isOne) {
      const text = blocks.map((one) => one.text).join('\n')
      const lines: number[] = []
      for (const one of blocks) for (const line of one.lines) lines.push(line)
      const yaml = readYaml(text, lines)
      if (yaml && pairsOf(yaml) === blocks.length) return this.keep(yaml)
    }
    const isHopeless = isOne && this.broken >= mostBroken
    this.settle(
      blocks,
      blocks.map(({ text, lines }) => (isHopeless ? undefined : readYaml(text, lines))),
    )
  }

  /** Keeps what was read, by halves, so that no broken job hides the others. */
  private settle(blocks: readonly Block[], read: readonly (Yaml | undefined)[]) {
    const [block] = blocks
    const [yaml] = read
    if (!block) return
    if (blocks.length === 1) {
      if (yaml) return this.keep(yaml)
      this.broken++
      return this.takeLines(block)
    }
    if (read.every((one) => one && pairsOf(one) === 1)) {
      for (const one of read) if (one) this.keep(one)
      return
    }
    // A text of nothing but broken jobs is no CI configuration; its lines still are commands.
    if (++this.broken > mostBroken) {
      for (const one of blocks) this.takeLines(one)
      return
    }
    const half = blocks.length >> 1
    this.settle(blocks.slice(0, half), read.slice(0, half))
    this.settle(blocks.slice(half), read.slice(half))
  }

  /** Reads the lines as shell commands where the text turns out not to be YAML. */
  private takeLines({ text, lines }: Block) {
    for (const sighting of readScript(asShell(text), this.predefined)) {
      this.add({ ...sighting, line: lines[sighting.line] ?? 0 })
    }
  }

  private keep({ root, anchored }: Yaml) {
    for (const [anchor, node] of anchored) this.anchors.set(anchor, node)
    if (root.kind === 'mapping') {
      for (const { key, value } of root.pairs) {
        if (key.kind === 'scalar') this.tops.set(key.text, value)
      }
    } else if (root.kind === 'sequence') this.tops.set('script', root)
  }

  private readAll() {
    const hidden: (readonly [name: string, job: YamlMapping])[] = []
    const written = new Map(this.writtenIn(this.tops.get('variables')))
    const workflow = this.resolved(this.tops.get('workflow'))
    if (workflow?.kind === 'mapping') {
      for (const name of this.undecided([workflow])) written.set(name, null)
    }
    const shared = new SharedVariables(this.predefined, written)
    for (const [name, value] of this.tops) {
      const job = this.resolved(value)
      if (job?.kind !== 'mapping' || (globals.test(name) && !this.isJob(job))) continue
      if (name.startsWith('.')) hidden.push([name, job])
      else {
        this.job = name
        this.readJob(job, shared)
      }
    }
    // What no job of this text uses may be used by another file's.
    for (const [name, job] of hidden) {
      this.job = name
      this.readJob(job, shared, true)
    }
    this.job = undefined
    this.readTop(shared)
  }

  /** A job may be called `release`, which is also what a job says of the release that it makes. */
  private isJob = (map: YamlMapping) =>
    ['script', 'extends', 'trigger'].some((key) => this.valueOf(map, key))

  private readJob(job: YamlMapping, shared: SharedVariables, isTemplate = false) {
    const chain = this.chainOf(job)
    const env = this.environment(chain, shared)
    let run = new JobRun(new Job(env, undefined, this.fuel))
    if (shared.holdsToken || this.putsToken(chain)) run.job.hold('variables')
    const find = (key: string) => {
      for (const one of chain) {
        const value = this.valueOf(one, key)
        if (value) return value
      }
      if (!this.inherits(chain, key)) return undefined
      const defaults = this.resolved(this.tops.get('default'))
      return (defaults?.kind === 'mapping' && this.valueOf(defaults, key)) || this.tops.get(key)
    }
    this.readFetching(chain, find, env)
    const hooks = this.resolved(find('hooks'))
    const hook =
      hooks?.kind === 'mapping' ? this.valueOf(hooks, 'pre_get_sources_script') : undefined
    if (hook && !(isTemplate && this.done.has(hook))) {
      // It runs before the sources are there, in a shell of its own.
      const before = new JobRun(new Job(env, undefined, this.fuel))
      for (const script of this.scriptsOf(hook)) this.readOne(script, before)
      for (const sighting of before.finish()) this.add(sighting)
    }
    for (const key of ['before_script', 'script', 'after_script']) {
      const node = key === 'script' ? this.own(chain, key) : find(key)
      // A template is read only as far as no job has read it.
      if (!node || (isTemplate && this.done.has(this.resolved(node) ?? node))) continue
      // A shell of its own: it finds the files of the one before, and none of its variables.
      if (key === 'after_script') {
        for (const sighting of run.finish()) this.add(sighting)
        run = new JobRun(new Job(env, run.job))
      }
      for (const script of this.scriptsOf(node)) this.readOne(script, run)
    }
    for (const sighting of run.finish()) this.add(sighting)
    const release = this.own(chain, 'release')
    if (release && !(isTemplate && this.done.has(release))) this.addRelease(release)
    const variables = this.own(chain, 'variables')
    if (variables) this.addSubmodules(variables)
  }

  /** Whether a job puts the job token into one of its variables. */
  private putsToken(chain: readonly YamlMapping[]): boolean {
    for (const one of chain) {
      for (const text of this.writtenIn(this.valueOf(one, 'variables')).values()) {
        if (text && isJobToken(text)) return true
      }
    }
    return false
  }

  /** `inherit:default` leaves out what all jobs share. */
  private inherits(chain: readonly YamlMapping[], key: string): boolean {
    const inherit = this.own(chain, 'inherit')
    const which = inherit?.kind === 'mapping' ? this.valueOf(inherit, 'default') : undefined
    if (which?.kind === 'scalar') return which.text !== 'false'
    if (which?.kind !== 'sequence') return true
    return which.items.some((item) => item.kind === 'scalar' && item.text === key)
  }

  /** What the runner itself fetches by the job token: images, and artifacts of other projects. */
  private readFetching(
    chain: readonly YamlMapping[],
    find: (key: string) => YamlNode | undefined,
    env: Env,
  ) {
    const services = this.resolved(find('services'))
    const images = services?.kind === 'sequence' ? services.items.slice(0, 50) : []
    for (const written of [find('image'), ...images]) {
      const node = this.resolved(written)
      const image = node?.kind === 'mapping' ? this.valueOf(node, 'name') : node
      if (image?.kind !== 'scalar') continue
      const attempt = { what: 'image-pull', image: fill(image.text, env), token: 'job' } as const
      this.add({ line: image.line, tool: 'image', attempt })
    }
    for (const need of this.mappingsIn(this.own(chain, 'needs'))) {
      const project = this.valueOf(need, 'project')
      const artifacts = this.valueOf(need, 'artifacts')
      if (project?.kind !== 'scalar') continue
      if (artifacts?.kind === 'scalar' && artifacts.text === 'false') continue
      this.add({
        line: project.line,
        tool: 'needs',
        attempt: {
          what: 'request',
          method: 'GET',
          url: `${this.predefined.get('CI_API_V4_URL')}/jobs/\${id}/artifacts`,
          token: 'job',
          project: fill(project.text, env),
        },
      })
    }
  }

  private own(chain: readonly YamlMapping[], key: string): YamlNode | undefined {
    for (const one of chain) {
      const value = this.valueOf(one, key)
      if (value) return value
    }
    return undefined
  }

  /** What stands at the margin: the parts of one job, or of all jobs. */
  private readTop(shared: SharedVariables) {
    this.readFetching([], (key) => this.tops.get(key), shared.env)
    const run = new JobRun(new Job(shared.env, undefined, this.fuel))
    for (const key of ['before_script', 'script', 'after_script']) {
      const node = this.tops.get(key)
      if (!node || (key !== 'script' && this.done.has(this.resolved(node) ?? node))) continue
      for (const script of this.scriptsOf(node)) this.readOne(script, run)
    }
    for (const sighting of run.finish()) this.add(sighting)
    const defaults = this.resolved(this.tops.get('default'))
    if (defaults?.kind === 'mapping') this.readJob(defaults, shared, true)
    const release = this.tops.get('release')
    if (release?.kind === 'mapping' && !this.isJob(release)) this.addRelease(release)
    const variables = this.tops.get('variables')
    if (variables) this.addSubmodules(variables)
  }

  private readOne({ text, line, isLiteral }: Script, run: JobRun) {
    run.read(text, (within) => (isLiteral ? line + within : line))
  }

  private add(sighting: Sighting) {
    const { line } = sighting
    const onLine = this.seen.get(line)
    if (!onLine) {
      this.seen.set(line, this.found(sighting))
      return
    }
    const all = onLine instanceof Map ? onLine : new Map([[keyOf(onLine), onLine]])
    this.seen.set(line, all)
    const key = keyOf(sighting)
    const known = all.get(key)
    if (!known) all.set(key, this.found(sighting))
    else if (this.job !== undefined && known.jobs?.at(-1) !== this.job) known.jobs?.push(this.job)
  }

  private found({ line, tool, attempt }: Sighting): Seen {
    const jobs = this.job === undefined ? undefined : [this.job]
    const found: Seen = jobs ? { line, tool, attempt, jobs } : { line, tool, attempt }
    this.sightings.push(found)
    return found
  }

  /** `release:` makes a release of the own project: https://docs.gitlab.com/ci/yaml/#release */
  private addRelease(node: YamlNode) {
    this.done.add(node)
    const url = `${this.predefined.get('CI_API_V4_URL')}/projects/\${CI_PROJECT_ID}/releases`
    const line = Math.max(node.line - 1, 0)
    this.add({
      line,
      tool: 'release',
      attempt: { what: 'request', method: 'POST', url, token: 'job' },
    })
  }

  /** The runner fetches submodules by the job token; which ones, .gitmodules says. */
  private addSubmodules(node: YamlNode) {
    const variables = this.resolved(node)
    if (variables?.kind !== 'mapping') return
    const strategy = this.valueOf(variables, 'GIT_SUBMODULE_STRATEGY')
    if (strategy?.kind !== 'scalar' || !/^(?:normal|recursive)$/.test(strategy.text)) return
    this.add({
      line: strategy.line,
      tool: 'git',
      attempt: { what: 'unclear', token: 'job' },
    })
  }

  /** A job and what it extends, the nearest first; of several, the last wins. */
  private chainOf(job: YamlMapping): YamlMapping[] {
    if (!this.valueOf(job, 'extends')) return [job]
    const chain = new Set([job])
    const follow = (one: YamlMapping) => {
      const extended = this.valueOf(one, 'extends')
      const names = extended?.kind === 'sequence' ? extended.items : [extended]
      for (const name of [...names].reverse()) {
        const parent = name?.kind === 'scalar' ? this.resolved(this.tops.get(name.text)) : undefined
        // GitLab takes eleven levels.
        if (parent?.kind !== 'mapping' || chain.has(parent) || chain.size > 30) continue
        chain.add(parent)
        follow(parent)
      }
    }
    follow(job)
    return [...chain]
  }

  /** The value of a key, with merge keys; aliases are followed. */
  private valueOf(map: YamlMapping, key: string, depth = 0): YamlNode | undefined {
    const { pairs } = map
    for (const pair of pairs) if (isKey(pair.key, key)) return this.resolved(pair.value, depth + 1)
    if (depth > 3) return undefined
    for (const pair of pairs) {
      if (!isKey(pair.key, '<<')) continue
      const merged = this.resolved(pair.value, depth + 1)
      for (const one of merged?.kind === 'sequence' ? merged.items.slice(0, 8) : [merged]) {
        const source = this.resolved(one, depth + 1)
        const value = source?.kind === 'mapping' ? this.valueOf(source, key, depth + 1) : undefined
        if (value) return value
      }
    }
    return undefined
  }

  private resolved(node: YamlNode | undefined, depth = 0): YamlNode | undefined {
    if (node?.kind === 'alias') {
      return depth > 5 ? undefined : this.resolved(this.anchors.get(node.name), depth + 1)
    }
    if (node?.kind === 'sequence' && node.tag === '!reference') {
      const [name, ...keys] = node.items.map((item) => (item.kind === 'scalar' ? item.text : ''))
      let referred = depth > 5 ? undefined : this.resolved(this.tops.get(name ?? ''), depth + 1)
      for (const key of keys) {
        referred = referred?.kind === 'mapping' ? this.valueOf(referred, key, depth + 1) : undefined
      }
      return this.resolved(referred, depth + 1)
    }
    return node
  }

  /** What the variables of a job are worth; what rules and matrices say depends on the run. */
  private environment(chain: readonly YamlMapping[], shared: SharedVariables): Env {
    const own = new Map<string, string | null>()
    for (const one of [...chain].reverse()) {
      for (const [name, text] of this.writtenIn(this.valueOf(one, 'variables'))) own.set(name, text)
    }
    for (const name of this.undecided(chain)) own.set(name, null)
    const inherit = this.own(chain, 'inherit')
    const inherited = inherit?.kind === 'mapping' ? this.valueOf(inherit, 'variables') : undefined
    if (inherited?.kind === 'scalar' && inherited.text === 'false') return shared.forJob(own, [])
    if (inherited?.kind !== 'sequence') return shared.forJob(own)
    return shared.forJob(
      own,
      inherited.items.map((item) => (item.kind === 'scalar' ? item.text : '')),
    )
  }

  /** The variables that one run of a job may have and another not. */
  private undecided(chain: readonly YamlMapping[]): string[] {
    const parallel = this.own(chain, 'parallel')
    const matrix = parallel?.kind === 'mapping' ? this.valueOf(parallel, 'matrix') : undefined
    const written = this.own(chain, 'rules')
    if (!matrix && !written) return []
    const rules = this.mappingsIn(written).map((rule) => this.valueOf(rule, 'variables'))
    return [...this.mappingsIn(matrix), ...rules].flatMap((node) => [
      ...this.writtenIn(node).keys(),
    ])
  }

  private mappingsIn(node: YamlNode | undefined, depth = 0): YamlMapping[] {
    const resolved = this.resolved(node)
    if (resolved?.kind === 'mapping') return [resolved]
    if (resolved?.kind !== 'sequence' || depth > 3) return []
    return resolved.items.slice(0, 200).flatMap((item) => this.mappingsIn(item, depth + 1))
  }

  /** What stands under `variables`; of a matrix, whose values are lists, the names alone count. */
  private writtenIn(node: YamlNode | undefined): ReadonlyMap<string, string | null> {
    const variables = this.resolved(node)
    if (variables?.kind !== 'mapping') return nothingWritten
    const written = new Map<string, string | null>()
    const merged: YamlPair[] = []
    for (const pair of variables.pairs) {
      if (!isKey(pair.key, '<<')) continue
      const source = this.resolved(pair.value)
      if (source?.kind === 'mapping') for (const one of source.pairs) merged.push(one)
    }
    for (const { key, value } of [...merged, ...variables.pairs].slice(0, 2000)) {
      if (key.kind !== 'scalar' || key.text === '<<') continue
      const resolved = this.resolved(value)
      // With a description, the value is one key further in.
      const scalar = resolved?.kind === 'mapping' ? this.valueOf(resolved, 'value') : resolved
      const expands = resolved?.kind === 'mapping' ? this.valueOf(resolved, 'expand') : undefined
      if (expands?.kind === 'scalar' && expands.text === 'false') written.set(key.text, null)
      else if (scalar?.kind === 'scalar') written.set(key.text, scalar.text)
      else if (scalar?.kind === 'sequence') written.set(key.text, null)
    }
    return written
  }

  /** The commands of a script: a text, a list, or lists in it. */
  private scriptsOf(node: YamlNode): Script[] {
    const scripts: Script[] = []
    this.addScripts(node, scripts, 0)
    return scripts
  }

  private addScripts(node: YamlNode, scripts: Script[], depth: number) {
    const resolved = this.resolved(node)
    if (!resolved || depth > 10) return
    if (this.done.has(resolved)) {
      this.repeated += resolved.kind === 'scalar' ? resolved.text.length : 50
      if (this.repeated > mostRepeated) return
    }
    this.done.add(resolved)
    if (resolved.kind === 'sequence') {
      for (const item of resolved.items) this.addScripts(item, scripts, depth + 1)
    } else if (resolved.kind === 'mapping') {
      for (const script of mistaken(resolved)) scripts.push(script)
    } else if (resolved.kind === 'scalar') {
      const { text, line, isLiteral } = resolved
      scripts.push({ text: withInputs(text), line, isLiteral })
    }
  }
}

const nothingWritten: ReadonlyMap<string, string | null> = new Map()

const isKey = (node: YamlNode, key: string) => node.kind === 'scalar' && node.text === key

/** `- echo "a: b"` without quotes around it is a map; GitLab refuses it, but it is plain to read. */
function mistaken({ pairs }: YamlMapping): Script[] {
  return pairs.slice(0, 100).flatMap(({ key, value }) => {
    if (key.kind !== 'scalar') return []
    const rest = value.kind === 'scalar' ? value.text : ''
    return [{ text: withInputs(`${key.text}: ${rest}`), line: key.line, isLiteral: false }]
  })
}

/** `$[[ inputs.project ]]` reads like a variable. */
const withInputs = (text: string) =>
  text.includes('$[[')
    ? text.replace(
        /\$\[\[\s*inputs\.([\w-]{1,80})[^\]\n]{0,200}\]\]/g,
        (_all, name: string) => `\${${name.replaceAll('-', '_')}}`,
      )
    : text

/** The lines of a text, with what `blocksOf` asks of each of them several times. */
type Lines = {
  readonly all: readonly string[]
  readonly indents: readonly number[]
  /** Of nothing but blanks and a comment. */
  readonly areBlank: readonly boolean[]
  readonly margin: number
}

function linesOf(text: string): Lines {
  const all = text.split('\n')
  const indents: number[] = []
  const areBlank: boolean[] = []
  let margin = Number.POSITIVE_INFINITY
  for (const line of all) {
    const indent = indentOf(line)
    const isBlank = indent === line.length || line[indent] === '#'
    indents.push(indent)
    areBlank.push(isBlank)
    if (!isBlank && indent < margin) margin = indent
  }
  return { all, indents, areBlank, margin: Number.isFinite(margin) ? margin : 0 }
}

/** Cuts a text at its margin, leaves out what concerns no call, and parses what remains. */
function blocksOf(text: string, keepsAll: boolean): Block[] {
  const lines = linesOf(text)
  const { all, indents, areBlank, margin } = lines
  const blocks: Block[] = []
  let start = 0
  for (let i = 1; i <= all.length; i++) {
    const line = all[i]
    const isMore =
      line !== undefined &&
      ((indents[i] as number) > margin || areBlank[i] || isListItem(line, margin))
    if (isMore) continue
    const block = toBlock(lines, start, i, keepsAll)
    if (block) blocks.push(block)
    start = i
  }
  return blocks
}

/** Parsing so many characters at once, small jobs cost no more than large ones. */
const batchSize = 8_000

function batchesOf(blocks: readonly Block[]): Block[][] {
  const batches: Block[][] = []
  let room = 0
  for (const block of blocks) {
    if (room <= 0) {
      batches.push([])
      room = batchSize
    }
    batches.at(-1)?.push(block)
    room -= block.text.length
  }
  return batches
}

/**
 * Each text costs the parser some 7 µs, however short it is. From so many characters on, that is less
 * than to parse a block a second time because another one is broken.
 */
const largeBlock = 500

/** How many keys stand at the margin: fewer than blocks where one leaves a bracket open. */
const pairsOf = ({ root }: Yaml) => (root.kind === 'mapping' ? root.pairs.length : 0)

const isSpace = (code: number) =>
  code === 32 || (code > 8 && code < 14) || (code > 127 && /\s/.test(String.fromCharCode(code)))
function indentOf(line: string): number {
  let at = 0
  while (at < line.length && isSpace(line.charCodeAt(at))) at++
  return at
}
/** Lists may stand under their key without indentation. */
const isListItem = (line: string, margin: number) => line.startsWith('- ', margin)

function toBlock(
  { all, indents, areBlank, margin }: Lines,
  start: number,
  end: number,
  keepsAll: boolean,
): Block | undefined {
  const lines: number[] = []
  const kept: string[] = []
  let inner = -1
  let isDropping = false
  let dropped: number[] = []
  const keep = (i: number) => {
    const line = all[i] as string
    lines.push(i)
    kept.push(line.slice(Math.min(margin, indents[i] as number)))
  }
  const decide = () => {
    if (dropped.length === 0) return
    const key = all[dropped[0] ?? -1]?.trimStart() ?? ''
    const mark = fetching.find(([name]) => name.test(key))?.[1] ?? decisive
    if (dropped.some((i) => mark.test(all[i] as string))) dropped.forEach(keep)
    dropped = []
  }
  for (let i = start; i < end; i++) {
    const line = all[i] as string
    const indent = indents[i] as number
    const isBlank = areBlank[i]
    // Blank lines are kept: in a script's text they count.
    if (!isBlank && i > start && inner < 0) inner = indent
    if (!isBlank && indent === inner && i > start && !line.startsWith('- ', inner)) {
      decide()
      isDropping = idle.test(line.slice(inner))
    }
    if (isDropping) dropped.push(i)
    else keep(i)
  }
  decide()
  const text = kept.join('\n')
  const isEmpty = lines.every((i) => areBlank[i])
  return !isEmpty && (keepsAll || relevant.test(text) || shared.test(text))
    ? { text, lines }
    : undefined
}

/** List marks, quotes around a whole line and keys are no part of a command. */
function asShell(text: string): string {
  return withInputs(text)
    .split('\n')
    .map((line) => {
      const item = line.replace(/^\s*(?:- +)+/, '').replace(/^\w+:\s*(?:[|>][+-]?\s*)?$/, '')
      const quoted = /^(["'])(.*)\1\s*$/.exec(item)?.[2]
      return quoted !== undefined && isJobToken(quoted) ? quoted : item
    })
    .join('\n')
}
