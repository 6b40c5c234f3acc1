/**
 * The one way in: what people paste, read for calls and refusals. Brings the endpoint catalogue and a
 * YAML parser along, so a page takes it by `import()`.
 */
import {
  type Attempt,
  hostElsewhere,
  isJobToken,
  judge,
  otherHost,
  plainAddress,
  predefined,
  variablesOf,
  withValues,
} from './calls.ts'
import { isCi, readCi } from './ci-yaml.ts'
import { languageOf, readCode } from './code.ts'
import { readConfiguration } from './configuration.ts'
import type { Call, Elsewhere, Finding, ReadingContext } from './findings.ts'
import { echoesCommands, readLog } from './log.ts'
import { isMakefile, readMakefile } from './make.ts'
import { readScript, type Sighting } from './script.ts'
import { mask } from './secrets/mask.ts'

export type Reading = {
  /** What the text was taken for. */
  readonly kind: 'log' | 'question' | 'ci' | 'configuration' | 'shell'
  /** In the order of their lines; none where nothing was found. */
  readonly findings: readonly Finding[]
  /** Where job tokens go to other hosts; absent where none does. */
  readonly elsewhere?: readonly Elsewhere[]
}

/**
 * Reads any text, and answers with what it found in it: refusals in a failed job's log, or calls in
 * a question (method and address), in CI configuration, a tool's configuration or a shell script.
 * Never throws; secrets are masked in all that it returns.
 */
export function read(pasted: string, context: ReadingContext): Reading {
  const text = mask(pasted.replace(/^\uFEFF/, ''))
  const question = readQuestion(text)
  if (question) return answered('question', question, text, context)
  if (isMakefile(text)) {
    return answered('shell', readMakefile(text, predefined(context)), text, context)
  }
  const echoes = echoesCommands(text)
  const isConfiguration = isCi(text)
  // Configuration is read faster for not being taken for a log; words may be broken anywhere in one.
  const mayBeLog = echoes || !isConfiguration || refuses.test(text)
  const denials = mayBeLog ? readLog(withoutComments(text), context) : []
  // What tools report as a number may be part of a script; GitLab's sentences are not.
  const isLog =
    (echoes && denials.length > 0) ||
    denials.some(
      ({ refusal }) => !/^(?:not-found|no-route|missing|reason|forbidden|unau)/.test(refusal.code),
    )
  if (!isLog && isConfiguration) {
    return answered('ci', readCi(text, context), text, context)
  }
  if (denials.length) return { kind: 'log', findings: denials }
  const configured = readConfiguration(text, context)
  if (configured) return answered('configuration', configured, text, context)
  const language = languageOf(text)
  if (language && language !== 'powershell' && !commandOfShell.test(text)) {
    const calls = readCode(text, language, predefined(context))
    return answered('shell', calls, text, context)
  }
  // Prompts, as logs and manuals have them.
  const script = text.replace(/^([ \t]*)\$ /gm, '$1')
  const sightings = readScript(script, predefined(context))
  // A command pasted alone is a question, too; its token may well have been left out.
  const isAlone = sightings.length === 1 && !isJobToken(text)
  const answer = answered('shell', isAlone ? sightings.map(withToken) : sightings, text, context)
  if (answer.findings.length > 0 || answer.elsewhere) return answer
  const elsewhere = refusedElsewhere(text, context)
  return elsewhere.length > 0 ? { kind: 'log', findings: [], elsewhere } : answer
}

/** What a text makes of its sightings. */
function answered(
  kind: Reading['kind'],
  sightings: readonly Judged[],
  text: string,
  context: ReadingContext,
): Reading {
  const lines = text.split('\n')
  const findings: Call[] = []
  const elsewhere: Elsewhere[] = []
  for (const sighting of sightings) {
    const { line, attempt: written, isLost } = sighting
    const attempt = withValues(written, context)
    const call = judged(sighting, attempt, lines, context)
    if (call) findings.push(call)
    const isGitlabs = !isLost || ('url' in written && written.url.includes('/api/v4/'))
    const host = isGitlabs ? hostElsewhere(attempt, context) : undefined
    if (host) elsewhere.push({ line: line + 1, text: shown(lines[line] ?? ''), host })
  }
  // What a job writes inside another command stands before it, but on a later line.
  findings.sort((a, b) => a.line - b.line)
  return { kind, findings, ...(elsewhere.length > 0 && { elsewhere }) }
}

/** A status and an address of GitLab's API in one line, as package managers and curl report them. */
const refusedAt = /\b40[134]\b[^\n]{0,300}?(https?:\/\/[^\s"'<>]+\/api\/v4\/)/

/** The refusals of another GitLab in a log. */
function refusedElsewhere(text: string, { gitlabUrl }: ReadingContext): Elsewhere[] {
  return text.split('\n').flatMap((line, index): Elsewhere[] => {
    const address = line.length < 4000 ? refusedAt.exec(line)?.[1] : undefined
    const host = address && otherHost(address, gitlabUrl)
    return host ? [{ line: index + 1, text: shown(line), host }] : []
  })
}

/** A script of the shell may hold code of another language. */
const commandOfShell =
  /^[ \t]*(?:\$ |curl[ \t]|wget[ \t]|git[ \t]|python[\d.]*[ \t]|node[ \t]|npm[ \t]|pip3?[ \t]|sh[ \t]|bash[ \t]|cat[ \t]|echo[ \t]|export[ \t]+\w+=)/m

/** Words of the sentences with which GitLab refuses. */
const refuses =
  /Insufficient|not allowed|unauthorized|different project|could not be found|Access denied|moved projects/

/** Comments like to quote refusals; Docker numbers its steps with the same sign. */
const withoutComments = (text: string) =>
  text.includes('#') ? text.replace(/^[ \t]*#(?!\d).*$/gm, '') : text

const requestLine =
  /^\s*(?:(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+)?((?:https?:\/\/|\/(?!\/))[^\s"'`<>|]+|(?:projects|groups?|packages|job|jobs|api)\/[^\s"'`<>|]+|\/?job)(?:\s+HTTP\/[\d.]+)?\s*$/i

/** A method and an address per line, as in a manual; an address alone is read by GET. */
function readQuestion(text: string): Sighting[] | undefined {
  if (text.length > 20_000) return undefined
  const sightings: Sighting[] = []
  for (const [line, written] of text.split('\n').entries()) {
    if (!written.trim()) continue
    const [, method = 'GET', url] = requestLine.exec(written) ?? []
    if (!url) return undefined
    sightings.push({
      line,
      tool: 'request',
      attempt: { what: 'request', method, url, token: 'job' },
    })
  }
  return sightings.length ? sightings : undefined
}

function withToken(sighting: Sighting): Judged {
  const { attempt } = sighting
  const isPage = attempt.what === 'request' && !/\/api\//.test(attempt.url)
  return attempt.token === 'none' && !isPage
    ? { ...sighting, isLost: true, attempt: { ...attempt, token: 'job' } }
    : sighting
}

/**
 * The most characters of a line that are kept with a call: a line of a megabyte may hold a thousand
 * calls.
 */
const longestShown = 1000
const shown = (line: string) => line.trim().slice(0, longestShown)

/** `isLost`: the text shows no token, and that is taken for an oversight. */
type Judged = Sighting & { readonly isLost?: true }

/** @param attempt that of the sighting, with the values that somebody gives to variables */
function judged(
  { line, tool, attempt: written, isLost, jobs }: Judged,
  attempt: Attempt,
  lines: readonly string[],
  context: ReadingContext,
): Call | undefined {
  const answer = judge(attempt, context)
  if (!answer) return undefined
  const request =
    attempt.what === 'request' && answer.code !== 'not-recognised'
      ? { request: { method: attempt.method.toUpperCase(), url: plainAddress(attempt.url) } }
      : undefined
  return {
    kind: 'call',
    line: line + 1,
    text: shown(lines[line] ?? ''),
    tool,
    ...request,
    answer,
    ...(attempt.token === 'assumed' && { assumes: 'job-token' as const }),
    ...(isLost && { assumes: 'lost-token' as const }),
    ...(jobs && { jobs }),
    ...variablesOf(written, answer, context),
  }
}
