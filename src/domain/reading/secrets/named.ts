/** Secrets that stand beside their names: `TOKEN=…`, `password: …`, `--api-key …`, `"token": "…"`. */
import type { Hide } from './forms.ts'
import { isNameOfSecret, isSecretName, isVague } from './names.ts'
import { isNoSecret, isUnlikeProse, type Place, type Value, valueAt } from './values.ts'

/** The parts of words of which every name of a secret holds at least one. */
const stem =
  /pass|pwd|psw|pw|secret|tok|key|auth|pat|otp|jwt|bearer|cookie|sess|sid|sig|cred|art-api|login/gi
/** Letters, digits and `_.-`; by their codes, because most signs of a text stand in or beside a name. */
const nameSigns = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  nameSigns[code] = /[\w.-]/.test(String.fromCharCode(code)) ? 1 : 0
}
const isNameSign = (code: number) => code < 128 && nameSigns[code] === 1
const longestName = 120

/** Behind a name, its quotes and brackets. */
const assigned =
  /\\*["'`]?(?:[\])}]|\\*["'])*[ \t]{0,20}(?::[ \t]{0,3}&?'?[A-Za-z][\w.<>?[\]|]{0,30}[ \t]{0,3}=(?![=>~])|=>|:=|\?=|\+=|={1,3}(?![=>~])|:(?![:/]))[ \t]{0,40}/y
/** An option's value, also on the next line of a command. */
const behindOption =
  /["']?(?:[ \t]{1,20}|[ \t]*[\\`^]\r?\n[ \t]*)(?=[^\s-]|-(?!-|[A-Za-z](?:[\s"']|$))\S)/y
/** `("name", "value")`, `"name", "value"`. */
const inTuple = /\\*["'`][ \t]{0,3},[ \t]{0,3}(?=\\*["'`])/y
/** The last word of a name in `name, value`, where nothing but a comma marks it as a name. */
const isPlain = /(?:token|password|passwd|pwd|secret|key|authorization)$/i
/** `password("…")`, `setPassword("…")` */
const inCall = /\([ \t]{0,3}(?=\\*["'`])/y
/** Functions that take the name of a secret. */
const asksByName =
  /^(?:get|find|read|has|is|load|fetch|require|need|validate|check|test|parse|expect|lookup|resolve|describe|delete|remove)/i
/** `<name>…`, `<name type="…">…`. */
const inElement = /(?:[ \t][^<>\n]{0,100})?>\s{0,20}/y
/** `name: TOKEN` and then `value: …`; `key=TOKEN` and then `value=…`; a pair of elements. */
const beforeValue =
  /\\*["']?:?(?:<\/\w{1,20}>)?[\s,;/&]{0,100}(?:(?:-F|--form|-d|--data(?:-raw|-urlencode)?)[ \t]{0,3}=?)?<?\\*["']?(?:[Vv]alue|VALUE)\\*["']?[ \t]{0,3}(?:=>|[:=>])\s{0,20}/y
/** `{"gitlab-token": {"gitlab.example.com": "…"}}` */
const byHost =
  /\\*["']?[ \t]{0,3}[:=][ \t]{0,3}\{\s{0,40}\\*["'][\w-]{1,60}(?:\.[\w-]{1,60}){1,6}(?::\d{1,5})?\\*["']\s{0,3}[:=]>?\s{0,3}(?=\\*["'])/y
/** `password: |`: what is indented further below it. */
const block = /[|>][-+\d]{0,2}[ \t]*(?:#[^\n]*)?(?=\r?\n)/y
/** Where a name is followed by a blank and then by its value. */
const blankBetween =
  /(?:^|[\s;&|"'(])(?:ENV|setx|setenv|set[ \t]+-\w{1,3}|(?:config(?:ure)?|npm|yarn|pnpm|variable|secret)[ \t]+(?:set|update)(?:[ \t]+--?\w+)?|config(?:[ \t]+(?:-\w+|--\w+))?)[ \t]+["']?(?:[\w.:/-]{0,100}[:/])?$/i

/** How what `blankBetween` finds ends: asked first, it saves a third of the time of all names. */
const endsBlank = /[ \t"':/]/

export function hideNamed(text: string, hide: Hide): void {
  let done = 0
  stem.lastIndex = 0
  for (let found = stem.exec(text); found; found = stem.exec(text)) {
    let start = found.index
    const first = Math.max(done, start - longestName)
    while (start > first && isNameSign(text.charCodeAt(start - 1))) start--
    let end = found.index + found[0].length
    const last = Math.min(text.length, end + longestName)
    while (end < last && isNameSign(text.charCodeAt(end))) end++
    stem.lastIndex = end
    done = end
    const place = placeOf(text, start, end)
    if (!place || !isSecretName(text.slice(start, end))) continue
    // Skip text that is hidden already: reading it again would take quadratic time.
    done = Math.max(end, hideBehind(text, start, end, place, hide))
    stem.lastIndex = done
  }
}

type Found = { readonly at: number; readonly place: Place | 'tuple' | 'host' }

/** Finds the start of the value that belongs to a possible name of a secret. */
function placeOf(text: string, start: number, end: number): Found | undefined {
  const match = (pattern: RegExp) => {
    pattern.lastIndex = end
    return pattern.test(text) ? pattern.lastIndex : undefined
  }
  const before = text[start - 1]
  const c = text[end]
  if (c === undefined) return undefined
  if (before === '<' || (c === '>' && text[start - 2] === '<')) {
    const at = match(inElement)
    if (at) return { at, place: 'element' }
  }
  const pairAt = match(beforeValue)
  if (pairAt) {
    return {
      at: pairAt,
      place: text[pairAt - 1] === '>' && text[pairAt - 2] !== '=' ? 'element' : 'equals',
    }
  }
  const hostAt = match(byHost)
  if (hostAt) return { at: hostAt, place: 'host' }
  const at = match(assigned)
  if (at !== undefined) {
    if (before === '?' || before === '&') return { at, place: 'query' }
    const sign = text.slice(end, at).trim()
    // `$TOKEN:` is what the variable holds and a colon.
    if (sign === ':' && /\$\{?$/.test(text.slice(Math.max(0, start - 2), start))) return undefined
    // A function of one parameter.
    if (/^[^=]*\)[^=]*=>$/.test(sign)) return undefined
    return { at, place: sign.endsWith(':') ? 'colon' : 'equals' }
  }
  const tupleAt =
    /["'`]/.test(before ?? '') && isPlain.test(text.slice(start, end)) && match(inTuple)
  if (tupleAt) return { at: tupleAt, place: 'tuple' }
  const name = text.slice(start, end).replace(/^.*\./, '')
  const callAt = c === '(' && !asksByName.test(name) && match(inCall)
  if (callAt) return { at: callAt, place: 'tuple' }
  if (c !== ' ' && c !== '\t' && c !== '"' && c !== "'") return undefined
  if (text[start] === '-') {
    const optionAt = match(behindOption)
    if (optionAt) return { at: optionAt, place: 'option' }
  }
  if (
    endsBlank.test(before ?? '') &&
    blankBetween.test(text.slice(Math.max(0, start - 160), start))
  ) {
    const valueAt = match(behindOption)
    if (valueAt) return { at: valueAt, place: 'option' }
  }
  return undefined
}

/** @returns where that ends which was hidden, or 0 */
function hideBehind(
  text: string,
  start: number,
  end: number,
  { at, place }: Found,
  hide: Hide,
): number {
  const name = text.slice(start, end)
  if (place === 'colon' || place === 'equals') {
    // The user of an address; it has a rule of its own.
    if (text.startsWith('//', start - 2)) return 0
    block.lastIndex = at
    // A user and a password, which has a place of its own.
    if (/auth$/i.test(name) && /[[(]/.test(text[at] ?? '')) return 0
    if (place === 'colon' && block.test(text)) return hideBlock(text, start, block.lastIndex, hide)
  }
  const value = valueAt(
    text,
    at,
    place === 'tuple' || place === 'host' ? 'equals' : place,
    /[\\"'`]/.test(text[end] ?? '') ? '' : text[start - 1],
  )
  if (!value) return 0
  if (place === 'colon' && !value.isQuoted && isPhrase(name)) {
    return hidePhrase(text, value, hide)
  }
  const last = hideValue(text, name, start, end, value, place, hide)
  // Skip a long value that is no secret, too.
  return last === 0 && !value.isQuoted && value.end - value.start > 200 ? value.end : last
}

function hideValue(
  text: string,
  name: string,
  start: number,
  end: number,
  value: Value,
  place: Found['place'],
  hide: Hide,
): number {
  const written = text.slice(value.start, value.end)
  if (isNoSecret(written, value)) return 0
  if (place === 'tuple') {
    // The next name of an object, or of a list of names.
    if (/^\\*["'`][ \t]*:/.test(text.slice(value.end, value.end + 6))) return 0
    if (/\s/.test(written) || isNameOfSecret(written) || !isUnlikeProse(written)) return 0
  }
  if (place === 'colon' && text[end] === '`' && !isUnlikeProse(written)) return 0
  if (isVague(name) && place !== 'query' && !isUnlikeProse(written)) return 0
  if (isVague(name) && isVersion.test(written)) return 0
  if (!value.isQuoted) {
    // A count, as in `tokens: 12`, `pass: 3`.
    if (/^\d{1,5}$/.test(written) && /tok|pass$|auth|sig|sess|key/i.test(name)) return 0
    if (operator.test(text.slice(value.end, value.end + 5)) && /^[A-Za-z]+$/.test(written)) return 0
    if (place === 'colon' && !isUnlikeProse(written)) {
      if (isProse(text, name, start)) return 0
      // The type of a parameter, a variable in an object.
      if (/[,;)}>=]/.test(text[value.end] ?? '') || /^[)}>,;]/.test(written.replace(/^\w+/, '')))
        return 0
    }
  }
  const shown = (isLogin.test(name) ? user : scheme).exec(written)?.[0].length ?? 0
  hide(value.start + shown, value.end)
  let last = value.end
  // In quotes that open before the name, a line may have been broken in the value.
  const sign = text[start - 1] ?? ''
  if (!value.isQuoted && text[value.end] === '\n' && /["'`]/.test(sign)) {
    broken.lastIndex = value.end
    const rest = broken.exec(text)?.[1]
    if (rest && text[broken.lastIndex] === sign) {
      last = broken.lastIndex
      hide(last - rest.length, last)
    }
  }
  return last
}

const user = /^[\w.@-]{1,60}:(?=.)/
const scheme = /^(?:bearer|basic|token)[ \t]+/i
const broken = /\n[ \t]*([^\s"'`]{1,500})/y

/** An operator behind a variable in an expression. */
const operator = /^ (?:[=!]==?|\?\??|&&|\|\||[+]) /

const isVersion = /^[\^~<>=v]*\d+(?:\.\d+)+$/

/** Names of settings that hold a user name together with the password. */
const isLogin = /(?:creds|credentials|auth|^--?user)$/i

/** A colon in a sentence: neither a key at the beginning of a line nor a header. */
function isProse(text: string, name: string, start: number): boolean {
  if (!/^[A-Za-z]?[a-z]+$/.test(name)) return false
  let at = start - 1
  while (at >= 0 && start - at < 80 && beforeKey.includes(text[at] as string)) at--
  if (at < 0 || text[at] === '\n') return false
  return !/[{,"'[(?&;=][ \t]*$/.test(text.slice(Math.max(0, start - 4), start))
}
const beforeKey = ' \t-*>|{[,"\'$+#'

const isPhrase = (name: string) => /phrase$/i.test(name)

/** A phrase goes to the end of its line. */
function hidePhrase(text: string, value: Value, hide: Hide): number {
  const lineEnd = text.indexOf('\n', value.start)
  const end = Math.min(lineEnd < 0 ? text.length : lineEnd, value.start + 500)
  const written = text.slice(value.start, end)
  if (isNoSecret(text.slice(value.start, value.end), value)) return 0
  const comment = written.search(/[ \t]#|["'`]/)
  const last = comment < 0 ? end : value.start + comment
  hide(value.start, last)
  return last
}

/** Hides the lines below a key that are indented further than its line. */
function hideBlock(text: string, start: number, at: number, hide: Hide): number {
  const lineStart = text.lastIndexOf('\n', start) + 1
  if (start - lineStart > 200) return 0
  const indent = /^[ \t]*(?:- +)?/.exec(text.slice(lineStart, start))?.[0].length ?? 0
  let line = text.indexOf('\n', at) + 1
  const limit = Math.min(text.length, at + 20_000)
  while (line > 0 && line < limit) {
    const next = text.indexOf('\n', line)
    const end = next < 0 ? text.length : next
    const written = text.slice(line, end)
    const inner = /^[ \t]*/.exec(written)?.[0].length ?? 0
    if (written.trim() && inner <= indent) return line
    const content = written.trim()
    if (content && !isNoSecret(content, { isQuoted: true })) hide(line + inner, end)
    line = end + 1
    if (next < 0) return end
  }
  return 0
}
