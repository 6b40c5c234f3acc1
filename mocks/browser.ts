import { setupWorker } from 'msw/browser'
import { type DemoMock, openDemo } from './demo.ts'
import { type DialChanges, dialsFromSearch } from './dials.ts'
import { DialError } from './faults.ts'

/**
 * Starts the simulated GitLab in this tab; resolved when it answers.
 *
 * @param options.dials the chosen dials, or the search parameters that carry them
 * @param options.workerUrl address of MSW's worker script
 * @param options.scope pages that the worker serves; below the script's own address unless told
 * @throws DialError when a search parameter is no such dial
 */
export async function startMock(options: {
  readonly dials: DialChanges | URLSearchParams
  readonly workerUrl: string
  readonly scope?: string
}): Promise<DemoMock> {
  const { dials, workerUrl, scope } = options
  const { mock, handlers } = await openDemo({
    dials: dials instanceof URLSearchParams ? dialsFromSearch(dials) : dials,
    storage: sessionStorage,
  })
  await setupWorker(...handlers).start({
    quiet: true,
    serviceWorker: { url: workerUrl, ...(scope !== undefined && { options: { scope } }) },
    onUnhandledRequest(request, print) {
      if (isApi(request.url)) print.error()
    },
  })
  return mock
}

/** The dials of an address, and what is wrong with it: then none of them counts. */
export function readDials(search: URLSearchParams): { dials: DialChanges; problem?: string } {
  try {
    return { dials: dialsFromSearch(search) }
  } catch (error) {
    if (error instanceof DialError) return { dials: {}, problem: error.message }
    throw error
  }
}

/** The development server's own modules have `/api/` in their addresses, too. */
const isApi = (url: string) => /\/api\/(v4|graphql)\b/.test(new URL(url).pathname)
