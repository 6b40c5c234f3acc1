/** Secrets that a program takes by an option or at a place that is its own. */
import { afterPrefix, type Hide } from './forms.ts'
import { isNoSecret, valueAt } from './values.ts'

export type CommandRow = {
  readonly tools: readonly string[]
  /** Options whose value is a secret; of one letter, also with the value attached or behind other letters. */
  readonly secret?: readonly string[]
  /** Options whose value is `user:secret`. */
  readonly login?: readonly string[]
  /** Options of one letter that take a secret only where it is attached, as `-p` of mysql. */
  readonly attached?: readonly string[]
  /** Words behind the tool; `*` is any word, `SECRET` and `USER:SECRET` are hidden. */
  readonly words?: readonly string[]
  readonly examples: readonly string[]
}

export const commandRows: readonly CommandRow[] = [
  {
    tools: ['curl'],
    login: ['-u', '--user', '-U', '--proxy-user'],
    secret: ['--oauth2-bearer', '--pass', '--proxy-pass', '--tlspassword', '-b', '--cookie'],
    examples: [
      'curl -u me:‹s3cret› https://x',
      'curl -sSu me:‹s3cret› https://x',
      'curl -ume:‹s3cret› https://x',
      'curl --user "me:‹s3cret›" https://x',
      'curl --user=me:‹s3cret› https://x',
      'curl --oauth2-bearer ‹s3cret› https://x',
      'curl -fsSL -x p -U me:‹s3cret› https://x',
      'curl \\\n  -u me:‹s3cret› \\\n  https://x',
      'curl -b ‹a=b› https://x',
    ],
  },
  {
    tools: ['http', 'https', 'xh', 'xhs'],
    login: ['-a', '--auth'],
    examples: ['http -a me:‹s3cret› GET https://x', 'https --auth=me:‹s3cret› x'],
  },
  {
    tools: [
      'docker',
      'podman',
      'buildah',
      'nerdctl',
      'oras',
      'crane',
      'helm',
      'regctl',
      'skopeo',
      'cosign',
      'trivy',
    ],
    login: ['--creds', '--src-creds', '--dest-creds'],
    words: [],
    examples: [
      'skopeo copy --src-creds me:‹s3cret› docker://a docker://b',
      'skopeo inspect --creds=me:‹s3cret› docker://a',
      'docker login --password ‹s3cret› host',
    ],
  },
  {
    tools: ['login'],
    secret: ['-p'],
    examples: [
      'docker login -u me -p ‹s3cret› host',
      'podman login -u me -p‹s3cret› host',
      'helm registry login -u me -p "‹s3cret›" host',
      'docker login \\\n  -u me \\\n  -p ‹s3cret› \\\n  host',
      'az login --service-principal -u a -p ‹s3cret› --tenant b',
      'oc login -u me -p ‹s3cret›',
      'conan remote login r me -p ‹s3cret›',
    ],
  },
  {
    tools: ['twine', 'conan', 'hatch', 'flit', 'publish', 'sshpass'],
    secret: ['-p'],
    examples: [
      'twine upload -u x -p ‹s3cret›',
      'conan user -p ‹s3cret› -r r me',
      'poetry publish -u me -p ‹s3cret›',
      'sshpass -p ‹s3cret› ssh a',
      'sshpass -p‹s3cret› ssh a',
    ],
  },
  { tools: ['hatch'], secret: ['-a', '--auth'], examples: ['hatch publish -a ‹s3cret›'] },
  { tools: ['uv'], secret: ['-t', '--token', '-p'], examples: ['uv publish -t ‹s3cret›'] },
  {
    tools: ['glab', 'gitlab-runner', 'vercel', 'codecov', 'netlify', 'surge'],
    secret: ['-t', '--token', '-r', '--auth'],
    words: [],
    examples: [
      'glab auth login --token ‹s3cret›',
      'glab auth login -t ‹s3cret› -h x',
      'gitlab-runner register -r ‹s3cret› -u https://x',
      'gitlab-runner register --registration-token ‹s3cret›',
      'codecov -t ‹s3cret›',
      'netlify deploy --auth ‹s3cret›',
    ],
  },
  {
    tools: ['mysql', 'mysqldump', 'mysqladmin', 'mariadb', 'mariadb-dump', '7z', '7za'],
    attached: ['-p'],
    examples: [
      'mysql -u root -p‹s3cret› app',
      'mysqldump -uroot -p"‹s3cret›" app',
      '7z a -p‹s3cret› x.7z x',
    ],
  },
  { tools: ['redis-cli'], secret: ['-a'], examples: ['redis-cli -h x -a ‹s3cret› ping'] },
  {
    tools: ['mongo', 'mongosh', 'mongodump', 'mongorestore'],
    secret: ['-p'],
    examples: ['mongosh -u me -p ‹s3cret›'],
  },
  {
    tools: ['sqlcmd', 'bcp', 'zip', 'unzip'],
    secret: ['-P'],
    examples: ['sqlcmd -S x -U sa -P ‹s3cret›', 'zip -P ‹s3cret› x.zip x'],
  },
  {
    tools: ['ldapsearch', 'ldapadd', 'ldapmodify'],
    secret: ['-w'],
    examples: ['ldapsearch -D cn=a -w ‹s3cret›'],
  },
  { tools: ['ssh-keygen'], secret: ['-N', '-P'], examples: ['ssh-keygen -t rsa -N ‹s3cret› -f x'] },
  {
    tools: ['nuget', 'dotnet'],
    secret: ['-p', '-k', '-Password', '-ApiKey'],
    words: ['setapikey SECRET'],
    examples: [
      'nuget sources add -UserName me -Password ‹s3cret›',
      'dotnet nuget add source x -u me -p ‹s3cret› --store-password-in-clear-text',
      'dotnet nuget push a.nupkg -k ‹s3cret› -s x',
      'nuget setapikey ‹s3cret›',
    ],
  },
  {
    tools: ['keytool', 'jarsigner', 'apksigner'],
    secret: ['-storepass', '-keypass', '--ks-pass'],
    examples: ['keytool -list -storepass ‹s3cret›', 'jarsigner -keypass ‹s3cret› a.jar k'],
  },
  {
    tools: ['poetry'],
    words: ['config http-basic.* * SECRET', 'config pypi-token.* SECRET'],
    examples: [
      'poetry config http-basic.g u ‹s3cret›',
      'poetry config pypi-token.internal ‹s3cret›',
      'poetry config -- http-basic.g u ‹s3cret›',
    ],
  },
  {
    tools: ['composer'],
    words: [
      'config gitlab-token.* SECRET',
      'config gitlab-oauth.* SECRET',
      'config github-oauth.* SECRET',
      'config bearer.* SECRET',
      'config http-basic.* * SECRET',
      'config gitlab-token.* * SECRET',
    ],
    examples: [
      'composer config gitlab-token.gitlab.example.com ‹s3cret›',
      'composer config -g http-basic.gitlab.example.com me ‹s3cret›',
      'composer config --auth github-oauth.github.com ‹s3cret›',
    ],
  },
  {
    tools: ['bundle', 'bundler'],
    words: [
      'config *.* USER:SECRET',
      'config set *.* USER:SECRET',
      'config *.* SECRET',
      'config set *.* SECRET',
    ],
    examples: [
      'bundle config gems.example.com me:‹s3cret›',
      'bundle config set --global gems.example.com ‹s3cret›',
    ],
  },
  {
    tools: ['cargo'],
    words: ['login SECRET'],
    secret: ['--token'],
    examples: ['cargo login ‹s3cret›', 'cargo publish --token ‹s3cret›'],
  },
  {
    tools: ['vault', 'bao'],
    words: ['login SECRET'],
    examples: ['vault login ‹s3cret›', 'vault kv put secret/a password=‹s3cret›'],
  },
  { tools: ['snyk'], words: ['auth SECRET'], examples: ['snyk auth ‹s3cret›'] },
  {
    tools: ['mc'],
    words: ['alias set * * * SECRET', 'config host add * * * SECRET'],
    examples: ['mc alias set s3 https://x me ‹s3cret›'],
  },
  { tools: ['htpasswd'], words: ['* * SECRET'], examples: ['htpasswd -b file me ‹s3cret›'] },
  { tools: ['rclone'], words: ['obscure SECRET'], examples: ['rclone obscure ‹s3cret›'] },
  { tools: ['smbclient'], secret: ['-U'], examples: ['smbclient //x/y -U ‹me%s3cret›'] },
  { tools: ['lftp', 'ncftp'], login: ['-u'], examples: ['lftp -u me,‹s3cret› x'] },
  {
    tools: ['wget'],
    secret: ['--password', '--http-password', '--ftp-password'],
    examples: [
      'wget --user me --password ‹s3cret› https://x',
      'wget --http-password=‹s3cret› https://x',
    ],
  },
]

type Rules = {
  readonly secret: Set<string>
  readonly login: Set<string>
  readonly attached: Set<string>
  readonly words: readonly (readonly string[])[]
}
const rules = new Map<string, Rules>()
for (const { tools, secret = [], login = [], attached = [], words = [] } of commandRows) {
  for (const tool of tools) {
    const before = rules.get(tool)
    rules.set(tool, {
      secret: new Set([...(before?.secret ?? []), ...secret]),
      login: new Set([...(before?.login ?? []), ...login]),
      attached: new Set([...(before?.attached ?? []), ...attached]),
      words: [...(before?.words ?? []), ...words.map((row) => row.split(' '))],
    })
  }
}

const toolName = new RegExp(
  `(?<![\\w.-])(?:${[...rules.keys()].sort((a, b) => b.length - a.length).join('|')})(?:\\.exe)?(?=[ \\t])`,
  'g',
)
/** Hides what programs take. Each command is looked at once, whatever programs it calls. */
export function hideCommands(text: string, hide: Hide): void {
  toolName.lastIndex = 0
  for (let found = toolName.exec(text); found; found = toolName.exec(text)) {
    toolName.lastIndex = readCommand(text, found.index, hide)
  }
}

const lineFeed = 10
const isSpace = (code: number) =>
  code === 32 || (code > 8 && code < 14) || (code > 127 && /\s/.test(String.fromCharCode(code)))

/** Where the next word of a command begins; the command may go on behind the end of a line. */
function wordStart(text: string, from: number): number {
  let at = from
  for (;;) {
    let code = text.charCodeAt(at)
    while (code !== lineFeed && isSpace(code)) code = text.charCodeAt(++at)
    // `\\`, `^` of cmd.exe and PowerShell's backtick.
    if (code !== 92 && code !== 94 && code !== 96) return at
    const end = text.charCodeAt(at + 1) === 13 ? at + 2 : at + 1
    if (text.charCodeAt(end) !== lineFeed) return at
    at = end + 1
  }
}

function wordEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && !isSpace(text.charCodeAt(at))) at++
  return at
}

const separators = new Set(['|', '||', '&&', ';', '&'])
/** Characters that may precede a word: quotes, brackets, `$` and `@`. */
const leads = '"\'`($@{['
/** No program has a longer name; a folder may stand before it. */
const longestTool = Math.max(...[...rules.keys()].map((name) => name.length)) + '.exe'.length

/** Per first letter the lengths of programs' names, as bits: most words need not be cut out. */
const lengths = new Uint32Array(128)
for (const name of rules.keys()) {
  for (const { length } of [name, `${name}.exe`]) {
    lengths[name.charCodeAt(0)] = (lengths[name.charCodeAt(0)] ?? 0) | (1 << length)
  }
}

function rulesOf(text: string, from: number, end: number): Rules | undefined {
  let start = end
  while (start > from && text.charCodeAt(start - 1) !== 47) {
    if (end - --start > longestTool) return undefined
  }
  if ((((lengths[text.charCodeAt(start)] ?? 0) >> (end - start)) & 1) === 0) return undefined
  const name = text.slice(start, end)
  return rules.get(name.endsWith('.exe') ? name.slice(0, -4) : name)
}

type State = {
  readonly rule: Rules
  /** The number of words that each pattern has matched so far. */
  readonly matched: number[]
}

/** @returns where the command ends */
function readCommand(text: string, from: number, hide: Hide): number {
  let states: State[] = []
  let at = from
  for (;;) {
    const start = wordStart(text, at)
    if (start >= text.length) return text.length
    if (text.charCodeAt(start) === lineFeed) return start + 1
    const end = wordEnd(text, start)
    at = end
    if (end - start < 3 && separators.has(text.slice(start, end))) {
      states = []
      continue
    }
    let first = start
    while (first < end && leads.includes(text[first] as string)) first++
    const rule = rulesOf(text, first, end)
    if (states.length) {
      const word = text.slice(first, end)
      if (word.startsWith('-')) {
        const value = optionValue(text, word, first, end, states)
        if (value) at = Math.max(at, hideValue(text, value.at, value.isLogin, hide))
      } else if (states.some(({ matched }) => matched.length > 0)) {
        at = Math.max(at, readWord(text, word, start, states, hide))
      }
    }
    if (rule) {
      // `docker login`, `poetry publish`: two at a time say what an option means.
      const others = states.filter((state) => state.rule !== rule).slice(-2)
      states = [...others, { rule, matched: rule.words.map(() => 0) }]
    }
    if (text[end - 1] === ';') states = []
  }
}

/** Where the value of an option begins that takes a secret. */
function optionValue(
  text: string,
  word: string,
  start: number,
  end: number,
  states: readonly State[],
): { at: number; isLogin: boolean } | undefined {
  const equals = word.indexOf('=')
  const name = equals < 0 ? word : word.slice(0, equals)
  // `-sSu value`, `-uvalue`
  const isShort = /^-[A-Za-z]./.test(word)
  const short = isShort ? word.slice(0, 2) : ''
  const last = isShort && /^-[A-Za-z]{2,5}$/.test(word) ? `-${word.at(-1)}` : ''
  for (const { rule } of states) {
    for (const isLogin of [false, true]) {
      const options = isLogin ? rule.login : rule.secret
      if (options.has(name)) {
        const at = name.length < word.length ? start + name.length + 1 : nextWord(text, end)
        return at === undefined ? undefined : { at, isLogin }
      }
      if (!isShort) continue
      if (options.has(short)) return { at: start + (word[2] === '=' ? 3 : 2), isLogin }
      if (last && options.has(last)) {
        const at = nextWord(text, end)
        if (at !== undefined) return { at, isLogin }
      }
    }
    if (isShort && rule.attached.has(short)) {
      return { at: start + 2, isLogin: false }
    }
  }
  return undefined
}

/** Where the next word of a command begins, if it is no option. */
function nextWord(text: string, end: number): number | undefined {
  const start = wordStart(text, end)
  const c = text[start]
  if (c === undefined || c === '\n' || /^(?:-\w|[|&;])/.test(text.slice(start, start + 2))) {
    return undefined
  }
  return start
}

function hideValue(text: string, at: number, isLogin: boolean, hide: Hide): number {
  const value = valueAt(text, at, 'option')
  if (!value) return at
  let { start } = value
  const { end } = value
  if (isLogin) {
    const user = /^[^:,\s]{0,200}[:,]/.exec(text.slice(start, Math.min(end, start + 202)))?.[0]
    if (!user) return end
    start += user.length
  }
  if (!isNoSecret(text.slice(start, end), { isQuoted: value.isQuoted })) {
    hide(afterPrefix(text, start), end)
  }
  return end
}

function readWord(
  text: string,
  word: string,
  start: number,
  states: readonly State[],
  hide: Hide,
): number {
  let end = 0
  for (const { rule, matched } of states) {
    for (const [index, row] of rule.words.entries()) {
      const wanted = row[matched[index] as number]
      if (wanted === undefined) continue
      if (wanted === 'SECRET' || wanted === 'USER:SECRET') {
        const isLogin = wanted === 'USER:SECRET'
        if (isLogin !== /^[\w.-]+:/.test(word)) continue
        end = Math.max(end, hideValue(text, start, isLogin, hide))
        ;(matched as number[])[index] = row.length
      } else if (fits(word, wanted)) (matched as number[])[index] = (matched[index] as number) + 1
      else if (matched[index] !== 0) (matched as number[])[index] = row.length
    }
  }
  return end
}

function fits(word: string, wanted: string): boolean {
  if (wanted === '*') return true
  if (wanted === '*.*') return /^[\w.-]+\.[\w.-]+$/.test(word)
  return wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted
}
