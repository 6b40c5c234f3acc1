import { expect, test } from 'vitest'
import type { TargetReference } from '../../api/gitlab-api.ts'
import type { Target, TargetKind } from '../../domain/allowlist.ts'
import { knownTarget } from './target-finding.ts'

const target = (kind: TargetKind, id: number, fullPath: string): Target => ({
  kind,
  id,
  fullPath,
  name: fullPath,
  avatarUrl: null,
  webUrl: '',
})
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
