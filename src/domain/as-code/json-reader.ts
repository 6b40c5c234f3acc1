/** Reads JSON with the line of every value, so that a problem can be found in the file. */

/** A value of a JSON text. `line` counts from 1. */
export type JsonNode = { readonly line: number } & (
  | { readonly kind: 'object'; readonly fields: readonly JsonField[] }
  | { readonly kind: 'list'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'plain'; readonly value: string | number | boolean | null }
)

export type JsonField = { readonly name: string; readonly line: number; readonly node: JsonNode }

/** A text is no JSON at this line. */
class JsonSyntaxError extends Error {
  readonly line: number
  constructor(line: number) {
    super(`No JSON at line ${line}`)
    this.line = line
  }
}

/** Deeper nesting belongs to no list, and would exhaust the stack. */
const deepest = 50

const token = /[ \t\r\n]*([{}[\],:]|"(?:[^"\\\p{Cc}]|\\.|\x7f|[\x80-\x9f])*"|[^\s{}[\],:"]+)/uy

/**
 * Reads a JSON text.
 * @returns the line at which it is none, where that is so
 */
export function readJson(text: string): JsonNode | { readonly brokenAt: number } {
  const tokens = tokenize(text)
  let next = 0
  const lineHere = () => tokens[next]?.line ?? tokens.at(-1)?.line ?? 1
  const broken = () => new JsonSyntaxError(lineHere())
  const take = (): Token => {
    const found = tokens[next]
    if (!found) throw broken()
    next += 1
    return found
  }
  const isNext = (sign: string) => tokens[next]?.text === sign
  const expect = (sign: string) => {
    if (!isNext(sign)) throw broken()
    next += 1
  }

  /** Values between commas, up to the closing sign. */
  function sequence<Item>(end: string, item: () => Item): Item[] {
    const items: Item[] = []
    if (isNext(end)) {
      next += 1
      return items
    }
    while (true) {
      items.push(item())
      if (isNext(end)) {
        next += 1
        return items
      }
      expect(',')
    }
  }

  function value(depth: number): JsonNode {
    if (depth > deepest) throw broken()
    const line = lineHere()
    if (isNext('{')) {
      next += 1
      return { kind: 'object', line, fields: sequence('}', () => field(depth)) }
    }
    if (isNext('[')) {
      next += 1
      return { kind: 'list', line, items: sequence(']', () => value(depth + 1)) }
    }
    const plain = parsePlain(take().text)
    if (plain === undefined) throw new JsonSyntaxError(line)
    return { kind: 'plain', line, value: plain }
  }

  function field(depth: number): JsonField {
    const line = lineHere()
    const name = parsePlain(take().text)
    if (typeof name !== 'string') throw new JsonSyntaxError(line)
    expect(':')
    return { name, line, node: value(depth + 1) }
  }

  try {
    const whole = value(0)
    if (next < tokens.length) throw broken()
    return whole
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { brokenAt: error.line }
    throw error
  }
}

type Token = { readonly text: string; readonly line: number }

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  let at = 0
  const countLines = (until: number) => {
    for (; at < until; at += 1) if (text[at] === '\n') line += 1
  }
  token.lastIndex = 0
  const end = text.trimEnd().length
  while (at < end) {
    const found = token.exec(text)
    if (!found) {
      // What begins here is not JSON: a value that cannot be read stands for it.
      countLines(at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0))
      return [...tokens, { text: '"', line }]
    }
    const [, sign = ''] = found
    countLines(token.lastIndex - sign.length)
    tokens.push({ text: sign, line })
    countLines(token.lastIndex)
  }
  return tokens
}

function parsePlain(text: string): string | number | boolean | null | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
      ? undefined
      : (value as string | number | boolean | null)
  } catch {
    return undefined
  }
}
