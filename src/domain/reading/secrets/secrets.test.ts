import { describe, expect, test } from 'vitest'
import { commandRows } from './commands.ts'
import { formRows } from './forms.ts'
import { mask } from './mask.ts'
import { nameRows } from './names.ts'
import { placeRows } from './places.ts'

/** Random signs that are the same in each run. */
function drawn(length: number, from = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tV9wX1yZ2bC4') {
  let state = length
  let text = ''
  while (text.length < length) {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    text += from[(state >> 8) % from.length]
  }
  return text
}

/** `‹20›` is 20 letters and digits, `‹32x›` hexadecimal ones; other signs between `‹›` are themselves. */
function filled(example: string): { text: string; masked: string } {
  const parts = example.split(/‹([^›]*)›/)
  let text = ''
  let masked = ''
  for (const [index, part] of parts.entries()) {
    const [, count, isHex] = /^(\d+)(x?)$/.exec(part) ?? []
    const secret =
      index % 2 && count ? drawn(Number(count), isHex ? '0123456789abcdef' : undefined) : part
    text += secret
    masked += index % 2 ? secret.replace(/[^\n]/g, '•') : secret
  }
  return { text, masked }
}

describe.each([
  ['forms', formRows],
  ['places', placeRows],
  ['commands', commandRows],
] as const)('%s', (_what, rows) => {
  test.each(rows.flatMap(({ examples }) => examples))('%s', (example) => {
    const { text, masked } = filled(example)
    expect(mask(text)).toBe(masked)
  })
})

describe('names', () => {
  test.each(nameRows.flatMap(({ examples }) => examples))('%s', (name) => {
    for (const around of [`${name}=‹s3cret›`, `${name}: ‹s3cret›`, `"${name}": "‹s3cret›"`]) {
      const { text, masked } = filled(around)
      expect(mask(text)).toBe(masked)
    }
  })
})
