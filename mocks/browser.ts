import { setupWorker } from 'msw/browser'
import { type DemoMock, openDemo } from './demo.ts'
import { type DialChanges, dialsFromSearch } from './dials.ts'

/** As `dialsFromSearch`: the demo build loads this file alone. */
export const readDials = dialsFromSearch

/**
 * Starts the simulated GitLab in this tab; resolved when it answers.
 *
 * @param options.dials the chosen dials
 * @param options.workerUrl address of MSW's worker script
 * @param options.scope pages that the worker serves; those below the script's address unless told
 */
export async function startMock(options: {
  readonly dials: DialChanges
  readonly workerUrl: string
  readonly scope?: string
}): Promise<DemoMock> {
  const { dials, workerUrl, scope } = options
  const { mock, handlers } = await openDemo({ dials, storage: sessionStorage })
  await setupWorker(...handlers).start({
    quiet: true,
    serviceWorker: { url: workerUrl, ...(scope !== undefined && { options: { scope } }) },
    onUnhandledRequest: 'error',
  })
  return mock
}
