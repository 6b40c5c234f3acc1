/**
 * Scripts that are made up, held against what a real Bash makes of them: it runs them with an empty
 * environment, in a folder of its own, with a path of fakes that record how they are called. What the
 * reader answers must have been called, with that very project; what was called must be answered, if
 * only as unknown. `npm run test:scripts` tries 2,000.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { read } from './read.ts'

const bash = '/bin/bash'
const hasBash = spawnSync(bash, ['-c', 'true']).status === 0
const count = Number(process.env.SCRIPTS ?? 200)

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

const things = ['releases', 'jobs', 'packages', 'pipelines'] as const
const names = ['A', 'B', 'LIB'] as const
const header = '-H "JOB-TOKEN: $CI_JOB_TOKEN"'

/** One script of the grammar that `shell-syntax.ts` states. */
function scriptOf(seed: number): string {
  const next = random(seed)
  let files = 0
  let functions = 0
  const pick = <Item>(items: readonly Item[]): Item => items[next(items.length)] as Item
  const number = () => String(100 + next(900))
  const name = () => pick(names)
  const call = (project: string) =>
    `curl -s ${header} "$CI_API_V4_URL/projects/${project}/${pick(things)}"`
  const project = () => (next(3) ? `$${name()}` : number())

  function block(depth: number, size = 1 + next(3)): string {
    return Array.from({ length: size }, () => statement(depth)).join('\n')
  }

  function statement(depth: number): string {
    const kind = next(depth > 0 ? 24 : 12)
    switch (kind) {
      case 0:
      case 1:
        return `${name()}=${number()}`
      case 2:
        return `export ${name()}=${number()} ${name()}=${number()}`
      case 3:
        return `${name()}="$${name()}"`
      case 4:
        return `OPTS=(--fail ${header})\ncurl "\${OPTS[@]}" "$CI_API_V4_URL/projects/${project()}/${pick(things)}"`
      case 5:
        return `export TF_HTTP_USERNAME=gitlab-ci-token TF_HTTP_PASSWORD=$CI_JOB_TOKEN TF_HTTP_ADDRESS="$CI_API_V4_URL/projects/${project()}/terraform/state/x"\nterraform show`
      case 6:
        return `set -- ${number()} ${number()}\n${call(`$${1 + next(2)}`)}`
      case 7:
        return `${name()}=${number()} true`
      case 8:
        return `${name()}=$(echo ${number()})`
      case 12:
        return `if [ -n "$C${depth}" ]; then\n${block(depth - 1)}\nelse\n${block(depth - 1)}\nfi`
      case 13:
        return `(\n${block(depth - 1)}\n)`
      case 14:
        return `{\n${block(depth - 1)}\n}`
      case 15:
      case 16: {
        const made = `f${++functions}`
        const body = pick([
          `local ${name()}=${number()}\n${block(0)}`,
          block(0),
          call('$1'),
          `shift\n${call('$1')}`,
        ])
        return `${made}() {\n${body}\n}\n${made} ${number()} ${number()}`
      }
      case 17: {
        const file = `s${++files}.sh`
        return `cat > ${file} <<'EOT'\n${block(0)}\nEOT\n${pick(['bash', 'sh', '.'])} ./${file}`
      }
      case 18:
        return `[ -n "$C3" ] ${pick(['&&', '||'])} ${call(project())}`
      case 19:
        return `case "$C3" in\n  1) ${call(project())} ;;\n  *) ${name()}=${number()} ;;\nesac`
      case 20:
        return `for ${name()} in ${number()}; do\n${block(depth - 1)}\ndone`
      case 21:
        return `sh -c '${call(number())}'`
      case 22:
        return `eval "${name()}=${number()}"`
      case 23:
        return `echo ${number()} | { read -r x; ${call(project())}; }`
      default:
        return call(project())
    }
  }
  // All names have a value, as in a job that has been set up.
  return `${names.map((one) => `${one}=${number()}`).join('\n')}\n${block(2, 3 + next(4))}\n`
}

/** Every way in which conditions may come out, as assignments. */
const choices = (names: readonly string[]): string[] =>
  names.reduce((all, one) => all.flatMap((before) => [before, `${before} ${one}=1`]), [''])

/** What Bash calls, per script: `releases 42`; all that the conditions may decide. */
function recorded(scripts: readonly string[]): Set<string>[] {
  const folder = mkdtempSync(join(tmpdir(), 'reading-'))
  try {
    const fakes = join(folder, 'bin')
    mkdirSync(fakes)
    const fake = (name: string, body: string) => {
      writeFileSync(join(fakes, name), `#!${bash}\n${body}\n`)
      chmodSync(join(fakes, name), 0o755)
    }
    fake('curl', 'printf "%s\\n" "$SCRIPT $*" >> "$RECORD"')
    fake(
      'terraform',
      'printf "%s\\n" "$SCRIPT $TF_HTTP_USERNAME $TF_HTTP_PASSWORD $TF_HTTP_ADDRESS" >> "$RECORD"',
    )
    for (const shell of ['bash', 'sh']) fake(shell, `exec ${bash} --posix "$@"`)
    fake('cat', 'while IFS= read -r line; do printf "%s\\n" "$line"; done')
    scripts.forEach((script, n) => {
      writeFileSync(join(folder, `${n}.bash`), script)
    })
    // One process for all; each script has a shell of its own, once for all that is to be decided.
    const runs = scripts.flatMap((script, n) =>
      choices(['C1', 'C2', 'C3'].filter((one) => script.includes(`$${one}`))).map(
        (chosen) => `(cd "$HOME" && SCRIPT=${n} ${chosen} exec ${bash} "$ROOT/${n}.bash")`,
      ),
    )
    writeFileSync(join(folder, 'all.bash'), runs.join('\n'))
    mkdirSync(join(folder, 'home'))
    const env = {
      PATH: fakes,
      HOME: join(folder, 'home'),
      ROOT: folder,
      RECORD: join(folder, 'record'),
      CI_API_V4_URL: 'https://gitlab.example.com/api/v4',
      CI_JOB_TOKEN: 'glcbt-test',
    }
    const { signal } = spawnSync(bash, [join(folder, 'all.bash')], {
      env,
      cwd: env.HOME,
      timeout: 1_500_000,
    })
    // Whatever is not run would be missing.
    expect(signal).toBeNull()
    const calls = scripts.map(() => new Set<string>())
    for (const line of readFileSync(env.RECORD, 'utf8').split('\n')) {
      const [, n, project = '', thing = ''] =
        /^(\d+) .*glcbt-test.*\/projects\/([^/]*)\/(\w+)/.exec(line) ?? []
      if (n) calls[Number(n)]?.add(`${thing} ${project}`)
    }
    return calls
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the reader answers: the same with a known project, or the thing alone. */
function answered(script: string): { known: Set<string>; open: Set<string> } {
  const known = new Set<string>()
  const open = new Set<string>()
  for (const finding of read(script, { gitlabUrl: 'https://gitlab.example.com' }).findings) {
    const answer = finding.kind === 'call' ? finding.answer : undefined
    if (answer?.code !== 'needs' || typeof answer.deed !== 'object') {
      open.add('?')
      continue
    }
    const thing = /^\/projects\/:id\/(\w+)/.exec(answer.deed.path)?.[1] ?? ''
    const { addressee } = answer
    if ('reference' in addressee && /^\d+$/.test(addressee.reference))
      known.add(`${thing} ${addressee.reference}`)
    else open.add(thing)
  }
  return { known, open }
}

describe('what the reader says of a script is what Bash does', () => {
  if (!hasBash) {
    test('not run: no bash', () => expect(hasBash).toBe(false))
    return
  }

  test(`${count} scripts`, { timeout: 1_800_000 }, () => {
    const scripts = Array.from({ length: count }, (_, n) => scriptOf(n + 1))
    const real = recorded(scripts)
    const wrong: string[] = []
    let total = 0
    let told = 0
    scripts.forEach((script, n) => {
      const made = real[n] ?? new Set()
      const { known, open } = answered(script)
      for (const answer of known) {
        if (!made.has(answer)) wrong.push(`script ${n + 1}: ${answer} is never called\n${script}`)
      }
      for (const call of made) {
        total++
        const thing = call.split(' ', 1)[0] ?? ''
        if (known.has(call)) told++
        else if (!open.has(thing) && !open.has('?'))
          wrong.push(`script ${n + 1}: ${call} is missing\n${script}`)
      }
    })
    process.stdout.write(
      `${count} scripts: ${told} of ${total} calls answered with their project\n`,
    )
    expect(wrong.slice(0, 3)).toEqual([])
    expect(total).toBeGreaterThan(count)
    expect(told / total).toBeGreaterThan(0.9)
  })
})
