/**
 * Reads shell text far enough to know which programs are called with which arguments. Follows the
 * POSIX shell's rules on quotes, comments, continuations, here-documents and substitutions:
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */

/** One program with its arguments, as the shell would start it. */
export type Command = {
  /** Quotes removed, constants filled in; what has no known value reads `${NAME}` or `$(…)`. */
  readonly words: readonly string[]
  /** Assignments in front of the program, which hold for it alone. */
  readonly env: ReadonlyMap<string, string>
  /** Line of the first word, from 0. */
  readonly line: number
  /** What it gets on its standard input, where the text shows it: a here-document, or an `echo`. */
  readonly input: string | undefined
  /** The file that its output goes to. */
  readonly output: string | undefined
}

/** Values of variables; null for one that has several, depending on what happens. */
export class Env {
  private readonly own: Map<string, string | null | undefined>
  private readonly base: Env | undefined

  /** @param base holds what is not set here; it stays as it is, so that many jobs may share it */
  constructor(values?: Iterable<readonly [string, string | null]>, base?: Env) {
    this.own = new Map(values)
    this.base = base
  }

  get(name: string): string | null | undefined {
    return this.own.has(name) ? this.own.get(name) : this.base?.get(name)
  }

  set(name: string, value: string | null) {
    this.own.set(name, value)
  }

  delete(name: string) {
    this.own.set(name, undefined)
  }
}

/** Text that stands for the output of a command. */
export const unknownOutput = '$(…)'

/** Longer values are not filled in: a text that doubles a variable again and again stays small. */
const longestValue = 1024
const longestWord = 16_384
const deepest = 40

/**
 * All commands of a shell text, those inside `$(…)`, loops, functions and subshells included, in
 * their order. Never throws; what is not shell gives odd commands.
 * @param env what variables are worth; assignments in the text change it
 */
export function commandsOf(text: string, env: Env): Command[] {
  const shell = new Shell(text, env)
  shell.list('')
  return shell.commands
}

type Draft = {
  words: string[]
  /** Whether nothing but keywords has come so far, so that the next word begins the command. */
  isFresh: boolean
  assignments: [string, string][]
  line: number
  input: string | undefined
  output: string | undefined
}
type HereDocument = { delimiter: string; quoted: boolean; indented: boolean; draft: Draft }

const plain = /[^\s'"\\$`;&|()<>#]+/y
const name = /[A-Za-z_]\w*/y
const assignment = /^([A-Za-z_]\w*)\+?=/
const setters = /^(?:export|declare|local|readonly|typeset)$/
/** Words after which a command begins. */
const keywords = /^(?:if|then|else|elif|while|until|do|!|\{|time)$/
/** Commands that give their arguments values which no text shows, or none. */
const unsetters = /^(?:read|unset|mapfile|readarray|getopts|for|select)$/
/** Stands where an unquoted variable's value has a blank, which makes two words of one. */
const split = '\u0001'

class Shell {
  readonly commands: Command[] = []
  private readonly text: string
  private readonly env: Env
  private at = 0
  private line = 0
  private depth = 0
  /** How many conditions and loops are open. */
  private branches = 0
  /** The next command runs only if the last one says so. */
  private conditional = false
  private piped: string | undefined
  private waiting: HereDocument[] = []
  /** What ends the substitution that is being read. */
  private closing: '' | ')' | '`' = ''
  private readonly last: { readonly [quote: string]: number }
  /** What variables were worth before a subshell set them. */
  private readonly undone: [string, string | null | undefined][] = []
  private subshells = 0

  constructor(text: string, env: Env) {
    this.text = text
    this.env = env
    this.last = {
      "'": text.lastIndexOf("'"),
      '"': text.lastIndexOf('"'),
      '`': text.lastIndexOf('`'),
    }
  }

  /** Reads commands until the closing character, which is consumed. */
  list(close: '' | ')' | '`'): void {
    const open: number[] = []
    let draft = this.newDraft()
    const finish = (pipe = false) => {
      this.finish(draft, pipe)
      if (draft.words.length || draft.assignments.length) draft = this.newDraft()
    }
    while (this.at < this.text.length) {
      const char = this.text[this.at] as string
      if (char === close && (char !== ')' || !open.length)) {
        this.at++
        finish()
        return
      }
      if (char === '\n') {
        // The body of a here-document belongs to the command before it.
        if (this.waiting.length) this.readHereDocuments()
        else this.newline()
        finish()
        this.conditional = false
      } else if (char === ' ' || char === '\t' || char === '\r' || /\s/.test(char)) {
        this.at++
      } else if (this.skipContinuation()) {
        // Nothing of it is part of a word.
      } else if (char === '#') {
        const end = this.text.indexOf('\n', this.at)
        this.at = end < 0 ? this.text.length : end
      } else if (char === ';' || char === '(' || char === ')') {
        this.at++
        finish()
        if (char === '(') open.push(this.enter())
        else if (char === ')' && open.length) this.leave(open.pop() ?? 0)
        this.conditional = false
      } else if (char === '|' || (char === '&' && this.text[this.at + 1] !== '>')) {
        this.at++
        const twice = this.text[this.at] === char
        if (twice) this.at++
        else if (char === '|' && this.text[this.at] === '&') this.at++
        finish(char === '|' && !twice)
        this.conditional = twice
      } else if (char === '<' || char === '>' || char === '&') {
        this.redirect(draft)
      } else {
        if (!draft.words.length && !draft.assignments.length) draft.line = this.line
        this.addWord(draft)
      }
    }
    if (this.waiting.length) this.readHereDocuments()
    finish()
    const [outermost] = open
    if (outermost !== undefined) this.leave(outermost, open.length)
  }

  /** What a subshell assigns ends with it. */
  private enter(): number {
    this.subshells++
    return this.undone.length
  }

  private leave(mark: number, count = 1) {
    this.subshells -= count
    while (this.undone.length > mark) {
      const [key, value] = this.undone.pop() ?? ['']
      if (value === undefined) this.env.delete(key)
      else this.env.set(key, value)
    }
  }

  private set(key: string, value: string | null) {
    if (this.subshells) this.undone.push([key, this.env.get(key)])
    this.env.set(key, value)
  }

  private newDraft(): Draft {
    return {
      words: [],
      isFresh: true,
      assignments: [],
      line: this.line,
      input: undefined,
      output: undefined,
    }
  }

  private newline() {
    this.at++
    this.line++
  }

  private addWord(draft: Draft) {
    const start = this.at
    const fields = this.fields()
    const word = fields.replaceAll(split, ' ')
    if (this.at === start) {
      this.at++
      return
    }
    const mayAssign = draft.isFresh || setters.test(draft.words[0] as string)
    const head = mayAssign ? assignment.exec(this.text.slice(start, start + 200)) : null
    if (head?.[1]) {
      const value = this.skipArray() ? unknownOutput : word.slice(word.indexOf('=') + 1)
      if (!draft.words.length) {
        draft.assignments.push([head[1], value])
        return
      }
      this.assign(head[1], value)
    } else if (fields !== word) {
      for (const field of fields.split(split)) if (field) draft.words.push(field)
      draft.isFresh = false
      return
    }
    // `2>file`: the number belongs to the redirection.
    if (/^\d$/.test(word) && /[<>]/.test(this.text[this.at] ?? '')) return
    draft.words.push(word)
    draft.isFresh &&= keywords.test(word)
  }

  /** `NAME=(a b)`: its words are no commands. */
  private skipArray(): boolean {
    if (this.text[this.at] !== '(' || this.depth >= deepest) return false
    const { length } = this.commands
    this.at++
    this.nested(')')
    this.commands.length = length
    return true
  }

  private finish(draft: Draft, pipe: boolean) {
    const input = draft.input ?? this.piped
    this.piped = undefined
    if (draft.words.length) {
      const { words, assignments, line, output } = draft
      const env = assignments.length ? new Map(assignments) : noEnv
      const command: Command = { words, env, line, input, output }
      this.commands.push(command)
      if (pipe) this.piped = printed(command)
      const [program, ...rest] = draft.words as [string, ...string[]]
      if (unsetters.test(program)) this.forget(program, rest)
      this.countBranches(program)
    } else {
      for (const [key, value] of draft.assignments) this.assign(key, value)
    }
  }

  private forget(program: string, words: readonly string[]) {
    const isLoop = program === 'for' || program === 'select'
    for (const word of isLoop ? words.slice(0, 1) : words) {
      if (/^[A-Za-z_]\w*$/.test(word)) this.set(word, null)
    }
  }

  private countBranches(word: string) {
    if (/^(?:if|case|for|while|until|select)$/.test(word)) this.branches++
    else if (/^(?:fi|esac|done)$/.test(word) && this.branches) this.branches--
  }

  private assign(key: string, value: string) {
    const known = this.env.get(key)
    const isKnown = !value.includes(unknownOutput) && value.length <= longestValue
    // After `&&` the variable may well have a value that the text does not show.
    const keepsOld = this.conditional || (this.branches > 0 && known !== undefined)
    this.set(key, isKnown && (!keepsOld || known === value) ? value : null)
  }

  /** A backslash at the end of a line, or PowerShell's backtick. */
  private skipContinuation(): boolean {
    const char = this.text[this.at]
    if (char !== '\\' && char !== '`') return false
    const end = this.text[this.at + 1] === '\r' ? this.at + 2 : this.at + 1
    if (this.text[end] !== '\n') return false
    this.at = end
    this.newline()
    return true
  }

  private word(): string {
    return this.fields().replaceAll(split, ' ')
  }

  private fields(): string {
    let word = ''
    while (this.at < this.text.length) {
      plain.lastIndex = this.at
      const run = plain.exec(this.text)?.[0]
      if (run) {
        word += run
        this.at += run.length
        continue
      }
      const char = this.text[this.at] as string
      if (char === '#') {
        word += char
        this.at++
      } else if (char === '&' && /[?].*=/s.test(word.slice(-300)) && /\w/.test(this.next())) {
        // An address pasted without its quotes.
        word += char
        this.at++
      } else if (char === '`' && this.closing === '`') break
      else if (char === '\\' || char === '`') {
        if (this.skipContinuation()) continue
        if (char === '\\') {
          word += this.next()
          this.at += 2
        } else word += this.backticks()
      } else if (char === "'") word += this.singleQuoted()
      else if (char === '"') word += this.doubleQuoted()
      else if (char === '$') {
        const value = this.expansion(word.length, false)
        word += /\s/.test(value) ? value.replace(/\s/g, split) : value
      } else break
    }
    return word
  }

  private next(): string {
    return this.text[this.at + 1] ?? ''
  }

  /** A quote that is never closed is one of prose, such as an apostrophe. */
  private isClosed(quote: "'" | '"' | '`'): boolean {
    return (this.last[quote] ?? -1) > this.at
  }

  private singleQuoted(): string {
    if (!this.isClosed("'")) return this.literal()
    const end = this.text.indexOf("'", this.at + 1)
    const inner = this.text.slice(this.at + 1, end)
    this.at = end + 1
    this.countLines(inner)
    return inner
  }

  private countLines(text: string) {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.line++
  }

  private literal(): string {
    return this.text[this.at++] ?? ''
  }

  private doubleQuoted(): string {
    if (!this.isClosed('"')) return this.literal()
    this.at++
    const text = this.expanded(this.text.length, '"')
    this.at++
    return text
  }

  /** Text in which only `$`, backticks and backslashes mean something, up to `end` or the quote. */
  private expanded(end: number, quote: '' | '"'): string {
    let text = ''
    const special = quote ? /["\\$`\n]/g : /[\\$`\n]/g
    while (this.at < end) {
      special.lastIndex = this.at
      const hit = Math.min(special.exec(this.text)?.index ?? end, end)
      text += this.text.slice(this.at, hit)
      this.at = hit
      if (hit >= end) break
      const char = this.text[hit]
      if (char === quote) break
      if (char === '\n') {
        text += char
        this.newline()
      } else if (char === '\\') {
        if (this.skipContinuation()) continue
        const next = this.next()
        text += /["\\$`]/.test(next) ? next : `\\${next}`
        this.at += next === '\n' ? 1 : 2
      } else if (char === '`') text += this.backticks()
      else text += this.expansion(text.length, quote === '"')
    }
    return text
  }

  private backticks(): string {
    if (this.closing === '`' || !this.isClosed('`') || this.depth >= deepest) return this.literal()
    this.at++
    this.nested('`')
    return unknownOutput
  }

  private nested(close: ')' | '`') {
    const { piped, conditional, waiting, closing } = this
    this.closing = close
    this.piped = undefined
    this.waiting = []
    this.depth++
    const mark = this.enter()
    this.list(close)
    this.leave(mark)
    this.depth--
    this.piped = piped
    this.conditional = conditional
    this.waiting = waiting
    this.closing = closing
  }

  /** What begins with a dollar sign. */
  private expansion(lengthSoFar: number, inQuotes: boolean): string {
    const next = this.next()
    if (next === '(') {
      if (this.depth >= deepest) return this.literal()
      this.at += 2
      if (this.text[this.at] === '(') this.arithmetic()
      else this.nested(')')
      return unknownOutput
    }
    if (next === '{') return this.parameter(lengthSoFar)
    if (next === "'" && !inQuotes) {
      this.at++
      return ''
    }
    name.lastIndex = this.at + 1
    const variable = name.exec(this.text)?.[0]
    if (!variable) return this.literal()
    this.at += 1 + variable.length
    // PowerShell: $env:NAME
    if (variable === 'env' && this.text[this.at] === ':') {
      name.lastIndex = this.at + 1
      const inner = name.exec(this.text)?.[0]
      if (inner) {
        this.at += 1 + inner.length
        return this.value(inner, lengthSoFar)
      }
    }
    return this.value(variable, lengthSoFar)
  }

  private arithmetic() {
    const end = this.text.indexOf('))', this.at)
    const line = this.text.indexOf('\n', this.at)
    if (end < 0 || (line >= 0 && line < end)) return
    this.at = end + 2
  }

  /** `${NAME}`, `${NAME:-x}`, `${NAME//a/b}`, … */
  private parameter(lengthSoFar: number): string {
    const found = /^\$\{([A-Za-z_]\w*)((?:[^{}\n]|\$\{[^{}\n]{0,200}\}){0,300})\}/.exec(
      this.text.slice(this.at, this.at + 800),
    )
    const [all, variable, change = ''] = found ?? []
    if (!all || !variable) return this.literal()
    this.at += all.length
    const value = this.value(variable, lengthSoFar)
    // A default does not count: the variable may be set elsewhere.
    if (!change || /^:?[-=?]/.test(change)) return value
    return changed(value, change) ?? unknownOutput
  }

  private value(variable: string, lengthSoFar: number): string {
    const value = this.env.get(variable)
    return value == null || lengthSoFar > longestWord ? `\${${variable}}` : value
  }

  private redirect(draft: Draft) {
    const operator = /^(?:<<<|<<-?|&>>?|>&|<&|>>|>\||<>|[<>&])/.exec(
      this.text.slice(this.at, this.at + 3),
    )?.[0] as string
    this.at += operator.length
    // `<(…)` is a command whose output is read like a file.
    if (this.text[this.at] === '(' && operator.length === 1) return
    while (/[ \t]/.test(this.text[this.at] ?? '')) this.at++
    const quoted = /['"\\]/.test(this.text[this.at] ?? '')
    const start = this.at
    const target = this.word()
    if (this.at === start) return
    if (operator === '<<<') draft.input = target
    else if (operator.startsWith('<<')) {
      const indented = operator === '<<-'
      this.waiting.push({ delimiter: target, quoted, indented, draft })
    } else if (/^&?>[>|]?$/.test(operator) && !/^(?:\d|\/dev\/)/.test(target)) draft.output = target
  }

  private readHereDocuments() {
    this.newline()
    const documents = this.waiting
    this.waiting = []
    for (const { delimiter, quoted, indented, draft } of documents) {
      const start = this.at
      const { bodyEnd, end } = this.endOfHereDocument(delimiter, indented)
      if (quoted) {
        draft.input = this.text.slice(start, bodyEnd)
        this.countLines(draft.input)
        this.at = bodyEnd
      } else draft.input = this.expanded(bodyEnd, '')
      this.countLines(this.text.slice(this.at, end))
      this.at = Math.max(this.at, end)
    }
  }

  private endOfHereDocument(delimiter: string, indented: boolean) {
    let from = this.at
    while (from < this.text.length) {
      const lineEnd = this.text.indexOf('\n', from)
      const to = lineEnd < 0 ? this.text.length : lineEnd
      const line = this.text.slice(from, to)
      if ((indented ? line.trim() : line.trimEnd()) === delimiter) {
        return { bodyEnd: from, end: Math.min(to + 1, this.text.length) }
      }
      from = to + 1
    }
    return { bodyEnd: this.text.length, end: this.text.length }
  }
}

const noEnv: ReadonlyMap<string, string> = new Map()

/** What `${NAME#x}`, `${NAME%x}` and `${NAME/a/b}` make of a value; undefined where that is not plain. */
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

/** What a command prints, where that is plain to see. */
export function printed({ words, input }: Pick<Command, 'words' | 'input'>): string | undefined {
  const [program, ...rest] = words
  if (program === 'cat' || program === 'tee') return input
  if (program !== 'echo' && program !== 'printf') return undefined
  const texts = rest.filter((word, i) => !(i === 0 && /^-[neE]+$/.test(word)))
  if (program === 'printf' && texts.length > 1) return texts.slice(1).join('\n')
  return texts.join(' ').replaceAll('\\n', '\n')
}
