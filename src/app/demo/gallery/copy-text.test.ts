import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testLineOf } from './copy-text.ts'

test('the line that a card hands out is the one that the kit’s manual and example use', () => {
  for (const file of ['kit/README.md', 'docs/kit-example/panel.spec.ts']) {
    const text = readFileSync(new URL(`../../../../${file}`, import.meta.url), 'utf8')
    expect(text, file).toContain(testLineOf('add-dialog'))
  }
})
