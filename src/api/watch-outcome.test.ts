import { focusManager } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchOutcome } from './watch-outcome.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  focusManager.setFocused(undefined)
})

/** A write that GitLab does after some time, if ever. */
function watch(doneAfter: number) {
  const start = Date.now()
  const looks: number[] = []
  const onDone = vi.fn()
  const stop = watchOutcome(async () => {
    looks.push((Date.now() - start) / 1000)
    return Date.now() - start >= doneAfter ? 'done' : undefined
  }, onDone)
  return { looks, onDone, stop }
}

const hour = 3_600_000

test('it asks four times and no more, when nothing comes', async () => {
  const { looks, onDone } = watch(Number.POSITIVE_INFINITY)
  await vi.advanceTimersByTimeAsync(hour)
  expect(looks).toEqual([10, 30, 60, 120])
  expect(onDone).not.toHaveBeenCalled()
})

test('it says once that the write was done after all, and asks no more', async () => {
  const { looks, onDone } = watch(25_000)
  await vi.advanceTimersByTimeAsync(hour)
  expect(looks).toEqual([10, 30])
  expect(onDone).toHaveBeenCalledOnce()
})

test('a page that is looked at again asks at once, for ten minutes', async () => {
  const { looks } = watch(Number.POSITIVE_INFINITY)
  const comeBack = () => {
    focusManager.setFocused(false)
    focusManager.setFocused(true)
  }
  await vi.advanceTimersByTimeAsync(300_000)
  comeBack()
  await vi.advanceTimersByTimeAsync(hour)
  comeBack()
  await vi.advanceTimersByTimeAsync(hour)
  expect(looks).toEqual([10, 30, 60, 120, 300])
})

test('a look that fails is no answer', async () => {
  const onDone = vi.fn()
  const look = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue(true)
  watchOutcome(look, onDone)
  await vi.advanceTimersByTimeAsync(hour)
  expect(look).toHaveBeenCalledTimes(2)
  expect(onDone).toHaveBeenCalledOnce()
})

test('given up it says nothing, whatever a look that is under way finds', async () => {
  const { looks, onDone, stop } = watch(0)
  const asked = vi.advanceTimersByTimeAsync(10_000)
  stop()
  await asked
  await vi.advanceTimersByTimeAsync(hour)
  expect(looks).toEqual([])
  expect(onDone).not.toHaveBeenCalled()
})
