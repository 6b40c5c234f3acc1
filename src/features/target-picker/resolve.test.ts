import { expect, test } from 'vitest'
import { listed } from '../../../test-support/random-worlds.ts'
import type { TargetReference } from '../../api/gitlab-api.ts'
import { entryKey, type Target, type TargetKind } from '../../domain/allowlist.ts'
import { knownTarget, resolve } from './resolve.ts'

const target = (kind: TargetKind, id: number, fullPath: string): Target =>
  listed(kind, id, fullPath, null).target
const group = target('group', 12, 'partners')
const project = target('project', 12, 'acme/app')

test.each<[string, TargetReference, Target | undefined]>([
  ['a path names one thing', { path: 'partners' }, group],
  ['in whatever case', { path: 'Acme/App' }, project],
  ['whatever kind is said', { path: 'acme/app', kind: 'project' }, project],
  ['another path is not known', { path: 'partners/sdk' }, undefined],
  ['an id may name one of each kind', { id: 12 }, undefined],
  ['a group by its id', { id: 12, kind: 'group' }, group],
  ['a project by its id', { id: 12, kind: 'project' }, project],
  ['another id is not known', { id: 13, kind: 'group' }, undefined],
])('%s', (_, reference, expected) => {
  expect(knownTarget([group, project], reference)).toBe(expected)
})

const webAddress = 'https://gitlab.example.com'
const sdk = target('project', 3, 'partners/sdk')

test.each<readonly [string, string, string]>([
  ['nothing', '  ', 'empty'],
  ['no path', 'not a path!', 'unreadable'],
  ['more than a path', 'a'.repeat(256), 'too-long'],
  ['an address of another host', 'https://elsewhere.example/partners', 'foreign'],
  ['what is known', 'partners', 'found group-12'],
  ['an address of what is known', `${webAddress}/acme/app/-/jobs`, 'found project-12'],
  ['what is looked up', 'partners/sdk', 'found project-3'],
  ['an id of two', '12', 'ambiguous'],
  ['what nobody finds', 'partners/none', 'missing'],
  ['what cannot be looked up', 'partners/broken', 'failed'],
])('%s resolves: %s', async (_, text, expected) => {
  const looked: TargetReference[] = []
  const resolution = await resolve(text, {
    webAddress,
    known: [group, project],
    async lookUp(reference) {
      looked.push(reference)
      if ('id' in reference) return [group, project]
      if (reference.path === 'partners/broken') throw new Error('broken')
      return reference.path === 'partners/sdk' ? [sdk] : []
    },
  })
  const found = resolution.state === 'found' ? ` ${entryKey(resolution.target)}` : ''
  expect(`${resolution.state}${found}`).toBe(expected)
  // Only what may be there and is not known is asked for.
  const isAsked = ['partners/sdk', '12', 'partners/none', 'partners/broken'].includes(text)
  expect(looked).toHaveLength(isAsked ? 1 : 0)
})

test('a text whose kind is said names one thing', async () => {
  const lookUp = async () => []
  const look = { webAddress, known: [group, project], lookUp }
  const resolution = await resolve('12', { ...look, kind: 'group' })
  expect(resolution).toEqual({ state: 'found', target: group })
})
