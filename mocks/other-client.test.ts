// A client of GitLab's API that knows nothing of this repository, over HTTP.

import { Gitlab } from '@gitbeaker/rest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MockServer, startServer } from './server.ts'
import { pluck } from './test-client.ts'

let server: MockServer
beforeAll(async () => {
  server = await startServer({ port: 0, dials: { scenario: 'contract' } })
})
afterAll(() => server.close())

const clientOf = (world: string, role = 'maintainer') =>
  new Gitlab({ host: `${server.url}/w/${world}`, token: `glpat-${role}` })

const turn = (world: string, dials: object) =>
  fetch(`${server.url}/w/${world}/-/mock`, { method: 'PUT', body: JSON.stringify(dials) })

test('it walks over all pages of the lists', async () => {
  await turn('pages', { scenario: 'at-limit' })
  const { ProjectJobTokenScopes, Projects } = clientOf('pages')
  // It asks for no size, so that a page has twenty. The project itself is listed as well.
  const listed = await ProjectJobTokenScopes.showInboundAllowList(1)
  expect(new Set(pluck(listed, 'id')).size).toBe(201)
  expect(new Set(pluck(await ProjectJobTokenScopes.showGroupsAllowList(1), 'id')).size).toBe(200)
  const found = await Projects.all({ perPage: 2, maxPages: 2, orderBy: 'id', sort: 'asc' })
  expect(pluck(found, 'id')).toEqual([1, 2, 20001, 20002])
})

test('it reads who it is, and the version, and what the console reads', async () => {
  const { Users, Metadata, PersonalAccessTokens, Projects, Groups } = clientOf('reads')
  expect(await Users.showCurrentUser()).toMatchObject({ username: 'maya' })
  expect(await Metadata.show()).toMatchObject({ version: '18.3.0-ee', enterprise: true })
  expect(await PersonalAccessTokens.show()).toMatchObject({ scopes: ['api'] })
  expect(await Projects.show('acme/storefront')).toMatchObject({ id: 1 })
  expect(await Groups.show('partners')).toMatchObject({ id: 12 })
  expect(pluck(await Projects.all({ search: 'sdk' }), 'id')).toEqual([3])
})

test('it is told why it is refused', async () => {
  const why = (promise: Promise<unknown>) =>
    promise.then(
      () => 'accepted',
      (error: Error) => error.message,
    )
  const guest = clientOf('refused', 'guest').ProjectJobTokenScopes
  expect(await why(guest.show(1))).toContain('Forbidden')
  const { ProjectJobTokenScopes } = clientOf('refused')
  expect(await why(ProjectJobTokenScopes.addToInboundAllowList(1, 2))).toContain('400 Bad request')
  expect(await why(clientOf('refused', 'stranger').Projects.show(1))).toContain('Not Found')
})
