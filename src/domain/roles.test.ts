import { expect, test } from 'vitest'
import { roleOf } from './roles.ts'

test.each([
  [0, undefined],
  [5, undefined], // minimal access
  [9, undefined],
  [10, 'guest'],
  [15, 'planner'],
  [20, 'reporter'],
  [30, 'developer'],
  [39, 'developer'],
  [40, 'maintainer'],
  [50, 'owner'],
  [60, 'owner'], // administrators of some versions
])('access level %i is the role %s', (level, role) => {
  expect(roleOf(level)).toBe(role)
})
