import { parseArgs } from 'node:util'
import { type DialChanges, dialsFromRecord } from './dials.ts'
import { DialError } from './faults.ts'
import { commandHelp } from './help.ts'
import { openApi } from './openapi.ts'
import { type ServerOptions, startServer } from './server.ts'

const text = { type: 'string' } as const
const flags = {
  port: { type: 'string', default: '4010' },
  scenario: text,
  as: text,
  latency: text,
  now: text,
  api: text,
  fault: text,
  'open-control': { type: 'boolean', default: false },
  openapi: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/**
 * The command line: `npm run mock-api -- --port 4010 --scenario default`. Runs until it is stopped;
 * a mistake in the flags or a taken port prints one line and exits with code 1.
 * @param name of the command, as its user typed it
 */
export async function main(argv: readonly string[], name = 'mock-api'): Promise<void> {
  try {
    const options = readFlags(argv)
    if (options === 'help') return console.log(commandHelp(name))
    if (options === 'openapi') return console.log(JSON.stringify(openApi('/'), null, 2))
    const server = await startServer(options)
    const { scenario = 'default' } = options.dials
    console.log(`Mock GitLab on ${server.url} (scenario ${scenario})`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void server.close().then(() => process.exit(0)))
    }
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    console.error(`${name}: ${reason}`)
    process.exitCode = 1
  }
}

type Options = ServerOptions & { readonly dials: DialChanges }

function readFlags(argv: readonly string[]): Options | 'help' | 'openapi' {
  const {
    port,
    help,
    openapi,
    'open-control': openControl,
    ...dials
  } = parseArgs({ args: [...argv], options: flags }).values
  if (help) return 'help'
  if (openapi) return 'openapi'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new DialError(`Unknown port "${port}", expected a number from 0 to 65535`)
  }
  return { port: Number(port), dials: dialsFromRecord(dials), openControl }
}

/** One line that describes a mistake of the user; undefined for a bug. */
function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof DialError) return error.message
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') return `The port is taken (${error.message})`
  return code.startsWith('ERR_PARSE_ARGS') ? error.message.split('\n')[0] : undefined
}
