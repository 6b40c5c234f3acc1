import { describe, expect, test } from 'vitest'
import { fromCsv, toCsv } from './csv.ts'

/** Parses the output of `toCsv` as a spreadsheet does. */
function read(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /("(?:[^"]|"")*"|[^,\n]*)([,\n])/gy
  for (const [, written = '', end] of text.matchAll(cell)) {
    row.push(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written)
    if (end === '\n') {
      rows.push(row)
      row = []
    }
  }
  return rows
}

test('cells are divided by commas, and each row ends with a line feed', () => {
  expect(toCsv([])).toBe('')
  expect(
    toCsv([
      ['a', 'b'],
      ['acme/app', '2026-01-15T09:00:00Z'],
    ]),
  ).toBe('a,b\nacme/app,2026-01-15T09:00:00Z\n')
})

test.each([
  ['a comma', 'a,b', '"a,b"'],
  ['a semicolon', 'a;b', '"a;b"'],
  ['a quotation mark', 'say "a"', '"say ""a"""'],
  ['a line break', 'a\nb', '"a\nb"'],
  ['a blank at the end', 'a ', '"a "'],
  ['nothing', '', ''],
])('a cell with %s', (_what, cell, written) => {
  expect(toCsv([[cell]])).toBe(`${written}\n`)
})

describe('what a spreadsheet would run stands behind an apostrophe', () => {
  test.each([
    '=HYPERLINK("http://evil.example","x")',
    '=1+1|cmd',
    '+1',
    '-1',
    '@SUM(A1)',
    ';=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    ' =1',
    '   \u00A0=1',
    '\u3000=1',
    '\t=1',
    '\ta',
    '\u200B=1',
    '\uFEFF=1',
    '\0=1',
  ])('%j', (cell) => {
    expect(read(toCsv([['a', cell]]))).toEqual([['a', `'${cell}`]])
  })

  test.each([
    ['a\n=1', "a\n'=1"],
    ['a\r\n=1', "a\r\n'=1"],
    ['a\r =1', "a\r' =1"],
    ['a\u2028=1', "a\u2028'=1"],
    ['=1\nb\n\t@c', "'=1\nb\n'\t@c"],
    ['\n=1', "\n'=1"],
    ['\r=1', "\r'=1"],
  ])('in a line of a cell: %j', (cell, kept) => {
    expect(read(toCsv([[cell]]))).toEqual([[kept]])
  })
})

test.each(['acme/a=b', '1-2', 'a\n1=2', "'=1", '日本語', '\u202Eabc', '  a', '2026-01-15'])(
  'nothing else is changed: %j',
  (cell) => {
    expect(read(toCsv([[cell, 'x']]))).toEqual([[cell, 'x']])
  },
)

test('a long run of blanks takes no time', () => {
  const start = performance.now()
  toCsv([['\v \u200B'.repeat(20_000)]])
  expect(performance.now() - start).toBeLessThan(5_000)
})

test('what is written is read again', () => {
  const rows = [
    ['kind', 'a,b', 'say "a"', ''],
    ['=1+1', '\t@sum/a\n=1+1', ' = 1', 'a;b'],
    ['＝1', 'a\r\n=1', '-1', '"'],
    ['', '', '', ''],
  ]
  expect(fromCsv(toCsv(rows)).rows.map(({ cells }) => cells)).toEqual(rows)
  expect(fromCsv(toCsv(rows)).rows.map(({ line }) => line)).toEqual([1, 2, 4, 6])
  expect(fromCsv('')).toEqual({ rows: [] })
  expect(fromCsv('a,b')).toEqual({ rows: [{ cells: ['a', 'b'], line: 1 }] })
  expect(fromCsv('a,\r\nb,c\r\n').rows.map(({ cells }) => cells)).toEqual([
    ['a', ''],
    ['b', 'c'],
  ])
  expect(fromCsv('a,b\n"c" d,e\n')).toMatchObject({ brokenAt: 2 })
  expect(fromCsv('a,b\n"c,d\n')).toMatchObject({ brokenAt: 2 })
})
