import type { Scenario, ScenarioName } from '../../../../mocks/scenarios/scenarios.ts'
import { scenarioPurposes } from '../scenario-purposes.ts'
import type { Flow, State } from '../states/state.ts'
import type { Review } from './review.ts'

/** Which states the gallery shows, besides those that are searched for. */
export const shownChoices = ['all', 'changed', 'unseen', 'noted'] as const
export type Shown = (typeof shownChoices)[number]

/**
 * The flows with the states that a search finds: each of its words is in the state's name, its purpose
 * (in either language) or the title of its flow. Flows without any are left out.
 */
export function findStates(
  flows: readonly Flow[],
  { query, shown, review }: { query: string; shown: Shown; review: Review },
): Flow[] {
  const has = searchFor(query)
  const fits = (state: State, flow: Flow) => {
    const { name, purpose } = state
    return has(name, purpose.en, purpose.ja, flow.title()) && isShown(review, name, shown)
  }
  return flows
    .map((flow) => ({ ...flow, states: flow.states.filter((state) => fits(state, flow)) }))
    .filter(({ states }) => states.length > 0)
}

function isShown({ of }: Review, name: string, shown: Shown): boolean {
  const { looked, note, since } = of(name)
  if (shown === 'changed') return since !== 'same'
  if (shown === 'unseen') return !looked
  return shown === 'all' || note !== ''
}

/** What the simulated GitLab can start from. */
export type World = Scenario<ScenarioName>

/** The worlds that a search finds: each of its words is in the world's name or purpose. */
export function findWorlds<Found extends Pick<World, 'name' | 'purpose'>>(
  worlds: readonly Found[],
  query: string,
): Found[] {
  const has = searchFor(query)
  return worlds.filter(({ name, purpose }) => has(name, purpose, scenarioPurposes[name]()))
}

/** Whether each word of a search is in one of the texts. */
function searchFor(query: string): (...texts: string[]) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return (...texts) => {
    const all = texts.join('\n').toLowerCase()
    return words.every((word) => all.includes(word))
  }
}
