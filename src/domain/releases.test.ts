import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isCatalogued } from './releases.ts'

test('older servers are taken to have what the oldest catalogue has, and nothing newer', () => {
  const old = { major: 16, minor: 0 }
  expect(isCatalogued(old, '18.0')).toBe(true)
  expect(isCatalogued(old, '18.3')).toBe(false)
})

test('no other file names a release, but for the catalogues, the states of the demo and the tests', () => {
  const src = fileURLToPath(new URL('..', import.meta.url))
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      /\.tsx?$/.test(file) && !/(\.test|-catalogue|random-worlds)\.ts$|demo.states/.test(file),
  )
  const naming = files.filter((file) => /'1\d\.\d+'/.test(readFileSync(join(src, file), 'utf8')))
  expect(naming).toEqual([join('domain', 'releases.ts')])
})
