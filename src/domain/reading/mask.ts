/** Hides the secrets in a text before it is shown, stored or shared. */

/** Stands for each hidden character; means nothing in YAML, shell and addresses. */
const dot = '•'

/** GitLab's token prefixes: https://docs.gitlab.com/security/tokens/#token-prefixes */
const gitlabToken =
  /\b((?:glpat|glcbt|gldt|glrt|glrtr|glptt|gloas|glsoat|glft|glagent|glimt|glffct|glwt|gliat|GR1348941)-?)([\w.=-]{6,})/g

/** `https://user:secret@host`; not a variable. The user name stays: GitLab's rules ask for it. */
const urlPassword = /(:\/\/[^\s/:@"'<>]{0,200}:)((?:\$\{?\w{1,80}\}?@)?)([^\s/"'<>]{1,400})(?=@)/g

const headerName =
  '(?:private-token|job-token|deploy-token|gitlab-dast-site-validation-token|x-gitlab-token)'
const header = new RegExp(
  `(\\b${headerName}["']?\\s{0,3}[:=][ \\t]{0,3}["']?|\\bauthorization["']?\\s{0,3}[:=][ \\t]{0,3}["']?(?:bearer|basic|token)?[ \\t]{0,3})([^\\s"'&,;<>\\\\]{1,2000})`,
  'gi',
)

const secretName =
  '(?:pass(?:word|wd)?|passphrase|secret|(?:private|job|access|deploy|refresh|auth|api|feed|personal|id)[_-]?token|_auth|_authtoken|npmauthtoken|client[_-]?secret|api[_-]?key)'
/** `password=…`, `job_token: …`, `_authToken=…`, and options such as `--password …`. */
const setting = new RegExp(
  `(${secretName}\\\\*["']?[ \\t]{0,3}[:=][ \\t]{0,3}|--[\\w-]{0,30}${secretName}[ \\t]{1,3})(\\\\*"[^"\\n\\\\]{1,2000}|\\\\*'[^'\\n\\\\]{1,2000}|[^\\s"'&,;<>@\\\\]{1,2000})`,
  'gi',
)

/** `-u name:secret` and `--user name:secret` of curl. */
const userOption =
  /((?:\s-u\s{0,3}|\s--user[\s=]\s{0,3})["']?[^\s:"'$]{1,200}:)([^\s"'\\]{1,2000})/g

/** A JSON Web Token, which is what job tokens are from GitLab 19.0 on. */
const webToken = /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g

/**
 * Puts dots in place of secrets: GitLab tokens, values of token headers, passwords in addresses and
 * settings. Variables such as `$CI_JOB_TOKEN` stay, for they are no secret. Masking again changes
 * nothing, and lines and their lengths stay as they are.
 */
export function mask(text: string): string {
  return text
    .replace(gitlabToken, (_all, prefix: string, secret: string) => prefix + hidden(secret))
    .replace(webToken, hidden)
    .replace(urlPassword, (_all, before: string, user: string, secret: string) =>
      user || isVariable(secret) ? before + user + secret : before + hidden(secret),
    )
    .replace(header, keepVariables)
    .replace(userOption, keepVariables)
    .replace(setting, keepVariables)
}

const hidden = (secret: string) => dot.repeat(secret.length)

function keepVariables(all: string, before: string, written: string): string {
  const value = written.replace(/^\\*["']/, '')
  if (isVariable(value) || isWord(value)) return all
  return before + written.slice(0, written.length - value.length) + hidden(value)
}

/** `$X`, `${X}`, `%X%`, `$env:X`, `$(cat file)`, `{{ x }}`, `<token>`, `System.getenv(…)`. */
const isVariable = (value: string) =>
  /^(?:\$[\w{(]|%\w+%|\{\{|\[\[|<|System\.|env\.|process\.|os\.|secrets\.)|•/.test(value)

/** What stands after such a word in prose and code, and is no secret. */
const isWord = (value: string) =>
  /^(?:is|was|or|and|the|a|an|to|for|in|of|on|not|has|with|true|false|null|none|required|invalid|expired|provided|bearer|basic|token|\||>|-|=|:)$/i.test(
    value,
  )
