/**
 * The one way in: what people paste, read for calls and refusals. Brings the endpoint catalogue and a
 * YAML parser along, so a page takes it by `import()`.
 */
import { isJobToken, judge, plainAddress, predefined, variablesOf, withValues } from './calls.ts'
import { isCi, readCi } from './ci-yaml.ts'
import { languageOf, readCode } from './code.ts'
import { readConfiguration } from './configuration.ts'
import type { Call, Finding, ReadingContext } from './findings.ts'
import { echoesCommands, readLog } from './log.ts'
import { isMakefile, readMakefile } from './make.ts'
import { readScript, type Sighting } from './script.ts'
import { mask } from './secrets/mask.ts'

export type Reading = {
  /** What the text was taken for. */
  readonly kind: 'log' | 'question' | 'ci' | 'configuration' | 'shell'
  /** In the order of their lines; none where nothing was found. */
  readonly findings: readonly Finding[]
}

/**
 * Reads any text, and answers with what it found in it: refusals in a failed job's log, or calls in
 * a question (method and address), in CI configuration, a tool's configuration or a shell script.
 * Never throws; secrets are masked in all that it returns.
 */
export function read(pasted: string, context: ReadingContext): Reading {
  const text = mask(pasted.replace(/^\uFEFF/, ''))
  const question = readQuestion(text)
  if (question) return { kind: 'question', findings: judged(question, text, context) }
  if (isMakefile(text)) {
    return {
      kind: 'shell',
      findings: judged(readMakefile(text, predefined(context)), text, context),
    }
  }
  const echoes = echoesCommands(text)
  const denials = echoes || mayRefuse(text) ? readLog(withoutComments(text), context) : []
  // What tools report as a number may be part of a script; GitLab's sentences are not.
  const isLog =
    (echoes && denials.length > 0) ||
    denials.some(
      ({ refusal }) => !/^(?:not-found|no-route|missing|reason|forbidden|unau)/.test(refusal.code),
    )
  if (!isLog && isCi(text)) {
    return { kind: 'ci', findings: judged(readCi(text, context), text, context) }
  }
  if (denials.length) return { kind: 'log', findings: denials }
  const configured = readConfiguration(text, context)
  if (configured) return { kind: 'configuration', findings: judged(configured, text, context) }
  const language = languageOf(text)
  if (language && language !== 'powershell' && !commandOfShell.test(text)) {
    const calls = readCode(text, language, predefined(context))
    return { kind: 'shell', findings: judged(calls, text, context) }
  }
  // Prompts, as logs and manuals have them.
  const script = text.replace(/^([ \t]*)\$ /gm, '$1')
  const sightings = readScript(script, predefined(context))
  // A command pasted alone is a question, too; its token may well have been left out.
  const isAlone = sightings.length === 1 && !isJobToken(text)
  return {
    kind: 'shell',
    findings: isAlone
      ? judged(sightings.map(withToken), text, context)
      : judged(sightings, text, context),
  }
}

/** A script of the shell may hold code of another language. */
const commandOfShell =
  /^[ \t]*(?:\$ |curl[ \t]|wget[ \t]|git[ \t]|python[\d.]*[ \t]|node[ \t]|npm[ \t]|pip3?[ \t]|sh[ \t]|bash[ \t]|cat[ \t]|echo[ \t]|export[ \t]+\w+=)/m

/** Configuration is read faster for not being taken for a log; words may be broken anywhere in one. */
const mayRefuse = (text: string) =>
  !isCi(text) ||
  /Insufficient|not allowed|unauthorized|different project|could not be found|Access denied|moved projects/.test(
    text,
  )

/** Comments like to quote refusals; Docker numbers its steps with the same sign. */
const withoutComments = (text: string) => text.replace(/^[ \t]*#(?!\d).*$/gm, '')

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

/** Of longer lines no more is kept: a thousand calls may stand in a line of a megabyte. */
const longestShown = 1000
const shown = (line: string) => line.trim().slice(0, longestShown)

/** `isLost`: the text shows no token, and that is taken for an oversight. */
type Judged = Sighting & { readonly isLost?: true }

function judged(sightings: readonly Judged[], text: string, context: ReadingContext): Call[] {
  const lines = text.split('\n')
  const calls: Call[] = []
  for (const { line, tool, attempt: written, isLost, jobs } of sightings) {
    const attempt = withValues(written, context)
    const answer = judge(attempt, context)
    if (!answer) continue
    const request =
      attempt.what === 'request' && answer.code !== 'not-recognised'
        ? { request: { method: attempt.method.toUpperCase(), url: plainAddress(attempt.url) } }
        : {}
    calls.push({
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
    })
  }
  // What a job writes inside another command stands before it, but on a later line.
  return calls.sort((a, b) => a.line - b.line)
}
