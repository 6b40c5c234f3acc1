/**
 * Refusals in job logs. GitLab's texts are those of `lib/api/helpers.rb`,
 * `app/models/ci/job_token/` and `lib/gitlab/git_access.rb`; around them stand what runners,
 * terminals and package managers add.
 */
import { resourceOffers } from '../permission-catalogue.ts'
import { type Attempt, judge, predefined } from './calls.ts'
import type { Call, Denial, ProjectName, ReadingContext, Refusal } from './findings.ts'
import { readScript } from './script.ts'

/** Colours and cursor moves, also where the escape character got lost or is written out. */
const escapes =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what logs are full of
  /(?:\x1b|\x9b|\u241b|\^\[|\\x1b|\\033|\\u001b|\\e)?\[\??\d{0,4}(?:;\d{0,4}){0,6}[mKGHJhl]|section_(?:start|end):\d+:[\w.-]+(?:\[[^\]\n]{0,200}\])?/gi

/** What stands in front of a line: times, streams, programs. */
const prefix =
  /^\s*(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?(?: \d\d[EO]\+?)?|\[?\d\d:\d\d:\d\d(?:[.,]\d+)?\]?|remote:|fatal:|error:|npm (?:ERR!|error|WARN)|\[(?:ERROR|INFO|WARN(?:ING)?|DEBUG)\]|#\d+ \d+\.\d+|[<>*│|](?= )|ERR!)\s*/i

/**
 * The texts of a log and where they stand. GitLab's sentences may be broken anywhere, so they are
 * searched in `dense`, which has no blanks at all.
 */
type Log = {
  /** Per line of the pasted text, without colours, prefixes and JSON escapes. */
  readonly lines: readonly string[]
  readonly dense: string
  /** Where each line begins in `dense`. */
  readonly starts: readonly number[]
}

function clean(text: string): Log {
  const lines: string[] = []
  const starts: number[] = []
  let length = 0
  const dense: string[] = []
  for (const raw of text.replace(escapes, '').split('\n')) {
    const line = unescaped(withoutPrefixes(raw.slice(raw.lastIndexOf('\r', raw.length - 2) + 1)))
    lines.push(line)
    starts.push(length)
    const part = line.replace(/\s+/g, '')
    dense.push(part)
    length += part.length
  }
  return { lines, dense: dense.join(''), starts }
}

function withoutPrefixes(line: string): string {
  let rest = line
  for (let i = 0; i < 6; i++) {
    const found = prefix.exec(rest)
    if (!found) break
    rest = rest.slice(found[0].length)
  }
  return rest
}

/** JSON in a log is often escaped, and sometimes twice. */
function unescaped(line: string): string {
  if (!line.includes('\\') && !line.includes('&')) return line
  return line
    .replace(/\\{1,8}u00([0-7][0-9a-f])/gi, (_all, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replace(/\\{1,8}[nrt]/g, ' ')
    .replace(/\\{1,8}(["'/])/g, '$1')
    .replace(/&(?:#0?39|apos|quot);/g, "'")
}

/** The line of a place in `dense`. */
function lineAt({ starts }: Log, place: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= place) low = middle
    else high = middle - 1
  }
  // Lines without text begin where the next one does.
  return low
}

type Hit = { readonly line: number; readonly refusal: Refusal; readonly isVague?: true }

const known = resourceOffers.map(({ name }) => name.toLowerCase()).join('|')
/** One policy in a list without blanks; where the list was cut off, only those that we know. */
const policy = `(?:read|admin)_(?:[a-z_]{1,60}?(?=[.,"'\\)]|and(?:read|admin)_|$)|(?:${known}))`
const required = new RegExp(
  `^(.{1,255}?)\\.Thefollowingtokenpermissions?(?:is|are)required:(${policy}(?:,?(?:and)?${policy}){0,40})`,
)
const onePolicy = new RegExp(policy, 'g')

/** GitLab's sentences, without blanks. What comes after them is read by `tail`. */
const sentences: readonly {
  readonly text: string
  readonly tail: (log: Log, end: number) => Refusal | undefined
}[] = [
  {
    text: 'Insufficientpermissionstoaccessthisresourceinproject',
    tail({ dense }, end) {
      const [, project, list] = required.exec(dense.slice(end, end + 3000)) ?? []
      if (!project || !list) return undefined
      const policies = (list.match(onePolicy) ?? []).map((name) => name.toUpperCase())
      return { code: 'policies', project: nameOf(project), policies }
    },
  },
  {
    text: 'AuthenticationbyCI/CDjobtokennotallowedfrom',
    tail(log, end) {
      const pair = originAndAccessed(textAfter(log, end))
      if (!pair) return undefined
      return { code: 'not-listed', origin: nameOf(pair[0]), accessed: nameOf(pair[1]) }
    },
  },
  { text: 'ThisactionisunauthorizedforCI/CDjobtokens', tail: () => ({ code: 'no-policy' }) },
  {
    text: 'CI/CDjobtokencannotbeusedtoauthenticatewiththecontainerregistryofadifferentproject',
    tail: () => ({ code: 'registry' }),
  },
  {
    text: 'Theprojectyouwerelookingforcouldnotbefound',
    tail: () => ({ code: 'git-not-found' }),
  },
  { text: 'Youarenotallowedtopushcodetothisproject', tail: () => ({ code: 'git-push' }) },
  { text: 'Youarenotallowedtouploadcode', tail: () => ({ code: 'git-push' }) },
  { text: 'HTTPBasic:Accessdenied', tail: () => ({ code: 'unauthorized' }) },
]

const nameOf = (written: string): ProjectName =>
  /^#\d{1,15}$/.test(written) ? { id: Number(written.slice(1)) } : { path: written }

/** What follows a place in `dense`, with its blanks, to the end of the line and two more. */
function textAfter(log: Log, place: number): string {
  const index = lineAt(log, place === log.dense.length ? place - 1 : place)
  const line = log.lines[index] ?? ''
  let skip = place - (log.starts[index] ?? 0)
  // Nobody's line is that long; a machine's could be, with a thousand refusals.
  if (skip > 20_000) return ''
  let at = 0
  for (; at < line.length && skip > 0; at++) if (!/\s/.test(line[at] as string)) skip--
  return [line.slice(at), log.lines[index + 1] ?? '', log.lines[index + 2] ?? '']
    .map((part) => part.slice(0, 600))
    .join('\n')
}

/** `<origin> to <accessed>.`; a line may have been broken between words or inside one. */
function originAndAccessed(text: string): [string, string] | undefined {
  const pair = /^\s*([^\s"]{1,255}) to ([^\s"]{1,255}?)\.(?=["'}\s,\\]|$)/
  for (const joint of [' ', '']) {
    const [, origin, accessed] = pair.exec(text.replace(/[ \t]*\n[ \t]*/g, joint)) ?? []
    if (origin && accessed) return [origin, accessed]
  }
  return undefined
}

function hitsOf(log: Log): Hit[] {
  const hits: Hit[] = []
  for (const { text, tail } of sentences) {
    for (let at = log.dense.indexOf(text); at >= 0; at = log.dense.indexOf(text, at + 1)) {
      const refusal = tail(log, at + text.length)
      if (refusal) hits.push({ line: lineAt(log, at), refusal })
    }
  }
  const exact = new Set(hits.map(({ line }) => line))
  log.lines.forEach((line, index) => {
    const refusal = exact.has(index) ? undefined : vague(line)
    if (refusal) hits.push({ line: index, refusal, isVague: true })
  })
  return hits.sort((a, b) => a.line - b.line)
}

const status =
  /(?:^|error:? ?(?:code )?|\bE|HTTP\/[\d.]+ |status(?: ?code)?[:=]? ?|response(?: code)?[:.]* ?|[("' ])(40[134])\b(?:$|[\s.,:)"'}-])/i
const statusText =
  /\b(?:40[134] )?(?:Unauthorized|Forbidden|Not Found)\b|requested URL returned error/i

/** A status without GitLab's reason, as tools report it, and Git's own words. */
function vague(line: string): Refusal | undefined {
  if (line.length > 4000) return undefined
  if (/^repository '.*' not found/.test(line)) return { code: 'git-not-found' }
  if (/^(?:Authentication failed for|could not read (?:Username|Password) for) /.test(line)) {
    return { code: 'unauthorized' }
  }
  if (/You are not allowed to download code/.test(line)) return { code: 'forbidden' }
  const code = status.exec(line)?.[1]
  if (!code || echoed.test(line)) return undefined
  // A number alone may be anything, unless it is all that a tool printed.
  if (
    !statusText.test(line) &&
    !/^E?40[134]$|(?:code E|HTTP\/[\d.]+ |ERROR |status(?: ?code)?[:=]? ?)40[134]\b/i.test(line)
  ) {
    return undefined
  }
  return { code: code === '404' ? 'not-found' : code === '403' ? 'forbidden' : 'unauthorized' }
}

/** A command as the runner repeats it, or the shell under `set -x`. */
const echoed = /^(?:\$|\++) (?=\S)/
/** A request as `curl -v` shows it. */
const requested = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE) \/\S* HTTP\/[\d.]+\s*$/

/** How many lines one failure may take up. */
const reach = 6

/**
 * The refusals of a log, in order of lines. What several lines say of one failure is one denial.
 * @param text with its secrets masked
 */
export function readLog(text: string, context: ReadingContext): Denial[] {
  const log = clean(text)
  const calls = new LogCalls(log, context)
  const groups: Group[] = []
  for (const hit of hitsOf(log)) {
    const call = calls.at(hit.line)
    const group = groups.at(-1)
    if (group && belongs(hit, call, group)) {
      group.last = hit
      group.told ??= toldBy(hit)
      group.call ??= call
    } else groups.push({ first: hit, last: hit, told: toldBy(hit), call })
  }
  const originals = text.split('\n')
  const denials: Denial[] = []
  for (const { first, told = first, call } of groups) {
    const found = call ?? calls.before(first.line)
    if (found === 'foreign' && told.isVague) continue
    denials.push({
      kind: 'denial',
      line: told.line + 1,
      text: shown(originals[told.line] ?? ''),
      refusal: told.refusal,
      ...(found && found !== 'foreign' && { call: found }),
    })
  }
  return denials
}

/** What several lines say of one failure. */
type Group = {
  readonly first: Hit
  last: Hit
  /** The first of them that gives GitLab's reason. */
  told: Hit | undefined
  call: Denial['call'] | 'foreign' | undefined
}

const toldBy = (hit: Hit) => (hit.isVague ? undefined : hit)

function belongs(hit: Hit, call: Group['call'], { last, told, call: known }: Group): boolean {
  if (hit.line - last.line > reach) return false
  if (call && known && JSON.stringify(call) !== JSON.stringify(known)) return false
  if (!told || hit.isVague) return hit.isVague || sameStatus(hit.refusal, last.refusal)
  return JSON.stringify(told.refusal) === JSON.stringify(hit.refusal) && !call
}

const sameStatus = (exact: Refusal, status: Refusal) =>
  status.code === 'forbidden' ||
  status.code === exact.code ||
  (status.code === 'not-found' && exact.code === 'git-not-found')

/** A line as people see it in a browser. */
const shown = (line: string) =>
  line
    .slice(line.lastIndexOf('\r', line.length - 2) + 1)
    .replace(escapes, '')
    .trim()

/** What a log tells about calls: in a line itself, or by the last command that was echoed. */
class LogCalls {
  private readonly log: Log
  private readonly context: ReadingContext
  private readonly echoes: number[]
  private readonly read = new Map<number, Denial['call'] | 'foreign' | undefined>()

  constructor(log: Log, context: ReadingContext) {
    this.log = log
    this.context = context
    this.echoes = log.lines.flatMap((line, index) =>
      echoed.test(line) || requested.test(line) ? [index] : [],
    )
  }

  at(index: number): Denial['call'] | 'foreign' | undefined {
    const attempt = attemptIn(this.log.lines[index] ?? '')
    const call = attempt && this.judged([attempt])
    return attempt?.what === 'request' && !attempt.method && call !== 'foreign' ? undefined : call
  }

  before(index: number): Denial['call'] | 'foreign' | undefined {
    let low = 0
    let high = this.echoes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.echoes[middle] ?? 0) < index) low = middle + 1
      else high = middle
    }
    const line = this.echoes[low - 1]
    if (line === undefined) return undefined
    if (!this.read.has(line)) {
      const text = (this.log.lines[line] ?? '').slice(0, 8000)
      const attempts = requested.test(text)
        ? [attemptIn(text)].filter((attempt) => attempt !== undefined)
        : readScript(text.replace(echoed, ''), predefined(this.context)).map(
            ({ attempt }) => attempt,
          )
      this.read.set(line, this.judged(attempts))
    }
    return this.read.get(line)
  }

  /** Of several calls nobody can say which one failed. */
  private judged(attempts: readonly Attempt[]): Denial['call'] | 'foreign' | undefined {
    const calls: Pick<Call, 'request' | 'answer'>[] = []
    for (const attempt of attempts) {
      // That a refusal came says that the call went out with some token.
      const answer = judge(
        attempt.token === 'none' ? { ...attempt, token: 'job' } : attempt,
        this.context,
      )
      if (!answer) continue
      const { what } = attempt
      calls.push(
        what === 'request'
          ? { request: { method: attempt.method, url: attempt.url }, answer }
          : { answer },
      )
    }
    if (attempts.length && !calls.length) return 'foreign'
    const [only] = calls
    return calls.length === 1 && only?.answer.code !== 'not-recognised' ? only : undefined
  }
}

/** The request that a line of a log speaks of; without a method where the line names none. */
function attemptIn(line: string): Attempt | undefined {
  if (line.length > 4000) return undefined
  const token = 'job'
  const repository =
    /(?:repository|unable to access|failed for|(?:Username|Password) for) '([^']+)'/.exec(line)
  if (repository?.[1]) {
    return { what: 'git-read', url: repository[1].replace(/\/+$/, ''), token }
  }
  const written =
    /\b(GET|HEAD|POST|PUT|PATCH|DELETE)\s+(https?:\/\/[^\s"'<>]+|\/[^\s"'<>]*\/api\/v4\/[^\s"'<>]+|\/api\/v4\/[^\s"'<>]+)/.exec(
      line,
    )
  if (written?.[1] && written[2]) {
    return { what: 'request', method: written[1], url: written[2].replace(/[.,:;)]+$/, ''), token }
  }
  const url = /https?:\/\/[^\s"'<>]+/.exec(line)?.[0].replace(/[.,:;)]+$/, '')
  if (!url) return undefined
  if (/Could not transfer artifact|Could not (?:PUT|GET|find)/i.test(line)) {
    const method = /deploy|\bPUT\b/i.test(line) ? 'PUT' : 'GET'
    const file = /\/packages\/maven\/?$/.test(url)
      ? `${url.replace(/\/$/, '')}/\${path}/\${file}`
      : url
    return { what: 'request', method, url: file, token }
  }
  if (/HTTPError|uploading/i.test(line) && /\/packages\/pypi\/?$/.test(url)) {
    return { what: 'request', method: 'POST', url, token }
  }
  const reads = /\b(?:getting|download(?:ing)?|fetch(?:ing)?|for url|from)\b/i.test(line)
  return { what: 'request', method: reads ? 'GET' : '', url, token }
}
