import { MutationCache, QueryClient } from '@tanstack/react-query'
import { endWaits } from '../api/rate-limit.ts'
import { getSession, onSessionChange, type Session } from '../api/session.ts'

/** A cache of what GitLab says, which follows the session. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    // A user started this write: its reads before and after must not sit out a rate limit's wait.
    mutationCache: new MutationCache({ onMutate: () => endWaits() }),
    // The HTTP client repeats what may be repeated; a failure that arrives here is shown.
    defaultOptions: {
      queries: {
        retry: false,
        // A page that mounts after its requests have failed shows that, with a button to try again.
        retryOnMount: false,
        refetchOnWindowFocus: false,
        // Asked for by the route before the page is there: mounting must not ask again.
        staleTime: 30_000,
        // Offline is said by the failed request, in the place that wanted the answer.
        networkMode: 'always',
        // Failed queries are fetched again when the network comes back.
        refetchOnReconnect: ({ state }) => (state.status === 'error' ? 'always' : false),
      },
      // Kept no longer than the part that started it: what a write knows of a session must end with it.
      mutations: { networkMode: 'always', gcTime: 0 },
    },
  })
  followSession(client)
  return client
}

function followSession(client: QueryClient): void {
  let before = getSession()
  onSessionChange(() => {
    const session = getSession()
    // The next user must not see the cached answers of the last one.
    if (apiOf(session) !== apiOf(before)) client.clear()
    else if (isRefused(before) && !isRefused(session)) askAgain(client)
    before = session
  })
}

const apiOf = (session: Session) => (session.state === 'signed-in' ? session.api : undefined)

const isRefused = (session: Session): boolean =>
  session.state === 'signed-in' && session.renewal !== 'none'

/**
 * After signing in again nothing counts that was asked with the token before. A query that failed
 * before its card was mounted forgets the failure: `retryOnMount` would show it for good.
 */
function askAgain(client: QueryClient): void {
  void client.resetQueries({
    predicate: (query) =>
      query.state.status === 'error' && query.state.data === undefined && !query.isActive(),
  })
  void client.invalidateQueries()
}

export const queryClient = createQueryClient()
