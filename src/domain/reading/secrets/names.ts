/** Decides by a name whether the value beside it is a secret. */

/**
 * The words of such names, in lower case, as `wordsOf` splits names; each with names that are tests.
 * `anywhere`: also in front of other words, as in `TF_TOKEN_host`; else only as the last word.
 */
export const nameRows: readonly {
  readonly words: readonly string[]
  readonly anywhere?: true
  readonly examples: readonly string[]
}[] = [
  {
    words: ['token', 'tok'],
    anywhere: true,
    examples: [
      'token',
      'TOKEN',
      'JOB-TOKEN',
      'gitlab_token',
      'accessToken',
      'TF_VAR_gitlab_token',
      'TF_TOKEN_gitlab_example_com',
      'POETRY_PYPI_TOKEN_INTERNAL',
      'GITLAB_TOKEN_2',
      'rss_token',
      'feed_token',
      'X-Gitlab-Static-Object-Token',
      'X-Vault-Token',
      'X-Amz-Security-Token',
      'gitlabtoken',
      'npmAuthToken',
      'identitytoken',
      '-Ptoken',
      'sonar.token',
    ],
  },
  {
    words: ['password', 'passwd', 'passwort', 'passwords', 'pwd', 'psw', 'passcode', 'passphrase'],
    anywhere: true,
    examples: [
      'password',
      'PGPASSWORD',
      'DB_PASSWORD_PROD',
      'ClearTextPassword',
      'spring.datasource.password',
      'MYSQL_PWD',
      'ansible_become_passwd',
      'GPG_PASSPHRASE',
      'dockerPassword',
    ],
  },
  {
    words: ['secret'],
    anywhere: true,
    examples: [
      'secret',
      'client_secret',
      'clientSecret',
      'AWS_SECRET_ACCESS_KEY',
      'SECRET_KEY_BASE',
      'consumerSecret',
      'JWT_SECRET_DEV',
      'webhook-secret',
    ],
  },
  {
    words: ['pass', 'pw', 'storepass', 'keypass', 'apppass'],
    examples: ['DB_PASS', 'pass', 'SMTP_PW', '-storepass'],
  },
  {
    words: ['pat', 'jwt', 'otp', 'totp', 'bearer', 'credential', 'credentials', 'creds', 'auth'],
    examples: ['GITLAB_PAT', 'CI_JOB_JWT', 'X-GitLab-OTP', '_auth', 'DOCKER_CREDS'],
  },
  {
    words: ['session', 'sessionid', 'sessid', 'sid', 'signature', 'sig'],
    examples: ['_gitlab_session', 'JSESSIONID', 'PHPSESSID', 'X-Amz-Signature', 'connect.sid'],
  },
  {
    words: ['apikey', 'secretkey', 'accesskey', 'privatekey', 'authkey'],
    anywhere: true,
    examples: ['apikey', 'APIKEY', 'myApikey', 'privatekey'],
  },
  {
    words: [
      'api key',
      'access key',
      'secret key',
      'private key',
      'account key',
      'signing key',
      'encryption key',
      'master key',
      'auth key',
      'session key',
      'subscription key',
      'license key',
      'app key',
      'admin key',
      'server key',
      'shared key',
      'integration key',
      'ssh key',
      'deploy key',
      'service key',
      'hmac key',
      'write key',
      'art api',
      'secret id',
    ],
    anywhere: true,
    examples: [
      'api_key',
      'X-API-Key',
      'apiKey',
      'AccountKey',
      'SharedAccessKey',
      'PLUGIN_SIGNING_KEY',
      'Ocp-Apim-Subscription-Key',
      'DD_API_KEY',
      'X-JFrog-Art-Api',
    ],
  },
  {
    words: ['sonar login', 'gitlab oauth', 'github oauth', 'shared access signature'],
    examples: ['sonar.login', 'gitlab-oauth', 'SharedAccessSignature'],
  },
]

/**
 * Where one of these words follows, the name is that of a fact about a secret, not of the secret.
 */
const about = new Set(
  (
    'url uri file filename path dir name names type types id ids length size policy policies scope scopes ' +
    'permission permissions expiry expires expiration expired ttl lifetime enabled disabled required allowed ' +
    'header headers endpoint field fields prompt count limit limits store manager env ref arn stdin hash ' +
    'regex regexp pattern class format version status error errors message description label title hint help ' +
    'source provider helper only usage used owner user username host server registry mode inbound outbound ' +
    'generator factory request response validator strength input reset rotation algorithm alg issuer audience ' +
    'aud at on by for in is was has not or and the of to protected masked exists present missing invalid valid ' +
    'authentication authorization placeholder command script image tag namespace template place places console ' +
    'kind state store storage service api version page form button input output job jobs project group list'
  ).split(' '),
)

const single = new Map<string, boolean>()
const pairs = new Map<string, boolean>()
for (const { words, anywhere = false } of nameRows) {
  for (const word of words) {
    const parts = word.split(' ')
    if (parts.length === 1) single.set(word, anywhere)
    else pairs.set(word, anywhere)
  }
}

/** Names that are written in one: `authtoken`, `PGPASSWORD`, `-Dpassword`. */
const ending = /(?:token|password|passwd|passphrase|passwort|secret|apikey|sessid|sessionid|pwd)$/

/** `accessToken`, `ACCESS_TOKEN`, `access-token` → `access`, `token`. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/^-+[DP](?=[a-z])/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean)

/** Names that ordinary things have, too: only what looks like no word is a secret then. */
export const isVague = (name: string) =>
  /(?:^|[^a-z])(?:session|credentials?|auth|oauth|signature|sig|bearer|pass|pat|sid|otp|jwt|login)$/i.test(
    name,
  ) || /[a-z](?:Session|Credentials?|Auth|Signature|Pass|Bearer)$/.test(name)

const known = new Map<string, boolean>()

/** Whether what is called so is a secret: a variable, a key, a header, an option. */
export function isSecretName(name: string): boolean {
  const before = known.get(name)
  if (before !== undefined) return before
  const answer = judge(wordsOf(name))
  // A text can name without end.
  if (known.size > 5000) known.clear()
  known.set(name, answer)
  return answer
}

/** Whether a value is itself a name of a secret, as in `token=token`, `"CI_JOB_TOKEN"`, and not the secret. */
export const isNameOfSecret = (value: string): boolean =>
  /^[A-Za-z_-]+$/.test(value) && single.has(wordsOf(value).at(-1) ?? '')

function judge(words: readonly string[]): boolean {
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i] as string
    const pair = `${words[i - 1]} ${word}`
    const triple = `${words[i - 2]} ${pair}`
    const anywhere =
      pairs.get(triple) ??
      pairs.get(pair) ??
      single.get(word) ??
      (ending.test(word) ? true : undefined)
    if (anywhere !== undefined) {
      const isLast = i === words.length - 1
      return isLast || (anywhere && !words.slice(i + 1).some((other) => about.has(other)))
    }
  }
  return false
}
