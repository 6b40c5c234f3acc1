import { expect, test } from 'vitest'
import { pageHeaders } from './page-headers.ts'
import { openBackend, pluck, webRoot } from './test-client.ts'

const list = '/projects/1/job_token_scope/allowlist'

test('a page in the middle names its neighbours, the ends and the totals', async () => {
  const { ask } = openBackend({ scenario: 'at-limit' })
  const { body, headers } = await ask(`GET ${list}?page=2&per_page=50`)
  expect(pluck(body, 'id').slice(0, 2)).toEqual([20_050, 20_051])
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-page': '2',
    'x-per-page': '50',
    'x-prev-page': '1',
    'x-next-page': '3',
    'x-total': '201',
    'x-total-pages': '5',
  })
  const address = `${webRoot}/api/v4${list}`
  expect(headers.get('link')).toBe(
    [
      `<${address}?page=1&per_page=50>; rel="prev"`,
      `<${address}?page=3&per_page=50>; rel="next"`,
      `<${address}?page=1&per_page=50>; rel="first"`,
      `<${address}?page=5&per_page=50>; rel="last"`,
    ].join(', '),
  )
})

test.each([
  ['20 rows unless told', '', 20, '20', '11'],
  ['100 rows at most', '?per_page=500', 100, '100', '3'],
  ['the last page has the rest', '?page=11', 1, '20', '11'],
  ['beyond the end there is nothing', '?page=12', 0, '20', '11'],
])('%s', async (_rule, query, rows, perPage, pages) => {
  const { ask } = openBackend({ scenario: 'at-limit' })
  const { body, headers } = await ask(`GET ${list}${query}`)
  expect(body).toHaveLength(rows)
  expect(headers.get('x-per-page')).toBe(perPage)
  expect(headers.get('x-total-pages')).toBe(pages)
})

test.each([
  ['per_page=0', 'per_page has a value not allowed'],
  ['per_page=many', 'per_page is invalid'],
  ['page=first', 'page is invalid'],
])('%s is refused', async (query, error) => {
  const { ask } = openBackend()
  expect(await ask(`GET ${list}?${query}`)).toMatchObject({ status: 400, body: { error } })
})

test('an empty list still has one page', async () => {
  const { ask } = openBackend({ scenario: 'empty' })
  const { body, headers } = await ask('GET /projects/1/job_token_scope/groups_allowlist')
  expect(body).toEqual([])
  expect(headers.get('x-total')).toBe('0')
  expect(headers.get('x-total-pages')).toBe('1')
  expect(headers.get('x-next-page')).toBe('')
  expect(headers.get('x-prev-page')).toBe('')
})

test('totals and the last page are left out above 10,000 rows', () => {
  const page = { page: 1, perPage: 100, items: [] }
  const url = new URL(`${webRoot}/api/v4/projects`)
  expect(pageHeaders({ ...page, total: 10_000 }, url)).toHaveProperty('x-total', '10000')
  const uncounted = pageHeaders({ ...page, total: 10_001 }, url)
  expect(uncounted).not.toHaveProperty('x-total')
  expect(uncounted).not.toHaveProperty('x-total-pages')
  expect(uncounted['x-next-page']).toBe('2')
  expect(uncounted.link).not.toContain('rel="last"')
})
