import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url)

test('every test that SECURITY.md names is there', () => {
  const text = readFileSync(fileURLToPath(new URL('SECURITY.md', root)), 'utf8')
  const named = [...text.matchAll(/`([\w/.-]+\.(?:spec|test)\.ts)`/g)].map(([, file = '']) => file)
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((file) => !existsSync(new URL(file, root)))).toEqual([])
})
