import { expect, test } from 'vitest'
import { dialsFromRecord, dialsFromSearch, settle } from './dials.ts'
import { DialError } from './faults.ts'

test('search parameters that are no dials, and empty ones, are left alone', () => {
  const search = {
    lang: 'ja',
    dialog: 'add',
    scenario: 'contract',
    as: 'guest',
    latency: '250',
    fault: '',
    api: 'gitlab',
    now: '2026-02-01',
  }
  expect(dialsFromSearch(search).dials).toEqual({
    scenario: 'contract',
    as: 'guest',
    latency: 250,
    api: 'gitlab',
    now: '2026-02-01T00:00:00.000Z',
  })
})

test('an address with a malformed dial keeps the others and names the problem', () => {
  const search = { scenario: 'empty', as: 'king', fault: 'GET' }
  expect(dialsFromSearch(search)).toEqual({
    dials: { scenario: 'empty' },
    problem: expect.stringMatching(/^Unknown as "king", .*; Fault "GET": expected/),
  })
  expect(dialsFromSearch({ lang: 'ja' }).problem).toBeUndefined()
})

test('null puts a dial back to none', () => {
  expect(dialsFromRecord({ as: null, now: null, fault: null })).toEqual({
    as: null,
    now: null,
    fault: '',
  })
})

test('what is not chosen is usual', () => {
  expect(settle({ scenario: 'contract' })).toEqual({
    scenario: 'contract',
    as: null,
    latency: 0,
    now: null,
    api: 'rest',
    fault: '',
  })
})

test.each([
  [{ scenario: 'nope' }, 'Unknown scenario "nope", expected one of default, contract'],
  [{ as: 'king' }, 'Unknown as "king", expected one of owner, maintainer'],
  [{ now: '2026-02-30' }, 'Unknown now "2026-02-30", expected a date'],
  [{ latency: '-1' }, 'Unknown latency "-1", expected milliseconds from 0 to 60000'],
  [{ latency: 1.5 }, 'Unknown latency 1.5, expected milliseconds'],
  [{ latency: 'slow' }, 'Unknown latency "slow", expected milliseconds'],
  [{ now: 'today' }, 'Unknown now "today", expected a date such as 2026-01-15T09:00:00Z'],
  [{ api: 'soap' }, 'Unknown api "soap", expected one of rest, gitlab'],
  [{ fault: 7 }, 'Unknown fault 7, expected text'],
  [{ speed: 1 }, 'Unknown dial "speed", expected one of scenario, as'],
  [{ fault: 'DELETE /x' }, 'Fault "DELETE /x": expected "METHOD path-part effect [times]"'],
  [{ fault: 'GET /a 500 1 2' }, 'Fault "GET /a 500 1 2": expected "METHOD'],
  [{ fault: 'EAT /x 500' }, 'Fault "EAT /x 500": unknown method "EAT", expected one of *, GET'],
  [
    { fault: 'GET /x 200' },
    'Fault "GET /x 200": unknown effect "200", expected a status (304 or 400 to 599)',
  ],
  [
    { fault: 'GET /x delay' },
    'unknown effect "delay", expected a status (304 or 400 to 599), 429:<retry-after>, 403:<why>, delay:<ms>',
  ],
  [{ fault: 'GET /x 500 0' }, 'Fault "GET /x 500 0": times must be a whole number from 1, or'],
  [{ fault: 'GET /x 500 0..2' }, 'a range such as 2..4, not "0..2"'],
  [{ fault: 'GET /x 500 3..2' }, 'a range such as 2..4, not "3..2"'],
  [{ fault: 'GET /x 500 2..' }, 'a range such as 2..4, not "2.."'],
  [{ fault: 'GET /x 429:%zz' }, 'Fault "GET /x 429:%zz": "%zz" is not percent-encoded'],
  [{ fault: 'GET /a 500; GET /b bang' }, 'Fault "GET /b bang": unknown effect "bang"'],
])('%j is refused by name', (record, message) => {
  expect(() => dialsFromRecord(record)).toThrow(DialError)
  expect(() => dialsFromRecord(record)).toThrow(message)
})
