/** Tokens that are known by their own form, wherever they stand. */

/**
 * In an example, `‹n›` stands for n random letters and digits, `‹n0›` for digits, `‹nx›` for hexadecimal
 * ones; what is within `‹›` must be hidden. `prefix` stays in sight: it says whose token it is.
 */
export type FormRow = {
  readonly what: string
  /** A regular expression, without flags and groups. */
  readonly prefix: string
  readonly body: string
  /**
   * What a form that may begin with any letter or digit has in it: its row is looked for only in texts
   * that have this, for it would be tried at every word.
   */
  readonly sign?: string
  readonly examples: readonly string[]
}

/** GitLab's: https://docs.gitlab.com/security/tokens/#token-prefixes. Job tokens are read by theirs. */
const gitlabPrefixes =
  'glpat glcbt gldt glrt glrtr glptt gloas glsoat glft glagent glimt glffct glwt gliat gldtk glsct'.split(
    ' ',
  )

export const formRows: readonly FormRow[] = [
  {
    what: 'GitLab, also behind a prefix of the instance’s own',
    prefix: `(?:${gitlabPrefixes.join('|')})-`,
    body: '[\\w.=•-]+',
    examples: [
      ...gitlabPrefixes.map((prefix) => `x ${prefix}-‹20› y`),
      'acme_glpat-‹20›',
      'acme-glcbt-‹20›',
      'glpat-‹27›‹.01.›‹9›',
      'glcbt-‹64_aB3dE5fG7hJ9kL1mN3pQ›',
      './publish.sh glcbt-‹22›',
    ],
  },
  {
    what: 'GitLab’s runner registration',
    prefix: 'GR1348941-?',
    body: '[\\w.=•-]+',
    examples: ['GR1348941‹20›'],
  },
  {
    what: 'GitHub',
    prefix: 'gh[pousr]_',
    body: '[\\w•]+',
    examples: ['ghp_‹36›', 'gho_‹36›', 'ghs_‹36›', 'ghu_‹36›', 'ghr_‹36›'],
  },
  {
    what: 'GitHub, fine-grained',
    prefix: 'github_pat_',
    body: '[\\w•]+',
    examples: ['github_pat_‹22›‹_›‹59›'],
  },
  {
    what: 'Slack',
    prefix: 'xox[abeprs]-|xapp-|xwfp-',
    body: '[\\w.•-]+',
    examples: ['xoxb-‹12›', 'xapp-‹20›', 'xoxp-‹20›'],
  },
  {
    what: 'Stripe',
    prefix: '(?:sk|rk|pk|whsec)_(?:live_|test_)?',
    body: '[A-Za-z0-9•]{16,}',
    examples: ['sk_live_‹24›', 'rk_test_‹24›', 'whsec_‹32›'],
  },
  { what: 'npm', prefix: 'npm_', body: '[A-Za-z0-9•]{30,}', examples: ['npm_‹36›'] },
  { what: 'PyPI', prefix: 'pypi-AgE', body: '[\\w•-]{16,}', examples: ['pypi-AgE‹60›'] },
  {
    what: 'Docker Hub',
    prefix: 'dckr_(?:pat|oat)_',
    body: '[\\w•-]+',
    examples: ['dckr_pat_‹27›', 'dckr_oat_‹27›'],
  },
  {
    what: 'DigitalOcean',
    prefix: 'do[oprt]_v1_',
    body: '[\\w•]+',
    examples: ['dop_v1_‹64x›', 'doo_v1_‹64x›'],
  },
  { what: 'Hugging Face', prefix: 'hf_', body: '[A-Za-z0-9•]{20,}', examples: ['hf_‹34›'] },
  {
    what: 'OpenAI, Anthropic',
    prefix: 'sk-(?:proj-|svcacct-|ant-)?',
    body: '(?=[\\w•-]{0,40}[A-Z\\d•])[\\w•-]{20,}',
    examples: ['sk-‹48›', 'sk-proj-‹48›', 'sk-ant-‹48›'],
  },
  {
    what: 'AWS, an access key',
    prefix: 'A(?:KIA|SIA|BIA|CCA)',
    body: '[A-Z0-9•]{16}(?![A-Za-z0-9])',
    examples: ['AKIA‹ABCDEFGH23456723›', 'ASIA‹ABCDEFGH23456723›'],
  },
  { what: 'Google, an API key', prefix: 'AIza', body: '[\\w•-]{30,}', examples: ['AIza‹35›'] },
  {
    what: 'Google, OAuth',
    prefix: 'ya29\\.|GOCSPX-',
    body: '[\\w.•-]{10,}',
    examples: ['ya29.‹40›', 'GOCSPX-‹28›'],
  },
  {
    what: 'Azure, a client secret',
    prefix: '[\\w~.]{3}8Q~',
    body: '[\\w~.•-]{25,}',
    sign: '8Q~',
    examples: ['abc8Q~‹34›'],
  },
  { what: 'Azure DevOps', prefix: 'azd[op]_', body: '[\\w•]{20,}', examples: ['azdo_‹40›'] },
  {
    what: 'SendGrid',
    prefix: 'SG\\.',
    body: '[\\w•-]{10,}\\.[\\w•-]{10,}',
    examples: ['SG.‹22›‹.›‹43›'],
  },
  { what: 'Mailgun', prefix: 'key-', body: '[a-f0-9•]{32}(?![\\w-])', examples: ['key-‹32x›'] },
  { what: 'Twilio', prefix: 'SK', body: '[a-f0-9•]{32}(?![\\w-])', examples: ['SK‹32x›'] },
  {
    what: 'Telegram, a bot',
    prefix: '\\d{8,10}:AA',
    body: '[\\w•-]{30,}',
    sign: ':AA',
    examples: ['1234567890:AA‹33›'],
  },
  {
    what: 'HashiCorp Vault',
    prefix: 'hv[sbr]\\.',
    body: '[\\w•-]{20,}',
    examples: ['hvs.‹90›', 'hvb.‹90›'],
  },
  {
    what: 'Terraform Cloud',
    prefix: '[A-Za-z0-9]{14}\\.atlasv1\\.',
    body: '[\\w•-]{20,}',
    sign: '.atlasv1.',
    examples: ['aBcDeFgH123456.atlasv1.‹60›'],
  },
  { what: 'Heroku', prefix: 'HRKU-', body: '[\\w•-]{20,}', examples: ['HRKU-‹36›'] },
  {
    what: 'Grafana',
    prefix: 'gl(?:c|sa)_',
    body: '[\\w+/=•]{20,}',
    examples: ['glsa_‹32›', 'glc_‹60›'],
  },
  {
    what: 'New Relic',
    prefix: 'NR(?:AK|JS|II|AL)-',
    body: '[\\w•-]{16,}',
    examples: ['NRAK-‹27›'],
  },
  {
    what: 'Sentry',
    prefix: 'sntry[su]_',
    body: '[\\w+/=•]{20,}',
    examples: ['sntrys_‹60›', 'sntryu_‹64x›'],
  },
  {
    what: 'SonarQube',
    prefix: 'sq[pua]_',
    body: '[\\w•]{30,}',
    examples: ['sqp_‹40x›', 'squ_‹40x›'],
  },
  {
    what: 'Shopify',
    prefix: 'shp(?:at|ca|pa|ss)_',
    body: '[\\w•]{20,}',
    examples: ['shpat_‹32x›'],
  },
  {
    what: 'Databricks',
    prefix: 'dapi',
    body: '[a-f0-9•]{32}(?:-\\d)?(?![\\w-])',
    examples: ['dapi‹32x›'],
  },
  {
    what: 'Linear, Postman, Notion, Figma',
    prefix: 'lin_api_|PMAK-|ntn_|figd_',
    body: '[\\w•-]{20,}',
    examples: ['lin_api_‹40›', 'PMAK-‹59›', 'ntn_‹46›', 'figd_‹40›'],
  },
  { what: 'RubyGems', prefix: 'rubygems_', body: '[a-f0-9•]{32,}', examples: ['rubygems_‹48x›'] },
  {
    what: 'NuGet',
    prefix: 'oy2',
    body: '[a-z0-9•]{43}(?!\\w)',
    examples: ['oy2‹abcdefghijklmnopqrstuvwxyz23456abcdefghijkl›'],
  },
  { what: 'crates.io', prefix: 'cio', body: '[A-Za-z0-9•]{32}(?!\\w)', examples: ['cio‹32›'] },
  {
    what: 'Artifactory',
    prefix: 'AKCp|cmVmdGtuO',
    body: '[A-Za-z0-9•]{20,}',
    examples: ['AKCp‹69›', 'cmVmdGtuO‹54›'],
  },
  {
    what: 'Atlassian',
    prefix: 'AT(?:ATT3|BB|CTT3|STT3)',
    body: '[\\w=•-]{20,}',
    examples: ['ATATT3‹60›', 'ATBB‹32›'],
  },
  {
    what: 'Square',
    prefix: 'sq0(?:atp|csp)-|EAAA',
    body: '[\\w•-]{22,}',
    examples: ['sq0atp-‹22›'],
  },
  {
    what: 'Doppler, Pulumi, Fly, PlanetScale, Supabase',
    prefix: 'dp\\.(?:pt|st|ct|sa)\\.|pul-|fo1_|pscale_(?:tkn|pw|oauth)_|sbp_',
    body: '[\\w.•-]{20,}',
    examples: ['dp.pt.‹43›', 'pul-‹40x›', 'fo1_‹43›', 'pscale_tkn_‹43›', 'sbp_‹40x›'],
  },
  {
    what: 'age',
    prefix: 'AGE-SECRET-KEY-1',
    body: '[A-Z0-9•]{20,}',
    examples: ['AGE-SECRET-KEY-1‹ABCDEFGHJKLMNPQRSTUVWXYZ23456789ABCDEFGHJKLMNPQRSTUVWXYZ23›'],
  },
  {
    what: 'a password’s hash',
    prefix: '\\$(?:apr1|2[abxy]|[156y]|argon2id?)\\$',
    body: '[\\w./$=,+•-]{20,}',
    examples: ['me:$apr1$‹40›', '$2y$‹56›', '$6$‹90›'],
  },
]

const anyOf = (rows: readonly FormRow[]) =>
  new RegExp(
    `(?<![A-Za-z0-9])(?:${rows.map(({ prefix, body }) => `(?:${prefix})${body}`).join('|')})`,
    'g',
  )
const allForms = anyOf(formRows)
const mostForms = anyOf(formRows.filter(({ sign }) => sign === undefined))
/** The forms that a text may hold: without the few with a sign, a megabyte takes 7 ms instead of 13. */
const formsOf = (text: string) =>
  formRows.some(({ sign }) => sign !== undefined && text.includes(sign)) ? allForms : mostForms
const prefixes = new RegExp(`(?:${formRows.map(({ prefix }) => prefix).join('|')})`, 'y')
/** A value that is hidden already: dots, and at most the prefix that tells the kind of token. */
const isHiddenForm = new RegExp(`^(?:${formRows.map(({ prefix }) => prefix).join('|')})?[•\\s]+$`)

/** A job's token as it was before GitLab had prefixes: a number in hexadecimal digits, `_`, and 20 signs. */
const bareJobToken = /(?<![\w.-])[0-9a-f]{1,3}_([\w•-]{20,})(?![\w.-])/g

/** JSON in Base64, as in a JSON Web Token and in Docker's or Kubernetes' settings. */
const webToken = /(?<![A-Za-z0-9])eyJ[\w+/=•-]*(?:\.[\w=•-]*)*/g

export type Hide = (start: number, end: number) => void

/** The end of the prefix of a known form at a place, or that place itself. */
export function afterPrefix(text: string, at: number): number {
  prefixes.lastIndex = at
  return prefixes.test(text) ? prefixes.lastIndex : at
}

export const isHidden = (value: string) => value.includes('•') && isHiddenForm.test(value)

/** The prefixes of tokens of known forms, which stay visible. */
export function* prefixesIn(text: string): Generator<{ start: number; end: number }> {
  for (const { index } of text.matchAll(formsOf(text)))
    yield { start: index, end: afterPrefix(text, index) }
}

/** Hides all that is known by its form. */
export function hideForms(text: string, hide: Hide): void {
  for (const pattern of [formsOf(text), webToken]) {
    let done = 0
    for (const { 0: found, index } of text.matchAll(pattern)) {
      const end = index + found.length
      if (pattern === webToken && found.length < 16) continue
      hide(afterPrefix(text, index), end)
      if (end > done) done = hideBroken(text, index, end, hide)
    }
  }
  for (const { 0: found, 1: body = '', index } of text.matchAll(bareJobToken)) {
    const isMixed = /\d/.test(body) || (/[a-z]/.test(body) && /[A-Z]/.test(body))
    if (isMixed && !/^[a-z]+_[a-z_]+/.test(body)) hide(index, index + found.length)
  }
}

/** The rest of a token that a terminal or an editor has broken: it fills a line alone. */
const rest = /[ \t]*\r?\n[ \t]*([\w.=+/•-]{4,})(?=["'`,;)]*(?:[ \t]|\r?\n|$))/y
/** GitLab's tokens have at least so many signs behind their prefix. */
const shortest = 20

/** @returns where the token ends that is the end of a line at first */
function hideBroken(text: string, start: number, end: number, hide: Hide): number {
  let known = end - afterPrefix(text, start)
  let at = end
  for (;;) {
    rest.lastIndex = at
    const part = rest.exec(text)?.[1]
    if (!part) return at
    const to = rest.lastIndex
    const isRest =
      (known < shortest && known + part.length >= shortest) ||
      (known > 40 && part.length > 40) ||
      (at - text.lastIndexOf('\n', at - 1) > 60 && /\d/.test(part) && /[A-Za-z]/.test(part))
    if (!isRest || !/[A-Z\d•]/.test(part)) return at
    hide(to - part.length, to)
    known += part.length
    at = to
  }
}
