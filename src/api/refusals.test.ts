import { describe, expect, test, vi } from 'vitest'
import { ApiError, type ErrorKind, type ErrorReason } from './api-error.ts'
import { refusalError } from './refusals.ts'

const asText = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body))
const bad = (reason: string) => ({ message: `400 Bad request - ${reason}` })
const enforcedText =
  'Job token scope cannot be disabled for this project because it is enforced for the instance.'

describe('what GitLab says of the job token scope', () => {
  test.each<readonly [number, unknown, ErrorKind, ErrorReason | undefined]>([
    [401, { message: '401 Unauthorized' }, 'unauthorized', undefined],
    [404, { message: '404 Project Not Found' }, 'not-found', 'project-missing'],
    [403, { message: '403 Forbidden' }, 'forbidden', undefined],
    [404, { message: '404 target_project_id not found Not Found' }, 'not-found', 'target-missing'],
    [404, { message: '404 target_group_id not found Not Found' }, 'not-found', 'target-missing'],
    [
      400,
      bad(
        "The target_project that you are attempting to access does not exist or you don't have permission to perform this action",
      ),
      'invalid',
      'target-not-visible',
    ],
    [
      400,
      bad(
        "The target_group that you are attempting to access does not exist or you don't have permission to perform this action",
      ),
      'invalid',
      'target-not-visible',
    ],
    [400, bad('This project is already in the job token allowlist.'), 'invalid', 'already-listed'],
    [400, bad('This group is already in the job token allowlist.'), 'invalid', 'already-listed'],
    [
      400,
      bad("Validation failed: Target project can't be the same as the source project"),
      'invalid',
      'own-project',
    ],
    [
      400,
      bad(
        'Validation failed: Source project exceeds the allowable number of project links in this direction',
      ),
      'invalid',
      'limit',
    ],
    [
      400,
      bad('Validation failed: Source project exceeds the allowable number of group links'),
      'invalid',
      'limit',
    ],
    [
      403,
      { message: '403 Forbidden - Insufficient permissions to modify the job token scope' },
      'forbidden',
      undefined,
    ],
    [400, bad('Target project is not in the job token scope'), 'invalid', 'not-listed'],
    [400, bad('Target group is not in the job token scope'), 'invalid', 'not-listed'],
    [
      400,
      bad('Source project cannot be removed from the job token scope'),
      'invalid',
      'own-project',
    ],
    [
      400,
      bad('Unable to find a job token scope for the given project & target'),
      'invalid',
      'not-listed',
    ],
    [400, bad(enforcedText), 'invalid', 'enforced'],
    [400, { message: enforcedText }, 'invalid', 'enforced'],
    [400, bad('Failed to update job token scope'), 'invalid', undefined],
    [
      400,
      bad('Validation failed: Job token policies must be a valid json schema'),
      'invalid',
      'policies-not-unique',
    ],
    [400, bad('Job token policies must be a valid json schema'), 'invalid', 'policies-not-unique'],
    [400, { error: 'job_token_policies does not have a valid value' }, 'invalid', 'policy-refused'],
  ])('%i %j', (status, body, kind, reason) => {
    const error = refusalError(status, asText(body))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ kind, reason, status })
  })
})

describe('what is wrong with a parameter', () => {
  test.each<readonly [string, Record<string, string> | undefined]>([
    ['enabled is missing, enabled is empty', { enabled: 'is missing' }],
    ['enabled is empty', { enabled: 'is empty' }],
    ['target_project_id is invalid', { target_project_id: 'is invalid' }],
    [
      'job_token_policies does not have a valid value',
      { job_token_policies: 'does not have a valid value' },
    ],
    [
      'default_permissions is missing, default_permissions is empty, job_token_policies is invalid',
      { default_permissions: 'is missing', job_token_policies: 'is invalid' },
    ],
    ['404 Not Found', undefined],
    ['insufficient_scope', undefined],
  ])('%s', (error, fields) => {
    const refusal = refusalError(400, asText({ error }))
    expect(refusal).toMatchObject({ kind: 'invalid', serverText: error })
    expect(refusal.fields).toEqual(fields)
  })
})

describe('the shapes of an error', () => {
  type Expected = {
    kind: ErrorKind
    reason?: ErrorReason
    serverText?: string
    fields?: Record<string, string>
  }
  test.each<readonly [string, number, unknown, Expected]>([
    [
      'an unknown route',
      404,
      { error: '404 Not Found' },
      { kind: 'not-found', reason: 'unknown-address', serverText: '404 Not Found' },
    ],
    [
      'something that is missing, without a name',
      404,
      { message: '404 Not Found' },
      { kind: 'not-found', serverText: '404 Not Found' },
    ],
    [
      'a missing project',
      404,
      { message: '404 Project Not Found' },
      { kind: 'not-found', reason: 'project-missing', serverText: '404 Project Not Found' },
    ],
    [
      'a page where the API should be',
      404,
      '<html><h1>404 Not Found</h1></html>',
      { kind: 'not-found', reason: 'unknown-address' },
    ],
    [
      'a missing thing',
      404,
      { message: '404 Group Not Found' },
      { kind: 'not-found', serverText: '404 Group Not Found' },
    ],
    [
      'a crash',
      500,
      { message: '500 Internal Server Error' },
      { kind: 'unavailable', serverText: '500 Internal Server Error' },
    ],
    [
      'a locked resource',
      409,
      { message: '409 Conflict: Resource lock' },
      { kind: 'invalid', serverText: '409 Conflict: Resource lock' },
    ],
    [
      'a moved project',
      405,
      { message: 'Non GET methods are not allowed for moved projects' },
      { kind: 'invalid', serverText: 'Non GET methods are not allowed for moved projects' },
    ],
    [
      'an expired token',
      401,
      {
        error: 'invalid_token',
        error_description: 'Token is expired. You can either do re-authorization or token refresh.',
      },
      {
        kind: 'unauthorized',
        reason: 'token-expired',
        serverText: 'Token is expired. You can either do re-authorization or token refresh.',
      },
    ],
    [
      'a revoked token',
      401,
      { error: 'invalid_token', error_description: 'Token was revoked.' },
      { kind: 'unauthorized', serverText: 'Token was revoked.' },
    ],
    [
      'a token that may only read',
      403,
      {
        error: 'insufficient_scope',
        error_description: 'The request requires higher privileges.',
        scope: 'api',
      },
      { kind: 'insufficient-scope', serverText: 'The request requires higher privileges.' },
    ],
    [
      'a fine-grained token without the permission',
      403,
      { error: 'insufficient_granular_scope' },
      { kind: 'insufficient-scope', serverText: 'insufficient_granular_scope' },
    ],
    [
      'a model that is invalid, by field',
      400,
      { message: { name: ['is too long', 'is reserved'], path: ['has been taken'] } },
      {
        kind: 'invalid',
        serverText: 'name: is too long, is reserved; path: has been taken',
        fields: { name: 'is too long, is reserved', path: 'has been taken' },
      },
    ],
    [
      'a list of sentences',
      422,
      { message: ['One is wrong', 'Two is wrong'] },
      { kind: 'invalid', serverText: 'One is wrong, Two is wrong' },
    ],
    [
      'too many requests, as a map',
      429,
      { message: { error: 'This endpoint has been requested too many times. Try again later.' } },
      {
        kind: 'rate-limited',
        serverText: 'This endpoint has been requested too many times. Try again later.',
      },
    ],
    [
      'too many requests, as a sentence',
      429,
      { message: 'This endpoint has been requested too many times. Try again later.' },
      {
        kind: 'rate-limited',
        serverText: 'This endpoint has been requested too many times. Try again later.',
      },
    ],
    [
      'too many requests, as plain text',
      429,
      'Retry later\n',
      { kind: 'rate-limited', serverText: 'Retry later' },
    ],
    ['a JSON text', 400, '"No."', { kind: 'invalid', serverText: 'No.' }],
    ['nothing', 403, '', { kind: 'forbidden' }],
    ['blanks', 404, ' \n', { kind: 'not-found' }],
    ['a page', 502, '<html><h1>502 Bad Gateway</h1></html>', { kind: 'unavailable' }],
    ['a page after blanks', 403, '\n  <!DOCTYPE html><p>Blocked</p>', { kind: 'forbidden' }],
    ['null', 400, 'null', { kind: 'invalid' }],
    ['a number', 400, '400', { kind: 'invalid' }],
    ['a list', 400, '["no"]', { kind: 'invalid' }],
    ['an object without words', 400, { message: null, error: 7 }, { kind: 'invalid' }],
    [
      'an empty message falls back',
      400,
      { message: '', error: 'x' },
      { kind: 'invalid', serverText: 'x' },
    ],
    ['half a body', 500, '{"message":"50', { kind: 'unavailable', serverText: '{"message":"50' }],
    ['a status of the future', 418, '', { kind: 'invalid' }],
  ])('%s', (_shape, status, body, { kind, reason, serverText, fields }) => {
    const error = refusalError(status, asText(body))
    expect(error.status).toBe(status)
    expect({
      kind: error.kind,
      reason: error.reason,
      serverText: error.serverText,
      fields: error.fields,
    }).toEqual({ kind, reason, serverText, fields })
  })

  test('a long text is cut, a reason in it still found', () => {
    const long = `${'x'.repeat(100_000)} is already in the job token allowlist.`
    const error = refusalError(400, asText({ message: long }))
    expect(error.serverText).toHaveLength(300)
    expect(error.reason).toBe('already-listed')
  })
})

describe('a body that is nested without end', () => {
  const depth = 50_000
  test.each([
    ['lists', '['.repeat(depth) + ']'.repeat(depth)],
    ['objects', `${'{"error":'.repeat(depth)}"x"${'}'.repeat(depth)}`],
    ['lists in a message', `{"message":${'['.repeat(depth)}${']'.repeat(depth)}}`],
    ['objects in an error', `{"error":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`],
  ])('of %s is a refusal all the same', (_what, body) => {
    expect(refusalError(403, body)).toMatchObject({ name: 'ApiError', kind: 'forbidden' })
  })
})

test.each([
  ['seconds', '7', 7],
  ['no seconds', '0', 0],
  ['parts of seconds, rounded up', '0.2', 1],
  ['many seconds', '1000000000', 1_000_000_000],
  ['more seconds than any clock shows', '9'.repeat(400), undefined],
  ['less than nothing', '-3', undefined],
  ['words', 'soon', undefined],
  ['words with a number', '3 minutes', undefined],
  ['a number of JavaScript alone', '1e3', undefined],
  ['nothing', '', undefined],
  ['no header', null, undefined],
  ['a date', 'Thu, 15 Jan 2026 09:01:00 GMT', 60],
  ['a date of long ago', 'Sunday, 06-Nov-94 08:49:37 GMT', 0],
  ['a date as C writes it', 'Thu Jan 15 09:01:00 2026 GMT', 60],
  ['a date that is none', 'Thu, 45 Jan 2026 09:01:00 GMT', undefined],
])('Retry-After is read from %s', (_rule, header, seconds) => {
  vi.useFakeTimers({ now: Date.parse('2026-01-15T09:00:00Z') })
  expect(refusalError(429, '', header).retryAfter).toBe(seconds)
  vi.useRealTimers()
})
