import { expect, test } from 'vitest'
import { apart, sharedTextIn, toHash } from './shared-text.ts'

test('a question comes back from behind # as it went there, without its secrets', () => {
  const question = { q: 'curl "https://x/?a=b&c=%20#1" +\n-d \'ä\'', origin: 'acme/app' }
  expect(sharedTextIn(toHash(question))).toEqual(question)
  expect(sharedTextIn(toHash({ q: 'TOKEN=hunter2', origin: undefined }))).toEqual({
    q: 'TOKEN=•••••••',
    origin: undefined,
  })
  expect(sharedTextIn('')).toEqual({ q: undefined, origin: undefined })
})

test('the question of an earlier address is told from the rest', () => {
  expect(apart('/projects/1/access?lang=ja&q=GET+%2Fjob&origin=acme/app')).toEqual({
    path: '/projects/1/access?lang=ja',
    hash: 'q=GET+%2Fjob&origin=acme%2Fapp',
  })
  expect(apart('/projects/1/access?q=TOKEN%3Dhunter2')?.hash).not.toContain('hunter2')
  expect(apart('/projects/1/access?lang=ja')).toBeUndefined()
  expect(apart('/endpoints?q=jobs')).toBeUndefined()
})
