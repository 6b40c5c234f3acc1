import { beforeEach, expect, test, vi } from 'vitest'
import { openSet } from '../../api/change-sets.ts'
import { getSession, signIn, signOut } from '../../api/session.ts'
import { proposalFor, propose } from './proposal.ts'

beforeEach(() => {
  const storage = { getItem: () => null, setItem: () => {}, removeItem: () => {} }
  vi.stubGlobal('sessionStorage', storage)
  vi.stubGlobal('localStorage', storage)
})

const connection = { address: 'https://a.example', webAddress: 'https://a.example', token: 't' }
const user = { username: 'maya', name: 'Maya', avatarUrl: null, isAdmin: false }

test('a proposal is for its own user alone', () => {
  signIn({ ...connection, user: { ...user, id: 2 } })
  const proposal = { from: 'bulk', changes: [] } as const
  propose(1, proposal)
  expect(proposalFor(1)).toBe(proposal)
  signOut()
  expect(proposalFor(1)).toBeUndefined()

  signIn({ ...connection, user: { ...user, id: 3 } })
  const session = getSession()
  if (session.state === 'signed-out') throw new Error('Nobody is signed in')
  openSet(session.api, 1, { from: 'undo', changes: [] })
  expect(proposalFor(1)).toBeUndefined()
  signOut()
})
