/** The state of a shell and its tools at one moment, which branches and subshells roll back. */
import { isJobToken } from './calls.ts'
import type { Env } from './env.ts'
import { type Statement, withDollars } from './shell-syntax.ts'

/**
 * The value of a variable: a text, in which unknown parts stay `${NAME}` or `$(…)`; a list; null
 * where the value is unknown; or one of several values, depending on a condition.
 */
export type Value = string | null | readonly string[] | Choice

/** The values that a variable has after the branches of a condition; undefined where it has none. */
export type Choice = {
  readonly condition: Condition
  readonly options: readonly (Value | undefined)[]
  readonly depth: number
}

/** One `if`, `case` or the like: all choices that depend on it take the same branch. */
export type Condition = { readonly branches: number }

export type FunctionDefinition = {
  readonly name: string
  readonly body: Statement
  /** How many times variables had been set when it was defined. */
  readonly moment: number
  /** The alternative definitions, where a condition decides which of them holds. */
  readonly variants: readonly FunctionDefinition[]
  isCalled: boolean
}

type Entry = { readonly store: Store<unknown>; readonly key: string; readonly before: unknown }

/** The changes since a subshell or a branch began, to roll them back. */
class Journal {
  readonly entries: Entry[] = []
  /** How many subshells and branches are open; outside of them nothing is taken back. */
  depth = 0
}

/** Stands in the journal for a key that this store had not set. */
const inherited = Symbol('inherited')

/** A map whose changes can be taken back. */
export class Store<Held> {
  /** `variables` and `functions` end with their subshell; `files` and settings do not. */
  readonly kind: 'variables' | 'functions' | 'files'
  /** Most stay empty, and there are some for each job of a text. */
  private held: Map<string, Held | undefined> | undefined
  private readonly journal: Journal
  private readonly base: ((key: string) => Held | undefined) | undefined

  constructor(
    journal: Journal,
    kind: Store<Held>['kind'],
    base?: (key: string) => Held | undefined,
  ) {
    this.journal = journal
    this.kind = kind
    this.base = base
  }

  private get map(): Map<string, Held | undefined> {
    this.held ??= new Map()
    return this.held
  }

  get(key: string): Held | undefined {
    return this.held?.has(key) ? this.held.get(key) : this.base?.(key)
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  get size(): number {
    return this.held?.size ?? 0
  }

  set(key: string, value: Held | undefined) {
    if (this.journal.depth > 0) {
      const { entries } = this.journal
      const before = this.map.has(key) ? this.map.get(key) : inherited
      entries.push({ store: this as Store<unknown>, key, before })
    }
    this.map.set(key, value)
  }

  /** Takes a change back, without a word in the journal. */
  restore(key: string, before: Held | typeof inherited | undefined) {
    if (before === inherited) this.map.delete(key)
    else this.map.set(key, before)
  }

  *[Symbol.iterator](): Generator<[string, Held]> {
    for (const [key, value] of this.held ?? []) if (value !== undefined) yield [key, value]
  }

  keys(): string[] {
    if (this.size === 0) return []
    return Array.from(this, ([key]) => key)
  }

  values(): Held[] {
    if (this.size === 0) return []
    return Array.from(this, ([, value]) => value)
  }
}

/** Text that stands for the output of a command. */
export const unknownOutput = '$(…)'

/** Choices that depend on choices are followed no deeper than this. */
const deepestChoice = 4

/** How many of the same thing may be done again before all is read once and in a row. */
export type Fuel = {
  /** Commands, whether they are done for the first time or again. */
  commands: number
  /** Calls of functions, runs of scripts and further branches of a choice. */
  runs: number
  /** Characters that are filled in. */
  characters: number
}

/** Enough for a megabyte of what people write, and for a machine's in less than a second. */
export const newFuel = (): Fuel => ({
  commands: 150_000,
  runs: 20_000,
  characters: 4_000_000,
})

const noSelection: ReadonlyMap<Condition, number> = new Map()

export class ShellState {
  readonly variables: Store<Value>
  readonly functions: Store<FunctionDefinition>
  /** The text that commands write into files, by the files' names. */
  readonly files: Store<string>
  readonly fuel: Fuel
  /** All functions, for those that the text itself never calls. */
  readonly definitions: FunctionDefinition[] = []
  /** Which branch of each condition is being followed. */
  selection: ReadonlyMap<Condition, number> = noSelection
  /** The conditions on which what was looked up depends. */
  readonly encountered = new Set<Condition>()
  /** Variables that were set later than this are unknown: of functions that somebody else calls. */
  private frozen:
    | { readonly moment: number; readonly known: Set<string>; readonly isChild: boolean }
    | undefined
  private changes: Map<string, number> | undefined
  private moment = 0
  protected readonly journal: Journal
  /** The variables that are set before the first command; all of them are exported. */
  private readonly given: Env

  /**
   * @param shared the files, and what is left of the fuel, of the shell before
   * @param fuel what several shells of one text have together
   */
  constructor(env: Env, shared?: ShellState, fuel = newFuel()) {
    this.given = env
    this.journal = shared?.journal ?? new Journal()
    this.variables = new Store<Value>(this.journal, 'variables', (name) => {
      const value = env.get(name)
      const isOpen = value !== undefined && !ofGitlab.test(name) && this.variables.has(forgotten)
      return isOpen ? null : value
    })
    this.functions = new Store<FunctionDefinition>(this.journal, 'functions')
    this.files = shared?.files ?? new Store<string>(this.journal, 'files')
    this.fuel = shared?.fuel ?? fuel
  }

  /** The value that a program finds in its environment; null where it is unknown. */
  get(name: string): string | null | undefined {
    const value = this.lookUp(name)
    return Array.isArray(value) ? null : (value as string | null | undefined)
  }

  /** The value of a variable on the branches that are being followed. */
  lookUp(name: string): string | null | undefined | readonly string[] {
    const { frozen } = this
    if (frozen?.isChild && !frozen.known.has(name) && this.changes?.has(name)) {
      // Another process gets only the exported variables.
      if (!this.isExported(name)) return undefined
    }
    if (frozen && !frozen.known.has(name) && (this.changes?.get(name) ?? 0) > frozen.moment)
      return null
    let value = this.variables.get(name)
    while (value !== null && typeof value === 'object' && 'condition' in value) {
      this.encountered.add(value.condition)
      value = value.options[this.selection.get(value.condition) ?? 0]
    }
    return value
  }

  assign(name: string, value: Value | undefined) {
    this.moment++
    // A variable that is set while the state is frozen has a known value again.
    if (this.frozen) this.frozen.known.add(name)
    else {
      this.changes ??= new Map()
      this.changes.set(name, this.moment)
    }
    this.variables.set(name, value)
  }

  /** A path seen from where the text begins; unknown parts stay as they are. */
  pathOf(word: string): string {
    const path = withDollars(word)
    const here = this.lookUp(directory)
    const base = typeof here === 'string' ? here : ''
    if (/^[~/]|^\$\{/.test(path) || path === '-') return path
    const parts = base ? base.split('/') : []
    for (const part of path.split('/')) {
      if (part === '..') parts.pop()
      else if (part && part !== '.') parts.push(part)
    }
    return parts.slice(0, 40).join('/')
  }

  /** One name for one file, however its folder is written. */
  fileName(word: string): string {
    return this.pathOf(word).replace(/^(?:\$\{?HOME\}?|~)\//, '~/')
  }

  /** The known content of a file that the text has written. */
  textOf(word: string): string | undefined {
    return this.files.size > 0 ? this.files.get(this.fileName(word)) : undefined
  }

  define(name: string, body: Statement) {
    const definition = { name, body, moment: this.moment, variants: [], isCalled: false }
    this.functions.set(name, definition)
    this.definitions.push(definition)
  }

  /** Makes all variables unknown: something that the text does not show may have set them again. */
  forget() {
    for (const name of this.variables.keys()) {
      if (/^\w+$/.test(name) && !ofGitlab.test(name)) this.assign(name, null)
    }
    this.variables.set(forgotten, '')
  }

  /** Runs with the variables that have not changed since; the others are unknown. */
  frozenAt(moment: number, run: () => void) {
    const before = this.frozen
    this.frozen = { moment, known: new Set(), isChild: false }
    run()
    this.frozen = before
  }

  /** Runs in another process, which finds no variables but those that are exported. */
  inChild(run: () => void) {
    const before = this.frozen
    this.frozen = { moment: Number.POSITIVE_INFINITY, known: new Set(), isChild: true }
    this.subshell(run)
    this.frozen = before
  }

  export(name: string) {
    this.variables.set(exportMark + name, '')
  }

  private isExported(name: string): boolean {
    return this.given.get(name) !== undefined || this.variables.has(exportMark + name)
  }

  /** Runs what ends with its subshell; what it writes to files and settings stays. */
  subshell(run: () => void) {
    const { entries } = this.journal
    const mark = entries.length
    this.journal.depth++
    run()
    this.journal.depth--
    const kept: Entry[] = []
    while (entries.length > mark) {
      const entry = entries.pop() as Entry
      if (entry.store.kind === 'files') kept.push(entry)
      else undo(entry)
    }
    if (this.journal.depth > 0) for (const entry of kept.reverse()) entries.push(entry)
  }

  /**
   * Runs branches of which one is taken, each from where the first begins; afterwards a variable
   * has the value that all of them agree on.
   * @param branches each tells whether what comes behind the branches is reached from it
   * @returns whether what comes behind is reached at all
   */
  branch(branches: readonly (() => boolean)[]): boolean {
    const { entries } = this.journal
    const mark = entries.length
    const ends: Map<Store<unknown>, Map<string, unknown>>[] = []
    this.journal.depth++
    for (const run of branches) {
      const goesOn = run()
      const changed = new Map<Store<unknown>, Map<string, unknown>>()
      for (const { store, key } of entries.slice(mark)) {
        const keys = changed.get(store) ?? new Map<string, unknown>()
        changed.set(store, keys)
        if (!keys.has(key)) keys.set(key, store.get(key))
      }
      while (entries.length > mark) undo(entries.pop() as Entry)
      if (goesOn) ends.push(changed)
    }
    this.journal.depth--
    this.merge(ends)
    return ends.length > 0
  }

  private merge(ends: readonly Map<Store<unknown>, Map<string, unknown>>[]) {
    const condition: Condition = { branches: ends.length }
    const stores = new Set(ends.flatMap((end) => [...end.keys()]))
    for (const store of stores) {
      const keys = new Set(ends.flatMap((end) => [...(end.get(store)?.keys() ?? [])]))
      const merged = [...keys].map((key) => {
        const options = ends.map((end) =>
          end.get(store)?.has(key) ? end.get(store)?.get(key) : store.get(key),
        )
        return { key, options, isSame: options.every((option) => isSame(option, options[0])) }
      })
      for (const { key, options, isSame: same } of merged) {
        const value = same
          ? options[0]
          : store.kind === 'functions'
            ? oneFunction(key, options as (FunctionDefinition | undefined)[], this.moment)
            : store.kind === 'variables'
              ? oneOf(key, options as (Value | undefined)[], condition)
              : // A setting of one branch stays; of several different ones nobody knows which.
                settled(options)
        if (store.kind === 'variables') this.assign(key, value as Value | undefined)
        else store.set(key, value)
      }
    }
  }
}

function undo({ store, key, before }: Entry) {
  store.restore(key, before)
}

function oneOf(
  name: string,
  options: readonly (Value | undefined)[],
  condition: Condition,
): Value | undefined {
  // A folder that cannot be entered ends most scripts.
  if (name === directory || name.startsWith(exportMark)) return options[0]
  // A project of one branch is not the project of a call in general.
  if (!options.some(isCredential)) return null
  const depth = 1 + Math.max(...options.map((option) => (isChoice(option) ? option.depth : 0)))
  return depth > deepestChoice ? null : { condition, options, depth }
}

/** A function that does what one of several does; nobody knows which. */
function oneFunction(
  name: string,
  options: readonly (FunctionDefinition | undefined)[],
  moment: number,
): FunctionDefinition {
  const variants = options.filter((option) => option !== undefined)
  const bodies = options.map((option) => (option ? [option.body] : []))
  const branches = bodies.slice(0, -1)
  const body: Statement = { kind: 'if', conditions: [], branches, otherwise: bodies.at(-1) }
  return { name, body, moment, variants, isCalled: false }
}

function settled(options: readonly unknown[]): unknown {
  const set = options.filter((option) => option !== undefined)
  return set.every((option) => option === set[0] || typeof option !== 'string')
    ? set[0]
    : unknownOutput
}

/** Stands among the variables in front of the name of one that is exported. */
const exportMark = '\u0000export '

/** Stands among the variables for the folder that the shell is in. */
export const directory = '\u0000directory'

/** Stands among the variables once something may have set any of them. */
const forgotten = '\u0000forgotten'

/** Nobody sets these anew. */
const ofGitlab = /^(?:CI|GITLAB)(?:_|$)/

const isChoice = (value: Value | undefined): value is Choice =>
  typeof value === 'object' && value !== null && 'condition' in value

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  return (
    Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === b.length &&
    a.every((item, i) => item === b[i])
  )
}

/** Whether a branch that sets this may be the one that decides about the token. */
function isCredential(value: Value | undefined): boolean {
  if (value === null || value === undefined) return false
  if (typeof value === 'string') return isJobToken(value) || /-token\b|authorization/i.test(value)
  if (isChoice(value)) return value.options.some(isCredential)
  return value.some(isCredential)
}
