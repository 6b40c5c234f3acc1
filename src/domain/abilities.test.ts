import { expect, test } from 'vitest'
import { type Ability, type AbilityState, abilities } from './abilities.ts'

const usual = { version: { major: 19, minor: 1 }, canWrite: true, isAdmin: true }
const at = (major: number, minor: number) => ({ version: { major, minor } })

test('on the newest GitLab an administrator with a token for everything misses nothing', () => {
  expect(abilities(usual).filter(({ state }) => state !== 'yes')).toEqual([])
})

test.each<readonly [string, Partial<typeof usual>, Ability, Omit<AbilityState, 'ability'>]>([
  [
    'a token that may only read',
    { canWrite: false },
    'write',
    { state: 'no', limit: { because: 'token-scope' } },
  ],
  [
    'before fine-grained permissions',
    at(17, 11),
    'fine-grained',
    { state: 'no', limit: { because: 'version', since: '18.0' } },
  ],
  [
    'in their beta',
    at(18, 2),
    'fine-grained',
    { state: 'limited', limit: { because: 'beta', since: '18.3' } },
  ],
  ['from then on', at(18, 3), 'fine-grained', { state: 'yes' }],
  [
    'before the authentication log',
    at(17, 5),
    'authentication-log',
    { state: 'no', limit: { because: 'version', since: '17.6' } },
  ],
  ['with it', at(17, 6), 'authentication-log', { state: 'yes' }],
  [
    'before pushes across projects',
    at(18, 11),
    'cross-project-push',
    { state: 'no', limit: { because: 'version', since: '19.0' } },
  ],
  ['with them', at(19, 0), 'cross-project-push', { state: 'yes' }],
  [
    'somebody who is no administrator',
    { isAdmin: false },
    'enforcement',
    { state: 'no', limit: { because: 'administrators-only' } },
  ],
])('%s', (_case, changes, ability, expected) => {
  const found = abilities({ ...usual, ...changes }).find((one) => one.ability === ability)
  expect(found).toEqual({ ability, ...expected })
})
