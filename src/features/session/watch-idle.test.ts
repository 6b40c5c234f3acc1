import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { watchIdle } from './watch-idle.ts'

const minute = 60_000
const second = 1_000
const start = Date.parse('2026-01-15T09:00:00Z')

let page: EventTarget
let visibility: { visibilityState: 'visible' | 'hidden' }

beforeEach(() => {
  page = new EventTarget()
  visibility = { visibilityState: 'visible' }
  vi.stubGlobal('window', page)
  vi.stubGlobal('document', visibility)
  vi.useFakeTimers({ now: start })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** A session of an hour, about whose end is asked two minutes before. */
function watch({ limit = 60 * minute, notice = 2 * minute } = {}) {
  const heard = { onMoved: vi.fn(), onAsk: vi.fn(), onEnd: vi.fn() }
  const running = watchIdle({ limit, notice, ...heard })
  heard.onMoved.mockClear()
  return { ...heard, ...running, end: start + limit }
}
const input = (type = 'keydown') => page.dispatchEvent(new Event(type))

/** The clock goes on while no timer runs, as when a computer sleeps. */
const sleep = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds)

test('a session without input is asked about each second, and ends', () => {
  const { onAsk, onEnd } = watch()
  vi.advanceTimersByTime(58 * minute - 1)
  expect(onAsk).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onAsk).toHaveBeenLastCalledWith(2 * minute)
  vi.advanceTimersByTime(2 * minute - 1)
  expect(onAsk.mock.calls.map(([left]) => left)).toEqual(
    Array.from({ length: 120 }, (_, passed) => (120 - passed) * second),
  )
  expect(onEnd).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onEnd).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(120 * minute)
  input()
  expect(onEnd).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  ['a press'],
  ['pointermove'],
  ['keydown'],
  ['input'],
  ['wheel'],
  ['scroll'],
  ['visibilitychange'],
])('%s is input', (what) => {
  const { onAsk, onEnd } = watch()
  for (let hours = 0; hours < 3; hours += 1) {
    vi.advanceTimersByTime(57 * minute)
    input(what === 'a press' ? 'pointerdown' : what)
  }
  expect(onAsk).not.toHaveBeenCalled()
  vi.advanceTimersByTime(60 * minute)
  expect(onEnd).toHaveBeenCalledTimes(1)
})

test('a page that goes out of sight has no input by that', () => {
  const { onEnd } = watch()
  vi.advanceTimersByTime(30 * minute)
  visibility.visibilityState = 'hidden'
  input('visibilitychange')
  vi.advanceTimersByTime(30 * minute)
  expect(onEnd).toHaveBeenCalledTimes(1)
})

describe('while it is asked', () => {
  test('input is no answer', () => {
    const { onEnd } = watch()
    vi.advanceTimersByTime(59 * minute)
    input('pointermove')
    vi.advanceTimersByTime(1 * minute)
    expect(onEnd).toHaveBeenCalledTimes(1)
  })

  test('the answer begins anew, with all of the time', () => {
    const { onAsk, onEnd, stay } = watch()
    vi.advanceTimersByTime(59 * minute)
    stay()
    onAsk.mockClear()
    vi.advanceTimersByTime(58 * minute - 1)
    expect(onAsk).not.toHaveBeenCalled()
    vi.advanceTimersByTime(2 * minute)
    expect(onEnd).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onEnd).toHaveBeenCalledTimes(1)
  })
})

describe('a computer that slept', () => {
  test('past the end: it is over, and the first input does not save it', () => {
    for (const type of ['pointermove', 'visibilitychange']) {
      const { onAsk, onEnd } = watch()
      sleep(61 * minute)
      input(type)
      expect(onEnd, type).toHaveBeenCalledTimes(1)
      expect(onAsk, type).not.toHaveBeenCalled()
    }
  })

  test('past the end, and nobody touches it: it is over soon after', () => {
    const { onEnd } = watch()
    vi.advanceTimersByTime(1)
    sleep(61 * minute)
    vi.advanceTimersByTime(15 * second)
    expect(onEnd).toHaveBeenCalledTimes(1)
  })

  test('into the last minutes: it is asked, with what is left', () => {
    const { onAsk, onEnd } = watch()
    sleep(59.5 * minute)
    input()
    expect(onAsk).toHaveBeenLastCalledWith(0.5 * minute)
    vi.advanceTimersByTime(0.5 * minute)
    expect(onEnd).toHaveBeenCalledTimes(1)
  })

  test('for less: nothing has happened', () => {
    const { onAsk, onEnd } = watch()
    sleep(57 * minute)
    input()
    vi.advanceTimersByTime(57 * minute)
    expect(onAsk).not.toHaveBeenCalled()
    expect(onEnd).not.toHaveBeenCalled()
  })
})

test('the end is told when it moves, every few seconds at most', () => {
  const { onMoved, end } = watch()
  input()
  expect(onMoved).not.toHaveBeenCalled()
  for (let passed = 1; passed <= 12; passed += 1) {
    vi.advanceTimersByTime(second)
    input('pointermove')
  }
  expect(onMoved.mock.calls).toEqual([[end + 5 * second], [end + 10 * second]])
})

test('without notice nobody is asked', () => {
  const { onAsk, onEnd } = watch({ notice: 0 })
  vi.advanceTimersByTime(59.9 * minute)
  input()
  vi.advanceTimersByTime(60 * minute)
  expect(onAsk).not.toHaveBeenCalled()
  expect(onEnd).toHaveBeenCalledTimes(1)
})

test('a limit of a year does not run over the longest timer', () => {
  const { onEnd } = watch({ limit: 365 * 24 * 60 * minute })
  vi.advanceTimersByTime(60 * minute)
  expect(onEnd).not.toHaveBeenCalled()
})

test('stopped, it neither asks nor ends', () => {
  const { onAsk, onEnd, stop } = watch()
  stop()
  vi.advanceTimersByTime(120 * minute)
  input()
  expect(onAsk).not.toHaveBeenCalled()
  expect(onEnd).not.toHaveBeenCalled()
})
