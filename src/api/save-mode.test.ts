import { QueryClient } from '@tanstack/react-query'
import { describe, expect, test } from 'vitest'
import { apiWith } from '../../test-support/api.ts'
import { ApiError } from './api-error.ts'
import { createCarefulWrite } from './careful-write.ts'
import { refusalError } from './refusals.ts'
import { saveMode } from './save-mode.ts'
import { scopeQuery } from './scope.ts'
import { enforcementQuery } from './server.ts'

const sentence =
  'Job token scope cannot be disabled for this project because it is enforced for the instance.'
const refusal = (message: string) => refusalError(400, JSON.stringify({ message }))

type Server = {
  /** What the write is answered with; without it the write is taken. */
  readonly refuses?: ApiError
  /** What is read whatever was written. */
  readonly effective?: boolean
  readonly unreadable?: boolean
}

/** Saves "all groups and projects" on a server that is on the allowlist. */
async function open({ refuses, effective, unreadable }: Server) {
  let stored = true
  let writes = 0
  const api = apiWith({
    id: 'test',
    async setInboundEnabled(_projectId: number, enabled: boolean) {
      writes += 1
      if (refuses) throw refuses
      stored = enabled
    },
    async jobTokenScope() {
      if (unreadable) throw new ApiError('unavailable')
      return { inboundEnabled: effective ?? stored, outboundEnabled: false }
    },
  })
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const carefully = createCarefulWrite()
  const save = () => saveMode(false, carefully, { api, client, projectId: 1 })
  const outcome = await save().catch((error: unknown) => error)
  return {
    outcome,
    writes,
    enforced: client.getQueryData(enforcementQuery(api).queryKey)?.enforced,
    scope: client.getQueryData(scopeQuery(api, 1).queryKey),
  }
}

describe('an instance that enforces the allowlist is told of in the same way', () => {
  test.each<readonly [string, Server]>([
    ['where it takes the write and keeps its value', { effective: true }],
    ['where it refuses the write', { refuses: refusal(`400 Bad request - ${sentence}`) }],
    ['where it refuses the write in these words alone', { refuses: refusal(sentence) }],
  ])('%s', async (_how, server) => {
    expect(await open(server)).toEqual({
      outcome: { held: false },
      writes: 1,
      enforced: true,
      scope: { inboundEnabled: true, outboundEnabled: false },
    })
  })

  test('where it refuses, and cannot be read afterwards', async () => {
    const server = { refuses: refusal(sentence), unreadable: true }
    expect(await open(server)).toMatchObject({ outcome: { held: false }, enforced: true })
  })
})

test('a mode that is stored holds', async () => {
  expect(await open({})).toEqual({
    outcome: { held: true },
    writes: 1,
    enforced: undefined,
    scope: { inboundEnabled: false, outboundEnabled: false },
  })
})

test('another refusal is an error, and says nothing about the instance', async () => {
  const { outcome, enforced } = await open({ refuses: refusal('400 Bad request - Not today') })
  expect(outcome).toMatchObject({ kind: 'invalid', serverText: '400 Bad request - Not today' })
  expect(enforced).toBeUndefined()
})

test('a lost answer under enforcement is an error, for nobody has refused', async () => {
  const { outcome, enforced } = await open({ refuses: new ApiError('unreachable') })
  expect(outcome).toMatchObject({ kind: 'unreachable' })
  expect(enforced).toBeUndefined()
})
