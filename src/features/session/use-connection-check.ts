import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import {
  type CheckedConnection,
  type ConnectionProblem,
  checkConnection,
  type Server,
} from '../../api/check-connection.ts'
import { m } from '../../i18n/paraglide/messages.js'

type Claim = { server: Server | undefined; token: string }

/** Checks a GitLab and a token by asking it; given up when the form goes away. */
export function useConnectionCheck() {
  const aborter = useRef<AbortController>(null)
  useEffect(() => () => aborter.current?.abort(), [])
  return useMutation({
    // The cache would hold the token for minutes after the form has gone.
    gcTime: 0,
    /** Ends with undefined when nobody waits for it any more. */
    mutationFn: async ({ server, token }: Claim): Promise<CheckedConnection | undefined> => {
      aborter.current = new AbortController()
      const { signal } = aborter.current
      try {
        return await checkConnection(server, { token: token.trim() }, signal)
      } catch (error) {
        if (signal.aborted) return undefined
        throw error
      }
    },
  })
}

/**
 * The errors of the typed values. Forms keep these codes and no text, because the language may
 * change.
 */
export type Problem = ConnectionProblem | 'address-empty' | 'token-empty' | 'application-empty'

/** The field of each problem, and the text that says how to solve it. */
export const problemTexts: Record<
  Problem,
  {
    field: 'address' | 'token' | 'applicationId'
    text: (input: { origin: string }) => string
    /** The server's own words say more than ours. */
    quoted?: boolean
  }
> = {
  'address-empty': { field: 'address', text: () => m.connect_address_empty() },
  'address-invalid': { field: 'address', text: () => m.connect_address_invalid() },
  unreachable: { field: 'address', text: () => m.connect_unreachable() },
  'cors-refused': { field: 'address', text: (input) => m.connect_cors(input) },
  'not-gitlab': { field: 'address', text: () => m.connect_not_gitlab(), quoted: true },
  slow: { field: 'address', text: () => m.connect_slow() },
  unavailable: { field: 'address', text: () => m.connect_unavailable(), quoted: true },
  'application-empty': { field: 'applicationId', text: () => m.connect_application_empty() },
  'token-empty': { field: 'token', text: () => m.connect_token_empty() },
  'token-wrong': { field: 'token', text: () => m.connect_token_wrong() },
  'token-expired': { field: 'token', text: () => m.connect_token_expired() },
  'token-scope': { field: 'token', text: () => m.connect_token_scope() },
  refused: { field: 'token', text: () => m.connect_refused(), quoted: true },
}
