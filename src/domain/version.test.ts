import { describe, expect, test } from 'vitest'
import { atLeast, parseVersion } from './version.ts'

describe('a version is read from', () => {
  test.each([
    ['the enterprise edition', '18.3.0-ee', { major: 18, minor: 3 }],
    ['the community edition', '18.3.0', { major: 18, minor: 3 }],
    ['a release under way', '19.1.0-pre', { major: 19, minor: 1 }],
    ['a minor of two digits', '17.11.4-ee', { major: 17, minor: 11 }],
    ['major and minor alone', '18.0', { major: 18, minor: 0 }],
    ['a tag', 'v18.2.1', { major: 18, minor: 2 }],
  ])('%s: %s', (_rule, text, version) => {
    expect(parseVersion(text)).toEqual(version)
  })
})

test.each(['', '18', 'ee-18.3', 'main', '18.x'])('%j is no version', (text) => {
  expect(parseVersion(text)).toBeUndefined()
})

test.each([
  ['the same release counts', '18.3.5', '18.3', true],
  ['a newer minor counts', '18.10.0', '18.3', true],
  ['an older minor does not', '18.2.9', '18.3', false],
  ['a newer major counts, whatever its minor', '19.0.0', '18.3', true],
  ['an older major does not, whatever its minor', '17.11.0', '18.3', false],
])('%s: %s since %s', (_rule, text, since, expected) => {
  const version = parseVersion(text)
  expect(version && atLeast(version, since)).toBe(expected)
})

test('a catalogue that names no release is a bug and says so', () => {
  expect(() => atLeast({ major: 18, minor: 3 }, 'soon')).toThrow('Not a version: soon')
})
