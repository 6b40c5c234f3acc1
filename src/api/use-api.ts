import { useSyncExternalStore } from 'react'
import type { GitLabApi } from './gitlab-api.ts'
import { getSession, onSessionChange, type Session } from './session.ts'

/** The session, followed while it changes. */
export const useSession = (): Session => useSyncExternalStore(onSessionChange, getSession)

/** The session below the sign-in guard, where there always is one. */
export function useSignedIn(): Extract<Session, { state: 'signed-in' }> {
  const session = useSession()
  if (session.state === 'signed-out') throw new Error('Used outside of the sign-in guard')
  return session
}

export const useApi = (): GitLabApi => useSignedIn().api
