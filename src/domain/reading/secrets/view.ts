/** A text as it is meant, for those places where it is written in another way. */

export type View = {
  readonly text: string
  /** Where each character of `text` begins and ends in the text as it is written. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** Colours and cursor moves, also where the escape character is written out; signs without width. */
const nothing =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what logs are full of
  /(?:[\x1b\u241b]|\^\[|\\x1b|\\033|\\u001b|\\e)\[[\d;?]{0,20}[A-Za-z]|[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/
    .source
/** Quotes, slashes and others in JSON, characters in an address or in HTML. */
const written =
  /(?<!\\)\\+(?:["'/]|u00[2-7][0-9a-fA-F])|%[2-7][0-9a-fA-F]|&(?:quot|apos|amp|lt|gt|#39|#34);/
    .source

const pattern = new RegExp(`(${nothing})|${written}`, 'g')

/** Undefined where it is the text itself. */
export function plainView(text: string): View | undefined {
  let view: { parts: string[]; starts: Uint32Array; ends: Uint32Array } | undefined
  let length = 0
  let last = 0
  const copy = (to: number) => {
    if (!view) return
    view.parts.push(text.slice(last, to))
    for (let i = last; i < to; i++) {
      view.starts[length] = i
      view.ends[length++] = i + 1
    }
  }
  for (const { 0: found, 1: isNothing, index } of text.matchAll(pattern)) {
    view ??= {
      parts: [],
      starts: new Uint32Array(text.length),
      ends: new Uint32Array(text.length),
    }
    copy(index)
    last = index + found.length
    if (isNothing) continue
    view.parts.push(meant(found))
    view.starts[length] = index
    view.ends[length++] = last
  }
  if (!view) return undefined
  copy(text.length)
  return { text: view.parts.join(''), starts: view.starts, ends: view.ends }
}

const entities: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#34;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
}

/** One character: `"`, `:`, `&`. */
function meant(found: string): string {
  const entity = entities[found]
  if (entity) return entity
  const hex = /^(?:\\+u00|%)(..)$/.exec(found)?.[1]
  const sign = hex ? String.fromCharCode(Number.parseInt(hex, 16)) : found.slice(-1)
  // Of a space as much as of any other sign; and no sign that means something new to a shell.
  return sign === '\x7f' ? '?' : sign
}
