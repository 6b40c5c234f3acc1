import { MutationCache, QueryClient } from '@tanstack/react-query'
import { endWaits } from '../api/rate-limit.ts'

/** The HTTP client repeats what may be repeated; a failure that arrives here is shown. */
export const queryClient = new QueryClient({
  // Somebody has pressed a button: what that reads before and after it writes goes out at once.
  mutationCache: new MutationCache({ onMutate: () => endWaits() }),
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
      // What failed comes back with the network.
      refetchOnReconnect: ({ state }) => (state.status === 'error' ? 'always' : false),
    },
    mutations: { networkMode: 'always' },
  },
})
