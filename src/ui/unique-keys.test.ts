import { expect, test } from 'vitest'
import { uniqueKeys } from './unique-keys.ts'

test.each([
  ['of their own', ['a', 'b'], ['a', 'b']],
  ['that two share', ['a', 'b', 'a'], ['a', 'b', 'a~1']],
  ['that many share', ['a', 'a', 'a'], ['a', 'a~1', 'a~2']],
])('items with keys %s', (_what, items, keys) => {
  expect(uniqueKeys(items, (item) => item)).toEqual(keys)
})
