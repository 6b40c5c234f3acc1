/**
 * Reduces GitLab Sans to the Latin letters and weights in use: writes
 * src/ui/fonts/gitlab-sans-latin.woff2, which is committed with its licence. The characters must be
 * those of unicode-range in src/ui/base.css.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import subsetFont from 'subset-font'

const manifest = createRequire(import.meta.url).resolve('@gitlab/fonts/package.json')
const folder = join(dirname(manifest), 'gitlab-sans')
const target = new URL('../src/ui/fonts/', import.meta.url)

/** The first and last code point of each range that is kept; sentences use the arrows. */
const ranges = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x2010, 0x203a],
  [0x2190, 0x2193],
]
const characters = ranges
  .flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
  )
  .join('')

const font = await subsetFont(readFileSync(join(folder, 'GitLabSans.woff2')), characters, {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 700 } },
})
mkdirSync(target, { recursive: true })
writeFileSync(new URL('gitlab-sans-latin.woff2', target), font)
copyFileSync(join(folder, 'LICENSE.txt'), new URL('LICENSE.txt', target))
console.log(`${(font.length / 1024).toFixed(1)} kB written to src/ui/fonts/gitlab-sans-latin.woff2`)
