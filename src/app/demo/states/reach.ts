import { lookEvent } from './look-event.ts'
import { find, play, type Stage, see } from './play.ts'
import type { Place, State } from './state.ts'
import { roadTo } from './states.ts'

/** Milliseconds without a change of the page after which a state counts as settled, and the most to wait. */
const rest = { quiet: 150, most: 2_000 }

/**
 * Leads the page, which is open at the state's first address, to the state; resolves when nothing moves
 * any more.
 * @throws Error that names what did not come
 */
export async function reach(state: State, turn: Stage['turn']): Promise<void> {
  await play(roadTo(state).steps, { turn })
  const shown = await see(state.shows)
  await document.fonts.ready
  await settled()
  // Only now: what arrives above it moves it.
  if (state.below) shown.scrollIntoView({ block: 'center' })
  keepInSight(state.shows)
}

/**
 * Brings a place into sight again where the page gets another width or language, as under the gallery's
 * switches and for the pictures: until somebody uses the page.
 */
function keepInSight(place: Place): void {
  const again = () =>
    requestAnimationFrame(() => {
      const found = find(place)
      if (!found) return
      const { top, bottom, height } = found.getBoundingClientRect()
      const end = window.innerHeight
      const isInSight = height <= end ? top >= 0 && bottom <= end : top < end && bottom > 0
      if (!isInSight) found.scrollIntoView({ block: 'center' })
    })
  const end = () => {
    for (const turn of ['resize', lookEvent]) window.removeEventListener(turn, again)
    for (const use of uses) window.removeEventListener(use, end, true)
  }
  const uses = ['pointerdown', 'keydown', 'wheel']
  for (const turn of ['resize', lookEvent]) window.addEventListener(turn, again)
  for (const use of uses) window.addEventListener(use, end, true)
}

/** Waits until the page has not changed for a moment. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      observer.disconnect()
      clearTimeout(quiet)
      clearTimeout(longest)
      resolve()
    }
    // A worker that reads changes nothing meanwhile.
    const endUnlessBusy = () => {
      if (!document.querySelector('[aria-busy="true"]')) end()
      else quiet = setTimeout(endUnlessBusy, rest.quiet)
    }
    const observer = new MutationObserver(() => {
      clearTimeout(quiet)
      quiet = setTimeout(endUnlessBusy, rest.quiet)
    })
    let quiet = setTimeout(endUnlessBusy, rest.quiet)
    const longest = setTimeout(end, rest.most)
    observer.observe(document.documentElement, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    })
  })
}
