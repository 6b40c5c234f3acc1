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

test('the index of decisions names each of them, in their order', () => {
  const text = readFileSync(new URL('docs/decisions.md', root), 'utf8')
  const headings = [...text.matchAll(/^##+ (.*)$/gm)].map(([, heading]) => heading)
  const index = [...text.matchAll(/^ *- \[(.*)\]\(#.*\)$/gm)].map(([, entry]) => entry)
  expect(headings.length).toBeGreaterThan(40)
  expect(index).toEqual(headings)
})

test('each link of that index leads to a heading', () => {
  const text = readFileSync(new URL('docs/decisions.md', root), 'utf8')
  const anchorOf = (heading = '') =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-')
  const anchors = [...text.matchAll(/^##+ (.*)$/gm)].map(([, heading]) => anchorOf(heading))
  const links = [...text.matchAll(/^ *- \[.*\]\(#(.*)\)$/gm)].map(([, link]) => link)
  expect(links.length).toBeGreaterThan(40)
  expect(links).toEqual(anchors)
})
