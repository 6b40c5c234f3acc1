import { expect, type Locator, type Page } from '@playwright/test'
import { leave } from '../../src/app/demo/states/leave.ts'
import { inWords, type Place, type State, type Step } from '../../src/app/demo/states/state.ts'
import { roadTo } from '../../src/app/demo/states/states.ts'
import { spoken } from './language.ts'
import type { Panel } from './panel.ts'

/** The declared states of the console, reached by a browser's own keys and presses. */

/** The elements at a place, or of them the one that it chooses. */
function locate(page: Page, place: Place): Locator {
  const around = place.within ? locate(page, place.within) : page
  const visible = within(around, place, new URL(page.url()).origin).filter({ visible: true })
  const { at = 0 } = place
  return at === 'last' ? visible.last() : visible.nth(at)
}

function within(around: Page | Locator, place: Place, origin: string): Locator {
  const here = { origin }
  if (place.role) {
    const name = place.name !== undefined && { name: inWords(place.name, here), exact: true }
    return around.getByRole(place.role, { ...name })
  }
  return place.label === undefined
    ? around.getByText(inWords(place.text, here), { exact: true })
    : around.getByLabel(inWords(place.label, here), { exact: true })
}

async function playStep(page: Page, panel: Panel, step: Step): Promise<void> {
  if ('press' in step) await locate(page, step.press).click()
  else if ('type' in step) await locate(page, step.into).fill(inWords(step.type, { origin: '' }))
  else if ('choose' in step) await locate(page, step.from).selectOption(step.choose)
  else if ('key' in step) await page.keyboard.press(step.key)
  else if ('see' in step) await locate(page, step.see).waitFor()
  else if ('gone' in step) await locate(page, step.gone).waitFor({ state: 'hidden' })
  else if ('turn' in step) await panel.turn(step.turn)
  else if ('away' in step) await stayAway(page, step.away, locate(page, step.until))
  else await page.context().setOffline(true)
}

/** Again after a second: what notices that nobody is there arrives after the first view. */
const stayAway = (page: Page, minutes: number, until: Locator): Promise<void> =>
  expect(async () => {
    await page.evaluate(leave, minutes)
    await until.waitFor({ timeout: 1_000 })
  }).toPass()

/** What a step is done with, which is there before it. */
function elementOf(step: Step): Place | undefined {
  if ('press' in step) return step.press
  if ('type' in step) return step.into
  return 'choose' in step ? step.from : undefined
}

/**
 * Leads the page to a state, and expects what it shows: in sight, and not before the last step.
 * @param from the state in which the page is, for one that goes on from it
 */
export async function openState(
  page: Page,
  panel: Panel,
  state: State,
  from?: State,
): Promise<void> {
  let { start, steps } = roadTo(state)
  const goesOn = from !== undefined && 'after' in state && state.after === from.name
  if (goesOn) steps = state.steps ?? []
  else {
    const { dials, address } = start
    // An earlier state may have cut the connection, and left what the browser keeps of a list.
    await page.context().setOffline(false)
    if (page.url() !== 'about:blank') await page.evaluate(() => localStorage.clear())
    await panel.open({
      lang: spoken(),
      ...dials,
      as: dials.as ?? 'maintainer',
      ...(address && { address }),
    })
  }
  const shown = locate(page, state.shows)
  const [last] = state.steps?.slice(-1) ?? []
  for (const step of last ? steps.slice(0, -1) : steps) await playStep(page, panel, step)
  const pressed = last && elementOf(last)
  if (pressed) await locate(page, pressed).waitFor()
  const isEarly = last !== undefined && (await shown.isVisible())
  expect(isEarly, `${state.name} is shown before its last step`).toBe(false)
  if (last) await playStep(page, panel, last)
  await expect(shown, state.name).toBeVisible()
  // What still arrives above it moves it out of sight again.
  await expect(async () => {
    if (state.below) await shown.scrollIntoViewIfNeeded()
    await expect(shown, state.name).toBeInViewport({ timeout: 500 })
  }).toPass({ timeout: 15_000 })
}
