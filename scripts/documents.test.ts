import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url)

/** Every path of the repository that a document names in code, or in a link. */
function pathsIn(document: string): string[] {
  const text = readFileSync(new URL(document, root), 'utf8')
  const named = text.matchAll(/`((?:src|mocks|e2e|scripts|docs)\/[\w/.-]+)`/g)
  const linked = document.includes('/') ? [] : text.matchAll(/\]\(((?!https?:)[\w/.-]+)\)/g)
  return [...named, ...linked].map(([, path = '']) => path)
}

test.each([
  ['README.md', 8],
  ['CONTRIBUTING.md', 25],
  ['SECURITY.md', 10],
  ['docs/architecture.md', 25],
  ['docs/mock-differences.md', 4],
])('all that %s names is there', (document, least) => {
  const paths = pathsIn(document)
  expect(paths.length).toBeGreaterThanOrEqual(least)
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})
