/** The last rule: long words that look like nothing but chance. */
import type { Hide } from './forms.ts'

/** The usual pairs of letters in English and in code: nine of ten there, and two of five by chance. */
const pairs = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ' +
    'ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ' +
    'ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke fr oo av ag if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef ' +
    'cu rn sc gi da yo cr cl du ga qu ue ff ba ey ls va um pp ua up lu go ht ru ug ds lt pi rc rr eg au ck ew mu br bi pt ak pu ui rg ib tl ny ki rk ys ob mm fu ' +
    'ph og ms ye ud mb ip ub oi rl gu dr hr cc tw ft wn nu af hu nn eo vo rv nf xp gn sm fl iz ok nl my gl aw ju oa eq sy sl ps jo lf nv je nk kn gs dy hy ze ks xt bs ik dd pm'
  ).split(' '),
)

/** Long enough to be guessed by nobody; GitLab's old tokens have 20 signs. */
const shortest = 20

/**
 * Calls back for each word that could be a secret: `[\w+/~-]{20,}=*`. It has no dots, because names of
 * files and hosts have them. Looks at every twentieth sign, and around it only where that may be part
 * of such a word: a megabyte takes 3 ms, and a pattern that counts the signs of every word 20.
 */
function eachLong(text: string, take: (start: number, end: number) => void) {
  let at = shortest - 1
  while (at < text.length) {
    if (!isSign(text.charCodeAt(at))) {
      at += shortest
      continue
    }
    let start = at
    while (start > 0 && isSign(text.charCodeAt(start - 1))) start--
    let end = at + 1
    while (end < text.length && isSign(text.charCodeAt(end))) end++
    const isLong = end - start >= shortest
    if (isLong) while (text.charCodeAt(end) === equals) end++
    if (isLong) take(start, end)
    at = end + shortest - (isLong ? 1 : 0)
  }
}

const equals = 61
const signs = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  signs[code] = /[\w+/~-]/.test(String.fromCharCode(code)) ? 1 : 0
}
const isSign = (code: number) => code < 128 && signs[code] === 1

const hex = /^(?:[0-9a-f]+|[0-9A-F]+)$/
/** https://github.com/ulid/spec: so are correlation IDs, which one looks for in logs. */
const ulid = /^0[0-9A-HJKMNP-TV-Z]{25}$/

/** Hashes and public keys, of which nothing has to be hidden. */
const before =
  /(?:\bsha(?:1|224|256|384|512)[-:]|\bSHA256:|\bmd5[-:]|\bh1:|\bssh-\w+ |\becdsa-[\w-]+ |[@~]|\bintegrity[=: "']+|["'(\s]data:[\w/+.-]+;base64,)$/

/** Words around a token that say whose it is: `acme-app-1-…`. */
const leading = /^(?:(?:[a-z]{2,15}|[A-Z]{2,15}|\d{1,6})[-_+])+/
const trailing = /(?:[-_](?:[a-z]{2,15}))+$/

/** Hides what is long and looks as if chance had made it: no word, path, version, hash or known kind of ID. */
export function hideRandomWords(text: string, hide: Hide): void {
  eachLong(text, (start, end) => {
    const found = text.slice(start, end)
    if (!isRandom(found)) return
    // Part of an address, of a path, or of a file's or host's name.
    if (/[./]/.test(text[start - 1] ?? '') || /^\.[A-Za-z]/.test(text.slice(end, end + 2))) return
    if (before.test(text.slice(Math.max(0, start - 60), start))) return
    const lead = leading.exec(found)?.[0].length ?? 0
    const trail = trailing.exec(found)?.[0].length ?? 0
    hide(start + lead, end - trail)
  })
}

/** Whether a word looks as if it was drawn by lot. */
export function isRandom(word: string): boolean {
  if (word.length < shortest || !/[A-Za-z]/.test(word)) return false
  if (ulid.test(word)) return false
  if (word.includes('/')) {
    // Base64 has few slashes, and a path has words between them.
    if (!/^[A-Za-z0-9+/]{40,}=*$/.test(word) || !/[A-Z]/.test(word) || !/\d/.test(word))
      return false
  }
  const signs: string[] = []
  for (const part of word.split(/[^A-Za-z0-9]+/)) {
    if (part.length < 3 || hex.test(part)) continue
    if (/^\d+$/.test(part)) continue
    signs.push(part)
  }
  const kept = signs.join(' ')
  return kept.length >= 16 && isDrawn(kept)
}

function isDrawn(text: string): boolean {
  let letters = 0
  let usual = 0
  let changes = 0
  let last = 0
  let digits = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const kind = code === 32 ? 0 : code < 58 ? 1 : code < 91 ? 2 : 3
    if (kind === 1) digits++
    if (kind && last && kind !== last) changes++
    if (kind > 1 && last > 1) {
      letters++
      if (pairs.has(text.slice(i - 1, i + 1).toLowerCase())) usual++
    }
    last = kind
  }
  const isMixed = changes >= text.length / 5
  const isForeign = letters < 4 || usual < letters * 0.7
  return isMixed && isForeign && (digits > 0 || changes > text.length / 3)
}
