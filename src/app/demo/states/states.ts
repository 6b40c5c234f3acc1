/** All states of the console that designers review and tests open, by flow. */
import { access } from './access.ts'
import { endpoints } from './endpoints.ts'
import { entries } from './entries.ts'
import { groups } from './groups.ts'
import { log } from './log.ts'
import { many } from './many.ts'
import { panel } from './panel.ts'
import { projects } from './projects.ts'
import { roles } from './roles.ts'
import { session } from './session.ts'
import type { FirstState, Flow, State, Step } from './state.ts'
import { versions } from './versions.ts'

/** In the order of the gallery. */
export const flows: readonly Flow[] = [
  panel,
  entries,
  many,
  log,
  access,
  projects,
  endpoints,
  groups,
  roles,
  versions,
  session,
]

const all = new Map(flows.flatMap(({ states }) => states).map((state) => [state.name, state]))

/** The state that has this name, where there is one. */
export const stateNamed = (name: string): State | undefined => all.get(name)

/** A state with everything that leads to it from an empty tab. */
export type Road = {
  readonly start: FirstState
  /** The steps of all states on the way, the own ones last. */
  readonly steps: readonly Step[]
}

/**
 * How a state is reached.
 * @throws Error where a state goes on from one that is not declared
 */
export function roadTo(state: State): Road {
  const { steps = [] } = state
  if (!('after' in state)) return { start: state, steps }
  const before = stateNamed(state.after)
  if (!before) throw new Error(`${state.name} goes on from ${state.after}, which is not declared`)
  const road = roadTo(before)
  // Else a step might come before the answer to an earlier one.
  return { start: road.start, steps: [...road.steps, { see: before.shows }, ...steps] }
}

/**
 * The address of the console at which a state begins.
 * @param looks what else the address says, such as `lang`
 */
export function startAddress(
  { address = '/projects/1/settings/ci_cd', dials }: FirstState,
  looks: Readonly<Record<string, string | undefined>> = {},
): string {
  const [path = '', hash] = address.split('#')
  const search = new URLSearchParams(
    Object.entries({ ...dials, ...looks }).flatMap(([name, value]) =>
      value == null ? [] : [[name, `${value}`]],
    ),
  )
  const rest = hash === undefined ? '' : `#${hash}`
  return `${path}${path.includes('?') ? '&' : '?'}${search}${rest}`
}
