/**
 * Calls in Python (`requests`, `httpx`, `urllib`, python-gitlab), JavaScript (`fetch`, axios,
 * gitbeaker) and PowerShell (`Invoke-RestMethod`), where the address stands in the text. Constants
 * are filled in by the order of the text; a variable that is set twice inside a block, or in another
 * way than by a plain assignment on a line of its own, is unknown. What is not understood is unknown.
 */
import {
  type Attempt,
  carriesJobToken,
  headerCredential,
  isJobToken,
  parameterCredential,
  strongest,
  urlCredential,
  userCredential,
} from './calls.ts'
import type { Env } from './env.ts'
import { unknownOutput } from './shell-state.ts'
import { literalDollar } from './shell-syntax.ts'

type Language = 'python' | 'javascript' | 'powershell'

/** A call, and the line of the text that it begins on, from 0. */
export type CodeCall = { readonly line: number; readonly tool: string; readonly attempt: Attempt }

const marks: readonly (readonly [Language, RegExp])[] = [
  ['powershell', /\b(?:Invoke-RestMethod|Invoke-WebRequest)\b|^[ \t]*(?:irm|iwr)[ \t]/im],
  [
    'python',
    /^[ \t]*(?:import|from)[ \t]+(?:requests|httpx|urllib|gitlab|os)\b|\b(?:requests|httpx)\.(?:get|post|put|delete|request|head)\(/m,
  ],
  ['javascript', /\bprocess\.env\b|\bDeno\.env\b|\bfetch\((?!\s*\))|\baxios\b|@gitbeaker\//],
]

/** The language of a text, if it is one of those that are read here. */
export const languageOf = (text: string): Language | undefined =>
  marks.find(([, mark]) => mark.test(text))?.[0]

export const isPowerShell = (text: string) => marks[0]?.[1].test(text) ?? false

type Value = string | { readonly [key: string]: string } | { readonly gitlab: string } | null

const unknown = unknownOutput
/** Longer arguments are not looked into. */
const longest = 4000
/** Calls and assignments beyond these are not looked at. */
const mostMatches = 5000

/** The calls of a text in one of these languages, in order. */
export function readCode(text: string, language: Language, env: Env): CodeCall[] {
  return new Code(text, language, env).calls
}

class Code {
  readonly calls: CodeCall[] = []
  private readonly language: Language
  private readonly env: Env
  private readonly variables = new Map<string, Value>()
  private readonly open: ReadonlySet<string>

  constructor(text: string, language: Language, env: Env) {
    this.language = language
    this.env = env
    const code = withoutComments(text, language)
    const pattern = patterns[language]
    this.open = openNames(code, language)
    let line = 0
    let at = 0
    let matches = 0
    for (const match of code.matchAll(pattern)) {
      if (++matches > mostMatches) break
      for (let i = code.indexOf('\n', at); i >= 0 && i < match.index; i = code.indexOf('\n', i + 1))
        line++
      at = match.index
      const rest = code.slice(
        match.index + match[0].length,
        match.index + match[0].length + longest,
      )
      this.take(match.groups ?? {}, rest, line)
    }
  }

  private take(groups: Record<string, string | undefined>, rest: string, line: number) {
    const { name, indent = '', call } = groups
    if (name !== undefined) {
      this.assign(name, indent, rest)
      return
    }
    if (call === undefined) return
    if (this.language === 'powershell') this.invoke(rest, line)
    else this.callOf(call, rest, line)
  }

  private assign(name: string, indent: string, rest: string) {
    const value = this.language === 'powershell' ? statementOf(rest) : expressionOf(rest)
    const held = this.valueOf(value)
    const before = this.variables.get(name)
    const isSame = JSON.stringify(before) === JSON.stringify(held)
    // An assignment in a block may not run, and the order in which functions are called is unknown.
    const isOpen = before !== undefined && !isSame && indent !== ''
    const isElsewhere = this.open.has(this.language === 'powershell' ? name.toLowerCase() : name)
    this.variables.set(name, isOpen || isElsewhere ? null : held)
  }

  /** `requests.get(url, headers=…)`, `fetch(url, {…})`, `axios.post(url, body, {…})`, `gl.projects.get(1)` */
  private callOf(call: string, rest: string, line: number) {
    const gitlab = this.gitlabCall(call, rest)
    if (gitlab) {
      this.add(line, 'gitlab', gitlab)
      return
    }
    const words = argumentsOf(rest)
    const verb = /\.(get|post|put|delete|head|patch|request)$/.exec(call)?.[1] ?? ''
    const named = new Map<string, string>()
    const plain: string[] = []
    for (const word of words) {
      const [, key, value] = /^\s*(\w+)\s*=(?!=)\s*([\s\S]*)$/.exec(word) ?? []
      if (this.language === 'python' && key && value !== undefined) named.set(key, value)
      else if (/^\s*\{/.test(word) && this.language === 'javascript') {
        for (const [option, value2] of pairsOf(word))
          if (!named.has(option)) named.set(option, value2)
      } else plain.push(word)
    }
    const written = verb === 'request' && plain.length > 1 ? plain[1] : plain[0]
    const url = this.textOf(named.get('url') ?? written ?? '')
    const method =
      verb === 'request'
        ? this.textOf(named.get('method') ?? plain[0] ?? '')
        : verb ||
          this.textOf(named.get('method') ?? '') ||
          (named.has('data') && this.language === 'python' ? 'POST' : 'GET')
    const session = /^([\w$]+)\./.exec(call)?.[1]
    const held = session ? this.variables.get(`${session}.headers`) : undefined
    const headers = { ...(isRecord(held) ? held : {}), ...this.recordOf(named.get('headers')) }
    const credentials = [
      ...Object.entries(headers).map(([key, value]) => headerCredential(`${key}: ${value}`)),
      ...Object.entries(this.recordOf(named.get('params'))).map(([key, value]) =>
        parameterCredential(`${key}=${value}`),
      ),
      urlCredential(url),
      this.basic(named.get('auth')),
      ...(named.has('headers') && !Object.keys(headers).length ? (['unknown'] as const) : []),
      // Whoever made the session may have given it one.
      ...(session && !/^(?:requests|httpx|axios|got|urllib)$/.test(session) && !isRecord(held)
        ? (['unknown'] as const)
        : []),
    ]
    this.request(line, tools[this.language], method.toUpperCase(), url, strongest(credentials))
  }

  private basic(auth: string | undefined) {
    if (!auth) return 'none' as const
    const [user = '', password = ''] = argumentsOf(auth.trim().replace(/^[([]/, ''))
    return userCredential(this.textOf(user), this.textOf(password))
  }

  private request(
    line: number,
    tool: string,
    method: string,
    url: string,
    token: Attempt['token'],
  ) {
    if (!/\/api\/v4\/|^https?:|^\$\{/.test(url)) {
      if (carriesJobToken(token)) this.add(line, tool, { what: 'unclear', token })
      return
    }
    this.add(line, tool, {
      what: 'request',
      method: method || 'GET',
      url: url.replaceAll(unknown, unknown),
      token,
    })
  }

  private add(line: number, tool: string, attempt: Attempt) {
    this.calls.push({ line, tool, attempt })
  }

  /** python-gitlab and gitbeaker, as far as a project and one of its collections are named. */
  private gitlabCall(call: string, rest: string): Attempt | undefined {
    const [, owner = '', things = '', deed = ''] = /^([\w$]+)\.(\w+)\.(\w+)$/.exec(call) ?? []
    const held = this.variables.get(owner)
    const project =
      held !== null && typeof held === 'object' && 'gitlab' in held ? held.gitlab : undefined
    if (project === undefined) return undefined
    const api = this.env.get('CI_API_V4_URL') ?? '${CI_API_V4_URL}'
    const [first = ''] = argumentsOf(rest)
    const path = collections.get(things)
    const verb = deeds.get(deed)
    if (!path || !verb) return { what: 'unclear', token: 'job-header' }
    // `projects.get(…, lazy=True)` asks nothing.
    if (things === 'projects') {
      if (/\blazy\s*=\s*True\b/.test(rest.slice(0, 200).split('\n', 1)[0] ?? '')) return undefined
      const id = encodeURIComponent(this.textOf(first)).replace(/%24%7B(\w+)%7D/g, '${$1}')
      return {
        what: 'request',
        method: 'GET',
        url: `${api}/projects/${id || '${id}'}`,
        token: 'job-header',
      }
    }
    const one = /^(?:get|delete|update|remove|show)$/.test(deed)
      ? `/${this.textOf(first) || '${id}'}`
      : ''
    const id = encodeURIComponent(project).replace(/%24%7B(\w+)%7D/g, '${$1}')
    return {
      what: 'request',
      method: verb,
      url: `${api}/projects/${id}/${path}${one}`,
      token: 'job-header',
    }
  }

  private invoke(rest: string, line: number) {
    const words = wordsOf(statementOf(rest))
    const options = new Map<string, string>()
    const splat = words.find((word) => /^@\w+$/.test(word))
    const held = splat ? this.variables.get(splat.slice(1).toLowerCase()) : undefined
    if (isRecord(held))
      for (const [key, value] of Object.entries(held)) options.set(key.toLowerCase(), `'${value}'`)
    const plain: string[] = []
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as string
      const [, option, glued] = /^-([A-Za-z]+)(?::(.+))?$/s.exec(word) ?? []
      if (!option) plain.push(word)
      else if (glued !== undefined) options.set(option.toLowerCase(), glued)
      else if (
        /^(?:UseBasicParsing|SkipCertificateCheck|PassThru|Verbose|UseDefaultCredentials)$/i.test(
          option,
        )
      )
        continue
      else options.set(option.toLowerCase(), words[++i] ?? '')
    }
    const url = this.textOf(options.get('uri') ?? plain.find((word) => !word.startsWith('@')) ?? '')
    const headers = this.recordOf(options.get('headers'))
    const isUnknown = options.has('headers') && !Object.keys(headers).length
    const token = strongest([
      ...Object.entries(headers).map(([key, value]) => headerCredential(`${key}: ${value}`)),
      ...Object.entries(this.recordOf(options.get('body'))).map(([key, value]) =>
        parameterCredential(`${key}=${value}`),
      ),
      urlCredential(url),
      ...(isUnknown ||
      options.has('credential') ||
      options.has('token') ||
      (splat && !isRecord(held))
        ? (['unknown'] as const)
        : []),
    ])
    const method = this.textOf(options.get('method') ?? '') || 'GET'
    this.request(line, 'Invoke-RestMethod', method.toUpperCase(), url, token)
  }

  private recordOf(expression: string | undefined): { readonly [key: string]: string } {
    if (expression === undefined) return {}
    const value = this.valueOf(expression)
    return isRecord(value) ? value : {}
  }

  private textOf(expression: string): string {
    if (!expression.trim()) return ''
    const value = this.valueOf(expression)
    return typeof value === 'string' ? value : unknown
  }

  private valueOf(written: string): Value {
    const expression = written
      .trim()
      .replace(/^(?:await|new)\s+/, '')
      .replace(/^\((.*)\)$/s, '$1')
      .trim()
    if (expression.length > longest) return null
    if (/^@?\{/.test(expression)) return this.record(expression)
    const found = this.lookUp(expression)
    if (found !== undefined) return found
    const parts = concatenated(expression)
    if (parts.length > 1) return parts.map((part) => this.textOf(part)).join('')
    return this.literal(expression)
  }

  private record(expression: string): Value {
    const record: Record<string, string> = {}
    for (const [key, value] of pairsOf(expression)) record[key] = this.textOf(value)
    return record
  }

  /** A variable, one of the environment, or a client of GitLab's. */
  private lookUp(expression: string): Value | undefined {
    const environment =
      /^os\.environ\[\s*["'](\w+)["']\s*\]$/.exec(expression) ??
      /^os\.(?:getenv|environ\.get)\(\s*["'](\w+)["'].*\)$/s.exec(expression) ??
      /^process\.env\.(\w+)!?$/.exec(expression) ??
      /^process\.env\[\s*["'](\w+)["']\s*\]!?$/.exec(expression) ??
      /^\$\{?env:(\w+)\}?$/i.exec(expression)
    if (environment?.[1]) return this.env.get(environment[1]) ?? `\${${environment[1]}}`
    const client = /^(?:gitlab\.Gitlab|Gitlab)\(/.test(expression)
    if (client)
      return isJobToken(expression) && /job_?token\s*[=:]/i.test(expression) ? { gitlab: '' } : null
    const [, owner = '', id] = /^([\w$]+)\.projects\.get\(\s*([^,)]+)/.exec(expression) ?? []
    const held = this.variables.get(owner)
    if (id && held !== null && typeof held === 'object' && 'gitlab' in held)
      return { gitlab: this.textOf(id) }
    const name = /^\$?([A-Za-z_]\w*)$/.exec(expression)?.[1]
    if (!name) return undefined
    // A bare word is a text there.
    if (this.language === 'powershell' && !expression.startsWith('$')) return expression
    const key = this.language === 'powershell' ? name.toLowerCase() : name
    if (/^(?:True|False|None|null|true|false)$/.test(name)) return null
    // The runner sets GitLab's variables in PowerShell, too.
    const given = this.language === 'powershell' ? this.env.get(name) : undefined
    return (
      this.variables.get(key) ??
      given ??
      (this.variables.has(key) ? `\${${name}}` : /^\d+$/.test(name) ? name : `\${${name}}`)
    )
  }

  private literal(expression: string): Value {
    if (/^\d+$/.test(expression)) return expression
    const [, prefix = '', quote = '', inner = ''] =
      /^([rbfu]{0,2})("""|'''|"|'|`)([\s\S]*)\2$/i.exec(expression) ?? []
    if (!quote) return null
    const fills =
      this.language === 'python'
        ? /f/i.test(prefix)
        : this.language === 'javascript'
          ? quote === '`'
          : quote === '"'
    if (fills) return this.filled(inner)
    // Nothing is filled in: GitLab gets the name of the variable.
    const name = /\$?\{?(?:process\.env\.|env:)?\b(?=(?:CI_JOB_TOKEN|CI_BUILD_TOKEN)\b)/g
    return inner.replace(/\\(.)/g, '$1').replace(name, literalDollar)
  }

  private filled(text: string): string {
    const pattern =
      this.language === 'python'
        ? /\{([^{}]{1,200})\}/g
        : this.language === 'javascript'
          ? /\$\{([^{}]{1,200})\}/g
          : /\$\(([^()]{1,200})\)|(\$\{?env:\w+\}?|\$\{?\w+\}?)/gi
    return text.replace(pattern, (_all, first: string | undefined, second: string | undefined) => {
      const inner = (first ?? second ?? '').replace(/^\$\{(?!env:)(\w+)\}$/i, '$$$1')
      return this.textOf(this.language === 'python' ? inner.replace(/:[^'"[\]]*$/, '') : inner)
    })
  }
}

/** All other ways to set a variable: loops, parameters, `+=`, and later statements on a line. */
const otherSettings: Record<Language, RegExp> = {
  python:
    /([A-Za-z_]\w{0,80})[ \t]*(?:[-+*/%&|^@:]|\/\/|<<|>>|\*\*)=(?!=)|\bfor[ \t]+([\w, \t()]{1,200}?)[ \t]+in\b|\bdef[ \t]+\w{1,80}[ \t]*\(([^)\n]{0,500})|\blambda[ \t]([^:\n]{0,200}):|\bas[ \t]+(\w{1,80})|(?:;|\b(?:if|else|elif|for|while|try)\b[^\n]{0,200}:)[ \t]*([A-Za-z_]\w{0,80})[ \t]*=(?!=)|^[ \t]*([\w \t]{1,80},[\w, \t]{1,120})=(?!=)/gm,
  javascript:
    /(?<!\b(?:const|let|var)[ \t]+)(?<![\w.$])([A-Za-z_$][\w$]{0,80})\s{0,9}(?:[-+*/%&|^]|<<|>>>?|\*\*|&&|\|\||\?\?)?=(?![=>])|([A-Za-z_$][\w$]{0,80})(?:\+\+|--)|\b(?:const|let|var)[ \t]+([\w$]{1,80})[ \t]+(?:of|in)\b|\bfunction\b[^(\n]{0,80}\(([^)\n]{0,500})|\(([^()\n]{0,500})\)[ \t]*=>|([\w$]{1,80})[ \t]*=>/g,
  powershell:
    /[;{(][ \t]*\$(\w{1,80})[ \t]*[-+*/%]?=(?!=)|\$(\w{1,80})[ \t]*[-+*/%]=|\$(\w{1,80})(?:\+\+|--)|\bforeach[ \t]*\([ \t]*\$(\w{1,80})|\bparam[ \t]*\(([^)]{0,500})\)/gi,
}

function openNames(code: string, language: Language): Set<string> {
  const names = new Set<string>()
  for (const [, ...groups] of code.matchAll(otherSettings[language])) {
    for (const group of groups) {
      for (const [name] of group?.matchAll(/[A-Za-z_][\w$]*/g) ?? []) {
        names.add(language === 'powershell' ? name.toLowerCase() : name)
      }
    }
  }
  return names
}

const isRecord = (value: Value | undefined): value is { readonly [key: string]: string } =>
  typeof value === 'object' && value !== null && !('gitlab' in value)

const tools = { python: 'requests', javascript: 'fetch', powershell: 'Invoke-RestMethod' } as const

const patterns: Record<Language, RegExp> = {
  python:
    /^(?<indent>[ \t]*)(?<name>[A-Za-z_][\w.]*)[ \t]*=(?!=)[ \t]*|\b(?<call>(?:requests|httpx|session|client|s|http)\.(?:get|post|put|delete|head|patch|request)|urllib\.request\.Request|[A-Za-z_]\w*\.(?:projects|releases|jobs|pipelines|packages|tags|branches|commits|deployments|environments|files|issues|mergerequests)\.(?:get|list|create|delete|update))\(/gm,
  javascript:
    /^(?<indent>[ \t]*)(?:const|let|var)[ \t]+(?<name>[A-Za-z_$][\w$]*)[ \t]*=[ \t]*|(?<![\w.])(?<call>fetch|axios(?:\.(?:get|post|put|delete|head|patch|request))?|got(?:\.(?:get|post|put|delete))?)\(/gm,
  powershell:
    /^(?<indent>[ \t]*)\$(?<name>[A-Za-z_]\w*)[ \t]*=[ \t]*|(?<call>\b(?:Invoke-RestMethod|Invoke-WebRequest)\b|(?<=^[ \t]*)(?:irm|iwr)\b)/gim,
}

/** python-gitlab's names of what a project has. */
const collections = new Map(
  [
    ['projects', ''],
    ['releases', 'releases'],
    ['jobs', 'jobs'],
    ['pipelines', 'pipelines'],
    ['packages', 'packages'],
    ['tags', 'repository/tags'],
    ['branches', 'repository/branches'],
    ['commits', 'repository/commits'],
    ['deployments', 'deployments'],
    ['environments', 'environments'],
    ['files', 'repository/files'],
    ['issues', 'issues'],
    ['mergerequests', 'merge_requests'],
  ].map(([name, path]) => [name, path || 'projects'] as [string, string]),
)
const deeds = new Map([
  ['get', 'GET'],
  ['list', 'GET'],
  ['create', 'POST'],
  ['delete', 'DELETE'],
  ['update', 'PUT'],
])

function withoutComments(text: string, language: Language): string {
  return language === 'javascript'
    ? text.replace(/^[ \t]*\/\/.*$/gm, '')
    : text.replace(/^[ \t]*#.*$/gm, '')
}

const closers: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}' }

/** Runs over code with its quotes and brackets; `each` says whether to go on. */
function scan(text: string, each: (char: string, at: number, depth: number) => boolean) {
  const open: string[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string
    if (char === '"' || char === "'" || char === '`') {
      // PowerShell's backtick at the end of a line is none.
      if (char === '`' && /^\r?\n/.test(text.slice(at + 1, at + 3))) continue
      let end = at + 1
      while (end < text.length && text[end] !== char) end += text[end] === '\\' ? 2 : 1
      at = end
      continue
    }
    if (!each(char, at, open.length)) return
    const close = closers[char]
    if (close) open.push(close)
    else if (char === open.at(-1)) open.pop()
  }
}

/** The arguments of a call: the text up to its closing bracket, split at its commas. */
function argumentsOf(rest: string): string[] {
  const found: string[] = []
  let start = 0
  let end = rest.length
  scan(rest, (char, at, depth) => {
    if (depth > 0) return true
    if (char === ')' || char === ']') {
      end = at
      return false
    }
    if (char === ',') {
      found.push(rest.slice(start, at))
      start = at + 1
    }
    return true
  })
  return [...found, rest.slice(start, end)].map((word) => word.trim()).filter(Boolean)
}

/** The text up to the end of a statement: the end of the line, unless brackets are open. */
function expressionOf(rest: string): string {
  let end = rest.length
  scan(rest, (char, at, depth) => {
    if (depth === 0 && (char === '\n' || char === ';')) end = at
    return end === rest.length
  })
  return rest.slice(0, end)
}

/** The same of PowerShell, where a backtick goes on in the next line. */
function statementOf(rest: string): string {
  let end = rest.length
  scan(rest, (char, at, depth) => {
    const goesOn = char === '\n' && /`\s*$/.test(rest.slice(Math.max(at - 4, 0), at))
    if (depth === 0 && !goesOn && /[\n;|)}]/.test(char)) end = at
    return end === rest.length
  })
  return rest.slice(0, end).replace(/`\r?\n/g, ' ')
}

/** PowerShell's words, with brackets and quotes kept together. */
function wordsOf(statement: string): string[] {
  const words: string[] = []
  let start = 0
  scan(`${statement} `, (char, at, depth) => {
    if (depth > 0 || !/\s/.test(char)) return true
    if (at > start) words.push(statement.slice(start, at))
    start = at + 1
    return true
  })
  return words
}

/** `{"a": x, b: y}` and `@{ a = x; b = y }`. */
function pairsOf(written: string): [string, string][] {
  const inner = written.trim().replace(/^@?\{|\}$/g, '')
  const parts: string[] = []
  let start = 0
  scan(inner, (char, at, depth) => {
    if (depth === 0 && /[,;\n]/.test(char)) {
      parts.push(inner.slice(start, at))
      start = at + 1
    }
    return true
  })
  parts.push(inner.slice(start))
  return parts.flatMap((part): [string, string][] => {
    const [, key, bare, value] =
      /^\s*(?:["']([^"']{1,100})["']|([\w-]{1,100}))\s*[:=]\s*([\s\S]+)$/.exec(part) ?? []
    const name = key ?? bare
    return name && value ? [[name, value]] : []
  })
}

/** The terms of a sum of texts. */
function concatenated(expression: string): string[] {
  const parts: string[] = []
  let start = 0
  scan(expression, (char, at, depth) => {
    if (depth === 0 && char === '+') {
      parts.push(expression.slice(start, at))
      start = at + 1
    }
    return true
  })
  return [...parts, expression.slice(start)].map((part) => part.trim()).filter(Boolean)
}
