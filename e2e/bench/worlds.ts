import { type MockServer, startMockServer } from '../support/mock-server.ts'

/** The stored connection of a user in one world, in the console's format. */
export type Connection = {
  address: string
  webAddress: string
  token: string
  user: { id: number; username: string; name: string; avatarUrl: string | null; isAdmin: boolean }
}

/** The number of entries besides the own project's. */
export const sizes = [20, 400, 10_000] as const
export type Size = (typeof sizes)[number]

const scenarioOf = { 20: 'at-limit', 400: 'at-limit', 10000: 'large' } as const satisfies Record<
  Size,
  string
>

/** The role that the console of the benchmark has. */
export const token = 'glpat-maintainer'

export type Worlds = {
  connection(size: Size): Connection
  /** Changes dials of a world; a scenario or a kind of API starts it afresh. */
  turn(size: Size, dials: object): Promise<void>
  /** Drops what was written. */
  reset(size: Size): Promise<void>
  stop(): Promise<void>
}

/** Starts one mock server with a world for each size; project 1 owns the allowlist. */
export async function openWorlds(wanted: readonly Size[]): Promise<Worlds> {
  const server = await startMockServer()
  // Otherwise an interrupted benchmark would leave the server running.
  process.once('exit', () => void server.stop())
  const connections = new Map<Size, Connection>()
  for (const size of wanted) connections.set(size, await openWorld(server, size))
  function connection(size: Size): Connection {
    const found = connections.get(size)
    if (!found) throw new Error(`no world of ${size} was opened`)
    return found
  }
  return {
    connection,
    async turn(size, dials) {
      await send('PUT', `${connection(size).address}/-/mock`, dials)
    },
    async reset(size) {
      await send('POST', `${connection(size).address}/-/mock/reset`)
    },
    stop: () => server.stop(),
  }
}

async function openWorld(server: MockServer, size: Size): Promise<Connection> {
  const address = `${server.address}/w/size-${size}`
  await send('PUT', `${address}/-/mock`, { scenario: scenarioOf[size] })
  if (size === 20) await keepFirst(address, 10)
  const user = await send('GET', `${address}/api/v4/user`)
  return {
    address,
    webAddress: address,
    token,
    user: {
      id: Number(user.id),
      username: String(user.username),
      name: String(user.name),
      avatarUrl: null,
      isAdmin: false,
    },
  }
}

/** Removes all but the first groups and projects from the full list. */
async function keepFirst(address: string, count: number): Promise<void> {
  const scope = `${address}/api/v4/projects/1/job_token_scope`
  const ids = Array.from({ length: 200 - count }, (_, index) => count + index + 1)
  for (const n of ids) {
    await send('DELETE', `${scope}/groups_allowlist/${1000 + n}`)
    await send('DELETE', `${scope}/allowlist/${20_000 + n}`)
  }
}

async function send(method: string, url: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method,
    headers: { 'PRIVATE-TOKEN': token, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`)
  return text ? JSON.parse(text) : {}
}
