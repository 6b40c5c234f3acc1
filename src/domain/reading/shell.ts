/**
 * Runs through shell text without running it: each command sees the variables, lists, positional
 * parameters, functions and folder as they are when it starts (POSIX shell, 2.9.1, 2.9.5 and 2.12).
 * Both branches of a condition are followed; what they do not agree on is unknown, save where one of
 * them chooses the token: then each is followed by itself. A loop is run through once, with the
 * variables unknown that change in it. What is not understood is unknown, never left out.
 */

import { isJobToken } from './calls.ts'
import {
  type Condition,
  directory,
  type FunctionDefinition,
  type ShellState,
  unknownOutput,
  type Value,
} from './shell-state.ts'
import {
  type Assignment,
  namesSetIn,
  type Part,
  parseShell,
  parseWords,
  type Redirection,
  type Script,
  type SimpleCommand,
  type Statement,
  type Word,
  withDollars,
} from './shell-syntax.ts'

/** One program with its arguments, as the shell would start it. */
export type Command = {
  /**
   * Quotes removed, variables filled in; what has no known value reads `${NAME}` or `$(…)`, and a
   * `$` that quotes protect from the shell is a `literalDollar`.
   */
  readonly words: readonly string[]
  /** Assignments in front of the program, which hold for it alone. */
  readonly env: ReadonlyMap<string, string>
  /** Line of the first word, from 0. */
  readonly line: number
  /** The command's standard input, where the text shows it: a here-document, or an `echo`. */
  readonly input: string | undefined
  /** The file that its output goes to. */
  readonly output: string | undefined
}

/** Reads one program; what it prints, if that is known. */
export type Program = (command: Command, shell: Shell) => void

/** Longer values are not filled in: a text that doubles a variable again and again stays small. */
const longestValue = 1024
const longestWord = 16_384
const longestList = 200
const longestFile = 100_000
/** Functions and scripts that call each other are followed so far. */
const deepestCall = 8
/** Rounds of loops that are followed one by one. */
const mostRounds = 16
/** Branches of choices that one command is followed on. */
const mostSelections = 8

const setters = new Set(['export', 'declare', 'local', 'readonly', 'typeset'])
const isOpen = (word: string) => word.includes(unknownOutput)

/** Whether no more than the variables of an agent or of a program's versions come out of a word. */
const isAgent = (word: Word): boolean =>
  typeof word === 'string' ||
  word.every((part) => {
    if (typeof part === 'string' || part.kind !== 'output') return true
    const [statement] = part.script
    const program = statement?.kind === 'simple' ? statement.words[0] : undefined
    return typeof program === 'string' && agents.test(program)
  })
const agents =
  /(?:^|\/)(?:ssh-agent|gpg-agent|keychain|brew|pyenv|rbenv|nodenv|fnm|mise|opam|conda|direnv)$/

/** What the shell does itself, as far as `perform` reads it, and the programs that it knows the output of. */
const ofShell = new Set(
  (
    'unset let read mapfile readarray getopts set shift cd pushd popd eval source . exit return trap ' +
    'echo printf cat tee base64 exec'
  ).split(' '),
)
const noWords: readonly string[] = []

/** Files of which the name says that they set variables; others define functions, mostly. */
const setsVariables = /^\$|(?:^|[/._-])(?:env|vars?|variables|config|settings)(?:$|[._-])/i
/** Programs of the shell that print nothing. */
const quiet = new Set(
  'true false : test [ mkdir touch chmod sleep wait rm mv cp set shopt umask ulimit'.split(' '),
)

/** Stand in the text of another shell for what the first one has filled in. */
const filledDollar = '\u0004'
const filledOutput = '\u0005'

/** The standard output of a command; `isKnown` is false where part of it is unknown. */
type Sink = { text: string; isKnown: boolean }

/** Variables and what a command has set them to. */
type Assigned = readonly (readonly [string, Value | undefined])[]

/** The scope that an `exit` or `return` has ended. */
type Ended = '' | 'function' | 'shell'

/** The redirections of a command's standard input and output. */
type Redirected = {
  readonly given: string | undefined
  readonly output: string | undefined
  readonly appends: boolean
}
const notRedirected: Redirected = { given: undefined, output: undefined, appends: false }

type Frame = { readonly locals: Map<string, Value | undefined> }

export class Shell {
  readonly state: ShellState
  private readonly program: Program
  private readonly callStack: FunctionDefinition[] = []
  private readonly frames: Frame[] = []
  private traps: { readonly text: string; readonly line: number }[] | undefined
  private parsed: Map<string, Script> | undefined
  private depth = 0
  private sink: Sink | undefined
  private input: string | undefined
  private ended: Ended = ''
  /** After `set -a`. */
  private exportsAll = false
  /** The command of the pasted text that is being run, and whether a choice is being followed. */
  origin: SimpleCommand | undefined

  constructor(state: ShellState, program: Program) {
    this.state = state
    this.program = program
  }

  /** Runs a text in this shell. @param lineOf what a line of it counts as */
  run(text: string, lineOf: (line: number) => number) {
    this.list(parseShell(text, lineOf))
    if (this.ended === 'function') this.ended = ''
  }

  /** Runs the rest at the end: traps, and the functions that the text itself never calls. */
  finish() {
    this.ended = ''
    const { traps } = this
    this.traps = undefined
    for (const { text, line } of traps ?? []) this.inner(text, line, [])
    const { definitions } = this.state
    // Read by itself, a function may define others.
    for (const definition of definitions) {
      if (definition.isCalled) continue
      definition.isCalled = true
      this.state.frozenAt(definition.moment, () =>
        this.state.subshell(() => {
          this.state.assign('@', null)
          this.statement(definition.body)
          this.ended = ''
        }),
      )
    }
    definitions.length = 0
  }

  /**
   * Runs the text of another shell, such as that of `sh -c`: its variables end with it. Its commands
   * count as those of the line on which it is started.
   */
  inner(
    text: string,
    line: number,
    words: readonly string[],
    env: ReadonlyMap<string, string> = noVariables,
  ) {
    if (!this.mayRun()) return
    this.depth++
    const before = this.ended
    this.state.inChild(() => {
      for (const [name, value] of env) this.state.assign(name, value)
      this.state.assign('@', argumentsOf(words))
      this.list(this.parse(text, line))
    })
    this.ended = before
    this.depth--
  }

  /** Runs a text in this very shell, as `eval` and `source` do. */
  private here(text: string, line: number) {
    if (!this.mayRun()) return
    this.depth++
    this.list(this.parse(text, line))
    if (this.ended === 'function') this.ended = ''
    this.depth--
  }

  /** Whether another shell or function may be followed. */
  private mayRun(): boolean {
    return this.depth < deepestCall && this.state.fuel.runs-- > 0
  }

  private parse(text: string, line: number): Script {
    const key = `${line} ${text}`
    this.parsed ??= new Map()
    const known = this.parsed.get(key)
    if (known) return known
    // Parsing is what takes time.
    this.state.fuel.runs -= text.length >> 4
    // The next shell must not expand placeholders that this shell has filled in, whatever their
    // quotes.
    const asWritten = text.replaceAll(unknownOutput, filledOutput).replaceAll('${', filledDollar)
    const script = parseShell(withDollars(asWritten), () => line)
    if (this.parsed.size < 200) this.parsed.set(key, script)
    return script
  }

  private list(script: Script) {
    for (const statement of script) {
      if (this.ended) return
      this.statement(statement)
    }
  }

  private statement(statement: Statement) {
    switch (statement.kind) {
      case 'simple':
        this.simple(statement)
        break
      case 'pipe':
        this.pipe(statement.parts)
        break
      case 'chain':
        this.chain(statement.groups)
        break
      case 'group':
        this.group(statement.body, statement.isSubshell, statement.redirections)
        break
      case 'if': {
        for (const condition of statement.conditions) this.list(condition)
        const branches = [...statement.branches, statement.otherwise ?? []]
        this.branch(branches.map((branch) => () => this.list(branch)))
        break
      }
      case 'case': {
        this.text(statement.word)
        const branches = statement.isComplete ? statement.clauses : [...statement.clauses, []]
        this.branch(branches.map((branch) => () => this.list(branch)))
        break
      }
      case 'loop':
        this.loop(statement)
        break
      case 'function':
        this.state.define(statement.name, statement.body)
        break
    }
  }

  /** Follows each branch from here on; what all of them end, ends this, too. */
  private branch(branches: readonly (() => void)[]) {
    if (this.ended) return
    let end: 'function' | 'shell' = 'function'
    const goesOn = this.state.branch(
      branches.map((run) => () => {
        run()
        const isOver = this.ended !== ''
        if (this.ended === 'shell') end = 'shell'
        this.ended = ''
        return !isOver
      }),
    )
    if (!goesOn) this.ended = end
  }

  /** `a && b || c`: what is behind an operator runs only if what is before it says so. */
  private chain(groups: readonly (readonly Statement[])[]) {
    groups.forEach((group, i) => {
      if (i === 0) this.conjunction(group, 0)
      else this.branch([() => this.conjunction(group, 0), () => undefined])
    })
  }

  private conjunction(parts: readonly Statement[], from: number) {
    const part = parts[from]
    if (!part || this.ended) return
    this.statement(part)
    if (from + 1 < parts.length && from < 40) {
      this.branch([() => this.conjunction(parts, from + 1), () => undefined])
    } else if (from + 1 < parts.length) {
      this.branch([() => this.list(parts.slice(from + 1)), () => undefined])
    }
  }

  private pipe(parts: readonly Statement[]) {
    const { sink: outer, input } = this
    parts.forEach((part, i) => {
      const sink = i + 1 < parts.length ? newSink() : outer
      this.sink = sink
      const before = this.ended
      this.state.subshell(() => this.statement(part))
      this.ended = before
      this.input = sink && sink !== outer && sink.isKnown ? sink.text : undefined
    })
    this.sink = outer
    this.input = input
  }

  private group(body: Script, isSubshell: boolean, redirections: readonly Redirection[]) {
    const { sink, input, ended } = this
    const { given, output, appends } = this.redirected(redirections)
    if (given !== undefined) this.input = given
    const own = output === undefined ? undefined : newSink()
    if (own) this.sink = own
    if (isSubshell) {
      this.state.subshell(() => this.list(body))
      this.ended = ended
    } else this.list(body)
    if (own && output !== undefined && own.isKnown) this.write(output, own.text, appends)
    this.sink = sink
    this.input = input
  }

  private loop(loop: Extract<Statement, { kind: 'loop' }>) {
    const { variable, words, condition, body } = loop
    const items = words?.flatMap((word) => this.fields(word)) ?? []
    const isKnown = items.length > 0 && !items.some((item) => /[$*?[{]/.test(item))
    const assigned = this.assignedIn(loop)
    const rounds = this.rounds * items.length
    const isPlain = variable !== undefined && isKnown && !condition.length
    if (isPlain && rounds <= mostRounds && !assigned.has('break') && !assigned.has('continue')) {
      const { rounds: before } = this
      this.rounds = rounds
      items.forEach((item, i) => {
        if (this.ended) return
        this.state.assign(variable, item)
        // From the second round on, it is done again.
        if (i > 0) this.repeats++
        this.list(body)
        if (i > 0) this.repeats--
      })
      this.rounds = before
      return
    }
    const once = () => {
      for (const name of assigned) {
        if (this.state.lookUp(name) !== undefined) this.state.assign(name, null)
      }
      this.list(condition)
      if (variable) this.state.assign(variable, null)
      this.list(body)
    }
    // With words that the text shows, it runs at least once.
    if (isKnown) once()
    else this.branch([once, () => undefined])
  }

  /** How many times the body that is read runs, by loops whose words the text shows. */
  private rounds = 1
  private repeats = 0

  private assigned: Map<Statement, ReadonlySet<string>> | undefined

  /**
   * The names that a loop may set before it comes to the same command again; `break` and `continue`
   * stand among them where it may be left early.
   */
  private assignedIn(node: Statement): ReadonlySet<string> {
    this.assigned ??= new Map()
    const known = this.assigned.get(node)
    if (known) return known
    const names = new Set<string>()
    this.assigned.set(node, names)
    const collect = (statement: Statement) => {
      switch (statement.kind) {
        case 'simple': {
          for (const { name } of statement.assignments) names.add(name)
          const [program, ...rest] = statement.words
          if (typeof program !== 'string') return
          if (program === 'break' || program === 'continue') names.add(program)
          if (setters.has(program) || /^(?:read|unset|mapfile|readarray)$/.test(program)) {
            for (const word of rest) {
              const text = typeof word === 'string' ? word : word[0]
              const name = typeof text === 'string' ? /^[A-Za-z_]\w*/.exec(text)?.[0] : undefined
              if (name) names.add(name)
            }
          }
          const called = this.state.functions.get(program)
          if (called) for (const name of this.assignedIn(called.body)) names.add(name)
          return
        }
        case 'pipe':
          return statement.parts.forEach(collect)
        case 'chain':
          return statement.groups.flat().forEach(collect)
        case 'group':
          return statement.body.forEach(collect)
        case 'if':
          return [...statement.conditions, ...statement.branches, statement.otherwise ?? []]
            .flat()
            .forEach(collect)
        case 'case':
          return statement.clauses.flat().forEach(collect)
        case 'loop': {
          if (statement.variable) names.add(statement.variable)
          if (statement === node)
            return [...statement.condition, ...statement.body].forEach(collect)
          for (const name of this.assignedIn(statement)) names.add(name)
          return
        }
        case 'function':
          return
      }
    }
    collect(node)
    return names
  }

  /** Runs a command once for each branch of the choices on which its words depend. */
  private simple(node: SimpleCommand) {
    const { state, origin } = this
    // The fuel bounds loops and recursion; `onExhausted` reports when it is used up.
    state.fuel.commands--
    if (this.depth + this.repeats > 0) state.fuel.runs -= this.repeats > 0 ? 4 : 1
    if (state.fuel.commands < 0 || (state.fuel.runs < 0 && this.depth + this.repeats > 0)) {
      this.onExhausted?.(node.line)
      return
    }
    const outer = state.selection
    const known = state.encountered.size > 0 ? [...state.encountered] : undefined
    if (known) state.encountered.clear()
    this.origin ??= node
    const assigned = this.once(node)
    if (state.encountered.size > 0) this.otherBranches(node, assigned)
    state.selection = outer
    if (state.encountered.size > 0) state.encountered.clear()
    if (known) for (const condition of known) state.encountered.add(condition)
    this.origin = origin
  }

  /** Runs a command again on the other branches of what it depends on. */
  private otherBranches(node: SimpleCommand, assigned: Assigned) {
    const { state } = this
    const outer = state.selection
    const selections: (readonly (readonly [Condition, number])[])[] = [[]]
    const results = [assigned]
    for (let i = 0; i < selections.length; i++) {
      const chosen = selections[i] ?? []
      if (i > 0) {
        state.selection = new Map([...outer, ...chosen])
        state.encountered.clear()
        results.push(this.once(node))
      }
      const open: (readonly [Condition, number])[] = [...chosen]
      for (const condition of state.encountered) {
        if (state.selection.has(condition)) continue
        for (let branch = 1; branch < condition.branches; branch++) {
          if (selections.length < mostSelections && state.fuel.runs-- > 0)
            selections.push([...open, [condition, branch]])
        }
        open.push([condition, 0])
      }
    }
    if (results.length > 1) this.combine(selections, results)
  }

  /** Variables that are made of chosen ones are chosen, too. */
  private combine(
    selections: readonly (readonly (readonly [Condition, number])[])[],
    results: readonly Assigned[],
  ) {
    const conditions = new Set(selections.flat().map(([condition]) => condition))
    const [only] = conditions
    results[0]?.forEach(([name], i) => {
      const options = results.map((values) => values[i]?.[1])
      // The selections of one condition come in the order of its branches.
      const isOne = conditions.size === 1 && only && results.length === only.branches
      const condition = isOne ? only : { branches: options.length }
      this.state.assign(name, { condition, options, depth: 1 })
    })
  }

  /** Runs a command on the branches that are selected. @returns what it assigns */
  private once(node: SimpleCommand): Assigned {
    const words = this.allFields(node.words)
    const { given, output, appends } = this.redirected(node.redirections)
    const program = words[0]
    if (program === undefined) {
      return node.assignments.map((assignment) => {
        const value = this.valueFor(assignment)
        this.state.assign(assignment.name, value)
        if (this.exportsAll) this.state.export(assignment.name)
        return [assignment.name, value]
      })
    }
    if (setters.has(program) && !this.state.functions.has(program)) {
      return this.declare(program, node)
    }
    if (program === 'eval' && words.some(isOpen) && !node.words.every(isAgent)) this.state.forget()
    const env = node.assignments.length > 0 ? this.environmentOf(node) : noVariables
    const { sink } = this
    const own = output === undefined ? undefined : newSink()
    if (own) this.sink = own
    const command = { words, env, line: node.line, input: given ?? this.input, output }
    this.perform(command)
    if (own && output !== undefined) {
      if (own.isKnown) this.write(output, own.text, appends)
      // The command overwrites the file with unknown text, so its known content is forgotten.
      else if (!appends && this.state.textOf(output) !== undefined)
        this.state.files.set(this.state.fileName(output), undefined)
    }
    this.sink = sink
    return []
  }

  /** The assignments in front of a program (`NAME=value program`), which hold for it alone. */
  private environmentOf({ assignments }: SimpleCommand): ReadonlyMap<string, string> {
    const env = new Map<string, string>()
    for (const assignment of assignments) {
      const value = this.valueFor(assignment)
      env.set(assignment.name, typeof value === 'string' ? value : `\${${assignment.name}}`)
    }
    return env
  }

  private perform(command: Command) {
    const { words, line } = command
    const program = words[0] ?? ''
    const called = this.state.functions.get(program)
    if (called) {
      this.call(called, words.slice(1), command)
      return
    }
    // Most commands are programs, which take their words as they are.
    const rest = ofShell.has(program) ? words.slice(1) : noWords
    switch (program) {
      case 'unset':
        for (const name of rest) {
          if (!/^[\w.:-]+$/.test(name) || name.startsWith('-')) continue
          const removed = this.state.functions.get(name)
          if (removed) {
            removed.isCalled = true
            this.state.functions.set(name, undefined)
          }
          if (!rest.includes('-f')) this.state.assign(name, null)
        }
        return
      case 'let':
        for (const name of namesSetIn(rest.join('; '))) this.state.assign(name, null)
        return
      case 'read':
      case 'mapfile':
      case 'readarray':
      case 'getopts':
        for (const name of rest) if (/^[A-Za-z_]\w*$/.test(name)) this.state.assign(name, null)
        return
      case 'set': {
        if (/^-\w*a/.test(rest[0] ?? '')) this.exportsAll = true
        const at = rest.indexOf('--')
        if (at >= 0) this.state.assign('@', argumentsOf(rest.slice(at + 1)))
        else if (rest[0] !== undefined && !/^[-+]/.test(rest[0])) {
          this.state.assign('@', argumentsOf(rest))
        }
        return
      }
      case 'shift': {
        const list = this.state.lookUp('@')
        const by = Number(rest[0] ?? 1)
        if (Array.isArray(list))
          this.state.assign('@', Number.isInteger(by) ? list.slice(by) : null)
        return
      }
      case 'cd':
      case 'pushd':
        this.state.assign(
          directory,
          this.state.pathOf(rest.find((word) => !word.startsWith('-')) ?? '~'),
        )
        return
      case 'popd':
        this.state.assign(directory, null)
        return
      case 'eval':
        this.here(rest.join(' '), line)
        return
      case 'source':
      case '.': {
        const text = this.state.textOf(rest[0] ?? '')
        if (text !== undefined) this.here(text, line)
        else {
          // `source <(…)` has no file.
          if (setsVariables.test(rest[0] ?? '$')) this.state.forget()
          this.program(command, this)
        }
        return
      }
      case 'exit':
        this.ended = 'shell'
        return
      case 'return':
        this.ended = 'function'
        return
      case 'trap':
        this.traps ??= []
        if (rest.length > 1 && this.traps.length < 20)
          this.traps.push({ text: rest[0] ?? '', line })
        return
      case 'echo':
      case 'printf':
        if (rest[0] === '-v') {
          if (/^[A-Za-z_]\w*$/.test(rest[1] ?? '')) this.state.assign(rest[1] ?? '', null)
          return
        }
        if (this.sink) this.print(printed(command, this.state))
        return
      case 'cat':
        if (this.sink) this.print(printed(command, this.state))
        return
      default:
    }
    if (program === 'tee') {
      const { input } = command
      if (input !== undefined) {
        const appends = rest.some((word) => /^-\w*a|^--append/.test(word))
        for (const file of rest) if (!file.startsWith('-')) this.write(file, input, appends)
      }
      this.print(input)
      return
    }
    // `Basic $(echo -n gitlab-ci-token:$CI_JOB_TOKEN | base64)`
    if (program === 'base64' && command.input && isJobToken(command.input)) {
      this.print(command.input)
      return
    }
    if (this.sink && !quiet.has(program)) this.print(undefined)
    this.program(command, this)
    if (program === 'exec' && rest.length) this.ended = 'shell'
  }

  /** Runs a script that the text has written into a file, if it has. @returns whether it has */
  runFile(name: string, line: number, words: readonly string[], env: Command['env']): boolean {
    if (this.state.files.size === 0) return false
    const text = this.state.textOf(name)
    if (text === undefined) return false
    this.inner(text, line, words, env)
    return true
  }

  private call(called: FunctionDefinition, words: readonly string[], { input, env }: Command) {
    called.isCalled = true
    for (const variant of called.variants) variant.isCalled = true
    if (this.callStack.includes(called) || !this.mayRun()) return
    const before = { arguments: this.state.variables.get('@'), input: this.input }
    const frame: Frame = { locals: new Map() }
    this.depth++
    this.callStack.push(called)
    this.frames.push(frame)
    this.input = input
    for (const [name, value] of env) this.declareLocal(frame, name, value)
    this.state.assign('@', argumentsOf(words))
    this.statement(called.body)
    for (const [name, value] of frame.locals) this.state.assign(name, value)
    this.state.assign('@', before.arguments)
    this.input = before.input
    this.frames.pop()
    this.callStack.pop()
    this.depth--
    if (this.ended === 'function') this.ended = ''
  }

  private declareLocal(frame: Frame, name: string, value: Value | undefined) {
    if (!frame.locals.has(name)) frame.locals.set(name, this.state.variables.get(name))
    this.state.assign(name, value)
  }

  /** `export A=1 B`, `local A=1`, `declare -a A=(1 2)`. */
  private declare(program: string, { words }: SimpleCommand): Assigned {
    const assigned: (readonly [string, Value | undefined])[] = []
    const isExport = words.some((word) => typeof word === 'string' && /^-\w*x/.test(word))
    const isGlobal = words.some((word) => typeof word === 'string' && /^-\w*g/.test(word))
    const isOuter = program === 'export' || program === 'readonly' || isGlobal
    const frame = isOuter ? undefined : this.frames.at(-1)
    // `declare -n a=b`: whatever sets one of them sets the other.
    const isReference = words.some((word) => typeof word === 'string' && /^-\w*n/.test(word))
    for (const word of words.slice(1)) {
      const first = typeof word === 'string' ? word : word[0]
      const list = typeof word === 'string' ? undefined : word[1]
      const isList = typeof list === 'object' && list.kind === 'words'
      const text = typeof first === 'string' && isList ? first : this.text(word)
      const [, name, plus, value = ''] = /^([A-Za-z_]\w*)(\+?)=(.*)$/s.exec(text) ?? []
      if (program === 'export' || isExport) {
        const exported = name ?? (/^[A-Za-z_]\w*$/.test(text) ? text : undefined)
        if (exported) this.state.export(exported)
      }
      // `export $(cat .env)`
      if (text.startsWith(unknownOutput)) this.state.forget()
      if (isReference && name && program !== 'export') {
        this.state.assign(name, null)
        this.state.assign(value, null)
        continue
      }
      if (!name) {
        if (frame && /^[A-Za-z_]\w*$/.test(text)) this.declareLocal(frame, text, '')
        continue
      }
      const given = isList ? this.listOf(list.words) : known(value)
      const held = plus ? this.appended(name, given) : given
      if (frame) this.declareLocal(frame, name, held)
      else this.state.assign(name, held)
      assigned.push([name, held])
    }
    return assigned
  }

  private valueFor({ name, appends, value }: Assignment): Value {
    const given =
      typeof value === 'object' && 'list' in value
        ? this.listOf(value.list)
        : known(this.text(value))
    return appends ? this.appended(name, given) : given
  }

  private appended(name: string, value: Value): Value {
    const before = this.state.lookUp(name)
    if (Array.isArray(before) && Array.isArray(value)) {
      return before.length + value.length > longestList ? null : [...before, ...value]
    }
    if (typeof before === 'string' && typeof value === 'string') return known(before + value)
    // To a variable of which nothing is known.
    return before === undefined && Array.isArray(value) ? value : null
  }

  private listOf(words: readonly Word[]): Value {
    const items = this.allFields(words)
    return items.length > longestList ? null : items
  }

  private redirected(redirections: readonly Redirection[]): Redirected {
    if (redirections.length === 0) return notRedirected
    let given: string | undefined
    let output: string | undefined
    let appends = false
    for (const { operator, target, body } of redirections) {
      if (operator === '<<' || operator === '<<-')
        given = body === undefined ? undefined : this.text(body)
      else if (operator === '<<<') given = `${this.text(target)}\n`
      else {
        const file = this.text(target)
        if (operator === '<') given = this.state.textOf(file)
        else if (/^&?>[>|]?$/.test(operator) && !/^(?:\d|\/dev\/)/.test(file)) {
          output = file
          appends = operator.endsWith('>>')
        }
      }
    }
    return { given, output, appends }
  }

  private print(text: string | undefined) {
    const { sink } = this
    if (!sink) return
    if (text === undefined || sink.text.length + text.length > longestFile) sink.isKnown = false
    else sink.text += text
  }

  private write(file: string, text: string, appends: boolean) {
    const name = this.state.fileName(file)
    const before = appends ? (this.state.files.get(name) ?? '') : ''
    if (before.length + text.length > longestFile || this.state.files.size > 300) return
    this.state.fuel.characters -= before.length
    if (this.state.fuel.characters < 0) return
    this.state.files.set(name, before + text)
    this.onWrite?.(name, text)
  }

  /** Told of each text that is written into a file. */
  onWrite: ((file: string, text: string) => void) | undefined

  /** Told of commands that are not read, because others call them too often. */
  onExhausted: ((line: number) => void) | undefined

  private allFields(words: readonly Word[]): readonly string[] {
    if (this.depth === 0 && words.every(isText)) return words
    const fields: string[] = []
    for (const word of words) {
      if (typeof word === 'string') fields.push(this.plain(word))
      else for (const field of this.fields(word)) fields.push(field)
    }
    return fields
  }

  private text(word: Word): string {
    return typeof word === 'string' ? this.plain(word) : this.expanded(word, false).join(' ')
  }

  /** Text of another shell again as it was when that was started. */
  private plain(text: string): string {
    return this.depth > 0
      ? text.replaceAll(filledDollar, '${').replaceAll(filledOutput, unknownOutput)
      : text
  }

  private fields(word: Word): string[] {
    return typeof word === 'string' ? [this.plain(word)] : this.expanded(word, true)
  }

  /** A word with its variables filled in; unquoted, a value with blanks makes several of one. */
  private expanded(parts: readonly Part[], splits: boolean): string[] {
    return parts.every(isQuotedText) ? [this.quoted(parts)] : this.split(parts, splits)
  }

  /** Text, and variables in quotes: one word, whatever their values are. */
  private quoted(parts: readonly QuotedText[]): string {
    let text = ''
    for (const part of parts) {
      text +=
        typeof part === 'string'
          ? this.plain(part)
          : this.value(part.name, part.change, text.length)
    }
    return text
  }

  private split(parts: readonly Part[], splits: boolean): string[] {
    const fields: string[] = []
    let current = ''
    let isStarted = false
    const add = (text: string) => {
      current += text
      isStarted = true
    }
    const cut = () => {
      if (isStarted) fields.push(current)
      current = ''
      isStarted = false
    }
    const addValue = (value: string, isQuoted: boolean) => {
      if (isQuoted || !splits || !/\s/.test(value)) {
        if (value || isQuoted) add(value)
        return
      }
      if (/^\s/.test(value)) cut()
      const pieces = value.split(/\s+/).filter(Boolean)
      pieces.forEach((piece, i) => {
        if (i > 0) cut()
        add(piece)
      })
      if (/\s$/.test(value)) cut()
    }
    const addItems = (items: readonly string[], isQuoted: boolean) => {
      items.forEach((item, i) => {
        if (i > 0) cut()
        addValue(item, isQuoted)
      })
    }
    for (const part of parts) {
      if (typeof part === 'string') {
        add(this.plain(part))
        continue
      }
      switch (part.kind) {
        case 'unknown':
          for (const name of part.sets ?? []) this.state.assign(name, null)
          add(unknownOutput)
          break
        case 'output':
          addValue(this.outputOf(part.script), part.isQuoted)
          break
        case 'words':
          addItems(this.allFields(part.words), true)
          break
        case 'list':
          addItems(this.items(part, current.length), part.isQuoted || !splits)
          break
        case 'variable': {
          const alternative = this.alternative(part.name, part.change, part.isQuoted)
          if (alternative) addItems(alternative, true)
          else addValue(this.value(part.name, part.change, current.length), part.isQuoted)
        }
      }
    }
    cut()
    // A word of nothing but quotes is a word.
    return fields.length || splits ? fields : ['']
  }

  private items(part: Extract<Part, { kind: 'list' }>, lengthSoFar: number): readonly string[] {
    const { name, index, change } = part
    const list = this.state.lookUp(name)
    const isWhole = index === '@' || index === '*'
    if (/^:?\+/.test(change)) {
      if (list === undefined || (Array.isArray(list) && !list.length)) return []
      const alternative = this.alternativeWords(change)
      return Array.isArray(list) ? alternative : [unknownOutput]
    }
    if (!Array.isArray(list)) {
      if (typeof list === 'string') return [list]
      // A list of another text is known by its name.
      return [isWhole ? `\${${name}}` : unknownOutput]
    }
    if (lengthSoFar > longestWord || !this.spend(list.join('').length)) return [`\${${name}}`]
    if (!isWhole) {
      const item = /^\d+$/.test(index) ? list[Number(index)] : unknownOutput
      return [item ?? '']
    }
    if (change && !/^:?[-=?]/.test(change)) {
      // `${@:2}` takes what is behind the first.
      const from = name === '@' ? /^:\s*(\d+)$/.exec(change)?.[1] : undefined
      return from
        ? list.slice(Number(from) - 1)
        : list.map((item) => changed(item, change) ?? unknownOutput)
    }
    return index === '*' && part.isQuoted ? [list.join(' ')] : list
  }

  /** `${NAME:+words}`: nothing where the variable has no value. */
  private alternative(
    name: string,
    change: string,
    isQuoted: boolean,
  ): readonly string[] | undefined {
    if (!change || !/^:?\+/.test(change)) return undefined
    const value = this.state.lookUp(name)
    // GitLab's own variables are set.
    const isSet = typeof value === 'string' ? value !== '' : /^CI_JOB_TOKEN$/.test(name)
    if (!isSet) return [value === '' ? '' : unknownOutput].filter((text) => text || isQuoted)
    const words = this.alternativeWords(change)
    return isQuoted ? [words.join(' ')] : words
  }

  private alternativeWords(change: string): readonly string[] {
    if (!this.mayRun()) return [unknownOutput]
    this.depth++
    const words = this.allFields(parseWords(change.replace(/^:?[-+=?]/, '')))
    this.depth--
    return words
  }

  private value(name: string, change: string, lengthSoFar: number): string {
    const isPositional = name.length === 1 && /\d/.test(name)
    const held = isPositional ? this.positional(name) : this.state.lookUp(name)
    // The value of an array is unknown: the text does not tell which item is meant.
    const value = Array.isArray(held) ? null : held
    if (typeof value !== 'string' || lengthSoFar > longestWord || !this.spend(value.length)) {
      const placeholder = `\${${name}}`
      if (!change || /^:?[-=?]/.test(change)) return placeholder
      return changed(placeholder, change) ?? unknownOutput
    }
    if (!change) return value
    if (/^:?[-=]/.test(change)) {
      if (value !== '' || !(change.startsWith(':') || isPositional)) return value
      const given = this.alternativeWords(change).join(' ')
      if (change.startsWith(':=')) this.state.assign(name, known(given))
      return given
    }
    return /^:?\?/.test(change) ? value : (changed(value, change) ?? unknownOutput)
  }

  private positional(name: string): string | null {
    const list = this.state.lookUp('@')
    if (!Array.isArray(list) || name === '0') return null
    return list[Number(name) - 1] ?? ''
  }

  /** Whether so much more text may be filled in. */
  private spend(characters: number): boolean {
    this.state.fuel.characters -= characters
    return this.state.fuel.characters > 0
  }

  /** The text that `$(…)` inserts: the output of its script. */
  private outputOf(script: Script): string {
    const { sink, input, ended } = this
    const own = newSink()
    this.sink = own
    this.state.subshell(() => this.list(script))
    this.ended = ended
    this.sink = sink
    this.input = input
    if (own.text.length > 2 * longestValue) return unknownOutput
    const text = own.text.replace(/\n+$/, '')
    return own.isKnown && script.length > 0 && text.length <= longestValue ? text : unknownOutput
  }
}

const isText = (word: Word) => typeof word === 'string'

type QuotedText = string | Extract<Part, { kind: 'variable' }>

const isQuotedText = (part: Part): part is QuotedText =>
  typeof part === 'string' ||
  (part.kind === 'variable' && part.isQuoted && (!part.change || !/^:?\+/.test(part.change)))

const noVariables: ReadonlyMap<string, string> = new Map()

const newSink = (): Sink => ({ text: '', isKnown: true })

/** The arguments as a list; unknown where there are too many to remember. */
const argumentsOf = (words: readonly string[]): Value => (words.length > longestList ? null : words)

/** Null instead of a value that holds something unknown or is too long to remember. */
const known = (value: string): string | null =>
  value.includes(unknownOutput) || value.length > longestValue ? null : value

/**
 * Applies `${NAME#x}`, `${NAME%x}` or `${NAME/a/b}` to a value; undefined where the result is not
 * plain.
 */
function changed(value: string, change: string): string | undefined {
  // A path stays the path that it is in capitals; an array of one name is known by that name.
  if (/^(?:[,^]{1,2}|\[[@*]\])$/.test(change) && /^\$\{\w+\}$/.test(value)) return value
  // No name of a variable has a slash.
  if (/^\/\/\\?\/\/%2F$/i.test(change)) return value.replaceAll('/', '%2F')
  if (value.includes('${') || value.includes(unknownOutput)) return undefined
  const replacing = /^(\/\/?)((?:\\.|[^\\/*?[])+)\/(.*)$/s.exec(change)
  if (replacing) {
    const [, all, pattern = '', replacement = ''] = replacing
    const plainPattern = pattern.replace(/\\(.)/gs, '$1')
    return all === '//'
      ? value.replaceAll(plainPattern, () => replacement)
      : value.replace(plainPattern, () => replacement)
  }
  const cutting = /^(##?|%%?)([^[\]{}$*]*\*?[^[\]{}$*]*)$/.exec(change)
  if (!cutting) return undefined
  const [, sign = '', glob = ''] = cutting
  const any = sign.length > 1 ? '.*' : '.*?'
  const pattern = glob
    .replace(/\\(.)/gs, '$1')
    .replace(/[.+^()|\\]/g, '\\$&')
    .replaceAll('?', '.')
    .replace('*', any)
  if (sign.startsWith('#')) return value.replace(new RegExp(`^(?:${pattern})`, 's'), '')
  // The shortest end is the one that begins last.
  const greedy = sign.length > 1 ? '' : '.*'
  const found = new RegExp(`^(${greedy || '.*?'})(?:${pattern.replace(any, '.*')})$`, 's').exec(
    value,
  )
  return found ? (found[1] ?? value) : value
}

/** The output of a command, where the text shows it. */
function printed({ words, input }: Command, state: ShellState): string | undefined {
  const [program, ...rest] = words
  if (program === 'cat') {
    const names = rest.filter((word) => word !== '-')
    if (!names.length) return input
    const texts = names.map((name) => state.textOf(name))
    return texts.includes(undefined) ? undefined : texts.join('')
  }
  if (program === 'echo') {
    const isBare = /^-[neE]*n[neE]*$/.test(rest[0] ?? '')
    const texts = rest.filter((word, i) => !(i === 0 && /^-[neE]+$/.test(word)))
    return texts.join(' ').replaceAll('\\n', '\n') + (isBare ? '' : '\n')
  }
  const [format = '', ...values] = rest
  return formatted(format, values)
}

/** `printf`, as far as its format asks for texts. */
function formatted(format: string, values: readonly string[]): string | undefined {
  if (!/%/.test(format)) return format.replaceAll('\\n', '\n').replaceAll('\\t', '\t')
  if (/%(?![sd%b])/.test(format) || format.length > 1000) return undefined
  const places = format.match(/%[sdb]/g)?.length ?? 0
  let at = 0
  let text = ''
  do {
    text += format
      .replace(/%([sdb%])/g, (_all, letter: string) =>
        letter === '%' ? '%' : (values[at++] ?? ''),
      )
      .replaceAll('\\n', '\n')
      .replaceAll('\\t', '\t')
  } while (places && at < values.length && text.length < longestFile)
  return text
}
