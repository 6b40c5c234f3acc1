import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPreviewQueue } from './preview-queue.ts'

const still = { html: '<p>still</p>', failed: false }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A queue of at most two, with cards one below the other. */
function open(...names: string[]) {
  const queue = createPreviewQueue({ most: 2, rest: 300 })
  names.forEach((name, at) => void queue.place(name, () => at))
  const phases = () => names.map((name) => queue.phaseOf(name).at)
  return { ...queue, phases }
}

test('starts none before scrolling has rested, and then the nearest ones', () => {
  const { scrolled, phases } = open('a', 'b', 'c')
  vi.advanceTimersByTime(299)
  scrolled()
  vi.advanceTimersByTime(299)
  expect(phases()).toEqual(['waiting', 'waiting', 'waiting'])
  vi.advanceTimersByTime(1)
  expect(phases()).toEqual(['running', 'running', 'waiting'])
})

test('starts the next one when a still has taken the place of one that ran', () => {
  const { reached, drawn, phases } = open('a', 'b', 'c')
  vi.advanceTimersByTime(300)
  reached('b', still)
  expect(phases()).toEqual(['running', 'drawing', 'waiting'])
  drawn('b')
  expect(phases()).toEqual(['running', 'drawn', 'running'])
})

test('stops what runs when somebody scrolls, and begins it anew afterwards', () => {
  const { scrolled, reached, phases } = open('a', 'b')
  vi.advanceTimersByTime(300)
  reached('a', still)
  scrolled()
  expect(phases()).toEqual(['drawing', 'waiting'])
  reached('b', still)
  expect(phases(), 'the frame is gone').toEqual(['drawing', 'waiting'])
  vi.advanceTimersByTime(300)
  expect(phases()).toEqual(['drawing', 'running'])
})

test('gives up what is far away, and draws it from its still when it comes back', () => {
  const { place, reached, drawn, phases } = open('a')
  vi.advanceTimersByTime(300)
  reached('a', still)
  drawn('a')
  place('a', undefined)
  expect(phases()).toEqual(['drawn'])
  vi.advanceTimersByTime(300)
  expect(phases()).toEqual(['waiting'])
  place('a', () => 0)
  vi.advanceTimersByTime(300)
  expect(phases()).toEqual(['drawing'])
})

test('runs none while it is paused', () => {
  const { pause, phases } = open('a')
  vi.advanceTimersByTime(300)
  pause(true)
  vi.advanceTimersByTime(1000)
  expect(phases()).toEqual(['waiting'])
  pause(false)
  vi.advanceTimersByTime(300)
  expect(phases()).toEqual(['running'])
})
