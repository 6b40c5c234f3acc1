import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { readAfresh } from './read-afresh.ts'

test('a read that began before is not taken for the state after', async () => {
  const client = new QueryClient()
  let stored = 'before'
  const answers: (() => void)[] = []
  const query = {
    queryKey: ['setting'],
    queryFn: () => {
      const seen = stored
      return new Promise<string>((resolve) => answers.push(() => resolve(seen)))
    },
  }
  const early = client.fetchQuery(query).catch(() => 'given up')
  stored = 'after'
  const late = readAfresh(client, query)
  // The second question is on its way as soon as the first has been given up.
  await expect.poll(() => answers.length).toBe(2)
  for (const answer of answers) answer()
  expect(await late).toBe('after')
  expect(await early).not.toBe('before')
  expect(client.getQueryData(query.queryKey)).toBe('after')
})
