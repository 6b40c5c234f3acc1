import { expect, test } from 'job-token-console-kit'

/** A client of your own: here, whatever lists the projects that may use a job token. */
async function listed(gitlab: string): Promise<string[]> {
  const address = `${gitlab}/api/v4/projects/1/job_token_scope/allowlist`
  const headers = { 'PRIVATE-TOKEN': 'glpat-maintainer' }
  for (;;) {
    const response = await fetch(address, { headers })
    if (response.status === 503) continue
    const entries: { path_with_namespace: string }[] = await response.json()
    return entries.map((entry) => entry.path_with_namespace)
  }
}

test('a client outlasts an outage', async ({ gitlab }) => {
  await gitlab.turn({ fault: 'GET /allowlist 503 2' })
  expect(await listed(gitlab.address)).toEqual(['acme/storefront', 'acme/platform/deploy-tools'])
  expect((await gitlab.mock()).faults).toMatchObject([{ left: 0 }])
})

test('a job is let in as the allowlist says', async ({ gitlab }) => {
  const releases = '/projects/1/releases'
  expect(await gitlab.askAsJob(2, releases)).toMatchObject({ status: 200 })
  await gitlab.request('DELETE', '/projects/1/job_token_scope/allowlist/2')
  expect(await gitlab.askAsJob(2, releases)).toMatchObject({ status: 403 })
})
