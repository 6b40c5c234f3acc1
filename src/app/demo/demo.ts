/**
 * Demo mode: the whole console against a GitLab simulated in this tab, turned by dials in the
 * address. Imported by demo builds only.
 */
import type { DemoMock } from '../../../mocks/demo.ts'
import { signIn, signOut } from '../../api/session.ts'
import { notify } from '../../ui/toasts.ts'
import { queryClient } from '../query-client.ts'
import type { AddressSearch } from '../router.tsx'

/** The address of the simulated GitLab; a service worker answers, nothing leaves the browser. */
const address = 'https://gitlab.example.com'

let mock: DemoMock | undefined
let turned = ''

/** The running mock, once the first page is there. */
export function demoMock(): DemoMock {
  if (!mock) throw new Error('The mock has not been started')
  return mock
}

/** Starts the mock at the first address, and turns its dials as later addresses say. */
export async function followDials(search: AddressSearch): Promise<void> {
  const { readDials, startMock } = await import('../../../mocks/browser.ts')
  const { dials, problem } = readDials(search)
  const wanted = JSON.stringify({ dials, problem })
  if (wanted === turned) return
  turned = wanted
  if (problem) notify(problem, { variant: 'danger' })
  const before = mock && { ...mock.dials }
  if (mock) mock.applyDials(dials)
  else {
    mock = await startMock({
      dials,
      workerUrl: `${import.meta.env.BASE_URL}mockServiceWorker.js`,
    })
  }
  const { scenario, as, now, api } = mock.dials
  const same =
    before?.scenario === scenario && before.as === as && before.now === now && before.api === api
  if (!same) signInAs(mock)
}

/** Starts the scenario afresh, without what was written. */
export function resetDemo(): void {
  demoMock().reset()
  signInAs(demoMock())
}

function signInAs(running: DemoMock): void {
  // Sign out and clear the cache first: another role or scenario must not see its answers.
  signOut()
  queryClient.clear()
  const { id, username, name, admin } = running.actor()
  signIn({
    address,
    webAddress: address,
    token: `glpat-${running.dials.as}`,
    user: { id, username, name, isAdmin: admin, avatarUrl: null },
  })
}
