import { afterEach, expect, test, vi } from 'vitest'
import { refresh } from './oauth.ts'

const connection = {
  address: 'https://gitlab.example.com',
  webAddress: 'https://gitlab.example.com',
  token: 'old',
  oauth: { applicationId: 'console', scope: 'api', expiresAt: 0, refreshToken: 'next' },
  user: { id: 1, username: 'maya', name: 'Maya', avatarUrl: null, isAdmin: false },
}

afterEach(() => vi.unstubAllGlobals())

test('a token is renewed', async () => {
  vi.stubGlobal('fetch', async () =>
    Response.json({ access_token: 'new', token_type: 'bearer', refresh_token: 'after' }),
  )
  expect(await refresh(connection)).toMatchObject({
    token: 'new',
    oauth: { refreshToken: 'after' },
  })
})

test('an answer without end about a token is not read to its end', async () => {
  const million = new Uint8Array(1_000_000).fill(0x20)
  let sent = 0
  let ended = false
  const body = new ReadableStream({
    pull(controller) {
      sent += 1
      controller.enqueue(million)
    },
    cancel() {
      ended = true
    },
  })
  vi.stubGlobal('fetch', async () => new Response(body))
  expect(await refresh(connection)).toBe('failed')
  expect(sent).toBeLessThan(15)
  expect(ended).toBe(true)
})
