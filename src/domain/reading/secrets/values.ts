/** Finds where a secret ends, and tells placeholders and plain words from secrets. */
import { isHidden } from './forms.ts'
import { isNameOfSecret } from './names.ts'

/**
 * How a value stands behind its name: in the query of an address, behind `=` or another sign, behind a
 * colon, behind an option, in an element of XML.
 */
export type Place = 'query' | 'equals' | 'colon' | 'option' | 'element'

export type Value = {
  readonly start: number
  readonly end: number
  readonly isQuoted: boolean
}

/**
 * The most characters of a value to hide. Longer secrets, such as private keys, are found by their
 * form.
 */
const longest = 2000

const opening =
  /(?:\(?[ \t]{0,3}|[bfru@$]{1,2}|!!?\w{1,20}[ \t]{1,3}|&\w{1,40}[ \t]{1,3})(?=\\*["'])/y
const anchor = /(?:!!?\w{1,20}|&\w{1,40})[ \t]{1,3}/y
const quote = /(\\*)(["'`])/y
const word = /[\w$%!?*@+~^#=:./-]/

/**
 * The value that begins at a place; undefined where there is none.
 * @param before the sign in front of the name: a quote that opens there closes behind the name
 */
export function valueAt(text: string, at: number, place: Place, before = ''): Value | undefined {
  let from = at
  if (place !== 'query' && place !== 'element') {
    opening.lastIndex = from
    if (opening.test(text)) from = opening.lastIndex
    else if (place === 'colon') {
      anchor.lastIndex = from
      if (anchor.test(text)) from = anchor.lastIndex
    }
    quote.lastIndex = from
    const [, slashes, sign] = quote.exec(text) ?? []
    if (slashes !== undefined && sign !== undefined) {
      if (sign === before && at === from && text[at - 1] !== ' ') return undefined
      const start = quote.lastIndex
      const end = closing(text, start, slashes, sign)
      // Nothing in it, or it is not what it looks like.
      if (end === start) return undefined
      if (end !== undefined) return { start, end, isQuoted: true }
      from = start
    }
  }
  if (/^\\+[nrt](?![\w!$%])/.test(text.slice(from, from + 6))) return undefined
  const end = unquotedEnd(text, from, place)
  return end > from ? { start: from, end, isQuoted: false } : undefined
}

/** The end of what is in quotes: on this line, or soon on the next if the line was broken in a word. */
function closing(text: string, start: number, slashes: string, sign: string): number | undefined {
  const limit = Math.min(text.length, start + longest)
  const signCode = sign.charCodeAt(0)
  for (let i = start; i < limit; i++) {
    const code = text.charCodeAt(i)
    if (code !== 10 && code !== 92 && code !== signCode) continue
    const c = text[i]
    if (c === '\n') {
      broken.lastIndex = i
      return i > start && broken.exec(text)?.[1] === sign ? broken.lastIndex - 1 : undefined
    }
    if (c === '\\') {
      let to = i
      while (text[to] === '\\') to++
      if (text[to] === sign && to - i <= slashes.length && slashes) return i
      // In quotes without a backslash one escapes what follows.
      i = slashes ? to - 1 : i + (text[i + 1] === '\n' ? 0 : 1)
    } else if (c === sign && !slashes) {
      if (text[i + 1] === sign && i > start && word.test(text[i + 2] ?? '')) i++
      else return i
    }
  }
  return undefined
}
const broken = /\n[ \t]*[^\s"'`]{1,500}(["'`])/y

/** `<your token>` */
const toFill = /<[A-Za-z][A-Za-z _./-]{0,60}>/y

function unquotedEnd(text: string, start: number, place: Place): number {
  const limit = Math.min(text.length, start + longest)
  toFill.lastIndex = start
  let i = toFill.test(text) ? toFill.lastIndex : start
  for (; i < limit; i++) {
    const c = text.charCodeAt(i)
    // Letters and digits, which most are.
    if (c > 96 && c < 123) continue
    if (c <= 32 || c === 0xa0 || c === 0x3000) break
    if (c > 126 || (c > 47 && c < 58) || (c > 64 && c < 91)) continue
    if (place === 'element') {
      if (c === 60) break
      continue
    }
    // `<token>`
    if (c === 62 && text[start] === '<') continue
    if (isEnd(text, i, start, place)) break
  }
  return i
}

/** Whether a sign ends a value: some do only in front of what cannot be more of it. */
function isEnd(text: string, i: number, start: number, place: Place): boolean {
  const next = text[i + 1] ?? ' '
  switch (text[i]) {
    case '"':
    case "'":
    case '`':
      return place === 'query' || !word.test(next)
    case '&':
      return (
        place === 'query' ||
        /[\s&]/.test(next) ||
        startsPair(text, i + 1) ||
        text.startsWith('amp;', i + 1)
      )
    case ';':
      return /\s/.test(next) || startsPair(text, i + 1)
    case ',':
      return /[\s"'{[]/.test(next) || startsPair(text, i + 1)
    case ')':
    case ']':
    case '}':
      return /[\s"'`,;)\]}|&<]/.test(next)
    case '|':
      return /[\s|]/.test(next)
    case '<':
      return next === '/' || /[\s<]/.test(next)
    case '>':
      return /[\s<]/.test(next)
    case '#':
      return place === 'query'
    case '@':
      return hostBehind(text, i)
    case '\\':
      // Of several the first decides.
      if (text[i - 1] === '\\' && i > start) return false
      escaped.lastIndex = i
      return escaped.test(text)
    default:
      return false
  }
}

/** The end of a line as JSON and others write it; in a password these could be two signs of it. */
const escaped =
  /\\+(?:[\s"'`]|$|(?:r\\{1,4})?n(?:[\s"'\\}-]|[\w.-]{1,60}["']?[ \t]?[=:]|$)|u00(?:22|26|3c))/y

const pair = /(?:amp;)?["']?[A-Za-z_][\w. -]{0,60}["'\]]{0,2}[ \t]{0,2}[=:]/y
function startsPair(text: string, at: number): boolean {
  pair.lastIndex = at
  return pair.test(text)
}

const host = /@(?:[\w-]{1,60}\.){1,8}[a-z]{2,20}[:/"'\s]/y
function hostBehind(text: string, at: number): boolean {
  host.lastIndex = at
  return host.test(text)
}

/**
 * A variable in the spelling of shells, CI, templates and languages, and what follows from it: its name
 * is no secret, and the reader wants it. `$tr0ng` is none: no name has digits in it like that.
 */
const reference =
  /^(?:\$\$?(?:[A-Z_][A-Z0-9_]*|[a-z_]+(?:[A-Z][a-z]*)*\d{0,2}|\d|[@*#?!-])(?![\w!$#%^&*])|\$\$?[{(]|\$\[|\$env:|\$\w{1,60}(?:\.|::|->|\[)|%\w{1,60}%|%\(\w|%\{|!\w{1,60}!(?:$|\W)|\{\{|\{%|\[\[|\{\w{1,60}\}|#\{|`|<%|<\(|<<<?|@[\w-]{0,40}@|@-|\*\w{1,60}$|\?$|:\w{1,60}$|@(?:\/|\.|\w{1,60}$))/

/** Placeholders for a secret that was removed or is to be filled in. */
const placeholder =
  /^(?:\[[A-Z][A-Z _-]*\]|\[(?:masked|redacted|filtered|hidden)\]|<[A-Za-z][A-Za-z _./-]*>|\*+|x{3,}|X{3,}|\.{2,}|…+|-+|_+|=+)(?=$|[\s,;:@)\]}"'.]|\\)/

/** Words that follow such a name in prose and code and are no secrets. */
const words = new Set(
  (
    'is was are were be or and the a an to for from in of on not no has have with as at by if when must should can cannot ' +
    'true false null nil none undefined yes off required invalid expired provided missing empty unset revoked ' +
    'optional string str text number int integer bool boolean bytes password passwd secret token type any object ' +
    'bearer basic digest negotiate ntlm read write admin masked hidden redacted default only optional deprecated ' +
    'found unknown unauthorized forbidden failed error denied rejected ok valid set len size value name this that it ' +
    'gitlab github gitlab-ci-token x-access-token __token__ new await async function return typeof readonly const let var private-token job-token deploy-token authorization env file stdin prompt keyring vault netrc oauth2 saml ldap jwt ' +
    'b be bea bear beare ba bas basi'
  ).split(' '),
)

/** A call, an index, an access to a member: code that says where the secret comes from. */
const expression =
  /^(?:[A-Za-z_][\w]*(?:(?:\.|::|->|\?\.)[A-Za-z_]\w*)*(?:\(|\[["'\w$])|(?:[A-Za-z_]+\d{0,2}(?:\.|::|->))+[A-Za-z_]+\d{0,2}$|new [A-Z]|await |function\b)/

/** A file that has the secret. */
const path = /^(?:~|\.{1,2})?\/[\w.-]+(?:\/[\w.${}-]*)*\\?$|^[A-Za-z]:\\[\w. \\-]+$|^file:/

/** Names of variables: `CI_JOB_TOKEN`, `token`, `dbPassword`. */
const isName = (value: string) =>
  (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) ||
    /^[a-z]+(?:_[a-z]+|[A-Z][a-z]+)*$/.test(value)) &&
  isNameOfSecret(value)

/** Names of Composer's settings, which follow `--auth`. */
const setting = /^(?:gitlab-(?:token|oauth)|github-oauth|bitbucket-oauth|http-basic|bearer)\./

/** The number of characters of a value that suffice to judge it. */
const telling = 300

/** Whether a value is a variable, a place to fill in, or hidden already. */
export function isReference(written: string): boolean {
  if (isHidden(written)) return true
  const value = written
    .slice(0, telling)
    .replace(/^(?:["']+|(?:bearer|basic|token)[ \t]+|[\w.@-]{1,60}:[ \t]?(?=[\\^]?[$%{[]))/i, '')
    .replace(/^[\\^]+(?=[$%"'])/, '')
  return (
    !value ||
    isHidden(value) ||
    reference.test(value) ||
    placeholder.test(value) ||
    within.test(value) ||
    /^[^\w•]{1,3}$/.test(value)
  )
}

/** A variable in the middle, as in `project-${id}`. */
const within = /\$\{\w[^}\n]{0,100}\}|\$\([^)\n]{1,100}\)|\{\{[^}\n]{1,100}\}\}/

/** Whether a value tells where the secret is, or that there is none, and not the secret. */
export function isNoSecret(written: string, { isQuoted }: { isQuoted: boolean }): boolean {
  if (isReference(written) || setting.test(written)) return true
  const value = written.slice(0, telling).replace(/^["']+/, '')
  if (words.has(value.toLowerCase().replace(/[.,:!?]+$/, ''))) return true
  if (path.test(value)) return true
  // JSON, whose own names are looked at.
  if (/^[{[]/.test(value)) return true
  if (isQuoted) return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) && isNameOfSecret(value)
  return /^\(|^![a-z]+$/.test(value) || expression.test(value) || isName(value)
}

/** Whether a value behind a colon looks like no word: prose has colons, too. */
export const isUnlikeProse = (value: string) =>
  value.length >= 16 ||
  /\d|[^\w\s.,;:!?'"()-]/.test(value) ||
  /[a-z][A-Z]|[A-Z]{2}.*[a-z]/.test(value)
