import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { iconNames } from './icon-names.ts'
import { iconPaths } from './icon-paths.ts'

const src = fileURLToPath(new URL('..', import.meta.url))
const names: readonly string[] = iconNames

/** Where an icon is named by a value, with the names that it can have. */
const computed: Record<string, readonly string[]> = {
  // Of Button, Badge, IconButton and PageState: their `icon=` is read where they are used.
  '{icon}': [],
  '{target.kind}': ['group', 'project'],
  '{kind}': ['group', 'project'],
  "{folded ? 'chevron-right' : 'chevron-down'}": ['chevron-right', 'chevron-down'],
  '{icons[variant]}': ['information-o', 'bulb', 'check-circle', 'warning', 'error'],
  "{toast.type === 'danger' ? 'error' : 'check-circle'}": ['error', 'check-circle'],
}

/** What stands behind each `<Icon name=` and each `icon=` of the components. */
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
