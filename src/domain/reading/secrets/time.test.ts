import { expect, test } from 'vitest'
import { commandRows } from './commands.ts'
import { formRows } from './forms.ts'
import { mask } from './mask.ts'
import { nameRows } from './names.ts'
import { placeRows } from './places.ts'

const full = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length))

/** The quickest of some tries: a machine that is busy otherwise only makes it longer. */
function timeOf(text: string, tries: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < tries; i++) {
    const start = performance.now()
    mask(text)
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** The parts of a regular expression, as texts that it may look for. */
const parts = (source: string) =>
  (source.match(/[\w@:/-]{2,}|\\.|[^\w\s\\]/g) ?? []).flatMap((part) => [
    part,
    part.replace(/^\\[nr]$/, '\n').replace(/^\\(?=[^\w])/, ''),
  ])

/** Every unit of every pattern, and every example, whole and broken off. */
const units = new Set<string>([
  ...formRows.flatMap(({ prefix, body }) => [...parts(prefix), ...parts(body)]),
  ...placeRows.flatMap(({ pattern, rest }) => [
    ...parts(pattern.source),
    ...parts(rest?.source ?? ''),
  ]),
  ...commandRows.flatMap(({ tools, secret = [], login = [], attached = [], words = [] }) => [
    ...[...tools, ...secret, ...login, ...attached].map((word) => `${word} `),
    ...words.map((row) => `${tools[0]} ${row} `),
  ]),
  ...nameRows.flatMap(({ words, examples }) =>
    [...words, ...examples].flatMap((name) =>
      [
        '',
        '=$a:',
        '=?',
        ' ',
        ':',
        ': ',
        '=',
        '="',
        "='",
        '="$',
        '\\"',
        ': |\n  ',
        '\n',
        '>',
        '","',
        ' value=',
      ].map((sign) => name + sign),
    ),
  ),
  ...[formRows, placeRows, commandRows].flatMap((rows) =>
    rows.flatMap(({ examples }) =>
      examples.flatMap((example) => {
        const text = example.replace(/[‹›]/g, '')
        return [text, `${text}\n`, text.slice(0, text.length >> 1)]
      }),
    ),
  ),
  ...[
    'eyJ',
    'eyJ-',
    'eyJ.',
    'eyJhbGciOiJSUzI1NiJ9\n',
    '•',
    '•a',
    '• ',
    '\\',
    '\\n',
    '\\"',
    '\\u0026',
    '%3A',
  ],
  ...[
    '&quot;',
    '\x1b[0m',
    '\u200b',
    ' ',
    '\n',
    '\r\n',
    '\t',
    'a ',
    'a=',
    'a:',
    '.',
    '-',
    '_',
    '/',
    '+',
    '"',
    "'",
  ],
  ...[
    '`',
    '(',
    '{',
    '[',
    '<',
    '|',
    '&',
    ';',
    ',',
    '$',
    '${',
    '$(',
    '{{',
    '?a=',
    'a&b=',
    'x@',
    '\\\n',
    '- ',
  ],
  ...[
    'aB3dE5fG7hJ9kL1mN3pQ',
    'aB3dE5fG7hJ9kL1mN3pQ ',
    'token:{"a.b":"',
    'name: TOKEN\nvalue: ',
    '?sig=',
    '&token=',
    'pw=$a:',
    'auth="{',
    'auth=\\"{',
    'if ',
    '{ ',
  ],
])

test('a text takes the time that its length takes, whatever is repeated in it', {
  timeout: 300_000,
}, () => {
  const times = [...units]
    .filter(Boolean)
    .map((unit) => ({ unit, time: timeOf(full(unit, 8_000), 1) }))
    .sort((a, b) => b.time - a.time)
  // By the square of its length it would take sixteen times as long; four times is what it may take. A
  // machine that is busy otherwise makes one try longer, but not three.
  const isLinear = (unit: string) => {
    const short = timeOf(full(unit, 16_000), 3)
    return timeOf(full(unit, 64_000), 3) < 8 * short + 20
  }
  const slow = times
    .slice(0, 60)
    .filter(({ unit }) => !(isLinear(unit) || isLinear(unit) || isLinear(unit)))
  expect(slow).toEqual([])
})
