/**
 * Refusals in job logs. GitLab's texts are those of `lib/api/helpers.rb`,
 * `app/models/ci/job_token/` and `lib/gitlab/git_access.rb`; around them stand what runners,
 * terminals and package managers add.
 */
import { resourceOffers } from '../permission-catalogue.ts'
import {
  type Attempt,
  isJobToken,
  judge,
  plainAddress,
  predefined,
  variablesOf,
  withValues,
} from './calls.ts'
import {
  type Denial,
  fits,
  type ProjectName,
  type ReadingContext,
  type Refusal,
} from './findings.ts'
import { readScript } from './script.ts'

/**
 * Colours and cursor moves, also where the escape character got lost or is written out: `[M` would be
 * one, but in `[MASKED]`.
 */
const escapes =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what logs are full of
  /(?:\x1b|\x9b|\u241b|\^\[|\\x1b|\\033|\\u001b|\\e)?\[(?!MASKED\])\??\d{0,4}(?:;\d{0,4}){0,6}[mKGHJhl]|section_(?:start|end):\d+:[\w.-]+(?:\[[^\]\n]{0,200}\])?/gi

/** What each of them has. */
const mayHoldEscapes = /\[|section_/i

/** The prefix of a line: times, streams, programs. */
const prefix =
  /^\s*(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?(?: \d\d[EO]\+?)?|\[?\d\d:\d\d:\d\d(?:[.,]\d+)?\]?|remote:|fatal:|error:|npm (?:ERR!|error|WARN)|\[(?:ERROR|INFO|WARN(?:ING)?|DEBUG)\]|#\d+ \d+\.\d+|[<>*│|](?= )|ERR!)\s*/i

/**
 * The texts of a log and where they stand. GitLab's sentences may be broken anywhere, so they are
 * searched in `dense`, which has no blanks at all.
 */
class Log {
  /** Per line of the pasted text, without colours, prefixes and JSON escapes. */
  readonly lines: readonly string[]
  readonly dense: string
  /** The lines with their prefixes. */
  readonly raw: readonly string[]
  private known: readonly number[] | undefined

  constructor(text: string) {
    const plain = mayHoldEscapes.test(text) ? text.replace(escapes, '') : text
    this.raw = plain.split('\n')
    this.lines = this.raw.map((raw) =>
      plainPrompt(unescaped(withoutPrefixes(raw.slice(raw.lastIndexOf('\r', raw.length - 2) + 1)))),
    )
    this.dense = withoutBlanks(this.lines.join(''))
  }

  /** Where each line begins in `dense`; counted when a refusal is found, which most texts have none of. */
  get starts(): readonly number[] {
    if (this.known) return this.known
    let length = 0
    this.known = this.lines.map((line) => {
      const start = length
      length += withoutBlanks(line).length
      return start
    })
    return this.known
  }
}

const withoutBlanks = (text: string) => text.replace(/\s+/g, '')

/** A log that is quoted in prose is indented. */
const plainPrompt = (line: string) => line.replace(/^[ \t]{1,20}(?=\$ \S)/, '')

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
  {
    text: 'Insufficientpermissionstopullfromtherepositoryofproject',
    tail({ dense }, end) {
      const project = /^(.{1,255}?)\.(?![\w-]+\.git)/.exec(dense.slice(end, end + 300))?.[1]
      return project ? { code: 'membership', project: nameOf(project) } : undefined
    },
  },
  { text: 'NonGETmethodsarenotallowedformovedprojects', tail: () => ({ code: 'moved' }) },
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

/** Sentences that give a reason which no entry and no permission changes. */
const otherReasons =
  /^(?:(?:GitLab: )?You are not allowed to push code to protected|You are not allowed to download code from this project|You can't push code to an archived project|You are not allowed to (?:access|download)|Project is (?:archived|read-only)|Your account has been blocked)/

const nameOf = (written: string): ProjectName =>
  /^#\d{1,15}$/.test(written) ? { id: Number(written.slice(1)) } : { path: written }

/**
 * The text behind a place in `dense`, with its blanks, to the end of the line and two more lines.
 */
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

/** `<origin> to <accessed>.`, `… to project #<id>.`; a line may have been broken anywhere. */
function originAndAccessed(text: string): [string, string] | undefined {
  const newer = /^([^\s"]{1,255}?)\s*\bto\s*project\s*(#[\d\s]{1,20})\./.exec(text.trimStart())
  if (newer?.[1] && newer[2]) return [newer[1], newer[2].replace(/\s/g, '')]
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
    if (!mayBeVague.test(line) || exact.has(index)) return
    const refusal = vague(line, log.lines[index + 1] ?? '')
    if (refusal) hits.push({ line: index, refusal, isVague: true })
  })
  return hits.sort((a, b) => a.line - b.line)
}

const status =
  /(?:^|error:? ?(?:code )?|\bE|HTTP\/[\d.]+ |status(?: ?code)?[:=]? ?|response(?: code)?[:.]* ?|[("' ])(40[134])\b(?:$|[\s.,:)"'}-])/i
const statusText =
  /\b(?:40[134] )?(?:Unauthorized|Forbidden|Not Found)\b|requested URL returned error/i

/** Things inside a project: GitLab looks for them after it has let the call in. */
const thing =
  /\b404 (?!Project\b|Group\b|Package|Not\b|File\b|Namespace\b)([A-Z]\w*(?: [A-Z]?\w+){0,3}?) Not Found\b/
/** A reason behind the status; npm puts the request between them. */
const reasonBehind =
  /\b403 Forbidden - (?:(?:GET|PUT|POST|DELETE|PATCH) \S+ - )?(?!GET |PUT |POST |DELETE |PATCH )([^\n]{3,300}?)\s*(?=["']\s{0,9}[,}\]]|["'}.]{1,3}\s{0,9}$|$)/

/** The marks that test runners print in front of the name of a test. */
const ofTest = /^\s*(?:[✓✔✗✘√●○]|(?:not )?ok \d|(?:PASS|FAIL)(?:ED)?\b)/

/** What all lines have that `vague` knows: asking for each by itself takes ten times as long. */
const mayBeVague =
  /40[134]|insufficient_scope|You are not|You can't|Project is|Your account|repository '|Authentication failed|could not read/

/** A status without GitLab's reason, as tools report it, and Git's own words. */
function vague(line: string, next: string): Refusal | undefined {
  if (line.length > 4000 || echoed.test(line) || ofTest.test(line)) return undefined
  if (/\berror["']?\s{0,9}:\s{0,9}["']?404 Not Found\b/.test(line)) return { code: 'no-route' }
  const missing = thing.exec(line)?.[0]
  if (missing) return { code: 'missing', reason: missing }
  const storage = hostOfRunner(line)
  if (storage) return { code: 'storage', host: storage }
  const reason = reasonBehind.exec(line)?.[1]
  if (
    reason &&
    !/^(?:Insufficient permissions to access|Authentication by CI|This action is una)/.test(reason)
  ) {
    return { code: 'reason', reason }
  }
  if (/\binsufficient_scope\b/.test(line)) return { code: 'reason', reason: 'insufficient_scope' }
  if (otherReasons.test(line)) return { code: 'reason', reason: line.trim() }
  if (/^repository '.*' not found/.test(line)) return { code: 'git-not-found' }
  if (/\b401 Error, Credentials not correct for\b/.test(line)) return { code: 'unauthorized' }
  if (/^(?:Authentication failed for|could not read (?:Username|Password) for) /.test(line)) {
    return { code: 'unauthorized' }
  }
  const code = status.exec(line)?.[1]
  if (!code) return undefined
  // A number alone may be anything, unless it is all that a tool printed.
  if (
    // A terminal may have wrapped the line.
    !statusText.test(line) &&
    !(/\bNot$/.test(line.trimEnd()) && /^\s*Found\b/.test(next)) &&
    !/^E?40[134]$|(?:code E|HTTP\/[\d.]+ |ERROR |status(?: ?code)?[:=]? ?)40[134]\b/i.test(line)
  ) {
    return undefined
  }
  return { code: code === '404' ? 'not-found' : code === '403' ? 'forbidden' : 'unauthorized' }
}

/** The host that refused the runner an artifact, where that is not the coordinator itself. */
const hostOfRunner = (line: string): string | undefined =>
  /\bartifacts from coordinator\b/.test(line) &&
  /\bstatus=40[13]\b|responseStatus=40[13]\b/.test(line)
    ? /\bhost=(\S{1,255})/.exec(line)?.[1]
    : undefined

/**
 * Whether a text repeats commands as a runner does, with what they print between them: a log then,
 * whatever words its other lines begin with.
 */
export const echoesCommands = (text: string) =>
  text.includes('$ ') &&
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what logs are full of
  /^(?:\x1b\[[\d;]{0,20}m|\d{4}-\d\d-\d\dT\S{1,40} (?:\d\d[EO]\+? ?)?|[ \t]){0,20}\$ \S/m.test(text)

/** A command as the runner repeats it, or the shell under `set -x`. */
const echoed = /^(?:\$|\++) (?=\S)/
/** A request as `curl -v` shows it. */
const requested = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE) \/\S* HTTP\/[\d.]+\s*$/

/** `curl -v` shows a page of what it does before the answer. */
const proofReach = 60

/** How many lines one failure may take up. */
const reach = 6

/**
 * The refusals of a log, in order of lines. What several lines say of one failure is one denial; a
 * command that is echoed ends the failure before it.
 * @param text with its secrets masked
 */
export function readLog(text: string, context: ReadingContext): Denial[] {
  const log = new Log(text)
  const hits = hitsOf(log)
  if (hits.length === 0) return []
  const calls = new LogCalls(log, context)
  const groups: Group[] = []
  const home = /^\w+:\/\/([^/]+)/.exec(context.gitlabUrl)?.[1]?.toLowerCase()
  for (const hit of hits) {
    const { refusal } = hit
    // The runner was refused by GitLab itself.
    const isHome = refusal.code === 'storage' && refusal.host.toLowerCase() === home
    const told: Hit = isHome ? { ...hit, refusal: { code: 'forbidden' } } : hit
    const address = calls.addressOf(hit.line)
    const call = address === undefined ? undefined : calls.at(address)
    const group = groups.at(-1)
    const isOther = group !== undefined && tracebackBetween(log, group.last.line, hit.line)
    if (
      group &&
      !isOther &&
      !calls.echoedBetween(group.last.line, hit.line) &&
      belongs(told, call, group)
    ) {
      group.last = told
      if (weight(told) > weight(group.told)) group.told = told
      group.call ??= call
      group.address ??= address
    } else groups.push({ first: told, last: told, told, call, address })
  }
  const originals = text.split('\n')
  const denials: Denial[] = []
  for (const group of groups) {
    const denial = denialOf(group, log, calls, context)
    if (denial) denials.push({ ...denial, text: shown(originals[denial.line - 1] ?? '') })
  }
  return denials
}

/** Whether another exception of Python begins between two lines. */
function tracebackBetween({ lines }: Log, from: number, to: number): boolean {
  for (let i = from + 1; i < to && to - from <= reach; i++) {
    if (/^Traceback \(most recent call last\)/.test(lines[i] ?? '')) return true
  }
  return false
}

function denialOf(
  { first, last, told, call: near, address }: Group,
  log: Log,
  calls: LogCalls,
  context: ReadingContext,
): Denial | undefined {
  const lookUp = calls.lookUp(first.line)
  const command = calls.before(first.line)
  const { refusal } = told
  const found = lookUp?.call ?? near ?? command?.call
  // Git names the server below what that says.
  if (near === 'foreign') return undefined
  if (told.isVague && refusal.code !== 'storage') {
    if (found === 'foreign') return undefined
    const isGitlabs =
      lookUp !== undefined ||
      found !== undefined ||
      command?.hasJobToken ||
      saysGitlab(log, first.line, last.line)
    if (!isGitlabs) return undefined
  }
  const known = found === 'foreign' ? undefined : found
  // The command before may stand for a block of which the log shows one line.
  const isCertain = near !== undefined || lookUp !== undefined || !command?.isCut
  const isIt =
    known !== undefined &&
    mayBe(refusal, known, isCertain, context) &&
    (isCertain || asksFor(refusal, known))
  const call = isIt ? known : undefined
  const git =
    near && told.isVague && refusal.code === 'forbidden' ? remoteReason(log, first.line) : undefined
  return {
    kind: 'denial',
    // A status alone says less than the line with the address, which npm, pip and Maven print around it.
    line: (git?.line ?? (weight(told) > 1 ? told.line : (address ?? told.line))) + 1,
    text: '',
    refusal: git ? { code: 'reason', reason: git.reason } : refusal,
    ...(call && refusal.code !== 'storage' && { call }),
    ...(lookUp && { advice: lookUp.advice }),
    ...(/^(?:forbidden|unauthorized)$/.test(refusal.code) &&
      calls.provesToken(first.line) && { isTokenGood: true as const }),
  }
}

/** The lines that report the same failure. */
type Group = {
  readonly first: Hit
  last: Hit
  /** The most informative of these lines. */
  told: Hit
  call: CallOrForeign
  /** The line that tells the address of the call. */
  address: number | undefined
}

type CallOrForeign = Denial['call'] | 'foreign' | undefined

/** GitLab's sentences tell more than a status with a reason, and that more than a status. */
function weight({ isVague, refusal }: Hit): number {
  if (!isVague) return 3
  return /^(?:reason|missing|no-route|storage)$/.test(refusal.code) ? 2 : 1
}

function belongs(hit: Hit, call: CallOrForeign, { last, told, call: known }: Group): boolean {
  if (hit.line - last.line > reach) return false
  if (call && known && JSON.stringify(call) !== JSON.stringify(known)) return false
  if (told.isVague || hit.isVague) {
    return weight(told) < 2 || weight(hit) < 2
      ? weight(told) === 1 && weight(hit) === 3
        ? sameStatus(hit.refusal, last.refusal)
        : true
      : JSON.stringify(told.refusal) === JSON.stringify(hit.refusal) || weight(hit) !== weight(told)
  }
  return JSON.stringify(told.refusal) === JSON.stringify(hit.refusal) && !call
}

const sameStatus = (exact: Refusal, status: Refusal) =>
  status.code === 'forbidden' ||
  status.code === exact.code ||
  (status.code === 'not-found' && exact.code === 'git-not-found')

/** Whether these lines have words that only GitLab, its runner or a client of it prints. */
function saysGitlab({ lines }: Log, from: number, to: number): boolean {
  for (let i = from; i <= to; i++) {
    const line = lines[i] ?? ''
    if (
      /"(?:message|error)"\s*:\s*"40[134]\b|\bgitlab\.exceptions\b|\bartifacts from coordinator\b|\b404 [A-Z]\w+ Not Found\b|^(?:Authentication failed for|could not read|repository ')|\bHTTP Basic: Access denied\b|\binsufficient_scope\b/.test(
        line,
      ) ||
      otherReasons.test(line)
    ) {
      return true
    }
  }
  return false
}

/** GitLab's reason, which Git prints in front of `unable to access … 403`. */
function remoteReason(
  { lines, raw }: Log,
  line: number,
): { reason: string; line: number } | undefined {
  if (!/unable to access '[^']+'.*\b403\b/.test(lines[line] ?? '')) return undefined
  for (let i = line - 1; i >= 0 && i > line - reach; i--) {
    if (!/^\s*(?:\S+ )?remote:/.test(raw[i] ?? '')) break
    const reason = (lines[i] ?? '').trim()
    if (/[a-z]{3}/.test(reason)) return { reason, line: i }
  }
  return undefined
}

/**
 * Whether a call may be the one that was refused: GitLab's sentence decides whose project it is.
 * @param isCertain nothing else ran in between: a number and a path may be the same project then
 */
function mayBe(
  refusal: Refusal,
  { answer }: NonNullable<Denial['call']>,
  isCertain: boolean,
  { ownProject }: ReadingContext,
): boolean {
  const name =
    refusal.code === 'policies' || refusal.code === 'membership'
      ? refusal.project
      : refusal.code === 'not-listed'
        ? refusal.accessed
        : undefined
  if (!name) return isCertain
  const addressee = 'addressee' in answer ? answer.addressee : undefined
  if (!addressee || addressee.kind === 'unknown' || addressee.kind === 'group') return isCertain
  const references =
    addressee.kind === 'own'
      ? [ownProject?.id === undefined ? undefined : String(ownProject.id), ownProject?.fullPath]
      : [addressee.reference]
  let isComparable = false
  for (const reference of references) {
    if (!reference || /[$%{]/.test(reference)) continue
    const isNumber = /^\d+$/.test(reference)
    if (isNumber !== 'id' in name) continue
    isComparable = true
    if ('id' in name ? reference === String(name.id) : fits(name, { id: 0, fullPath: reference }))
      return true
  }
  return !isComparable && isCertain
}

/** Whether a call needs a permission that was missing. */
const asksFor = (refusal: Refusal, { answer }: NonNullable<Denial['call']>): boolean =>
  refusal.code !== 'policies' ||
  answer.code !== 'needs' ||
  answer.policies.some((policy) => refusal.policies.includes(policy))

/** A line as people see it in a browser. */
const shown = (line: string) =>
  line
    .slice(line.lastIndexOf('\r', line.length - 2) + 1)
    .replace(escapes, '')
    .trim()

/** The last command that a log echoes before a line. */
type EchoedCommand = {
  readonly call: CallOrForeign
  readonly hasJobToken: boolean
  /** The log shows no more than its first line, or that of a block. */
  readonly isCut: boolean
}

/**
 * Finds the call that a line of a log is about, in the line itself or in the last echoed command.
 */
class LogCalls {
  private readonly log: Log
  private readonly context: ReadingContext
  private readonly echoes: number[]
  private readonly read = new Map<number, EchoedCommand>()

  constructor(log: Log, context: ReadingContext) {
    this.log = log
    this.context = context
    this.echoes = log.lines.flatMap((line, index) =>
      echoed.test(line) || requested.test(line) ? [index] : [],
    )
  }

  at(index: number): CallOrForeign {
    const attempt = attemptIn(this.log.lines[index] ?? '')
    const call = attempt && this.judged([attempt])
    return attempt?.what === 'request' && !attempt.method && call !== 'foreign' ? undefined : call
  }

  /** The line with the address of a call: that of the refusal, or where Maven breaks its sentence the one before. */
  addressOf(index: number): number | undefined {
    if (this.at(index) !== undefined) return index
    const isBroken = /^Return code is:/.test(this.log.lines[index] ?? '')
    return isBroken && this.at(index - 1) !== undefined ? index - 1 : undefined
  }

  /** How many commands are echoed before a line. */
  private place(index: number): number {
    let low = 0
    let high = this.echoes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.echoes[middle] ?? 0) < index) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Whether a command is echoed between two lines. */
  echoedBetween(from: number, to: number): boolean {
    const next = this.echoes[this.place(from + 1)]
    return next !== undefined && next < to && echoed.test(this.log.lines[next] ?? '')
  }

  before(index: number): EchoedCommand | undefined {
    const line = this.echoes[this.place(index) - 1]
    if (line === undefined) return undefined
    const known = this.read.get(line)
    if (known) return known
    const written = (this.log.lines[line] ?? '').slice(0, 8000)
    const text = written.replace(/(?:\\\s*|\\?\s*# collapsed multi-line command\s*)$/, '')
    const isCut = text !== written
    const attempts = requested.test(text)
      ? [attemptIn(text)].filter((attempt) => attempt !== undefined)
      : readScript(text.replace(echoed, ''), predefined(this.context)).map(({ attempt }) => attempt)
    const command = { call: this.judged(attempts), hasJobToken: isJobToken(text), isCut }
    this.read.set(line, command)
    return command
  }

  /** The line of the first `GET /job` that GitLab answered; the end of the log if there is none. */
  private proof: number | undefined

  /** Whether the job token was found to be good before a line. */
  provesToken(index: number): boolean {
    this.proof ??= this.echoes.find((line) => this.isProof(line)) ?? this.log.lines.length
    return this.proof < index
  }

  /** `GET /job` answers every token of a running job, and no other. */
  private isProof(line: number): boolean {
    const { lines } = this.log
    if (!/\/job(?:["'?\s]|$)/.test(lines[line] ?? '')) return false
    const command = this.before(line + 1)
    const answer = typeof command?.call === 'object' ? command.call.answer : undefined
    const deed = answer && 'deed' in answer ? answer.deed : undefined
    if (!command?.hasJobToken || typeof deed !== 'object' || deed.path !== '/job') return false
    for (let i = line + 1; i < lines.length && i <= line + proofReach; i++) {
      const written = lines[i] ?? ''
      if (echoed.test(written) || /\b40\d\b/.test(written)) return false
      if (/^(?:HTTP\/[\d.]+ )?200\b|^\s*\{\s*"id"\s*:\s*\d/.test(written)) return true
    }
    return false
  }

  /** A look-up of python-gitlab in the lines of a traceback before an error. */
  lookUp(index: number): { call: CallOrForeign; advice: 'no-auth' | 'lazy' } | undefined {
    if (!/\bgitlab\.exceptions\.|^Gitlab\w*Error\b/.test(this.log.lines[index] ?? ''))
      return undefined
    for (let i = index - 1; i >= 0 && i > index - 20; i--) {
      const line = this.log.lines[i] ?? ''
      if (echoed.test(line) || /^gitlab\.exceptions\./.test(line)) return undefined
      const [, things, id] =
        /\.(projects|jobs)\.get\(\s*(?:id\s*=\s*)?["']?([^\s"',)]{1,200})["']?\s*(?:,\s*lazy\s*=\s*False\s*)?\)/.exec(
          line,
        ) ?? []
      const isAuth = /\.auth\(\)/.test(line)
      if (!things && !isAuth) continue
      const api = predefined(this.context).get('CI_API_V4_URL') ?? ''
      const number = id && /^\d+$/.test(id) ? id : '${id}'
      const path =
        things === 'projects'
          ? `projects/${id && /^[\w.-]+\/[\w./-]+$/.test(id) ? encodeURIComponent(id) : number}`
          : things === 'jobs'
            ? `projects/\${id}/jobs/${number}`
            : 'user'
      const url = `${api}/${path}`
      const request = { method: 'GET', url }
      const answer = { code: 'not-possible', because: 'no-job-tokens' } as const
      return { call: { request, answer }, advice: isAuth ? 'no-auth' : 'lazy' }
    }
    return undefined
  }

  /** Of several calls nobody can say which one failed. */
  private judged(attempts: readonly Attempt[]): CallOrForeign {
    const calls: NonNullable<Denial['call']>[] = []
    for (const written of attempts) {
      const attempt = withValues(written, this.context)
      // That a refusal came says that the call went out with some token.
      const answer = judge(
        /^(?:none|unknown)$/.test(attempt.token) ? { ...attempt, token: 'job' } : attempt,
        this.context,
      )
      if (!answer) continue
      const { what } = attempt
      calls.push(
        what === 'request'
          ? {
              request: { method: attempt.method, url: plainAddress(attempt.url) },
              answer,
              ...variablesOf(written, answer, this.context),
            }
          : { answer, ...variablesOf(written, answer, this.context) },
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
  const reads = /\b(?:getting|download(?:ing)?|fetch(?:ing)?|for url|not correct for|from)\b/i.test(
    line,
  )
  return { what: 'request', method: reads ? 'GET' : '', url, token }
}
