/**
 * Writes the paths of the icons listed in src/ui/icon-names.ts into src/ui/icon-paths.ts. The
 * result is committed, so that a build does not depend on the installed icon package.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const ui = new URL('../src/ui/', import.meta.url)
const manifest = createRequire(import.meta.url).resolve('@gitlab/svgs/package.json')
const folder = join(dirname(manifest), 'dist/sprite_icons')
const { version } = JSON.parse(readFileSync(manifest, 'utf8'))

// Parsed as text: the list is TypeScript, which Node 20 cannot import.
const source = readFileSync(new URL('icon-names.ts', ui), 'utf8')
const list = source.match(/iconNames = \[([^\]]*)\] as const/)?.[1]
if (!list) throw new Error('No list of names in src/ui/icon-names.ts')
const names = [...list.matchAll(/'([^']+)'/g)].map((match) => match[1])

const shape =
  /^<svg[^>]* viewBox="0 0 16 16"[^>]*>\s*<path fill-rule="evenodd" clip-rule="evenodd" d="([^"]+)"\/>\s*<\/svg>\s*$/
const lines = names.map((name) => {
  const path = readFileSync(join(folder, `${name}.svg`), 'utf8').match(shape)?.[1]
  if (!path)
    throw new Error(`${name}.svg is more than one path of 16 by 16: Icon.tsx cannot draw it`)
  return `  ${/^\w+$/.test(name) ? name : `'${name}'`}:\n    '${path}',`
})

writeFileSync(
  new URL('icon-paths.ts', ui),
  `import type { IconName } from './icon-names.ts'

/** From @gitlab/svgs ${version} (MIT licence) by scripts/make-icons.mjs: 16 by 16, filled by evenodd. */
export const iconPaths: Record<IconName, string> = {
${lines.join('\n')}
}
`,
)
console.log(`${names.length} icons written to src/ui/icon-paths.ts`)
