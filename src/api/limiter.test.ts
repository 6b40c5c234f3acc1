import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLimiter } from './limiter.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const never = new AbortController().signal

/** Tasks that count themselves and take a while. */
function counted(milliseconds: number) {
  const counts = { started: 0, running: 0, most: 0 }
  const task = async () => {
    counts.started += 1
    counts.running += 1
    counts.most = Math.max(counts.most, counts.running)
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    counts.running -= 1
    return counts.started
  }
  return { counts, task }
}

test('as many at once as it allows, and no more', async () => {
  const limiter = createLimiter({ atOnce: 4, perMinute: 300 })
  const { counts, task } = counted(100)
  const all = Array.from({ length: 10 }, () => limiter.run('project', task, never))
  await vi.advanceTimersByTimeAsync(99)
  expect(counts).toMatchObject({ started: 4, running: 4 })
  await vi.advanceTimersByTimeAsync(1)
  expect(counts.started).toBe(8)
  await vi.runAllTimersAsync()
  await Promise.all(all)
  expect(counts).toEqual({ started: 10, running: 0, most: 4 })
})

test('within any minute no more of a kind than it allows; another kind is not held up', async () => {
  const limiter = createLimiter({ atOnce: 4, perMinute: 300 })
  const projects = counted(10)
  const groups = counted(10)
  for (let n = 0; n < 700; n += 1) void limiter.run('project', projects.task, never)
  for (let n = 0; n < 5; n += 1) void limiter.run('group', groups.task, never)
  const begin = Date.now()
  // 300 at 4 at once, each 10 ms: the first start is a minute old before the last is.
  await vi.advanceTimersByTimeAsync(59_999)
  expect(projects.counts.started).toBe(300)
  expect(groups.counts.started).toBe(5)
  await vi.advanceTimersByTimeAsync(1000)
  expect(projects.counts.started).toBe(600)
  await vi.runAllTimersAsync()
  expect(projects.counts).toMatchObject({ started: 700, most: 4 })
  expect(Date.now() - begin).toBeGreaterThan(120_000)
})

test('a task that fails makes room as well', async () => {
  const limiter = createLimiter({ atOnce: 1, perMinute: 300 })
  const failing = limiter.run('project', () => Promise.reject(new Error('no')), never)
  const next = limiter.run('project', async () => 'done', never)
  await expect(failing).rejects.toThrow('no')
  await expect(next).resolves.toBe('done')
})

test('what waits is given up at once; what runs is left to its task', async () => {
  const limiter = createLimiter({ atOnce: 1, perMinute: 1 })
  const { counts, task } = counted(10)
  const stop = new AbortController()
  const first = limiter.run('project', task, never)
  const second = limiter.run('project', task, stop.signal)
  stop.abort(new Error('stopped'))
  await expect(second).rejects.toThrow('stopped')
  await expect(limiter.run('project', task, stop.signal)).rejects.toThrow('stopped')
  await vi.runAllTimersAsync()
  await first
  expect(counts.started).toBe(1)
})
