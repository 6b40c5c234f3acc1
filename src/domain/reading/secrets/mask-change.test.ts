import { describe, expect, test } from 'vitest'
import { mask } from './mask.ts'
import { maskChange, maskShort } from './mask-change.ts'

const line = 'curl https://gitlab.example.com/api/v4/projects/1/jobs\n'
const long = line.repeat(20_000)

describe('of a long text that was masked', () => {
  test('what is typed is masked', () => {
    const middle = 10_000 * line.length
    const typed = (added: string) => long.slice(0, middle) + added + long.slice(middle)
    expect(maskChange(long, typed('password=hunter2\n'))).toBe(typed('password=•••••••\n'))
    expect(maskChange(typed('password=\n'), typed('password=h\n'))).toBe(typed('password=•\n'))
    expect(maskChange(long, `${long}glpat-abcdefghij`)).toBe(`${long}glpat-••••••••••`)
    expect(maskChange(long, `TOKEN=a1\n${long}`)).toBe(`TOKEN=••\n${long}`)
  })

  test('what is taken out stays out', () => {
    expect(maskChange(long, long.slice(line.length))).toBe(long.slice(line.length))
  })

  test('what is pasted is left to a worker if it is long, too', () => {
    expect(maskChange('', long)).toBeUndefined()
    expect(maskChange(long, long.replaceAll('curl', 'wget'))).toBeUndefined()
    expect(maskChange('', line)).toBe(mask(line))
  })

  test('the page waits for less than 50 ms', () => {
    const units = ['token=', 'eyJ-', '?sig=', 'docker login -u ', '\\"', 'Authorization: Bearer x ']
    for (const unit of units) {
      const before = unit.repeat(Math.ceil(1_000_000 / unit.length))
      const after = `${before.slice(0, 500_000)}x${before.slice(500_000)}`
      let best = Number.POSITIVE_INFINITY
      for (let i = 0; i < 3; i++) {
        const start = performance.now()
        maskChange(before, after)
        best = Math.min(best, performance.now() - start)
      }
      expect(best, unit).toBeLessThan(50)
    }
  })
})

test('a text that is meant to be short is cut', () => {
  expect(maskShort(`token=abc ${long}`)).toBe(`token=••• ${long}`.slice(0, 10_000))
})
