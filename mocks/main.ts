import { parseArgs } from 'node:util'
import { type DialChanges, dialsFromRecord } from './dials.ts'
import { DialError } from './faults.ts'
import { scenarios } from './scenarios/scenarios.ts'
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
  help: { type: 'boolean', default: false },
} as const

const help = `A simulated GitLab over HTTP, for tests and curl.

  --port <number>     4010 unless told; 0 for any free one
  --scenario <name>   what it starts from: ${scenarios.map(({ name }) => name).join(', ')}
  --as <role>         who a request without a token acts as; nobody unless told
  --latency <ms>      before each answer
  --now <date>        the fixed clock, in ISO 8601
  --api rest|gitlab   with the permissions extension, or as stock GitLab
  --fault "<faults>"  METHOD path-part effect [times]; several separated by ";"; times is a number,
                      or a range: 2..4 is the second to the fourth request
  --open-control      lets pages of any origin, and any Host, turn the dials at /-/mock

Tokens: glpat-<role> as PRIVATE-TOKEN, the role one of admin, owner, maintainer, developer, guest,
stranger. OAuth: /oauth/authorize and so on, for the application "job-token-console" at any port of
this machine, address /connect. Worlds of their own: /w/<name>/api/v4/…. Control: GET and PUT
/-/mock, POST /-/mock/reset.`

/**
 * The command line: `npm run mock-api -- --port 4010 --scenario default`. Runs until it is stopped;
 * a mistake in the flags or a taken port prints one line and exits with code 1.
 */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    const options = readFlags(argv)
    if (!options) return console.log(help)
    const server = await startServer(options)
    const { scenario = 'default' } = options.dials
    console.log(`Mock GitLab on ${server.url} (scenario ${scenario})`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void server.close().then(() => process.exit(0)))
    }
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    console.error(`mock-api: ${reason}`)
    process.exitCode = 1
  }
}

type Options = ServerOptions & { readonly dials: DialChanges }

function readFlags(argv: readonly string[]): Options | undefined {
  const {
    port,
    help: asked,
    'open-control': openControl,
    ...dials
  } = parseArgs({ args: [...argv], options: flags }).values
  if (asked) return undefined
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
