/** Command-line options, as most tools take them. */

export type Options = {
  /** Values of an option by its long name, in order; of one without value, empty strings. */
  readonly all: (name: string) => readonly string[]
  /** The last value, which is the one that counts. */
  readonly last: (name: string) => string | undefined
  readonly has: (name: string) => boolean
  /** What is no option. */
  readonly rest: readonly string[]
}

/**
 * Sorts arguments into options and the rest.
 * @param valued the options that take a value, separated by blanks: `X/request` is `-X` or
 *   `--request`, `url` is `--url`
 * @param flags short names of options without value: `I/head` is `-I` or `--head`
 */
export function readOptions(words: readonly string[], valued: string, flags = ''): Options {
  const { takesValue, longNames } = namesOf(valued, flags)
  const values = new Map<string, string[]>()
  const rest: string[] = []
  const add = (name: string, value: string) => {
    const list = values.get(name)
    if (list) list.push(value)
    else values.set(name, [value])
  }
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (word === '--') {
      for (const one of words.slice(i + 1)) rest.push(one)
      break
    }
    if (word.startsWith('--')) {
      const equals = word.indexOf('=')
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals)
      if (equals >= 0) add(name, word.slice(equals + 1))
      else if (takesValue.has(name)) add(name, words[++i] ?? '')
      else add(name, '')
    } else if (word.length > 1 && word.startsWith('-')) {
      for (let at = 1; at < word.length && at < 40; at++) {
        const name = longNames.get(word[at] as string) ?? (word[at] as string)
        if (!takesValue.has(name)) {
          add(name, '')
          continue
        }
        const glued = word.slice(at + 1).replace(/^=/, '')
        add(name, glued || (words[++i] ?? ''))
        break
      }
    } else rest.push(word)
  }
  return {
    all: (name) => values.get(name) ?? none,
    last: (name) => values.get(name)?.at(-1),
    has: (name) => values.has(name),
    rest,
  }
}

const none: readonly string[] = []

/** By `valued`, which no two tools share. */
const read = new Map<string, ReturnType<typeof namesIn>>()

function namesOf(valued: string, flags: string) {
  const known = read.get(valued)
  if (known) return known
  const names = namesIn(valued, flags)
  read.set(valued, names)
  return names
}

function namesIn(valued: string, flags: string) {
  const takesValue = new Set<string>()
  const longNames = new Map<string, string>()
  for (const [list, isValued] of [
    [valued, true],
    [flags, false],
  ] as const) {
    for (const entry of list.split(' ')) {
      const [first = '', long = first] = entry.split('/')
      if (first.length === 1) longNames.set(first, long)
      if (isValued) takesValue.add(long)
    }
  }
  return { takesValue, longNames }
}
