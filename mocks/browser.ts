import { setupWorker } from 'msw/browser'
import { type DemoMock, openDemo } from './demo.ts'
import { type DialChanges, dialsFromSearch } from './dials.ts'

/** The same as `dialsFromSearch`. Exported here, because the demo build loads only this file. */
export const readDials = dialsFromSearch

/**
 * Starts the simulated GitLab in this tab; resolves when it answers requests.
 *
 * @param options.dials the dials chosen by the address
 * @param options.workerUrl address of MSW's worker script
 * @param options.scope the pages that the worker serves; by default those below the script's
 * address
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
  await controlled()
  return mock
}

/** Resolves when the worker serves this page, and not only those to come. */
const controlled = () =>
  new Promise<void>((resolve) => {
    const { serviceWorker } = navigator
    if (serviceWorker.controller) return resolve()
    serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
  })
