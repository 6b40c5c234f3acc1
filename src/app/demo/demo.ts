/**
 * Demo mode: the whole console against a GitLab simulated in this tab, turned by dials in the
 * address. Imported by demo builds only.
 */
import { redirect } from '@tanstack/react-router'
import type { DemoMock } from '../../../mocks/demo.ts'
import { forgetWork } from '../../api/kept-connection.ts'
import { signIn, signOut } from '../../api/session.ts'
import { startLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { applyTheme, isTheme } from '../../ui/theme.ts'
import { notify } from '../../ui/toasts.ts'
import { queryClient } from '../query-client.ts'
import type { AddressSearch, AppRouter } from '../router.tsx'
import { keepApart, shareFocus } from './preview.ts'
import { type Look, lookEvent } from './states/look-event.ts'
import type { State } from './states/state.ts'

// Before anything is read from storage.
keepApart()

window.addEventListener(lookEvent, (event) => {
  if (!(event instanceof CustomEvent)) return
  const { lang, theme }: Look = event.detail
  if (lang) startLocale(lang)
  if (isTheme(theme)) applyTheme(theme)
})

/** Under which the browser keeps the world that it has shown last. */
const worldKey = 'demo-world'

/** The address of the simulated GitLab; a service worker answers, nothing leaves the browser. */
const address = 'https://gitlab.example.com'

let mock: DemoMock | undefined
let turned = ''
/** The state that an address asked for, until its first page is there. */
let wantedState: State | undefined
let router: AppRouter | undefined

/** Hands over the router, by which a state turns dials: they stand in the address. */
export function letStatesTurn(running: AppRouter): void {
  router = running
}

/** The running mock, once the first page is there. */
export function demoMock(): DemoMock {
  if (!mock) throw new Error('The mock has not been started')
  return mock
}

/**
 * Starts the mock at the first address, and turns its dials as later addresses say. An address that
 * names a state gives way to the one at which the state begins, in a fresh world; then its steps are
 * played.
 * @throws a redirect to the address at which a state begins
 */
export async function followDials(search: AddressSearch): Promise<void> {
  if (search.state) await leadToState(search.state, search)
  await turnDials(search)
  if (!wantedState) return
  const state = wantedState
  wantedState = undefined
  sessionStorage.clear()
  resetDemo()
  void reachState(state)
}

async function leadToState(name: string, { lang, theme, capture }: AddressSearch): Promise<void> {
  const { roadTo, startAddress, stateNamed } = await import('./states/states.ts')
  wantedState = stateNamed(name)
  if (!wantedState) return notify(() => m.demo_state_unknown({ name }), { variant: 'danger' })
  const { start } = roadTo(wantedState)
  throw redirect({ href: startAddress(start, { lang, theme, capture }), replace: true })
}

/** Plays a state's steps, and marks the page with its name once it is reached. */
async function reachState(state: State): Promise<void> {
  const { reach } = await import('./states/reach.ts')
  const { dataset } = document.documentElement
  delete dataset.state
  try {
    await reach(state, async ({ fault, latency }) => {
      await router?.navigate({
        to: '.',
        search: (now) => ({
          ...now,
          ...(fault !== undefined && { fault }),
          ...(latency !== undefined && { latency: String(latency) }),
        }),
        hash: true,
        replace: true,
        ignoreBlocker: true,
      })
    })
    dataset.state = state.name
  } catch (error) {
    dataset.state = 'failed'
    const reason = error instanceof Error ? error.message : String(error)
    notify(() => m.demo_state_failed({ name: state.name, reason }), { variant: 'danger' })
  } finally {
    shareFocus()
  }
}

async function turnDials(search: AddressSearch): Promise<void> {
  const { readDials, startMock } = await import('../../../mocks/browser.ts')
  const { dials, problem } = readDials(search)
  const wanted = JSON.stringify({ dials, problem })
  if (wanted === turned) return
  turned = wanted
  if (problem) notify(() => problem, { variant: 'danger' })
  const before = mock && { ...mock.dials }
  if (mock) mock.applyDials(dials)
  else {
    mock = await startMock({
      dials,
      workerUrl: `${import.meta.env.BASE_URL}mockServiceWorker.js`,
    })
  }
  const { scenario, as, api } = mock.dials
  const same = before?.scenario === scenario && before.as === as && before.api === api
  if (!same) signInAs(mock)
}

/**
 * What is wrong with dials that somebody typed, in the mock's own words, if anything is.
 * @param dials by name, as an address has them
 */
export async function problemOfDials(
  dials: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { readDials } = await import('../../../mocks/browser.ts')
  return readDials(dials).problem
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
  const connection = {
    address,
    webAddress: address,
    token: `glpat-${running.dials.as}`,
    user: { id, username, name, isAdmin: admin, avatarUrl: null },
  }
  // What the browser keeps of one world's lists says nothing about another one's.
  const { scenario, api } = running.dials
  const world = `${scenario} ${api}`
  if (localStorage.getItem(worldKey) !== world) forgetWork(connection)
  localStorage.setItem(worldKey, world)
  signIn(connection)
}
