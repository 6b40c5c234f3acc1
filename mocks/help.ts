/** What the mock's command and its control address say of themselves. */
import { scenarioNames } from './scenarios/scenarios.ts'

const mostCharacters = 100

/** Names with commas between; the lines after the first one begin with so many spaces. */
function inLines(names: readonly string[], indent: number): string {
  const lines = ['']
  for (const name of names) {
    const line = lines.at(-1) ?? ''
    const longer = line === '' ? name : `${line}, ${name}`
    if (indent + longer.length < mostCharacters) lines[lines.length - 1] = longer
    else lines.push(name)
  }
  return lines.join(`,\n${' '.repeat(indent)}`)
}

/**
 * The answer to `--help`.
 * @param name of the command, as its user typed it
 */
export const commandHelp = (name: string) => `A simulated GitLab over HTTP, for tests and curl.

Usage: ${name} [flags]

  --port <number>     4010 unless told; 0 for any free one
  --scenario <name>   what it starts from, "default" unless told:
                      ${inLines(scenarioNames, 22)}
  --as <role>         who a request without a token acts as; nobody unless told
  --latency <ms>      before each answer
  --now <date>        the fixed clock, in ISO 8601
  --api rest|gitlab   with the permissions extension, or as stock GitLab
  --fault "<faults>"  METHOD path-part effect [times]; several separated by ";"; times is a number,
                      or a range: 2..4 is the second to the fourth request
  --open-control      lets pages of any origin, and any Host, turn the dials at /-/mock
  --openapi           prints the routes as OpenAPI 3.1, and ends
  --help              prints this, and ends

It listens on 127.0.0.1 only, and prints its address.

Tokens: glpat-<role> as PRIVATE-TOKEN, the role one of admin, owner, maintainer, developer, guest,
stranger. A job's: project-<id> as JOB-TOKEN. OAuth: /oauth/authorize and so on, for the application
"job-token-console" at any port of this machine, address /connect.
${controlHelp('http://127.0.0.1:4010')}`

/**
 * The answer of `/-/mock/help`.
 * @param url the world's address, without a slash at the end
 */
export const controlHelp = (url: string) => `
The dials and the state, while it runs:

  curl ${url}/-/mock
  curl -X PUT ${url}/-/mock -d '{"scenario": "contract", "latency": 300}'
  curl -X PUT ${url}/-/mock -d '{"fault": "DELETE /allowlist/2 503 1"}'
  curl -X PUT ${url}/-/mock -d '{"fault": null, "as": null, "now": null}'
  curl -X POST ${url}/-/mock/reset
  curl ${url}/-/mock/openapi.json
  curl ${url}/-/mock/help

A dial that is left out stays. Another scenario or api starts a fresh world. reset drops all writes
and arms the faults again. Only clients and pages of this machine are let in here.

Each /w/<name> is a world of its own, created on first use: /w/<name>/api/v4/..., /w/<name>/-/mock.
`
