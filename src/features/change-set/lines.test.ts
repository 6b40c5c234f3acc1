import { expect, test } from 'vitest'
import type { SetLine } from '../../api/change-sets.ts'
import { type ReviewLine, searchLines } from './lines.ts'

function lineOf(id: number, fullPath: string, name: string): ReviewLine {
  const target = { kind: 'project', id, fullPath, name, avatarUrl: null, webUrl: '' } as const
  const line: SetLine = {
    change: { projectId: 1, target, before: undefined, after: undefined },
    included: true,
    step: 'waiting',
    outcome: undefined,
  }
  return { line, effect: undefined, accessible: true }
}

test('a search finds lines as it finds rows of the list: by each word, whatever its case and accents', () => {
  const cafe = lineOf(2, 'partners/cafe', 'Café ＡＢＣ')
  const sdk = lineOf(3, 'partners/sdk', 'SDK')
  expect(searchLines([cafe, sdk], ' ')).toEqual([cafe, sdk])
  expect(searchLines([cafe, sdk], 'PARTNERS cafe')).toEqual([cafe])
  expect(searchLines([cafe, sdk], 'abc')).toEqual([cafe])
  expect(searchLines([cafe, sdk], 'sdk café')).toEqual([])
})
