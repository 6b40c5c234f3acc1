import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from '../api/check-connection.ts'
import { setRenewal, signIn, signOut } from '../api/session.ts'
import { createQueryClient } from './query-client.ts'

const address = 'https://gitlab.example.com'
const connection: Connection = {
  address,
  webAddress: address,
  token: 'glpat-ended',
  user: { id: 2, username: 'maya', name: 'Maya', avatarUrl: null, isAdmin: false },
}
const renewed: Connection = { ...connection, token: 'glpat-renewed' }

/** What GitLab makes of the token at the time. */
let accepted = false
const scope = {
  queryKey: ['scope'],
  queryFn: () => {
    if (!accepted) throw new Error('401')
    return 'the scope'
  },
}

let client = createQueryClient()

beforeEach(() => {
  accepted = false
  client = createQueryClient()
  signIn(connection)
})
afterEach(signOut)

/** What a card shows that mounts now. */
async function mount() {
  const observer = new QueryObserver(client, client.defaultQueryOptions(scope))
  const leave = observer.subscribe(() => {})
  await expect.poll(() => observer.getCurrentResult().isFetching).toBe(false)
  return { observer, leave }
}

test('a card that mounts after its question has failed says so, and does not ask by itself', async () => {
  await client.prefetchQuery(scope)
  accepted = true
  const { observer } = await mount()
  expect(observer.getCurrentResult()).toMatchObject({ status: 'error' })
})

test('what failed before its card was there is asked again by it after a renewal', async () => {
  await client.prefetchQuery(scope)
  setRenewal('asking')
  accepted = true
  signIn(renewed)
  const { observer } = await mount()
  expect(observer.getCurrentResult()).toMatchObject({ status: 'success', data: 'the scope' })
})

test('what a card shows is asked again by a renewal, put off or not', async () => {
  const { observer } = await mount()
  setRenewal('asking')
  setRenewal('put-off')
  expect(observer.getCurrentResult().status).toBe('error')
  accepted = true
  signIn(renewed)
  await expect.poll(() => observer.getCurrentResult().data).toBe('the scope')
})

test('what nobody looks at is kept over a renewal, and asked again when somebody does', async () => {
  accepted = true
  await client.prefetchQuery(scope)
  setRenewal('asking')
  signIn(renewed)
  expect(client.getQueryState(scope.queryKey)).toMatchObject({
    data: 'the scope',
    isInvalidated: true,
  })
})

test('nothing is left for the next user, nor for nobody', async () => {
  accepted = true
  await client.prefetchQuery(scope)
  signIn({ ...connection, user: { ...connection.user, id: 3 } })
  expect(client.getQueryData(scope.queryKey)).toBeUndefined()
  await client.prefetchQuery(scope)
  signOut()
  expect(client.getQueryData(scope.queryKey)).toBeUndefined()
})
