/**
 * The grammar of shell text, as far as it is understood: the POSIX shell's
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html) and of Bash what
 * scripts of CI use: arrays, `[[ … ]]`, `<<<`, `function`.
 *
 *     script    = statement { (';' | '&' | newline) statement }
 *     statement = pipeline { ('&&' | '||') pipeline }
 *     pipeline  = command { '|' command }
 *     command   = simple | '{' script '}' | '(' script ')' | if | while | until | for | case | function
 *     simple    = { NAME=word | NAME=( words ) } { word | redirection | here-document }
 *     word      = text | 'text' | "text" | $NAME | ${NAME…} | ${NAME[…]} | $(script) | `script`
 *
 * Text that is not valid shell is parsed all the same: a quote that is never closed is an
 * apostrophe, a keyword that nothing opened is left out, and nesting that is too deep is read as a
 * flat sequence. Arithmetic, process substitutions and patterns are kept as unknown text; variables
 * that arithmetic assigns are unknown from then on.
 */

/** A word before expansion; a string where nothing in it is to be expanded. */
export type Word = string | readonly Part[]

export type Part =
  | string
  /** `$NAME`, or `${NAME…}` with what follows the name. */
  | {
      readonly kind: 'variable'
      readonly name: string
      readonly change: string
      readonly isQuoted: boolean
    }
  /** `${NAME[@]}` and its like; `$@` is the list named `@`. */
  | {
      readonly kind: 'list'
      readonly name: string
      readonly index: string
      readonly change: string
      readonly isQuoted: boolean
    }
  | { readonly kind: 'output'; readonly script: Script; readonly isQuoted: boolean }
  /** Arithmetic and the like, with the variables that it sets. */
  | { readonly kind: 'unknown'; readonly sets?: readonly string[] }
  /** `=( … )` behind a name. */
  | { readonly kind: 'words'; readonly words: readonly Word[] }

export type Script = readonly Statement[]

export type Assignment = {
  readonly name: string
  readonly appends: boolean
  readonly value: Word | { readonly list: readonly Word[] }
}

/** `body` of a here-document is known once its lines have been read. */
export type Redirection = { readonly operator: string; readonly target: Word; body?: Word }

export type SimpleCommand = {
  readonly kind: 'simple'
  /** The line of the first word, as the parsed text counts. */
  readonly line: number
  readonly assignments: readonly Assignment[]
  readonly words: readonly Word[]
  readonly redirections: readonly Redirection[]
}

export type Statement =
  | SimpleCommand
  | { readonly kind: 'pipe'; readonly parts: readonly Statement[] }
  /** Groups of what is joined by `&&`, joined by `||`. */
  | { readonly kind: 'chain'; readonly groups: readonly (readonly Statement[])[] }
  | {
      readonly kind: 'group'
      readonly isSubshell: boolean
      readonly body: Script
      readonly redirections: readonly Redirection[]
    }
  | {
      readonly kind: 'if'
      readonly conditions: readonly Script[]
      readonly branches: readonly Script[]
      readonly otherwise: Script | undefined
    }
  | {
      readonly kind: 'loop'
      /** Of `for` and `select`. */
      readonly variable?: string
      readonly words?: readonly Word[]
      readonly condition: Script
      readonly body: Script
    }
  | {
      readonly kind: 'case'
      readonly word: Word
      readonly clauses: readonly Script[]
      /** Whether `*)` takes what no other pattern does. */
      readonly isComplete: boolean
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: Statement }

/** Stands for a `$` that the shell does not expand, because of quotes or a backslash. */
export const literalDollar = '\u0002'

/** The text again that somebody wrote: for scripts and files, in which a `$` means something later. */
export const withDollars = (text: string) =>
  text.includes(literalDollar) ? text.replaceAll(literalDollar, '$') : text

/** The deepest nesting that is parsed; deeper text is read as a flat sequence. */
const deepest = 40

const plain = /[^\s'"\\$`;&|()<>#]+/y
const nameAt = /[A-Za-z_]\w*/y
const assignmentAt = /([A-Za-z_]\w*)(\[[^\]\n]{0,80}\])?(\+?)=/y
const functionAt = /([\w][\w.:-]{0,80})[ \t]*\([ \t]*\)/y
const longestArithmetic = 1000
/** Signs that mean something in double quotes, and in a here-document. */
const specialInQuotes = /["\\$`\n]/g
const specialInDocument = /[\\$`\n]/g

/** The characters that may precede a `#` that begins a comment. */
const beforeComment = /[\s;&|()]/
const forAt = /[ \t]+([A-Za-z_]\w*)(?=[\s;])/y
const openers = new Set('if while until for select case function { [['.split(' '))
const closers = new Set('then elif else fi do done esac }'.split(' '))
/** Keywords that change nothing about which commands are called with what. */
const idle = new Set(['!', 'time', 'coproc'])
const keywords = new Set([...openers, ...closers, ...idle, 'in'])

const isSmall = (code: number) => code > 96 && code < 123
const isSpace = (code: number) =>
  code === 32 || (code > 8 && code < 14) || (code > 127 && /\s/.test(String.fromCharCode(code)))
/** Whether a sign ends a word: blanks and `;&|()<>`. */
const endsWord = (code: number) =>
  isSpace(code) ||
  code === 59 ||
  code === 38 ||
  code === 124 ||
  code === 40 ||
  code === 41 ||
  code === 60 ||
  code === 62

/** @param lineOf what a line of the text counts as, from 0 */
export function parseShell(text: string, lineOf: (line: number) => number): Script {
  return new Parser(text, lineOf).list(noClosers, '')
}

const noClosers: ReadonlySet<string> = new Set()
const closing = {
  condition: new Set(['then']),
  branch: new Set(['elif', 'else', 'fi']),
  fi: new Set(['fi']),
  do: new Set(['do']),
  done: new Set(['done']),
  brace: new Set(['}']),
  esac: new Set(['esac', ';;']),
} satisfies Record<string, ReadonlySet<string>>

type HereDocument = {
  readonly delimiter: string
  readonly isQuoted: boolean
  readonly isIndented: boolean
  readonly redirection: Redirection
}

/** The words of a text, such as the default in `${NAME:-…}`. */
export const parseWords = (text: string): readonly Word[] => new Parser(text, () => 0).words()

class Parser {
  private readonly text: string
  private readonly lineOf: (line: number) => number
  private at = 0
  private line = 0
  private depth = 0
  private waiting: HereDocument[] = []
  /** The character that ends the substitution that is being read. */
  private end: '' | ')' | '`' = ''
  private readonly last: { readonly [quote: string]: number }
  /** How many constructs wait for each keyword. */
  private expected: Map<string, number> | undefined
  /** The keyword at which the last list ended. */
  private ended = ''

  constructor(text: string, lineOf: (line: number) => number) {
    this.text = text
    this.lineOf = lineOf
    this.last = {
      "'": text.lastIndexOf("'"),
      '"': text.lastIndexOf('"'),
      '`': text.lastIndexOf('`'),
    }
  }

  /** Statements up to one of the keywords or the closing character, which are consumed. */
  list(expected: ReadonlySet<string>, close: '' | ')' | '`'): Statement[] {
    const statements: Statement[] = []
    for (const keyword of expected) this.expect(keyword, 1)
    this.ended = ''
    while (this.at < this.text.length) {
      this.skipBlanks()
      const char = this.text[this.at]
      if (char === undefined) break
      if (char === '\n') {
        this.newline()
        continue
      }
      if (close && char === close) {
        this.at++
        this.ended = close
        break
      }
      if (char === ';' || char === ')' || char === '|' || char === '&') {
        if (char === ';' && expected.has(';;') && /[;&]/.test(this.next())) {
          this.at += this.text.startsWith(';;&', this.at) ? 3 : 2
          this.ended = ';;'
          break
        }
        // `)` without `(`, and the like.
        if (char === '&' && this.next() === '>') {
          statements.push(this.simple())
          continue
        }
        this.at++
        continue
      }
      const keyword = this.keywordAhead()
      if (closers.has(keyword)) {
        if (expected.has(keyword)) {
          this.at += keyword.length
          this.ended = keyword
          break
        }
        // A surrounding construct waits for this keyword: this list was never closed.
        if ((this.expected?.get(keyword) ?? 0) > 0) break
        this.at += keyword.length
        continue
      }
      const before = this.at
      const statement = this.chain(close)
      if (statement) statements.push(statement)
      if (this.at === before) this.at++
    }
    if (this.at >= this.text.length && this.waiting.length) this.readHereDocuments()
    for (const keyword of expected) this.expect(keyword, -1)
    return statements
  }

  words(): Word[] {
    const words: Word[] = []
    while (this.at < this.text.length) {
      this.skipLines()
      const before = this.at
      if (this.at < this.text.length) words.push(this.word())
      if (this.at === before) this.at++
    }
    return words
  }

  private expect(keyword: string, by: number) {
    this.expected ??= new Map()
    this.expected.set(keyword, (this.expected.get(keyword) ?? 0) + by)
  }

  /** A statement, up to what ends it. */
  private chain(close: string): Statement | undefined {
    const first = this.pipeline(close)
    let statement = first
    if (this.joined()) {
      const groups: Statement[][] = []
      let group = first ? [first] : []
      for (let sign = this.joined(); sign; sign = this.joined()) {
        this.at += 2
        if (sign === '|') {
          groups.push(group)
          group = []
        }
        this.skipLines()
        const part = this.pipeline(close)
        if (part) group.push(part)
      }
      if (group.length) groups.push(group)
      const [only] = groups
      statement =
        groups.length > 1 || (only && only.length > 1) ? { kind: 'chain', groups } : only?.[0]
    }
    if (this.text[this.at] === '&' && this.next() !== '&' && statement) {
      this.at++
      return { kind: 'group', isSubshell: true, body: [statement], redirections: [] }
    }
    return statement
  }

  /** The sign of `&&` or `||`, if one stands here. */
  private joined(): string {
    const at = this.skipBlanks()
    const sign = this.text[at]
    return (sign === '&' || sign === '|') && this.text[at + 1] === sign ? sign : ''
  }

  private pipeline(close: string): Statement | undefined {
    const first = this.command(close)
    if (!this.isPiped()) return first
    const parts = first ? [first] : []
    while (this.isPiped()) {
      this.at += this.next() === '&' ? 2 : 1
      this.skipLines()
      const part = this.command(close)
      if (part) parts.push(part)
    }
    return parts.length > 1 ? { kind: 'pipe', parts } : parts[0]
  }

  private isPiped(): boolean {
    return this.text[this.skipBlanks()] === '|' && this.next() !== '|'
  }

  private command(close: string): Statement | undefined {
    let keyword = ''
    for (;;) {
      this.skipBlanks()
      keyword = this.keywordAhead()
      if (!idle.has(keyword)) break
      this.at += keyword.length
    }
    if (this.text[this.at] === close && close) return undefined
    if (closers.has(keyword)) return undefined
    const isTooDeep = this.depth >= deepest
    if (openers.has(keyword)) {
      if (isTooDeep && keyword !== '[[') {
        this.at += keyword.length
        return undefined
      }
      this.depth++
      const compound = this.compound(keyword)
      this.depth--
      if (compound) return compound
    }
    if (this.text[this.at] === '(') {
      this.at++
      const sets = this.text[this.at] === '(' ? this.skipArithmetic() : undefined
      if (sets) return sets.length ? this.setting(sets) : emptyGroup
      if (isTooDeep) return undefined
      this.depth++
      const body = this.list(noClosers, ')')
      this.depth--
      return { kind: 'group', isSubshell: true, body, redirections: this.redirections() }
    }
    functionAt.lastIndex = this.at
    const definition = isTooDeep ? null : functionAt.exec(this.text)
    if (definition?.[1]) {
      this.at += definition[0].length
      return this.functionBody(definition[1])
    }
    return this.simple()
  }

  private functionBody(name: string): Statement {
    this.skipLines()
    this.depth++
    const body = this.command('') ?? emptyGroup
    this.depth--
    return { kind: 'function', name, body }
  }

  /** Undefined where the keyword turns out to be a word. */
  private compound(keyword: string): Statement | undefined {
    const start = { at: this.at, line: this.line }
    const undo = () => {
      this.at = start.at
      this.line = start.line
      return undefined
    }
    if (keyword === '[[') {
      this.skipTest()
      this.redirections()
      return emptyGroup
    }
    if (keyword === 'for' || keyword === 'select') {
      this.at += keyword.length
      return this.loopOver() ?? undo()
    }
    this.at += keyword.length
    switch (keyword) {
      case '{': {
        const body = this.list(closing.brace, '')
        return { kind: 'group', isSubshell: false, body, redirections: this.redirections() }
      }
      case 'function': {
        functionAt.lastIndex = this.skipBlanks()
        const [all, name] =
          functionAt.exec(this.text) ?? /^([\w][\w.:-]{0,80})/.exec(this.ahead(90)) ?? []
        if (!all || !name) return undo()
        this.at += all.length
        return this.functionBody(name)
      }
      case 'if':
        return this.conditional()
      case 'case':
        return this.cases() ?? undo()
      default: {
        const condition = this.list(closing.do, '')
        const body = this.ended === 'do' ? this.list(closing.done, '') : []
        const loop: Statement = { kind: 'loop', condition, body }
        return this.redirected(loop)
      }
    }
  }

  private conditional(): Statement {
    const conditions: Script[] = []
    const branches: Script[] = []
    let otherwise: Script | undefined
    for (let end = 'elif'; end === 'elif'; ) {
      conditions.push(this.list(closing.condition, ''))
      end = this.ended
      if (end !== 'then') break
      branches.push(this.list(closing.branch, ''))
      end = this.ended
    }
    if (this.ended === 'else') otherwise = this.list(closing.fi, '')
    return this.redirected({ kind: 'if', conditions, branches, otherwise })
  }

  private loopOver(): Statement | undefined {
    forAt.lastIndex = this.at
    const [all, variable] = forAt.exec(this.text) ?? []
    const condition: Statement[] = []
    let words: Word[] | undefined
    if (all) {
      this.at += all.length
      this.skipLines()
      if (this.keywordAhead() === 'in') {
        this.at += 2
        words = []
        while (this.at < this.text.length) {
          this.skipBlanks()
          if (/[;\n&|()<>]/.test(this.text[this.at] ?? '\n')) break
          words.push(this.word())
        }
      }
    } else {
      this.skipBlanks()
      if (!this.text.startsWith('((', this.at)) return undefined
      this.at++
      const sets = this.skipArithmetic()
      if (!sets) return undefined
      condition.push(this.setting(sets))
    }
    this.skipBlanks()
    if (this.text[this.at] === ';') this.at++
    this.skipLines()
    if (this.keywordAhead() !== 'do') return undefined
    this.at += 2
    const body = this.list(closing.done, '')
    return this.redirected({
      kind: 'loop',
      ...(variable && { variable }),
      ...(words && { words }),
      condition,
      body,
    })
  }

  private cases(): Statement | undefined {
    this.skipBlanks()
    if (/[;\n&|()<>]/.test(this.text[this.at] ?? '\n')) return undefined
    const word = this.word()
    this.skipLines()
    if (this.keywordAhead() !== 'in') return undefined
    this.at += 2
    const clauses: Script[] = []
    let isComplete = false
    for (;;) {
      this.skipLines()
      if (this.at >= this.text.length) break
      if (this.keywordAhead() === 'esac') {
        this.at += 4
        break
      }
      if (this.text[this.at] === '(') this.at++
      // A pattern may go on in the next line only behind `|`.
      const [all, patterns = ''] = /^((?:[^)\n]|\|\s*\n){0,500})\)/.exec(this.ahead(600)) ?? []
      if (!all) break
      isComplete ||= patterns.split('|').some((pattern) => pattern.trim() === '*')
      this.countLines(patterns)
      this.at += all.length
      clauses.push(this.list(closing.esac, ''))
      if (this.ended !== ';;') break
    }
    return this.redirected({ kind: 'case', word, clauses, isComplete })
  }

  /** `done < file`, `fi > file`. */
  private redirected(statement: Statement): Statement {
    const redirections = this.redirections()
    return redirections.length
      ? { kind: 'group', isSubshell: false, body: [statement], redirections }
      : statement
  }

  private redirections(): Redirection[] {
    const redirections: Redirection[] = []
    for (;;) {
      this.skipBlanks()
      const ahead = /^\d?(?=[<>])|^&(?=>)/.exec(this.ahead(3))
      if (!ahead) return redirections
      if (ahead[0] !== '&') this.at += ahead[0].length
      const before = this.at
      this.redirect(redirections)
      if (this.at === before) return redirections
    }
  }

  private simple(): SimpleCommand {
    const assignments: Assignment[] = []
    const words: Word[] = []
    const redirections: Redirection[] = []
    const line = this.lineOf(this.line)
    while (this.at < this.text.length) {
      this.skipBlanks()
      const char = this.text[this.at]
      if (char === undefined || char === '\n' || char === ';' || char === '|' || char === ')') break
      if (char === '(') break
      if (char === '`' && this.end === '`') break
      if (char === '<' || char === '>' || (char === '&' && this.next() === '>')) {
        this.redirect(redirections)
        continue
      }
      if (char === '&') break
      const before = this.at
      const assigned = words.length ? undefined : this.assignment()
      if (assigned) {
        assignments.push(assigned)
        continue
      }
      const word = this.word()
      if (this.at === before) {
        this.at++
        continue
      }
      // `2>file`: the number belongs to the redirection.
      if (
        !this.wasQuoted &&
        typeof word === 'string' &&
        word.length === 1 &&
        /\d/.test(word) &&
        /[<>]/.test(this.text[this.at] ?? '')
      )
        continue
      const opens =
        this.text[this.at] === '(' && typeof word === 'string' && /^[A-Za-z_]\w*\+?=$/.test(word)
      words.push(opens ? [word, { kind: 'words', words: this.array() }] : word)
    }
    return { kind: 'simple', line, assignments, words, redirections }
  }

  /** `NAME=value`, `NAME+=value`, `NAME=(a b)`, `NAME[1]=value`. */
  private assignment(): Assignment | undefined {
    assignmentAt.lastIndex = this.at
    const found = assignmentAt.exec(this.text)
    if (!found) return undefined
    const [all, name = '', index, plus] = found
    this.at += all.length
    const appends = plus === '+'
    if (this.text[this.at] === '(') return { name, appends, value: { list: this.array() } }
    const word = this.word()
    // An assignment to one item makes the list unknown, because items are not tracked by index.
    return { name, appends, value: index ? [unknownPart] : word }
  }

  private array(): Word[] {
    const words: Word[] = []
    if (this.depth >= deepest) return words
    this.depth++
    this.at++
    while (this.at < this.text.length) {
      this.skipLines()
      const char = this.text[this.at]
      if (char === ')') {
        this.at++
        break
      }
      const before = this.at
      if (char !== undefined && !/[;&|()<>]/.test(char)) words.push(this.word())
      if (this.at === before) this.at++
    }
    this.depth--
    return words
  }

  private ahead(length: number): string {
    return this.text.slice(this.at, this.at + length)
  }

  /** The keyword here, if there is one. */
  private keywordAhead(): string {
    const { text, at } = this
    const first = text.charCodeAt(at)
    let end = at + 1
    if (isSmall(first)) {
      while (end - at < 9 && isSmall(text.charCodeAt(end))) end++
    } else if (first === 91) end++
    // `{`, `}` and `!`.
    else if (first !== 123 && first !== 125 && first !== 33) return ''
    if (end < text.length && !endsWord(text.charCodeAt(end))) return ''
    const word = text.slice(at, end)
    return keywords.has(word) ? word : ''
  }

  private skipBlanks(): number {
    const { text } = this
    for (;;) {
      let code = text.charCodeAt(this.at)
      while (code !== 10 && isSpace(code)) code = text.charCodeAt(++this.at)
      if (code === 35) {
        if (this.at > 0 && !beforeComment.test(text[this.at - 1] as string)) break
        const end = text.indexOf('\n', this.at)
        this.at = end < 0 ? text.length : end
      } else if ((code !== 92 && code !== 96) || !this.skipContinuation()) break
    }
    return this.at
  }

  private skipLines() {
    for (;;) {
      this.skipBlanks()
      if (this.text[this.at] !== '\n') return
      this.newline()
    }
  }

  private newline() {
    if (this.waiting.length) this.readHereDocuments()
    else {
      this.at++
      this.line++
    }
  }

  /** A backslash at the end of a line, or PowerShell's backtick. */
  private skipContinuation(): boolean {
    const char = this.text[this.at]
    if (char !== '\\' && (char !== '`' || this.end === '`')) return false
    const end = this.text[this.at + 1] === '\r' ? this.at + 2 : this.at + 1
    if (this.text[end] !== '\n') return false
    this.at = end + 1
    this.line++
    return true
  }

  /** Whether something in the word read last was quoted. */
  private wasQuoted = false

  private word(): Word {
    const run = this.plainRun()
    this.wasQuoted = false
    // Most words are no more than that; `&` may be part of an address.
    const next = this.at < this.text.length ? this.text.charCodeAt(this.at) : 10
    return endsWord(next) && next !== 38 ? run : this.wordFrom(run)
  }

  /** Text in which no sign means anything. */
  private plainRun(): string {
    const start = this.at
    plain.lastIndex = start
    if (plain.test(this.text)) this.at = plain.lastIndex
    return this.text.slice(start, this.at)
  }

  private wordFrom(start: string): Word {
    const parts: Part[] = []
    let text = start
    let isQuoted = false
    const add = (part: Part) => {
      if (typeof part === 'string') text += part
      else {
        if (text) parts.push(text)
        text = ''
        parts.push(part)
      }
    }
    while (this.at < this.text.length) {
      const run = this.plainRun()
      if (run) {
        text += run
        continue
      }
      const char = this.text[this.at] as string
      if (char === '#') {
        text += char
        this.at++
      } else if (char === '&' && /[?].*=/s.test(text.slice(-300)) && /\w/.test(this.next())) {
        // An address pasted without its quotes.
        text += char
        this.at++
      } else if (char === '`' && this.end === '`') break
      else if (char === '\\' || char === '`') {
        if (this.skipContinuation()) continue
        if (char === '\\') {
          text += this.next() === '$' ? literalDollar : this.next()
          this.at += 2
          isQuoted = true
        } else add(this.backticks(false))
      } else if (char === "'") {
        isQuoted = true
        text += this.singleQuoted()
      } else if (char === '"') {
        isQuoted = true
        this.doubleQuoted(add)
      } else if (char === '$') add(this.expansion(false))
      else break
    }
    this.wasQuoted = isQuoted
    if (!parts.length) return text
    if (text) parts.push(text)
    return parts
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
    return literally(inner)
  }

  private countLines(text: string) {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.line++
  }

  private literal(): string {
    return this.text[this.at++] ?? ''
  }

  private doubleQuoted(add: (part: Part) => void) {
    if (!this.isClosed('"')) {
      add(this.literal())
      return
    }
    this.at++
    this.expanded(this.text.length, '"', add)
    this.at++
  }

  /** Text in which only `$`, backticks and backslashes mean something, up to `end` or the quote. */
  private expanded(end: number, quote: '' | '"', add: (part: Part) => void) {
    const special = quote ? specialInQuotes : specialInDocument
    while (this.at < end) {
      special.lastIndex = this.at
      const hit = special.test(this.text) ? Math.min(special.lastIndex - 1, end) : end
      if (hit > this.at) add(this.text.slice(this.at, hit))
      this.at = hit
      if (hit >= end) break
      const char = this.text[hit]
      if (char === quote) break
      if (char === '\n') {
        add(char)
        this.at++
        this.line++
      } else if (char === '\\') {
        if (this.skipContinuation()) continue
        const next = this.next()
        if (next === '$') add(literalDollar)
        else add(/["\\`]/.test(next) ? next : `\\${next}`)
        if (next === '\n') this.line++
        this.at += 2
      } else if (char === '`') add(this.backticks(true))
      else add(this.expansion(true))
    }
  }

  private backticks(isQuoted: boolean): Part {
    if (this.end === '`' || !this.isClosed('`') || this.depth >= deepest) return this.literal()
    this.at++
    return { kind: 'output', script: this.nested('`'), isQuoted }
  }

  private nested(close: ')' | '`'): Script {
    const { waiting, end } = this
    this.end = close
    this.waiting = []
    this.depth++
    const script = this.list(noClosers, close)
    this.depth--
    this.waiting = waiting
    this.end = end
    return script
  }

  /** Reads an expansion, which begins with a dollar sign. */
  private expansion(isQuoted: boolean): Part {
    const next = this.next()
    if (next === '(') {
      if (this.depth >= deepest) return this.literal()
      this.at += 2
      if (this.text[this.at] === '(') {
        return { kind: 'unknown', sets: this.skipArithmetic() ?? [] }
      }
      return { kind: 'output', script: this.nested(')'), isQuoted }
    }
    if (next === '{') return this.parameter(isQuoted)
    if (next === "'" && !isQuoted) {
      this.at++
      return ''
    }
    if (next === '@' || next === '*') {
      this.at += 2
      return { kind: 'list', name: '@', index: next, change: '', isQuoted }
    }
    const variable = this.nameAt(this.at + 1)
    if (!variable) {
      if (/[0-9]/.test(next)) {
        this.at += 2
        return { kind: 'variable', name: next, change: '', isQuoted }
      }
      if (!/[#?!$-]/.test(next)) return this.literal()
      this.at += 2
      return unknownPart
    }
    this.at += 1 + variable.length
    // PowerShell: $env:NAME
    if (variable === 'env' && this.text[this.at] === ':') {
      const inner = this.nameAt(this.at + 1)
      if (inner) {
        this.at += 1 + inner.length
        return { kind: 'variable', name: inner, change: '', isQuoted }
      }
    }
    return { kind: 'variable', name: variable, change: '', isQuoted }
  }

  private nameAt(at: number): string {
    nameAt.lastIndex = at
    return nameAt.test(this.text) ? this.text.slice(at, nameAt.lastIndex) : ''
  }

  /** Leaves arithmetic behind, if there is any. @returns the variables that it sets */
  private skipArithmetic(): string[] | undefined {
    const ahead = this.ahead(longestArithmetic)
    const end = ahead.indexOf('))')
    if (end < 0 || ahead.lastIndexOf('\n', end) >= 0) return undefined
    this.at += end + 2
    return namesSetIn(ahead.slice(0, end))
  }

  /** A command after which the values of variables are unknown. */
  private setting(names: readonly string[]): Statement {
    const words = ['unset', ...names]
    return {
      kind: 'simple',
      line: this.lineOf(this.line),
      assignments: [],
      words,
      redirections: [],
    }
  }

  private skipTest() {
    this.at += 2
    while (this.at < this.text.length) {
      this.skipBlanks()
      if (this.text[this.at] === '\n') return
      if (this.text.startsWith(']]', this.at)) {
        this.at += 2
        return
      }
      const before = this.at
      this.word()
      if (this.at === before) this.at++
    }
  }

  /** `${NAME}`, `${NAME:-x}`, `${NAME//a/b}`, `${NAME[@]}`, … */
  private parameter(isQuoted: boolean): Part {
    const found =
      /^\$\{([!#]?)([A-Za-z_]\w*|\d|[@*])(\[[^\]\n]{0,80}\])?((?:[^{}\n]|\$\{[^{}\n]{0,200}\}){0,300})\}/.exec(
        this.ahead(800),
      )
    const [all, sign, name, bracket, change = ''] = found ?? []
    if (!all || !name) return this.literal()
    this.at += all.length
    if (sign) return unknownPart
    if (bracket || /^[@*]$/.test(name)) {
      const index = bracket ? bracket.slice(1, -1) : name
      return { kind: 'list', name: bracket ? name : '@', index, change, isQuoted }
    }
    return { kind: 'variable', name, change, isQuoted }
  }

  private redirect(redirections: Redirection[]) {
    const operator = /^(?:<<<|<<-?|&>>?|>&|<&|>>|>\||<>|[<>&])/.exec(this.ahead(3))?.[0] as string
    this.at += operator.length
    // `<(…)` is a command whose output is read like a file.
    if (this.text[this.at] === '(' && operator.length === 1) {
      redirections.push({ operator, target: [this.expansionOf()] })
      return
    }
    while (/[ \t]/.test(this.text[this.at] ?? '')) this.at++
    const isQuoted = /['"\\]/.test(this.text[this.at] ?? '')
    const start = this.at
    const target = this.word()
    if (this.at === start) return
    const redirection: Redirection = { operator, target }
    redirections.push(redirection)
    if (operator === '<<' || operator === '<<-') {
      const delimiter = typeof target === 'string' ? target : this.text.slice(start, this.at)
      const isIndented = operator === '<<-'
      this.waiting.push({ delimiter, isQuoted, isIndented, redirection })
    }
  }

  private expansionOf(): Part {
    if (this.depth >= deepest) return this.literal()
    this.at++
    return { kind: 'output', script: this.nested(')'), isQuoted: true }
  }

  private readHereDocuments() {
    this.at++
    this.line++
    const documents = this.waiting
    this.waiting = []
    for (const { delimiter, isQuoted, isIndented, redirection } of documents) {
      const start = this.at
      const { bodyEnd, end } = this.endOfHereDocument(delimiter, isIndented)
      if (isQuoted) {
        const body = this.text.slice(start, bodyEnd)
        redirection.body = literally(isIndented ? body.replace(/^\t+/gm, '') : body)
        this.countLines(body)
        this.at = bodyEnd
      } else {
        const parts: Part[] = []
        this.expanded(bodyEnd, '', (part) => parts.push(part))
        redirection.body = parts
      }
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

const literally = (text: string) => text.replace(/\$(?=[A-Za-z_{(])/g, literalDollar)

const emptyGroup: Statement = { kind: 'group', isSubshell: false, body: [], redirections: [] }

/** The variables that arithmetic sets: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_04 */
export const namesSetIn = (arithmetic: string): string[] =>
  [
    ...arithmetic.matchAll(
      /\b([A-Za-z_]\w{0,80})\s*(?:\+\+|--|(?:<<|>>|[-+*/%&|^])?=(?!=))|(?:\+\+|--)\s*([A-Za-z_]\w{0,80})/g,
    ),
  ].map(([, before, behind]) => before ?? behind ?? '')

/** Stands for a value that nobody can know without running the script. */
const unknownPart: Part = { kind: 'unknown' }
