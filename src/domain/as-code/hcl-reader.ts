/**
 * Reads the resources of a Terraform file, as far as their values are written out. It is a reader of our
 * own for a part of HCL, and no parser of the language: it finds blocks, attributes, numbers, texts and
 * lists of these; a template, a reference, a function or a loop is not evaluated.
 *
 * Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */

export type HclToken = {
  readonly kind: 'word' | 'text' | 'number' | 'sign' | 'newline' | 'computed'
  /** Of a text, what it says. */
  readonly text: string
  readonly line: number
}

export type HclAttribute = {
  readonly name: string
  readonly line: number
  readonly tokens: readonly HclToken[]
}

export type HclResource = {
  readonly type: string
  readonly name: string
  readonly line: number
  readonly attributes: readonly HclAttribute[]
}

type Literal = string | number | boolean
type Located = { readonly value: Literal; readonly line: number }

/**
 * Finds all resources, with the attributes that are not in nested blocks.
 * @returns the line where the blocks of the file do not fit together
 */
export function readResources(
  text: string,
): { readonly resources: readonly HclResource[] } | { readonly brokenAt: number } {
  const { tokens, brokenAt } = tokenize(text)
  if (brokenAt !== undefined) return { brokenAt }
  const resources: HclResource[] = []
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at]
    if (token?.kind === 'newline') {
      at += 1
      continue
    }
    const head = headAt(tokens, at)
    if (!head) return { brokenAt: token?.line ?? 1 }
    const end = closing(tokens, head.open)
    if (end === undefined) return { brokenAt: head.line }
    const [type, name] = head.labels
    if (head.word === 'resource') {
      if (type === undefined || name === undefined) return { brokenAt: head.line }
      const attributes = attributesIn(tokens.slice(head.open + 1, end))
      if (!Array.isArray(attributes)) return attributes
      resources.push({ type, name, line: head.line, attributes })
    }
    at = end + 1
  }
  return { resources }
}

/** The value of an expression; undefined where it is not written out. */
export function expressionOf(
  tokens: readonly HclToken[],
): Literal | readonly Located[] | undefined {
  const [first, ...rest] = tokens.filter(({ kind }) => kind !== 'newline')
  if (!first) return undefined
  if (first.text !== '[' || first.kind !== 'sign') {
    return rest.length === 0 ? literalOf(first) : undefined
  }
  const items: Located[] = []
  let wantsItem = true
  for (const token of rest.slice(0, -1)) {
    const isComma = token.kind === 'sign' && token.text === ','
    if (isComma === wantsItem) return undefined
    wantsItem = isComma
    if (isComma) continue
    const value = literalOf(token)
    if (value === undefined) return undefined
    items.push({ value, line: token.line })
  }
  return rest.at(-1)?.text === ']' ? items : undefined
}

function literalOf({ kind, text }: HclToken): Literal | undefined {
  if (kind === 'text') return text
  if (kind === 'number') return Number(text)
  if (kind === 'word' && (text === 'true' || text === 'false')) return text === 'true'
  return undefined
}

/** The words before a block's brace. */
function headAt(tokens: readonly HclToken[], from: number) {
  const [word, ...labels] = tokens.slice(from, from + 12)
  const at = labels.findIndex(({ kind, text }) => kind === 'sign' && text === '{')
  const names = labels.slice(0, Math.max(at, 0))
  if (word?.kind !== 'word' || at < 0) return undefined
  if (names.some(({ kind }) => kind !== 'text' && kind !== 'word')) return undefined
  return {
    word: word.text,
    line: word.line,
    labels: names.map(({ text }) => text),
    open: from + 1 + at,
  }
}

const pairs: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }

/** Where the bracket at this place is closed. */
function closing(tokens: readonly HclToken[], open: number): number | undefined {
  const awaited: string[] = []
  for (let at = open; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token?.kind !== 'sign') continue
    const pair = pairs[token.text]
    if (pair) awaited.push(pair)
    else if (/[)}\]]/.test(token.text) && awaited.pop() !== token.text) return undefined
    if (awaited.length === 0) return at
  }
  return undefined
}

/** The attributes of a block's body; nested blocks are passed over. */
function attributesIn(tokens: readonly HclToken[]): HclAttribute[] | { readonly brokenAt: number } {
  const attributes: HclAttribute[] = []
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at]
    if (!token || token.kind === 'newline') {
      at += 1
      continue
    }
    const isAttribute = tokens[at + 1]?.kind === 'sign' && tokens[at + 1]?.text === '='
    if (!isAttribute) {
      const head = headAt(tokens, at)
      const end = head && closing(tokens, head.open)
      if (end === undefined) return { brokenAt: token.line }
      at = end + 1
      continue
    }
    const begin = at + 2
    at = begin
    while (at < tokens.length && tokens[at]?.kind !== 'newline') {
      const sign = tokens[at]
      at = sign?.kind === 'sign' && pairs[sign.text] ? (closing(tokens, at) ?? at) + 1 : at + 1
    }
    if (token.kind !== 'word') return { brokenAt: token.line }
    attributes.push({ name: token.text, line: token.line, tokens: tokens.slice(begin, at) })
  }
  return attributes
}

/** In this order. A text ends on its line; a template in it makes it computed. */
const forms =
  /(\r?\n)|[ \t\uFEFF]+|(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\/|<<-?(\w+)\r?\n[\s\S]*?\n[ \t]*\2(?!\w)|"((?:[^"\\\r\n]|\\.)*)"|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_-]*)|([^\s"])/uy

function tokenize(text: string): { readonly tokens: HclToken[]; readonly brokenAt?: number } {
  const tokens: HclToken[] = []
  let line = 1
  forms.lastIndex = 0
  while (forms.lastIndex < text.length) {
    const found = forms.exec(text)
    if (!found) return { tokens, brokenAt: line }
    const [all, newline, heredoc, quoted, number, word, sign] = found
    if (newline) tokens.push({ kind: 'newline', text: '\n', line })
    else if (heredoc) tokens.push({ kind: 'computed', text: all, line })
    else if (quoted !== undefined) tokens.push({ ...textOf(quoted), line })
    else if (number) tokens.push({ kind: 'number', text: number, line })
    else if (word) tokens.push({ kind: 'word', text: word, line })
    else if (sign) tokens.push({ kind: 'sign', text: sign, line })
    line += all.match(/\n/g)?.length ?? 0
  }
  return { tokens }
}

function textOf(quoted: string): Pick<HclToken, 'kind' | 'text'> {
  const isTemplate = /(?<![$%])(?:\$\$|%%)*[$%]\{/.test(quoted)
  // Ids and paths contain no escapes: whatever does is not evaluated.
  return { kind: isTemplate || quoted.includes('\\') ? 'computed' : 'text', text: quoted }
}
