import Ajv from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Backend } from './backend.ts'
import { createHandlers } from './handlers.ts'
import { createOAuthHandlers } from './oauth.ts'
import { type Method, type Operation, openApi, type Parameter } from './openapi.ts'
import { type MockServer, startServer } from './server.ts'
import { readAnswer } from './test-client.ts'

const document = openApi('')

type Case = readonly [name: string, method: Method, path: string, operation: Operation]

const methods: readonly Method[] = ['get', 'post', 'put', 'patch', 'delete']
const documented: readonly Case[] = Object.entries(document.paths).flatMap(([path, item]) =>
  methods.flatMap((method) => {
    const operation = item[method]
    return operation ? [[operation.operationId, method, path, operation] as const] : []
  }),
)
const reads = documented.filter(([, method, path]) => method === 'get' && path.startsWith('/api/'))

let server: MockServer
beforeAll(async () => {
  server = await startServer({ port: 0, dials: { scenario: 'contract' } })
})
afterAll(() => server.close())

const formats = { 'date-time': (value: string) => !Number.isNaN(Date.parse(value)) }
const ajv = new Ajv({ allErrors: true, formats, allowUnionTypes: true })
ajv.addVocabulary(Object.keys(document))
ajv.addSchema(document, 'document')

/** What a schema of the document finds wrong with a value. */
function mistakes(pointer: readonly string[], value: unknown): unknown {
  const escaped = pointer.map((part) =>
    encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
  )
  const validate = ajv.getSchema(`document#/${escaped.join('/')}`)
  if (!validate) throw new Error(`no schema at ${pointer.join(' ')}`)
  return validate(value) ? [] : validate.errors
}

const exampleOf = ({ name, example }: Parameter): string => {
  if (example === undefined) throw new Error(`${name} has no example`)
  return String(example)
}

/** Sends an operation with its own examples, as the administrator unless told. */
async function send(
  [id, method, path, { parameters, requestBody, security, tags }]: Case,
  // OAuth's operations go on from each other.
  { token = 'glpat-admin', world = tags[0] === 'OAuth' ? 'oauth' : id } = {},
) {
  const needed = parameters.filter(({ required }) => required)
  const filled = needed
    .filter((one) => one.in === 'path')
    .reduce((left, one) => left.replace(`{${one.name}}`, exampleOf(one)), path)
  const query = new URLSearchParams(
    needed.filter((one) => one.in === 'query').map((one) => [one.name, exampleOf(one)]),
  )
  const isJob = security?.some((one) => 'jobToken' in one)
  const response = await fetch(`${server.url}/w/${world}${filled}?${query}`, {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      ...(token && (isJob ? { 'job-token': 'project-2' } : { 'private-token': token })),
    },
    ...(requestBody && {
      body: JSON.stringify(requestBody.content['application/json']?.example),
    }),
  })
  return readAnswer(response)
}

const pointerTo = ([, method, path]: Case, status: string, type = 'application/json') => [
  ...['paths', path, method, 'responses', status, 'content', type, 'schema'],
]

describe('the document', () => {
  test('has each route of the mock, and no other', () => {
    const backend = new Backend({ dials: {}, webRoot: server.url })
    const routes = [...createHandlers(backend), ...createOAuthHandlers(backend)].flatMap(
      ({ info: { method, path } }) => {
        const address = String(path).replace(/^\*/, '')
        const template = address.replace(/\*$/, '{endpoint}').replace(/:(\w+)/g, '{$1}')
        // A route of all methods serves those that GitLab's endpoints have.
        const served = typeof method === 'string' ? [method] : ['GET', 'POST', 'PUT', 'DELETE']
        return served.map((one) => `${one} ${template}`)
      },
    )
    const described = documented
      .filter(([, , path]) => !path.startsWith('/-/'))
      .map(([, method, path]) => `${method.toUpperCase()} ${path}`)
    expect(described.sort()).toEqual(routes.sort())
    expect(described.length).toBeGreaterThan(30)
  })

  test('names each operation once, and the parameters of its path', () => {
    const ids = documented.map(([id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, , path, { parameters }] of documented) {
      const named = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
      expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    }
  })

  test('is what the server shows, with the address of the world', async () => {
    const shown = await (await fetch(`${server.url}/w/shown/-/mock/openapi.json`)).json()
    expect(shown).toEqual(JSON.parse(JSON.stringify(openApi(`${server.url}/w/shown`))))
  })
})

describe('the examples', () => {
  test.each(documented)('%s is accepted, and answered in its shape', async (...one) => {
    const [, , , { requestBody, responses }] = one
    const [status = ''] = Object.keys(responses)
    if (requestBody) {
      const [, method, path] = one
      const pointer = [
        'paths',
        path,
        method,
        'requestBody',
        'content',
        'application/json',
        'schema',
      ]
      expect(mistakes(pointer, requestBody.content['application/json']?.example)).toEqual([])
    }
    const answer = await send(one)
    expect(answer.status).toBe(Number(status))
    const [type] = Object.keys(responses[status]?.content ?? {})
    if (!type) return expect(answer.body).toBe('')
    expect(answer.headers.get('content-type')).toContain(type)
    expect(mistakes(pointerTo(one, status, type), answer.body)).toEqual([])
    for (const name of Object.keys(responses[status]?.headers ?? {})) {
      expect(answer.headers.has(name), name).toBe(true)
    }
  })

  const closed = documented.filter(([, , , { security }]) => !security)
  test.each(closed)('%s is refused in the shape of a refusal without a token', async (...one) => {
    const answer = await send(one, { token: '' })
    expect(answer.status).toBe(401)
    expect(mistakes(pointerTo(one, '4XX'), answer.body)).toEqual([])
  })

  test.each([
    ['api', 'gitlab', ['listAuthorizations']],
    ['scenario', 'default', []],
    ['scenario', 'group-off', []],
    ['scenario', 'gitlab-19-1', []],
    ['scenario', 'hostile', []],
    // Where an entry does not let that job read releases.
    ['scenario', 'legacy', ['getAsJob']],
  ])('what is read with %s=%s has the same shapes', async (dial, value, without: string[]) => {
    const turned = { method: 'PUT', body: JSON.stringify({ [dial]: value }) }
    await fetch(`${server.url}/w/${value}/-/mock`, turned)
    const refused: string[] = []
    for (const one of reads) {
      const { status, body } = await send(one, { world: value })
      const [id] = one
      if (status !== 200) refused.push(id)
      expect(mistakes(pointerTo(one, status === 200 ? '200' : '4XX'), body), id).toEqual([])
    }
    expect(refused).toEqual(without)
  })
})
