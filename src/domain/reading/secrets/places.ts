/** Secrets that are known by where they stand, and not by a name beside them alone. */
import { afterPrefix, type Hide } from './forms.ts'
import { isRandom } from './random-words.ts'
import { isNoSecret, isReference, valueAt } from './values.ts'

/**
 * `pattern` ends where the secret begins, which is `rest`; without it, the secret goes as far as a value
 * does. In examples `‹›` holds what must be hidden, or says how many random signs stand there.
 */
export type PlaceRow = {
  readonly what: string
  readonly pattern: RegExp
  /**
   * Words of which every place has one: a text without them is not searched, which saves more than a
   * millisecond of each megabyte where they are rarer than what the pattern begins with.
   */
  readonly words?: readonly string[]
  /** From the end of `pattern` on; what it matches is the secret. */
  readonly rest?: RegExp
  /** Words that say it is no secret, such as a user name. */
  readonly unless?: (secret: string, before: string, after: string) => boolean
  readonly examples: readonly string[]
}

const inQuotes = /[^"'\n]{1,2000}(?=["'])/y

export const placeRows: readonly PlaceRow[] = [
  {
    what: 'a password in an address',
    pattern: /:\/\/[^\s/:@"'<>`]{0,300}:/g,
    rest: /(?:[^\s/"'<>`]{1,400}|[^\s/"'<>`\d][^\s"'<>`@]{0,200})(?=@)/y,
    examples: [
      'https://me:‹s3cret›@example.com/x',
      'postgres://app:‹p@ss›@db:5432/x',
      'redis://:‹s3cret›@cache:6379/0',
      'https://oauth2:‹20›@gitlab.example.com/a.git',
      'mongodb+srv://u:‹s3cret›@cluster.example.net',
      'https://me:‹pa/ss›@example.com/x',
    ],
    unless: (password) => password === 'x-oauth-basic',
  },
  {
    what: 'a token as the user of an address',
    pattern: /:\/\//g,
    rest: /[^\s/:@"'<>`]{8,300}(?=@|:(?:x-oauth-basic|x|oauth2|)?@)/y,
    unless: (user, _before, after) =>
      !isRandom(user) &&
      !/^:x-oauth-basic@/.test(after) &&
      !(user.length >= 16 && /\d/.test(user) && /[a-z]/.test(user) && !/[.-]/.test(user)),
    examples: [
      'https://‹20›@gitlab.example.com/a.git',
      'https://‹s3cretvalue›:x-oauth-basic@github.com/a',
      'https://‹32x›@o1.ingest.sentry.io/2',
    ],
  },
  {
    what: 'a user and a password for any program',
    pattern: /(?:^|[\s"'])(?:-u|--user)(?:[ \t]{0,3}|=)["']?[^\s:"'$/]{1,200}:(?!\/\/)/gm,
    rest: /[^\s"'\\]{1,2000}/y,
    examples: ['-u me:‹s3cret› https://x', 'x --user me:‹s3cret›'],
  },
  {
    what: 'a password in an address without a scheme',
    words: ['@tcp(', '@unix(', '@udp('],
    pattern: /:(?=[^\s@:/"'<>`]{1,200}@(?:tcp|unix|udp)\()(?<=(?<![\w/:.-])[\w.-]{1,60}:)/g,
    rest: /[^\s@:/"'<>`]{1,200}/y,
    examples: ['app:‹s3cret›@tcp(db:3306)/x'],
  },
  {
    what: 'a password of Oracle',
    pattern: /\bjdbc:oracle:\w{1,10}:[\w$]{1,60}\//g,
    rest: /[^\s@"']{1,200}(?=@)/y,
    examples: ['jdbc:oracle:thin:scott/‹tiger›@//db:1521/x'],
  },
  {
    what: 'a header that signs in, whatever its scheme',
    pattern:
      /\b(?:proxy-)?authorization(?:\\*["'\])]*[ \t]{0,3}(?:=>|:=|[:=])(?!=)|\\*["'][ \t]{0,3},)[ \t]{0,3}(?:\\*["'`(]){0,2}(?:(?:[A-Za-z][A-Za-z-]{0,30}|AWS4-HMAC-SHA256)[ \t]+(?=[^\s"'`])(?!https?:))?/gi,
    rest: /[^\s"'`\\,;&)}\]<>](?:[^\s"'`\\,;)}\]<>]|[,;](?![\s"'`]|$)){0,8000}(?:,[ \t]{0,3}[\w-]{1,40}=(?:"[^"\n]{0,500}"|[^\s"'`,]{1,500})){0,12}/y,
    unless: (value, before, after) =>
      isSentence(value, before) ||
      isNoSecret(/^\(/.test(after) ? `${value}(` : value, { isQuoted: /["'`(]/.test(before) }),
    examples: [
      'Authorization: Bearer ‹s3cret›',
      'Authorization: Basic ‹dXNlcjpwYXNz›',
      'curl -H "Authorization: Token ‹s3cret›" x',
      "'Authorization': 'ApiKey ‹s3cret›'",
      'Proxy-Authorization: Negotiate ‹40›',
      'Authorization: ‹s3cret›',
      'authorization: AWS4-HMAC-SHA256 ‹Credential=A/20260101/x, Signature=abcdef›',
      'Authorization=Bearer ‹s3cret›',
      'http.extraHeader="Authorization: Basic ‹dXNlcjpwYXNz›"',
    ],
  },
  {
    what: 'cookies',
    pattern: /\b(?:set-)?cookie\\*["']?[ \t]{0,3}[:=,][ \t]{0,3}["']?[\w.-]{1,60}=/gi,
    rest: /[^\s"'`\\](?:(?!\\?["'`])[^\n"'`])*/y,
    examples: [
      'Cookie: a=‹b; _gitlab_session=s3cret›',
      'Set-Cookie: sid=‹s3cret; Path=/›',
      '-H "Cookie: x=‹s3cret›"',
    ],
  },
  {
    what: 'a private key',
    pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g,
    rest: /[\s\S]+?(?=-----END|["'`]|$)/y,
    examples: [
      '-----BEGIN RSA PRIVATE KEY-----\n‹MII›\n‹abc›\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN OPENSSH PRIVATE KEY-----\n  ‹b3Bl›\n',
      '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n‹lQd=›\n-----END PGP PRIVATE KEY BLOCK-----',
    ],
  },
  {
    what: 'a private key of PuTTY',
    pattern: /\bPrivate-Lines: \d{1,4}\r?\n/g,
    rest: /(?:[\w+/=]{1,80}(?:\r?\n|$)){1,100}/y,
    examples: ['Private-Lines: 1\n‹AAAAgQ==›\n'],
  },
  {
    what: 'the user and the password of a program',
    pattern:
      /(?:auth(?:entication|orization)?(?:_basic)?|Credentials?(?:Provider)?|authenticate|\blogin)["']?[ \t]{0,3}[=:]?>?[ \t]{0,3}[[({]{1,2}[ \t]{0,3}[bfru]?["'][^"'\n]{1,100}["'][ \t]{0,3},\s{0,20}[bfru]?["']/gi,
    rest: inQuotes,
    examples: [
      'auth=("gitlab-ci-token", "‹s3cret›")',
      "requests.get(u, auth=('me','‹s3cret›'))",
      'HTTPBasicAuth("me", "‹s3cret›")',
      '.basicAuth("me", "‹s3cret›")',
      'new NetworkCredential("me", "‹s3cret›")',
      'new UsernamePasswordCredentials("me", "‹s3cret›")',
      'auth: ["me", "‹s3cret›"]',
    ],
  },
  {
    what: 'the same for Java',
    pattern: /\bPasswordAuthentication\([ \t]{0,3}"[^"\n]{1,100}",[ \t]{0,3}"/g,
    rest: inQuotes,
    examples: ['new PasswordAuthentication("me", "‹s3cret›".toCharArray())'],
  },
  {
    what: 'a value that stands before its name',
    pattern:
      /\bvalue\\*["']?[ \t]{0,3}[:=][ \t]{0,3}\\*["'](?=[^"'\n]{1,500}["'][\s,]{0,20}\\*["']?(?:key|name)\\*["']?[ \t]{0,3}[:=][ \t]{0,3}\\*["'][^"'\n]{0,60}(?:token|passw|secret|_key|apikey))/gi,
    rest: inQuotes,
    examples: [
      '<add value="‹s3cret›" key="ClearTextPassword" />',
      '{"value":"‹s3cret›","key":"DEPLOY_TOKEN"}',
    ],
  },
  {
    what: 'netrc',
    pattern: /\blogin[ \t]+\S{1,200}\s{1,20}password[ \t]+/g,
    examples: ['machine x login y password ‹s3cret›', 'machine x\nlogin y\npassword ‹s3cret›'],
  },
  {
    what: 'netrc without a user',
    pattern: /\bmachine[ \t]+\S{1,200}\s{1,20}password[ \t]+/g,
    examples: ['machine x password ‹s3cret›'],
  },
  {
    what: 'pgpass',
    pattern: /^[\w.*-]{1,200}:(?:\d{4,5}|\*):[\w.*-]{1,60}:[\w.*-]{1,60}:/gm,
    rest: /[^\s]{1,200}$/my,
    examples: ['db.example.com:5432:app:me:‹s3cret›', '*:*:*:me:‹s3cret›'],
  },
  {
    what: 'SQL',
    pattern:
      /\b(?:IDENTIFIED(?: WITH \w{1,40})? BY|(?:WITH |ENCRYPTED )?PASSWORD)[ \t]+(?:=[ \t]*)?['"]/gi,
    rest: inQuotes,
    examples: ["CREATE USER a IDENTIFIED BY '‹s3cret›'", "ALTER ROLE a WITH PASSWORD '‹s3cret›'"],
  },
  {
    what: 'a secure string of PowerShell',
    pattern: /\bConvertTo-SecureString[ \t]+(?:-String[ \t]+)?(?:-AsPlainText[ \t]+)?["']/gi,
    rest: inQuotes,
    examples: [
      'ConvertTo-SecureString "‹s3cret›" -AsPlainText -Force',
      "ConvertTo-SecureString -String '‹s3cret›' -AsPlainText",
    ],
  },
  {
    what: 'OpenSSL',
    pattern: /(?:^|[\s"'])pass:/gm,
    examples: ['openssl rsa -passin pass:‹s3cret› -in a'],
  },
  {
    what: 'what is written to the standard input of a login',
    pattern:
      /\b(?:echo|printf)[ \t]+(?:-n[ \t]+)?(?:["']%s(?:\\n)?["'][ \t]+)?(?=[^\n|]{1,300}\|[^\n|]{0,200}(?:--password-stdin|--with-token|--stdin\b|\bchpasswd\b|--token-stdin|sudo -S))/g,
    examples: [
      'echo "‹s3cret›" | docker login -u me --password-stdin',
      'echo ‹s3cret› | glab auth login --stdin',
      "printf '%s' ‹s3cret› | gh auth login --with-token",
      'echo "‹me:s3cret›" | chpasswd',
    ],
  },
  {
    what: 'what becomes Base64 for a login',
    words: ['base64'],
    pattern:
      /\b(?:echo|printf)[ \t]+(?:-n[ \t]+)?["']?[\w.-]{1,60}:(?=[^\n|]{1,300}\|[ \t]*(?:openssl[ \t]+)?base64\b)/g,
    rest: /[^\s"'`|]{1,300}/y,
    examples: ['echo -n "gitlab-ci-token:‹s3cret›" | base64', "printf 'me:‹s3cret›' | base64 -w0"],
  },
  {
    what: 'a here-string of a login',
    pattern: /(?:--password-stdin|--with-token|--stdin)[^\n<]{0,100}<<<[ \t]*/g,
    examples: [
      'docker login -u me --password-stdin <<< "‹s3cret›"',
      'gh auth login --with-token <<<‹s3cret›',
    ],
  },
  {
    what: 'webhooks: who has the address may write',
    pattern:
      /\bhttps:\/\/(?:hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/|(?:\w{1,20}\.)?discord(?:app)?\.com\/api\/webhooks\/\d{1,20}\/|[\w-]{1,60}\.webhook\.office\.com\/webhookb2\/|chat\.googleapis\.com\/v1\/spaces\/[^\s"'?]{1,60}\?|(?:maker\.)?ifttt\.com\/trigger\/\w{1,60}\/with\/key\/)/g,
    rest: /[^\s"'`<>)]{1,300}/y,
    examples: [
      'https://hooks.slack.com/services/‹T00000000/B00000000/abc›',
      'https://discord.com/api/webhooks/123/‹68›',
      'https://acme.webhook.office.com/webhookb2/‹40›',
    ],
  },
  {
    what: 'addresses that are signed',
    pattern:
      /[?&](?:amp;)?(?:X-Amz-(?:Signature|Credential|Security-Token)|X-Goog-(?:Signature|Credential)|Signature|sig|sv_sig|hmac|Policy|AWSAccessKeyId|code|key)=/gi,
    rest: /[^\s"'`&<>)]{16,3000}/y,
    examples: [
      'https://s3.example.com/a?X-Amz-Credential=‹30›&X-Amz-Signature=‹64x›',
      'https://a.blob.example.net/b?sv=2026&sig=‹43›‹%3D›',
      'https://x/cb?code=‹64x›&state=1',
    ],
  },
  {
    what: 'an address for incoming mail',
    pattern: /\bincoming\+[\w./+-]{0,200}?[-+](?=[a-z0-9•]{20,60}(?:-[a-z-]{1,20})?@)/g,
    rest: /[a-z0-9•]{20,60}/y,
    examples: [
      'incoming+acme-app-1-‹7k2m9q4xw8v3b6n1t5r0z2y4c-issue›@example.com',
      'incoming+acme/app+‹7k2m9q4xw8v3b6n1t5r0z2y4c›@example.com',
    ],
  },
  {
    what: 'GitLab’s feeds and calendars',
    pattern: /[?&](?:rss|feed|private|access|job|static_object)_token=/gi,
    rest: /[^\s"'`&<>)#]{1,300}/y,
    examples: ['https://x/p.atom?rss_token=‹s3cret›', 'https://x/p.ics?feed_token=‹s3cret›&a=b'],
  },
]

/** `Authorization: failed for this user`: no scheme and no secret. */
const isSentence = (value: string, before: string) => {
  const scheme = /([A-Za-z][\w-]*)[ \t]+$/.exec(before)?.[1]
  if (
    scheme &&
    /^(?:bearer|basic|token|digest|negotiate|ntlm|apikey|aws4.*|jwt|hmac.*|splunk|key)$/i.test(
      scheme,
    )
  )
    return false
  return (
    /^[a-z]+(?:[ ,.]+[a-z]+)*[.]?$/.test(value) && (scheme !== undefined || value.includes(' '))
  )
}

/** Hides what stands in one of these places. */
export function hidePlaces(text: string, hide: Hide): void {
  for (const { pattern, words, rest, unless } of placeRows) {
    if (words && !words.some((word) => text.includes(word))) continue
    pattern.lastIndex = 0
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      const at = found.index + found[0].length
      const secret = rest ? restAt(rest, text, at) : valueAt(text, at, 'option')
      if (!secret) continue
      const { start, end } = secret
      const written = text.slice(start, end)
      const isSecret =
        !isReference(written) &&
        (rest || !isNoSecret(written, secret)) &&
        !unless?.(written, found[0], text.slice(end, end + 20))
      if (isSecret) hide(afterPrefix(text, start), end)
      // Skip text that was read already: reading it again would take quadratic time.
      if (isSecret || end - start > 200) pattern.lastIndex = Math.max(pattern.lastIndex, end)
    }
  }
}

function restAt(rest: RegExp, text: string, at: number) {
  rest.lastIndex = at
  return rest.test(text) ? { start: at, end: rest.lastIndex, isQuoted: true } : undefined
}
