import { beforeEach, expect, test, vi } from 'vitest'
import { keepQuestion, keptQuestion, mostKept } from './kept-question.ts'

const user = { id: 2, username: 'maya', name: 'Maya', avatarUrl: null, isAdmin: false }
const owner = { address: 'https://gitlab.example.com', user }
const question = { text: 'GET /projects/1/jobs', origin: 'partners/sdk', values: { LIB: '7' } }

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
})

test('a question is there again for the user who asked it, and for nobody else', () => {
  keepQuestion(owner, question)
  expect(keptQuestion(owner)).toEqual(question)
  expect(keptQuestion({ ...owner, user: { ...user, id: 3 } })).toBeUndefined()
  expect(keptQuestion({ ...owner, address: 'https://gitlab.com' })).toBeUndefined()
})

test.each([
  ['', false],
  [' \n', false],
  ['x'.repeat(mostKept), true],
  ['x'.repeat(mostKept + 1), false],
])('a text without words or beyond the limit takes the place of the one before', (text, isKept) => {
  keepQuestion(owner, question)
  keepQuestion(owner, { text, values: {} })
  expect(keptQuestion(owner) !== undefined).toBe(isKept)
})

test('what something else wrote there is no question', () => {
  sessionStorage.setItem('question', '{"text": 7}')
  expect(keptQuestion(owner)).toBeUndefined()
})
