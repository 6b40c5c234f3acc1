import type { DialChanges } from '../dials.ts'
import type { WorldSeed } from '../gitlab/world.ts'
import {
  contractWorld,
  emptyWorld,
  enforcedNewestWorld,
  enforcedWorld,
  groupOffWorld,
  legacyWorld,
  newestWorld,
  oldestWorld,
  openWorld,
  ownAncestorWorld,
  quietWorld,
  shadowedWorld,
  singleWorld,
  withoutLogWorld,
} from './acme.ts'
import { busyWorld } from './busy.ts'
import { crowdedWorld } from './crowd.ts'
import { defaultWorld } from './default.ts'
import { hostileWorld } from './hostile.ts'
import { mixedWorld, refusingWorld, rivalWorld } from './sets.ts'

/** A named starting state of the demo, and the console's address that shows it. */
export type Scenario<Name extends string = string> = {
  readonly name: Name
  /** One line that describes the scenario, for people who choose one. */
  readonly purpose: string
  /** A function, because some worlds are large and are built only when needed. */
  readonly world: () => WorldSeed
  /** The dials of the scenario; chosen dials override them. */
  readonly dials: Omit<DialChanges, 'scenario'>
  /** The console's address to open. */
  readonly address: string
}

const scenario = <Name extends string>(
  name: Name,
  purpose: string,
  world: () => WorldSeed,
  { address = '/projects/1/settings/ci_cd', dials = {} }: Partial<Scenario> = {},
): Scenario<Name> => ({ name, purpose, world, dials, address })

const declared = [
  scenario('default', 'A company with some 40 entries of every kind', defaultWorld),
  scenario('contract', 'The small fixed world that outside tests rely on', contractWorld),
  scenario('empty', 'Nothing on the allowlist but the project itself', emptyWorld),
  scenario('single', 'One entry besides the project itself', singleWorld),
  scenario('open', 'All groups and projects can use their job tokens here', openWorld),
  scenario('enforced', 'The instance enforces the allowlist', enforcedWorld),
  scenario(
    'enforced-19',
    'GitLab 19.1 enforces the allowlist, and refuses to open it',
    enforcedNewestWorld,
  ),
  scenario('below-limit', '199 projects: one more fits on the list', () =>
    crowdedWorld({ groups: 20, projects: 199, listsGroups: false }),
  ),
  scenario('at-limit', '200 groups and 200 projects: the list is full', () =>
    crowdedWorld({ groups: 200, projects: 200 }),
  ),
  scenario('large', '10,000 entries, far over the limit, to test speed', () =>
    crowdedWorld({ groups: 1000, projects: 9000 }),
  ),
  scenario('mixed', '200 entries, of which 137 are below partners/', mixedWorld),
  scenario('conflicts', 'Someone else changes a third of the entries meanwhile', rivalWorld, {
    // Both lists are read when the page opens, over REST or GraphQL; the next reading finds them changed.
    dials: { fault: 'GET allowlist?per_page meanwhile 3..3; POST groupsAllowlist meanwhile 2..2' },
  }),
  scenario('refusals', 'GitLab refuses to change a third of the entries', refusingWorld),
  scenario(
    'legacy',
    'Deprecated, unknown, and duplicate policies, outbound leftovers',
    legacyWorld,
  ),
  scenario('shadowed', 'Entries that override others, which then do not count', shadowedWorld),
  scenario(
    'own-ancestor',
    'The project’s own group is listed, with too few permissions',
    ownAncestorWorld,
  ),
  scenario('group-off', 'GitLab 18.2 with fine-grained permissions off', groupOffWorld),
  scenario('gitlab-18-0', 'Stock GitLab 18.0: permissions over GraphQL only', oldestWorld, {
    dials: { api: 'gitlab' },
  }),
  scenario('gitlab-19-1', 'GitLab 19.1: cross-project pushes, badges', newestWorld),
  scenario('gitlab-17-5', 'GitLab 17.5, older than the authentication log', withoutLogWorld),
  scenario('log-empty', 'Nobody used a job token here in the last 30 days', quietWorld),
  scenario('log-1000', '1,000 projects used a job token, some listed, some hidden', busyWorld),
  scenario('hostile', 'Names, paths, and addresses that attack the reader', hostileWorld),
] as const

export type ScenarioName = (typeof declared)[number]['name']

/** All scenarios, in the order in which the gallery shows them. */
export const scenarios: readonly Scenario<ScenarioName>[] = declared

export const scenarioNames: readonly ScenarioName[] = scenarios.map(({ name }) => name)

export function scenarioNamed(name: ScenarioName): Scenario<ScenarioName> {
  const found = scenarios.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`No scenario is called ${name}`)
  return found
}
