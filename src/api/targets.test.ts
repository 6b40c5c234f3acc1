import { expect, test } from 'vitest'
import { apiWith } from '../../test-support/api.ts'
import { listed } from '../../test-support/random-worlds.ts'
import type { TargetReference } from './gitlab-api.ts'
import { lookUpTarget } from './targets.ts'

const app = listed('project', 90, 'acme/app', null).target
const tools = listed('group', 90, 'acme/tools', null).target
const acme = listed('group', 10, 'acme', null).target

/** Looks up among these targets, and says of which kinds GitLab was asked. */
async function lookUp(reference: TargetReference) {
  const asked: string[] = []
  const api = apiWith({
    async resolveTarget(reference: TargetReference) {
      asked.push(reference.kind ?? 'both')
      return [app, tools, acme].filter(
        ({ kind, id, fullPath }) =>
          kind === reference.kind &&
          ('id' in reference ? id === reference.id : fullPath === reference.path),
      )
    },
  })
  const found = await lookUpTarget(api, reference, new AbortController().signal)
  return [asked.join(' '), ...found.map(({ fullPath }) => fullPath)]
}

test.each([
  ['a number may name one of each', { id: 90 }, ['group project', 'acme/tools', 'acme/app']],
  ['unless its kind is said', { id: 90, kind: 'project' }, ['project', 'acme/app']],
  ['a path is a project in most cases', { path: 'acme/app' }, ['project', 'acme/app']],
  ['else a group', { path: 'acme/tools' }, ['project group', 'acme/tools']],
  ['or nothing', { path: 'acme/none' }, ['project group']],
  ['without a slash it is no project', { path: 'acme' }, ['group', 'acme']],
] as const)('%s', async (_, reference, expected) => {
  expect(await lookUp(reference)).toEqual(expected)
})
