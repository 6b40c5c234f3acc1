import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The mock GitLab of one test worker, over HTTP. */
export type MockServer = { readonly address: string; stop(): Promise<void> }

/** Starts `npm run mock-api` on a free port, and waits until it prints its address. */
export async function startMockServer(): Promise<MockServer> {
  const child = spawn(process.execPath, ['scripts/mock-api.mjs', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await addressOf(child)
  return {
    address,
    async stop() {
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const address = /https?:\/\/[^\s/]+:\d+/.exec(said)?.[0]
      if (address) resolve(address)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the mock server ended with ${code}:\n${said}`)))
  })
}
