import { spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { askNpm, readAudit } from './audit.mjs'

const lock = {
  packages: {
    'node_modules/shipped': {},
    'node_modules/tool': { dev: true },
    'node_modules/tool/node_modules/shipped': { dev: true },
  },
}

const vulnerable = (name: string, severity: string, nodes: string[], via: unknown[] = []) => ({
  vulnerabilities: { [name]: { name, severity, nodes, via } },
})

describe('the gate', () => {
  test.each([
    ['critical', true],
    ['high', true],
    ['moderate', true],
    ['low', false],
  ])('is closed by a %s vulnerability in what is shipped: %s', (severity, closed) => {
    const found = readAudit(vulnerable('shipped', severity, ['node_modules/shipped']), lock)
    expect(found?.failing.length).toBe(closed ? 1 : 0)
    expect(found?.noted.length).toBe(closed ? 0 : 1)
  })

  test.each([
    ['critical', true],
    ['high', false],
  ])('is closed by a %s vulnerability in a tool: %s', (severity, closed) => {
    const found = readAudit(vulnerable('tool', severity, ['node_modules/tool']), lock)
    expect(found?.failing.length).toBe(closed ? 1 : 0)
  })

  test('takes a package that is in both for shipped', () => {
    const nodes = ['node_modules/tool/node_modules/shipped', 'node_modules/shipped']
    expect(readAudit(vulnerable('shipped', 'high', nodes), lock)?.failing).toHaveLength(1)
    const toolOnly = vulnerable('shipped', 'high', nodes.slice(0, 1))
    expect(readAudit(toolOnly, lock)?.failing).toHaveLength(0)
  })

  test('says what it is about', () => {
    const via = [{ title: 'Runs what it reads' }, 'another-package']
    expect(readAudit(vulnerable('shipped', 'high', ['node_modules/shipped'], via), lock)).toEqual({
      failing: ['shipped (high, shipped): Runs what it reads'],
      noted: [],
    })
  })

  test.each([
    ['nothing', undefined],
    ['an error', { message: '405 Method Not Allowed', error: {} }],
    ['nothing known', { vulnerabilities: {} }],
  ])('is open where npm answers %s', (_what, report) => {
    expect(readAudit(report, lock)?.failing ?? []).toEqual([])
  })
})

describe('npm', () => {
  let server: Server | undefined

  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })

  /** Runs `npm audit` against a registry on this machine with these answers. */
  async function ask(answer: (path: string) => object | undefined | 'never', patience?: number) {
    server = createServer((request, response) => {
      const said = answer(request.url ?? '')
      if (said === 'never') return
      request.resume()
      response.writeHead(said ? 200 : 405, { 'content-type': 'application/json' })
      response.end(JSON.stringify(said ?? {}))
    })
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const env = { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/` }
    return askNpm({ env, ...(patience !== undefined && { patience }) })
  }

  test('reports what the registry knows about an installed package', async () => {
    const advisory = {
      id: 1,
      url: 'https://advisories.example/1',
      title: 'Runs what it reads',
      severity: 'high',
      vulnerable_versions: '*',
    }
    const report = await ask((path) =>
      path.includes('advisories') ? { ky: [advisory] } : undefined,
    )
    expect(report).toMatchObject({ vulnerabilities: { ky: { severity: 'high' } } })
  }, 20_000)

  test.each([
    ['offers no audit', () => undefined],
    ['never answers', () => 'never' as const],
  ])(
    'is not waited for where the registry %s',
    async (_what, answer) => {
      const report = await ask(answer, 3000)
      expect(readAudit(report, lock)).toBeUndefined()
    },
    20_000,
  )

  test('is said not to have been asked where nobody answers, and the gate stays open', () => {
    const env = { ...process.env, npm_config_registry: 'http://127.0.0.1:9/' }
    const { status, stdout } = spawnSync(process.execPath, ['scripts/audit.mjs'], {
      env,
      encoding: 'utf8',
    })
    expect(stdout).toContain('Known vulnerabilities: not run')
    expect(status).toBe(0)
  }, 20_000)
})
