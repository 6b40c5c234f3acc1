import { describe, expect, test } from 'vitest'
import { context, suggest } from '../../../test-support/found.ts'
import { read } from './read.ts'
import { mask } from './secrets/mask.ts'

/** The tables of cases are the best seed: all that the readers know is in them. */
const tables = Object.values(
  import.meta.glob<string>('./*.test.ts', { query: '?raw', import: 'default', eager: true }),
)
  .join('\n')
  .replaceAll('\\n', '\n')
  .replaceAll('\\x1b', '\x1b')

/** Numbers that are the same in each run (mulberry32). */
function random(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Any answer will do, if it is one: lines of the text, in order, and no secret. */
function expectAnswer(text: string) {
  const { findings } = read(text, context)
  const lines = text.split('\n').length
  let last = 0
  for (const { line } of findings) {
    expect(line).toBeGreaterThanOrEqual(last)
    expect(line).toBeLessThanOrEqual(lines)
    last = line
  }
  expect(suggest(findings)).toBeInstanceOf(Array)
  const masked = mask(text)
  expect(mask(masked)).toBe(masked)
}

const heads = [
  '',
  'build:\n  script:\n',
  '- ',
  'x:\n  script:\n    - |\n',
  '<project>\n',
  'repositories {\n',
  '[global]\n',
  '[submodule "a"]\n',
  '2026-01-15T09:00:00.000000Z 00O ',
]

describe('any text is answered', { timeout: 60_000 }, () => {
  test('cuts of the tables', () => {
    const next = random(1)
    for (let i = 0; i < 600; i++) {
      const from = next(tables.length)
      expectAnswer((heads[next(heads.length)] ?? '') + tables.slice(from, from + next(1500)))
    }
  })

  test('shuffled words of the tables', () => {
    const next = random(2)
    const words = tables.split(/(\s+|(?<=["'`${}()|&;<>]))/)
    for (let i = 0; i < 600; i++) {
      let text = heads[next(heads.length)] ?? ''
      for (let n = next(200); n > 0; n--) text += words[next(words.length)] ?? ''
      expectAnswer(text)
    }
  })

  test('shuffled lines of the tables', () => {
    const next = random(3)
    const lines = tables.split('\n')
    for (let i = 0; i < 300; i++) {
      const indent = ' '.repeat(next(6))
      let text = heads[next(heads.length)] ?? ''
      for (let n = next(40); n > 0; n--) text += `${indent}${lines[next(lines.length)]}\n`
      expectAnswer(text)
    }
  })

  test('bytes', () => {
    const next = random(4)
    for (let i = 0; i < 300; i++) {
      const wide = next(2) ? 128 : 65_536
      let text = heads[next(heads.length)] ?? ''
      for (let n = next(400); n > 0; n--) text += String.fromCharCode(next(wide))
      expectAnswer(text)
    }
  })

  test('signs of the shell and of YAML', () => {
    const next = random(5)
    const signs = [
      '$(',
      ')',
      '${',
      '}',
      '`',
      '"',
      "'",
      '\\',
      '\n',
      ' ',
      '<<E',
      '<(',
      '|',
      '&',
      ';',
      '#',
      '- ',
      ': ',
      '[',
      ']',
      '{',
      '*a',
      '&a',
      '!reference [a, b]',
      '<<: *a',
      'curl ',
      'A=$A$A',
      'if ',
      'case ',
      'E\n',
      '\t',
      '\r',
      '$((',
      '>x',
    ]
    for (let i = 0; i < 1000; i++) {
      let text = heads[next(heads.length)] ?? ''
      for (let n = next(80); n > 0; n--) text += signs[next(signs.length)]
      expectAnswer(text)
    }
  })
})

describe('a long text is answered', () => {
  test('of a megabyte', { timeout: 60_000 }, () => {
    expectAnswer(tables.repeat(Math.ceil(1_000_000 / tables.length)))
    expectAnswer(`build:\n  script:\n    - 'curl'\n`.repeat(30_000))
    // More arguments than a function takes.
    for (const program of ['curl', 'curl --', 'wget', 'npm ci', 'git fetch', 'docker pull', 'f']) {
      expectAnswer(`f() { curl "$@"; }\n${program} ${'a '.repeat(300_000)}`)
    }
  })

  const full = (part: string, length: number) => part.repeat(Math.ceil(length / part.length))

  /** The quickest of some tries: a machine that is busy otherwise only makes it longer. */
  function timeOf(text: string, tries = 2): number {
    let best = Number.POSITIVE_INFINITY
    for (let i = 0; i < tries; i++) {
      const start = performance.now()
      expect(read(text, context).findings).toBeInstanceOf(Array)
      best = Math.min(best, performance.now() - start)
    }
    return best
  }

  /** Four times the text may take four times as long, not sixteen times. */
  function expectLinear(textOf: (length: number) => string) {
    const most = 9 * timeOf(textOf(60_000)) + 1500
    const long = textOf(240_000)
    // Tried again only where the first time was too long.
    if (timeOf(long, 1) >= most) expect(timeOf(long)).toBeLessThan(most)
  }

  test.each([
    ['of nothing', ' '],
    ['of lines', '\n'],
    ['of opening substitutions', '$('],
    ['of opening parameters', '${'],
    ['of quotes', '"\''],
    ['of backticks', '`'],
    ['of backslashes', '\\'],
    ['of here-documents', 'a <<A\n'],
    ['of here-documents in one line', '<<A '],
    ['of here-documents in substitutions', '$(a <<A\n'],
    ['of assignments that grow', 'A=$A$A\n'],
    [
      'of variables that are long',
      'A=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx;B=$A$A$A$A$A;curl $B$B$B$B\n',
    ],
    ['of one word', 'x'],
    ['of one word with colons', 'a:'],
    ['of addresses', 'https://'],
    ['of options', '-'],
    ['of npm', 'npm ci\nnpm config set a$RANDOM:registry x\n'],
    ['of git', 'git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/a/b\n'],
    ['of lists', '- '],
    ['of brackets', '['],
    ['of braces', 'script: {'],
    ['of anchors', 'a: &a [*a, *a]\n'],
    ['of jobs that share a script', 'j:\n  script: *s\n'],
    ['of references', 'a:\n  script: !reference [a, script]\n'],
    ['of extends', 'a:\n  extends: [a, a, a]\n  script: curl\n'],
    ['of tags', '<url '],
    ['of open tags', '<a>'],
    ['of comments', '<!-- <project>'],
    ['of braces of Gradle', 'repositories { url "'],
    ['of refusals', 'Authentication by CI/CD job token not allowed from a to b.\n'],
    ['of halves of refusals', 'Authentication by CI/CD job token not allowed from '],
    ['of permissions', 'Insufficient permissions to access this resource in project '],
    [
      'of policies',
      'Insufficient permissions to access this resource in project a. The following token permission is required: read_a and ',
    ],
    [
      'of statuses',
      'error: 404 Not Found - GET https://gitlab.example.com/api/v4/projects/1/jobs\n',
    ],
    [
      'of echoed commands',
      '$ curl https://gitlab.example.com/api/v4/projects/1/jobs\n404 Not Found\n',
    ],
    ['of time stamps', '2026-01-15T09:00:00.000000Z 00O '],
    ['of escapes', '\x1b[0;'],
    ['of carriage returns', '\r'],
    ['of secrets', 'password=a glpat-abcdefgh https://a:b@c '],
    ['of password names', 'password'],
    ['of web tokens', 'eyJ'],
    ['of user options', '-u a:'],
    ['of methods', 'GET /projects/1/jobs\n'],
    ['of keywords', 'if '],
    ['of keywords in lines', 'if x\n'],
    ['of conditions', 'if x; then A=1; '],
    ['of whole conditions', 'if x; then A=1; else A=2; fi\n'],
    ['of loops', 'for a in b; do '],
    ['of groups', '{ '],
    ['of subshells', '('],
    ['of cases', 'case a in b) '],
    ['of functions', 'f() { '],
    ['of functions that call themselves', 'f() { f; f; }\nf\n'],
    ['of functions that call each other', 'f() { g; g; }\ng() { f; f; }\nf\n'],
    ['of conditions in a row', 'x && A=1 || '],
    ['of lists', 'A=(a b)\nB=("${A[@]}" "${A[@]}")\nA=("${B[@]}")\n'],
    ['of tests', '[[ a && '],
    ['of arithmetic', '$(( '],
    ['of arithmetic that is a command', '(('],
    ['of arguments that grow', 'set -- $@ a\n'],
    ['of loops in loops', 'for a in b c; do\n'],
    ['of jobs that are broken', 'a:\n  script: ["\n   - curl\n'],
    ['of files that are written and run', 'echo "sh x" > x; sh x\n'],
    ['of directories', 'cd a\n'],
    ['of loops over words', 'for a in 1 2 3 4; do for b in 1 2; do curl $a; done; done\n'],
    ['of open loops over words', 'for a in 1 2 3 4; do '],
    ['of functions that a condition defines', 'if x; then f() { LIB=1; }; fi\nf\n'],
    ['of files of settings', 'LIB=1\n. ./.env\n'],
    ['of names of files', '# a.conf\na = b\n'],
    ['of values of Gradle', 'repositories {\n x = "1"\n url "$x"\n'],
    ['of assignments of Python', 'import os\nlib += 1\nif x: lib = 2\n'],
    ['of parameters of JavaScript', 'process.env.A; (a, b) => x => '],
  ])('%s', { timeout: 60_000 }, (_what, part) => {
    expectLinear((length) => full(part, length))
  })

  test.each([
    [
      'of many addresses of one command',
      'curl ',
      `https://gitlab.example.com/api/v4/projects/1/jobs -H "JOB-TOKEN: $CI_JOB_TOKEN" `,
    ],
    ['of many words of one command', 'git clone ', '-c a=b '],
    ['of many words of an echo', 'echo ', '"JOB-TOKEN: $CI_JOB_TOKEN" '],
    ['of many remotes', 'git remote add a b\n', 'git push origin\n'],
    ['of a long file', `echo ${'a'.repeat(50_000)} > f\n`, 'A=$(cat f)\n'],
  ])('%s', { timeout: 60_000 }, (_what, head, part) => {
    expectLinear((length) => head + full(part, length))
  })

  test('of many variables of many jobs', { timeout: 60_000 }, () => {
    const job =
      '  variables: { A: b }\n  script:\n    - curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$V1/jobs"\n'
    expectLinear((length) => {
      const count = Math.round(length / 200)
      const variables = Array.from({ length: count }, (_, n) => `  V${n}: "${n}"\n`)
      const jobs = Array.from({ length: count }, (_, n) => `job${n}:\n${job}`)
      return `variables:\n${variables.join('')}${jobs.join('')}`
    })
  })

  test('of variables that refer to each other', { timeout: 60_000 }, () => {
    expectLinear((length) => {
      const count = Math.round(length / 150)
      const variables = Array.from({ length: count }, (_, n) => `  V${n}: "$V${n + 1}"\n`)
      const jobs = Array.from(
        { length: count },
        (_, n) => `j${n}:\n  variables: { V${count}: "${n}" }\n  script:\n    - curl "$V${n}"\n`,
      )
      return `variables:\n${variables.join('')}${jobs.join('')}`
    })
  })

  test('of any word that a reader looks for', { timeout: 120_000 }, () => {
    const sources = import.meta.glob<string>(['./*.ts', '!./*.test.ts'], {
      query: '?raw',
      import: 'default',
      eager: true,
    })
    const code = Object.values(sources)
      .join('\n')
      .replace(/^\s*(?:\/?\*|\/\/).*$/gm, '')
    const words = new Set(code.match(/[\w-]{2,30}|[^\w\s-]{1,3}/g))
    const times = [...words].map((word) => {
      const text = full(`${word} `, 12_000)
      return { word, text, time: timeOf(text, 1) }
    })
    const usual = times.map(({ time }) => time).sort((a, b) => a - b)[times.length >> 1] ?? 0
    // By the square of its length such a text takes more than a hundred times as long.
    const slow = times.filter(({ word, text, time }) => {
      if (time < 30 * usual || timeOf(text) < 30 * usual) return false
      return timeOf(full(`${word} `, 96_000)) > 20 * timeOf(text) + 1000
    })
    expect(slow.map(({ word }) => word)).toEqual([])
  })
})
