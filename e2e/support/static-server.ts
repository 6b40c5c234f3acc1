import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** The address of an empty page on every server. */
export const blank = '/blank.html'

export type StaticServer = { readonly address: string; stop(): Promise<void> }

/**
 * Serves folders on this machine like a good static host: everything from memory, index.html for
 * unknown addresses.
 * @param folders a file in a later folder wins
 * @param options.compressed text is compressed by Brotli in advance, which takes seconds
 */
export async function serve(
  folders: readonly string[],
  { compressed = false } = {},
): Promise<StaticServer> {
  const files = new Map<string, { body: Uint8Array; headers: Record<string, string> }>()
  for (const folder of folders) {
    for (const path of filesBelow(folder)) {
      const body = readFileSync(path)
      const type = types[extname(path)]
      files.set(`/${relative(folder, path).split(sep).join('/')}`, {
        body: type && compressed ? await promisify(brotliCompress)(body) : body,
        headers: {
          'Content-Type': type ?? 'application/octet-stream',
          ...(type && compressed && { 'Content-Encoding': 'br' }),
        },
      })
    }
  }
  files.set(blank, { body: new Uint8Array(), headers: { 'Content-Type': 'text/html' } })
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '/'
    const file = files.get(path) ?? files.get('/index.html')
    response.writeHead(200, { ...file?.headers, 'Content-Length': file?.body.length ?? 0 })
    response.end(file?.body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const bound = server.address()
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
