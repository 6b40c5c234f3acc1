/** Plays the steps of a state in the page itself, as a person would: for the demo's addresses and previews. */
import { queryAllByLabelText, queryAllByRole, queryAllByText, waitFor } from '@testing-library/dom'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { leave } from './leave.ts'
import { inWords, type Place, type Step } from './state.ts'

/** Milliseconds after which a step that finds nothing has failed. */
const patience = 15_000

/** What a player needs of the page around it. */
export type Stage = {
  /** Turns dials of the simulated GitLab, while the page stays as it is. */
  readonly turn: (changes: Extract<Step, { turn: unknown }>['turn']) => Promise<void>
}

/**
 * Plays steps one after the other.
 * @throws Error that names the step whose element did not come
 */
export async function play(steps: readonly Step[], stage: Stage): Promise<void> {
  for (const step of steps) await playStep(step, stage)
  ignoreFocusInRemovedFrame()
}

/**
 * Lets the focus given to an element of a removed frame pass. React gives it back where a dialog with a
 * preview closes, and user-event, which has taken the place of `focus` here, then looks for a window.
 */
function ignoreFocusInRemovedFrame(): void {
  const { focus } = HTMLElement.prototype
  Object.defineProperty(HTMLElement.prototype, 'focus', {
    configurable: true,
    value(this: HTMLElement, options?: FocusOptions) {
      if (this.ownerDocument.defaultView) focus.call(this, options)
    },
  })
}

async function playStep(step: Step, { turn }: Stage): Promise<void> {
  const user = userEvent.setup({ delay: null, pointerEventsCheck: 0 })
  if ('press' in step) await user.click(await see(step.press))
  else if ('type' in step) await fill(user, await see(step.into), inWords(step.type))
  else if ('choose' in step) await user.selectOptions(await see(step.from), step.choose)
  else if ('key' in step) await user.keyboard(step.key.length > 1 ? `{${step.key}}` : step.key)
  else if ('see' in step) await see(step.see)
  else if ('gone' in step) await gone(step.gone)
  else if ('turn' in step) await turn(step.turn)
  else if ('away' in step) await away(step.away, step.until)
  else {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })
    window.dispatchEvent(new Event('offline'))
  }
}

/** What a person reads of a place, for a failure's message. */
const described = (place: Place): string => {
  const words = place.role ? place.name : (place.label ?? place.text)
  const kind = place.role ?? (place.label === undefined ? 'text' : 'field')
  return `${kind} ${words === undefined ? '' : `“${inWords(words)}”`}`.trim()
}

/** All visible elements that fit, without choosing among them. */
function matching(place: Place): HTMLElement[] {
  const around = place.within ? find(place.within) : document.body
  if (!around) return []
  return within(around, place).filter((element) =>
    element.checkVisibility({ visibilityProperty: true }),
  )
}

function within(around: HTMLElement, place: Place): HTMLElement[] {
  if (place.role) {
    const name = place.name === undefined ? {} : { name: inWords(place.name) }
    return queryAllByRole(around, place.role, name)
  }
  return place.label === undefined
    ? queryAllByText(around, inWords(place.text))
    : queryAllByLabelText(around, inWords(place.label))
}

/** The element at a place, if it is visible now. */
export function find(place: Place): HTMLElement | undefined {
  const { at = 0 } = place
  return matching(place).at(at === 'last' ? -1 : at)
}

const failing = (place: Place, what: string) => ({
  timeout: patience,
  onTimeout: () => new Error(`${described(place)} ${what}`),
})

/** Waits for an element. */
export const see = (place: Place): Promise<HTMLElement> =>
  waitFor(
    () => {
      const found = find(place)
      if (!found) throw new Error('not yet')
      return found
    },
    failing(place, 'did not come'),
  )

const gone = (place: Place): Promise<void> =>
  waitFor(
    () => {
      if (matching(place).length > 0) throw new Error('still there')
    },
    failing(place, 'did not go'),
  )

/** Again after a second: what notices that nobody is there arrives after the first view. */
async function away(minutes: number, until: Place): Promise<void> {
  const repeated = setInterval(leave, 1_000, minutes)
  leave(minutes)
  try {
    await see(until)
  } finally {
    clearInterval(repeated)
  }
}

/** Replaces a field's text at once: a keystroke per letter would take seconds for a pasted log. */
async function fill(user: UserEvent, field: HTMLElement, value: string): Promise<void> {
  await user.clear(field)
  if (value) await user.paste(value)
}
