/**
 * Joins the icons that src/ui/icon-names.ts lists into one file of symbols, src/ui/icons.svg.
 * The result is committed: a build must not depend on what the icon package ships next.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const ui = new URL('../src/ui/', import.meta.url)
const manifest = createRequire(import.meta.url).resolve('@gitlab/svgs/package.json')
const folder = join(dirname(manifest), 'dist/sprite_icons')
const { version } = JSON.parse(readFileSync(manifest, 'utf8'))

// Read as text: the list is TypeScript, which Node 20 cannot import.
const source = readFileSync(new URL('icon-names.ts', ui), 'utf8')
const list = source.match(/iconNames = \[([^\]]*)\] as const/)?.[1]
if (!list) throw new Error('No list of names in src/ui/icon-names.ts')
const names = [...list.matchAll(/'([^']+)'/g)].map((match) => match[1])

const symbols = names.map((name) => {
  const svg = readFileSync(join(folder, `${name}.svg`), 'utf8')
  const viewBox = svg.match(/viewBox="([^"]+)"/)?.[1]
  const inner = svg.match(/<svg[^>]*>([\s\S]*)<\/svg>/)?.[1]
  if (!viewBox || !inner) throw new Error(`${name}.svg is not as expected`)
  return `<symbol id="${name}" viewBox="${viewBox}">${inner.trim()}</symbol>`
})

writeFileSync(
  new URL('icons.svg', ui),
  [
    '<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true">',
    `<!-- From @gitlab/svgs ${version} (MIT licence) by scripts/make-icons.mjs -->`,
    ...symbols,
    '</svg>',
    '',
  ].join('\n'),
)
console.log(`${names.length} icons written to src/ui/icons.svg`)
