import { expect, test } from 'vitest'
import { flows, roadTo, stateNamed } from '../src/app/demo/states/states.ts'
import { dialsFromRecord } from './dials.ts'
import { scenarioNames } from './scenarios/scenarios.ts'

const states = flows.flatMap(({ states }) => states)

test('a name is that of one state, fits into an address, and is no flow twice', () => {
  const names = states.map(({ name }) => name)
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  expect(names.filter((name) => !/^[a-z\d]+(-[a-z\d]+)*$/.test(name))).toEqual([])
  const titles = flows.map(({ name }) => name)
  expect(new Set(titles).size).toBe(titles.length)
})

test('each state has one line of purpose in each language, and none has that of another', () => {
  for (const lang of ['en', 'ja'] as const) {
    const purposes = states.map(({ purpose }) => purpose[lang])
    expect(purposes.filter((text) => !/^\S.{2,78}\S$/.test(text))).toEqual([])
    expect(purposes.filter((text, at) => purposes.indexOf(text) !== at)).toEqual([])
  }
  const kana = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u
  expect(states.filter(({ purpose }) => !kana.test(purpose.ja))).toEqual([])
})

test('a state goes on from an earlier one of its flow, with steps of its own', () => {
  for (const { states } of flows) {
    for (const [at, state] of states.entries()) {
      if (!('after' in state)) continue
      const earlier = states.slice(0, at).map(({ name }) => name)
      expect(earlier, state.name).toContain(state.after)
      expect(state.steps?.length, state.name).toBeGreaterThan(0)
      expect(roadTo(state).steps.length).toBeGreaterThanOrEqual(state.steps?.length ?? 0)
    }
  }
})

test('the simulated GitLab takes the dials of each state', () => {
  for (const state of states) {
    const { dials } = roadTo(state).start
    expect(dialsFromRecord({ ...dials }), state.name).toEqual(dials)
    const turns = roadTo(state).steps.flatMap((step) => ('turn' in step ? [step.turn] : []))
    for (const turn of turns) expect(dialsFromRecord({ ...turn }), state.name).toEqual(turn)
  }
})

// The large one is for speed: looking at each of its 10,000 rows takes minutes.
test('each scenario but the large one is the world of a state', () => {
  const used = new Set<string>(states.map((state) => roadTo(state).start.dials.scenario))
  expect(scenarioNames.filter((name) => !used.has(name))).toEqual(['large'])
})

test('a name that is not declared leads nowhere', () => {
  expect(stateNamed('no-such-state')).toBeUndefined()
})
