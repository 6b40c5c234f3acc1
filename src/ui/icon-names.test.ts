import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { iconNames } from './icon-names.ts'
import { iconPaths } from './icon-paths.ts'

const src = fileURLToPath(new URL('..', import.meta.url))
const names: readonly string[] = iconNames

/** The `icon=` expressions that are not literals, with the names that each can have. */
const computed: Record<string, readonly string[]> = {
  // In Button, Badge, IconButton and PageState; the names are found where these are used.
  '{icon}': [],
  '{target.kind}': ['group', 'project'],
  '{kind}': ['group', 'project'],
  "{folded ? 'chevron-right' : 'chevron-down'}": ['chevron-right', 'chevron-down'],
  '{icons[variant]}': ['information-o', 'bulb', 'check-circle', 'warning', 'error'],
  "{toast.type === 'danger' ? 'error' : 'check-circle'}": ['error', 'check-circle'],
}

/** The value of each `<Icon name=` and each `icon=` in the components. */
function uses(): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => [
      ...readFileSync(join(src, file), 'utf8').matchAll(
        /(?:<Icon\s+name|\sicon)=(?:"([^"]+)"|(\{[^}]+\}))/g,
      ),
    ])
    .map(([, name, value]) => name ?? value ?? '')
}

test('the kit ships the icons that are used, and no other', () => {
  const used = uses().flatMap((use) => computed[use] ?? use)
  expect([...new Set(used)].sort()).toEqual([...names].sort())
})

test('no value is listed here that names no icon any more', () => {
  const all = new Set(uses())
  expect(Object.keys(computed).filter((value) => !all.has(value))).toEqual([])
})

test('the shapes are those of the listed icons: run `node scripts/make-icons.mjs` if not', () => {
  expect(Object.keys(iconPaths)).toEqual(names)
  expect(Object.values(iconPaths).filter((path) => !/^[Mm][\d\sa-zA-Z.-]+$/.test(path))).toEqual([])
})
