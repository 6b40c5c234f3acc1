import { QueryClient } from '@tanstack/react-query'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { apiWith } from '../../test-support/api.ts'
import type { Authorization } from '../domain/authentication-log.ts'
import { ApiError } from './api-error.ts'
import { authorizationsQuery } from './authorizations.ts'
import type { AuthorizationLog, GitLabApi } from './gitlab-api.ts'

const rows = (count: number): Authorization[] =>
  Array.from({ length: count }, (_, n) => ({
    origin: { id: n + 1, fullPath: `a/b${n}`, name: 'b', avatarUrl: null, webUrl: null },
    lastAuthorizedAt: '2026-01-15T09:00:00Z',
    usedPolicies: [],
  }))
const failure = new ApiError('unavailable', { status: 500 })
const whole: AuthorizationLog = { authorizations: rows(2), total: 2, extent: 'whole' }
const arriving: AuthorizationLog = { authorizations: rows(1), total: 2, extent: 'arriving' }
const partly: AuthorizationLog = { authorizations: rows(1), total: 2, extent: 'partly', failure }

const listAuthorizations = vi.fn<GitLabApi['listAuthorizations']>()
const api = apiWith({ id: 'test', listAuthorizations })
const query = authorizationsQuery(api, 1)

let client: QueryClient
const read = () => client.fetchQuery({ ...query, retry: false, staleTime: 0 })
const shown = () => client.getQueryData(query.queryKey)

beforeEach(() => {
  client = new QueryClient()
  listAuthorizations.mockReset()
})

/** Answers with this after a part, and returns what the cache held once the part had come. */
function answer(log: AuthorizationLog) {
  let seen: unknown
  listAuthorizations.mockImplementationOnce(async (_id, _signal, onProgress) => {
    onProgress(arriving)
    seen = shown()
    return log
  })
  return () => seen
}

describe('the log', () => {
  test('is shown in parts the first time', async () => {
    const seen = answer(whole)
    await read()
    expect(seen()).toEqual(arriving)
    expect(shown()).toEqual(whole)
  })

  test('stays as it is while it is read again', async () => {
    answer(whole)
    await read()
    const seen = answer({ ...whole, authorizations: rows(2).slice(1) })
    await read()
    expect(seen()).toEqual(whole)
    expect(shown()?.authorizations).toHaveLength(1)
  })

  test('of which a part failed is there with what failed', async () => {
    answer(partly)
    await read()
    expect(shown()).toEqual(partly)
    answer(whole)
    await read()
    expect(shown()).toEqual(whole)
  })

  test('that was whole is not given up for a part of a newer one', async () => {
    answer(whole)
    await read()
    answer(partly)
    await expect(read()).rejects.toBe(failure)
    expect(shown()).toEqual(whole)
  })
})
