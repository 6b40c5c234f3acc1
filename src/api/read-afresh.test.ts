import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { readAfresh } from './read-afresh.ts'

/** A setting of a server that answers when it is told to, with what was stored when it was asked. */
function open() {
  const client = new QueryClient()
  const server = { stored: 'before' }
  const answers: (() => void)[] = []
  const query = {
    queryKey: ['setting'],
    // As every query of the console: cancelled, it is given up.
    queryFn: ({ signal }: { signal: AbortSignal }) => {
      const seen = server.stored
      return new Promise<string>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        answers.push(() => resolve(seen))
      })
    },
  }
  async function answer(count: number): Promise<void> {
    await expect.poll(() => answers.length).toBe(count)
    for (const give of answers) give()
  }
  return { client, query, server, answer }
}

test('a read that began before is not taken for the state after', async () => {
  const { client, query, server, answer } = open()
  const early = client.fetchQuery(query).catch(() => 'given up')
  server.stored = 'after'
  const late = readAfresh(client, query)
  // The second question is on its way as soon as the first has been given up.
  await answer(2)
  expect(await late).toBe('after')
  expect(await early).not.toBe('before')
  expect(client.getQueryData(query.queryKey)).toBe('after')
})

test('of two reads at a time each tells what is held after it began', async () => {
  const { client, query, server, answer } = open()
  client.setQueryData(query.queryKey, 'long ago')
  const first = readAfresh(client, query)
  await expect.poll(() => client.isFetching()).toBe(1)
  server.stored = 'after'
  const second = readAfresh(client, query)
  await answer(2)
  expect(await second).toBe('after')
  expect(await first).toBe('after')
})

test('it goes on when the page that shows the same is left', async () => {
  const { client, query, answer } = open()
  client.setQueryData(query.queryKey, 'long ago')
  const leave = new QueryObserver(client, { ...query, staleTime: 60_000 }).subscribe(() => {})
  const read = readAfresh(client, query)
  await expect.poll(() => client.isFetching()).toBe(1)
  leave()
  await answer(2)
  expect(await read).toBe('before')
})
