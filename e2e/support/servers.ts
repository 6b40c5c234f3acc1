import { createServer, type Server } from 'node:http'

/** A server that is no GitLab: it answers every page, but lets no page of another origin read it. */
export type Stranger = { readonly address: string; close(): Promise<void> }

export async function startStranger(): Promise<Stranger> {
  const server = createServer((_request, response) => response.end('Hello'))
  const port = await listen(server)
  return { address: `http://127.0.0.1:${port}`, close: () => close(server) }
}

/** An address where nothing listens (any more). */
export async function deadAddress(): Promise<string> {
  const server = createServer()
  const port = await listen(server)
  await close(server)
  return `http://127.0.0.1:${port}`
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
