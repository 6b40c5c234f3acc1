/** `.gitlab-ci.yml` or a part of one: https://docs.gitlab.com/ci/yaml/ */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import { isJobToken, predefined } from './calls.ts'
import type { ReadingContext } from './findings.ts'
import { fill, newJob, readScript, type Sighting } from './script.ts'
import type { Env } from './shell.ts'

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
  readonly root: Node | null
  readonly lineCounter: LineCounter
}

/** Commands, and where they stand; `isLiteral` if each of their lines is a line of the text. */
type Script = { readonly text: string; readonly line: number; readonly isLiteral: boolean }

/** The calls of CI configuration, in the order of jobs; what is included is not looked at. */
export function readCi(text: string, context: ReadingContext): Sighting[] {
  return new Pipeline(text, context).sightings
}

/** What templates may add up to when jobs read them again and again. */
const mostRepeated = 300_000

/** Keys at the top that are no jobs. */
const globals =
  /^(?:default|include|stages|variables|workflow|image|services|cache|spec|before_script|after_script|script|release|---.*|\.\.\.)$/

/** What concerns no call; dropped before parsing, which is the slow part. */
const idle =
  /^(?:stage|image|services|cache|artifacts|rules|only|except|needs|dependencies|tags|retry|timeout|allow_failure|when|coverage|parallel|interruptible|resource_group|environment|id_tokens|secrets|inherit|start_in|manual_confirmation|pages|publish|dast_configuration|identity|trigger|workflow|include)\s*:/

/** A block without any of these has nothing to do with calls. */
const relevant =
  /https?:|TOKEN|CI_(?:API|SERVER|REPOSITORY|REGISTRY|PROJECT_URL)|curl|wget|glab|release|regist|publish|upload|deploy|login|terraform|tofu|conan|submodule|SUBMODULE|git |npm|yarn|pnpm|pip|uv |poetry|twine|variables|[&*]\w|!reference/

class Pipeline {
  readonly sightings: Sighting[] = []
  private readonly context: ReadingContext
  private readonly tops = new Map<string, Node>()
  private readonly anchors = new Map<string, Node>()
  private readonly places = new Map<Node, Block>()
  private readonly done = new Set<Node>()
  private readonly seen = new Set<string>()
  private repeated = 0

  constructor(text: string, context: ReadingContext) {
    this.context = context
    for (const block of blocksOf(text)) this.take(block)
    this.readAll()
    this.sightings.sort((a, b) => a.line - b.line)
  }

  private take(block: Block) {
    const { root } = block
    if (!root) {
      // Not YAML after all: read what looks like commands.
      const job = newJob(predefined(this.context))
      for (const sighting of readScript(asShell(block.text), job)) {
        this.add({ ...sighting, line: block.lines[sighting.line] ?? 0 })
      }
      return
    }
    this.index(root, block)
    if (isMap(root)) {
      for (const { key, value } of root.items) {
        if (isScalar(key) && isNode(value)) this.tops.set(String(key.value), value)
      }
    } else if (isSeq(root)) this.tops.set('script', root)
  }

  /** Remembers the block of each node, and what anchors stand for. */
  private index(node: Node, block: Block) {
    const stack: unknown[] = [node]
    while (stack.length) {
      const next = stack.pop()
      if (isPair(next)) stack.push(next.key, next.value)
      else if (isNode(next)) {
        this.places.set(next, block)
        if (!isAlias(next) && next.anchor) this.anchors.set(next.anchor, next)
        if (isCollection(next)) stack.push(...next.items.slice(0, 20_000))
      }
    }
  }

  private readAll() {
    const hidden: YAMLMap[] = []
    const base = this.withVariables(predefined(this.context), this.tops.get('variables'))
    for (const [name, value] of this.tops) {
      const job = this.resolved(value)
      if (!isMap(job) || (globals.test(name) && !this.isJob(job))) continue
      if (name.startsWith('.')) hidden.push(job)
      else this.readJob(job, base)
    }
    // What no job of this text uses may be used by another file's.
    for (const job of hidden) this.readJob(job, base, true)
    this.readTop(base)
  }

  /** A job may be called `release`, which is also what a job says of the release that it makes. */
  private isJob = (map: YAMLMap) =>
    ['script', 'extends', 'trigger'].some((key) => this.valueOf(map, key))

  private readJob(job: YAMLMap, base: Env, isTemplate = false) {
    const chain = this.chainOf(job)
    let env = base
    for (const one of [...chain].reverse())
      env = this.withVariables(env, this.valueOf(one, 'variables'))
    const state = newJob(new Map(env))
    const find = (key: string) => {
      for (const one of chain) {
        const value = this.valueOf(one, key)
        if (value) return value
      }
      const defaults = this.resolved(this.tops.get('default'))
      return (isMap(defaults) && this.valueOf(defaults, key)) || this.tops.get(key)
    }
    for (const key of ['before_script', 'script', 'after_script']) {
      const node = key === 'script' ? this.own(chain, key) : find(key)
      // A template is read only as far as no job has read it.
      if (!node || (isTemplate && this.done.has(this.resolved(node) ?? node))) continue
      for (const script of this.scriptsOf(node, 0)) this.readOne(script, state)
    }
    const release = this.own(chain, 'release')
    if (release && !(isTemplate && this.done.has(release))) this.addRelease(release)
    const variables = this.own(chain, 'variables')
    if (variables) this.addSubmodules(variables)
  }

  private own(chain: readonly YAMLMap[], key: string): Node | undefined {
    for (const one of chain) {
      const value = this.valueOf(one, key)
      if (value) return value
    }
    return undefined
  }

  /** What stands at the margin: the parts of one job, or of all jobs. */
  private readTop(base: Env) {
    const state = newJob(new Map(base))
    for (const key of ['before_script', 'script', 'after_script']) {
      const node = this.tops.get(key)
      if (!node || (key !== 'script' && this.done.has(this.resolved(node) ?? node))) continue
      for (const script of this.scriptsOf(node, 0)) this.readOne(script, state)
    }
    const defaults = this.resolved(this.tops.get('default'))
    if (isMap(defaults)) this.readJob(defaults, base, true)
    const release = this.tops.get('release')
    if (isMap(release) && !this.isJob(release)) this.addRelease(release)
    const variables = this.tops.get('variables')
    if (variables) this.addSubmodules(variables)
  }

  private readOne({ text, line, isLiteral }: Script, state: ReturnType<typeof newJob>) {
    for (const sighting of readScript(text, state)) {
      this.add({ ...sighting, line: isLiteral ? line + sighting.line : line })
    }
  }

  private add(sighting: Sighting) {
    const key = JSON.stringify(sighting)
    if (this.seen.has(key)) return
    this.seen.add(key)
    this.sightings.push(sighting)
  }

  /** `release:` makes a release of the own project: https://docs.gitlab.com/ci/yaml/#release */
  private addRelease(node: Node) {
    this.done.add(node)
    const url = `${predefined(this.context).get('CI_API_V4_URL')}/projects/\${CI_PROJECT_ID}/releases`
    const line = Math.max(this.lineOf(node) - 1, 0)
    this.add({
      line,
      tool: 'release',
      attempt: { what: 'request', method: 'POST', url, token: 'job' },
    })
  }

  /** The runner fetches submodules by the job token; which ones, .gitmodules says. */
  private addSubmodules(node: Node) {
    const variables = this.resolved(node)
    if (!isMap(variables)) return
    const strategy = this.valueOf(variables, 'GIT_SUBMODULE_STRATEGY')
    if (!isScalar(strategy) || !/^(?:normal|recursive)$/.test(String(strategy.value))) return
    this.add({
      line: this.lineOf(strategy),
      tool: 'git',
      attempt: { what: 'unclear', token: 'job' },
    })
  }

  /** A job and what it extends, the nearest first; of several, the last wins. */
  private chainOf(job: YAMLMap): YAMLMap[] {
    const chain = new Set([job])
    const follow = (one: YAMLMap) => {
      const extended = this.valueOf(one, 'extends')
      const names = isSeq(extended) ? extended.items : [extended]
      for (const name of [...names].reverse()) {
        const parent = isScalar(name) ? this.resolved(this.tops.get(String(name.value))) : undefined
        // GitLab takes eleven levels.
        if (!isMap(parent) || chain.has(parent) || chain.size > 30) continue
        chain.add(parent)
        follow(parent)
      }
    }
    follow(job)
    return [...chain]
  }

  /** The value of a key, with merge keys; aliases are followed. */
  private valueOf(map: YAMLMap, key: string, depth = 0): Node | undefined {
    const own = map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)
    if (own) return this.resolved(own.value, depth + 1)
    if (depth > 3) return undefined
    for (const pair of map.items) {
      if (!isScalar(pair.key) || pair.key.value !== '<<') continue
      const merged = this.resolved(pair.value, depth + 1)
      for (const one of isSeq(merged) ? merged.items.slice(0, 8) : [merged]) {
        const source = this.resolved(one, depth + 1)
        const value = isMap(source) ? this.valueOf(source, key, depth + 1) : undefined
        if (value) return value
      }
    }
    return undefined
  }

  private resolved(value: unknown, depth = 0): Node | undefined {
    if (isAlias(value)) {
      return depth > 5 ? undefined : this.resolved(this.anchors.get(value.source), depth + 1)
    }
    if (isSeq(value) && value.tag === '!reference') {
      const [name, ...keys] = value.items.map((item) => (isScalar(item) ? String(item.value) : ''))
      let node = depth > 5 ? undefined : this.resolved(this.tops.get(name ?? ''), depth + 1)
      for (const key of keys) node = isMap(node) ? this.valueOf(node, key, depth + 1) : undefined
      return this.resolved(node, depth + 1)
    }
    return isNode(value) ? value : undefined
  }

  private withVariables(base: Env, node: Node | undefined): Env {
    const variables = this.resolved(node)
    if (!isMap(variables)) return base
    const env: Env = new Map(base)
    const merged = variables.items.flatMap((pair) => {
      if (!isScalar(pair.key) || pair.key.value !== '<<') return []
      const source = this.resolved(pair.value)
      return isMap(source) ? source.items : []
    })
    for (const { key, value } of [...merged, ...variables.items].slice(0, 2000)) {
      if (!isScalar(key) || typeof key.value !== 'string' || key.value === '<<') continue
      const resolved = this.resolved(value)
      // With a description, the value is one key further in.
      const scalar = isMap(resolved) ? this.valueOf(resolved, 'value') : resolved
      if (isScalar(scalar) && scalar.value !== null) {
        const text = fill(String(scalar.value), env)
        env.set(key.value, text.length > 1024 ? null : text)
      }
    }
    return env
  }

  /** The commands of a script: a text, a list, or lists in it. */
  private scriptsOf(node: unknown, depth: number): Script[] {
    const resolved = this.resolved(node)
    if (!resolved || depth > 10) return []
    if (this.done.has(resolved)) {
      this.repeated += isScalar(resolved) ? String(resolved.value).length : 50
      if (this.repeated > mostRepeated) return []
    }
    this.done.add(resolved)
    if (isSeq(resolved)) return resolved.items.flatMap((item) => this.scriptsOf(item, depth + 1))
    if (!isScalar(resolved)) return isMap(resolved) ? this.mistaken(resolved) : []
    const isLiteral = resolved.type === 'BLOCK_LITERAL'
    const isBlock = isLiteral || resolved.type === 'BLOCK_FOLDED'
    const block = this.places.get(resolved)
    const place =
      block && resolved.range ? block.lineCounter.linePos(resolved.range[0]).line - 1 : 0
    const line = block?.lines[place + (isBlock ? 1 : 0)] ?? block?.lines[place] ?? 0
    return [{ text: withInputs(String(resolved.value)), line, isLiteral }]
  }

  /** `- echo "a: b"` without quotes around it is a map; GitLab refuses it, but it is plain to read. */
  private mistaken(map: YAMLMap): Script[] {
    return map.items.slice(0, 100).flatMap(({ key, value }) => {
      if (!isScalar(key)) return []
      const rest = isScalar(value) ? String(value.value ?? '') : ''
      return [
        { text: withInputs(`${key.value}: ${rest}`), line: this.lineOf(key), isLiteral: false },
      ]
    })
  }

  private lineOf(node: Node): number {
    const block = this.places.get(node) ?? this.places.get(this.resolved(node) ?? node)
    if (!block || !node.range) return 0
    return block.lines[block.lineCounter.linePos(node.range[0]).line - 1] ?? 0
  }
}

/** `$[[ inputs.project ]]` reads like a variable. */
const withInputs = (text: string) =>
  text.includes('$[[')
    ? text.replace(
        /\$\[\[\s*inputs\.([\w-]{1,80})[^\]\n]{0,200}\]\]/g,
        (_all, name: string) => `\${${name.replaceAll('-', '_')}}`,
      )
    : text

/** Cuts a text at its margin, leaves out what concerns no call, and parses what remains. */
function blocksOf(text: string): Block[] {
  const written = text.split('\n')
  const margin = marginOf(written)
  const blocks: Block[] = []
  let start = 0
  for (let i = 1; i <= written.length; i++) {
    const line = written[i]
    const isMore =
      line !== undefined && (indentOf(line) > margin || isBlank(line) || isListItem(line, margin))
    if (isMore) continue
    const block = toBlock(written, start, i, margin)
    if (block) blocks.push(block)
    start = i
  }
  return blocks
}

const isBlank = (line: string) => /^\s*(?:#.*)?$/.test(line)
const indentOf = (line: string) => line.length - line.trimStart().length
/** Lists may stand under their key without indentation. */
const isListItem = (line: string, margin: number) => line.startsWith('- ', margin)

function marginOf(lines: readonly string[]): number {
  let margin = Number.POSITIVE_INFINITY
  for (const line of lines) if (!isBlank(line)) margin = Math.min(margin, indentOf(line))
  return Number.isFinite(margin) ? margin : 0
}

function toBlock(
  all: readonly string[],
  start: number,
  end: number,
  margin: number,
): Block | undefined {
  const lines: number[] = []
  const kept: string[] = []
  let inner = -1
  let isDropping = false
  for (let i = start; i < end; i++) {
    const line = all[i] as string
    const indent = indentOf(line)
    if (isBlank(line)) {
      // Kept: in a script's text they count.
    } else if (i > start && inner < 0) inner = indent
    if (!isBlank(line) && indent === inner && i > start) {
      isDropping = line.startsWith('- ', inner) ? isDropping : idle.test(line.slice(inner))
    }
    if (isDropping) continue
    lines.push(i)
    kept.push(line.slice(Math.min(margin, indent)))
  }
  const text = kept.join('\n')
  if (!relevant.test(text)) return undefined
  const lineCounter = new LineCounter()
  const document = parsed(text, lineCounter)
  const isYaml = document && document.errors.length === 0
  return { text, lines, lineCounter, root: isYaml ? (document.contents ?? null) : null }
}

function parsed(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {
      lineCounter,
      uniqueKeys: false,
      schema: 'failsafe',
      logLevel: 'silent',
    })
  } catch {
    // The parser recurses; a text of brackets alone is deeper than the stack.
    return undefined
  }
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
