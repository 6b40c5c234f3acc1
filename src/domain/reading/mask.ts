/** Hides the secrets in a text before it is shown, stored or shared. */

/** Stands for each hidden character; means nothing in YAML, shell and addresses. */
const dot = '•'

/** GitLab's token prefixes, https://docs.gitlab.com/security/tokens/#token-prefixes, and some others'. */
const prefix =
  '(?:(?:glpat|glcbt|gldt|glrt|glrtr|glptt|gloas|glsoat|glft|glagent|glimt|glffct|glwt|gliat)-|GR1348941-?|gh[pousr]_|github_pat_|xox[abprs]-)'
const knownToken = new RegExp(`\\b(${prefix})([\\w.=•-]+)`, 'g')
/** Hidden already, all but what says what it is. */
const isHidden = new RegExp(`^${prefix}?•+$`)

/** What somebody types on after it has been hidden. */
const typedOn = /•[\w.=+/~-]+/g

/** `https://user:secret@host`; not a variable. The user name stays: GitLab's rules ask for it. */
const urlPassword = /(:\/\/[^\s/:@"'<>]{0,200}:)((?:\$\{?\w{1,80}\}?@)?)([^\s/"'<>]{1,400})(?=@)/g

const headerName =
  '(?:private-token|job-token|deploy-token|gitlab-dast-site-validation-token|x-gitlab-token)'
const header = new RegExp(
  `(\\b${headerName}["']?\\s{0,3}[:=][ \\t]{0,3}["']?|\\bauthorization["']?\\s{0,3}[:=][ \\t]{0,3}["']?(?:bearer|basic|token)?[ \\t]{0,3})([^\\s"'&,;<>\\\\]{1,2000})`,
  'gi',
)

const secretName =
  '(?:pass(?:word|wd)?|passphrase|secret(?:[_-]?(?:access[_-]?)?key)?|private[_-]?key|gitlab_session|(?:private|job|access|deploy|refresh|auth|api|feed|personal|id)[_-]?token|_auth|_authtoken|npmauthtoken|client[_-]?secret|api[_-]?key)'
/** `password=…`, `job_token: …`, `_authToken=…`, and options such as `--password …`. */
const setting = new RegExp(
  `(${secretName}\\\\*["']?[ \\t]{0,3}[:=][ \\t]{0,3}|--[\\w-]{0,30}${secretName}[ \\t]{1,3})(\\\\*"[^"\\s\\\\][^"\\n\\\\]{0,2000}|\\\\*'[^'\\s\\\\][^'\\n\\\\]{0,2000}|[^\\s"'&,;<>@\\\\]{1,2000})`,
  'gi',
)

/** `TOKEN=…`, `NPM_TOKEN: …`, `token=…`: in prose a colon may follow the small word. */
const tokenSetting =
  /(\b(?:[A-Z][A-Z0-9_]*)?TOKEN["']?[ \t]{0,3}[:=][ \t]{0,3}["']?|\btoken=["']?)([^\s"'&,;<>@\\]{1,2000})/g

/** `docker login -p secret` and `twine upload -p secret`. */
const passwordOption =
  /(\b(?:login|twine)\b[^\n]{0,300}?\s-p[ \t=]{0,3}["']?)([^\s"'\\-][^\s"'\\]{0,2000})/g

/** `~/.netrc`: `login name password secret`, on one line or on several. */
const netrcPassword = /(\blogin[ \t]+\S{1,200}\s+password[ \t]+["']?)([^\s"']{1,2000})/g

/** Maven's settings: a password, or the value of a header that is named like a token. */
const xmlSecret =
  /(<(?:password|passphrase|privateKey)>\s{0,20}|<name>[^<\n]{0,100}token<\/name>\s{0,200}<value>\s{0,20})([^<\s]{1,2000})/gi

const privateKey = /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)([\s\S]*?)(?=-----END|$)/g

/** `-u name:secret` and `--user name:secret` of curl. */
const userOption =
  /((?:(?:^|\s)-u\s{0,3}|(?:^|\s)--user[\s=]\s{0,3})["']?[^\s:"'$]{1,200}:)([^\s"'\\]{1,2000})/g

/** A JSON Web Token, which is what job tokens are from GitLab 19.0 on. */
const webToken = /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g

/**
 * Puts dots in place of secrets: GitLab tokens, values of token headers, passwords in addresses and
 * settings. Variables such as `$CI_JOB_TOKEN` stay, for they are no secret. Masking again changes
 * nothing, and lines and their lengths stay as they are.
 */
export function mask(text: string): string {
  return text
    .replace(knownToken, (_all, prefix: string, secret: string) => prefix + hidden(secret))
    .replace(webToken, hidden)
    .replace(privateKey, (_all, before: string, key: string) => before + key.replace(/\S/g, dot))
    .replace(urlPassword, (_all, before: string, user: string, secret: string) =>
      user || isVariable(secret) ? before + user + secret : before + hidden(secret),
    )
    .replace(header, keepVariables)
    .replace(userOption, keepVariables)
    .replace(setting, keepVariables)
    .replace(tokenSetting, keepVariables)
    .replace(passwordOption, keepVariables)
    .replace(netrcPassword, keepVariables)
    .replace(xmlSecret, keepVariables)
    .replace(typedOn, hidden)
}

const hidden = (secret: string) => dot.repeat(secret.length)

function keepVariables(all: string, before: string, written: string): string {
  const value = written.replace(/^\\*["']/, '')
  if (isVariable(value) || isWord(value)) return all
  return before + written.slice(0, written.length - value.length) + hidden(value)
}

/** `$X` from its first character on, `${X}`, `%X%`, `$env:X`, `$(cat file)`, `{{ x }}`, `<token>`, `System.getenv(…)`. */
const isVariable = (value: string) =>
  /^(?:\$|%\w*%?$|\{\{|\[\[|<|System\.|env\.|process\.|os\.|secrets\.)/.test(value) ||
  isHidden.test(value)

/** What stands after such a word in prose and code, and is no secret. */
const isWord = (value: string) =>
  // Half typed, what comes before a secret.
  /^(?:b(?:e(?:a(?:r(?:e(?:r)?)?)?)?|a(?:s(?:i(?:c)?)?)?)?)$/i.test(value) ||
  /^(?:is|was|or|and|the|a|an|to|for|in|of|on|not|has|with|true|false|null|none|required|invalid|expired|provided|bearer|basic|token|\||>|-|=|:)$/i.test(
    value,
  )
