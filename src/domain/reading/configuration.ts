/** Tools' configuration: npm, pip, Maven, Gradle, Terraform and Git submodules. */
import { headerCredential, predefined, strongest, urlCredential, userCredential } from './calls.ts'
import type { ReadingContext } from './findings.ts'
import { readGitmodules } from './git.ts'
import { readGradle, readMavenXml } from './java.ts'
import { Job } from './job.ts'
import { npm, readNpmrc } from './npm.ts'
import { fill, programs, type Sighting } from './script.ts'

type Reader = {
  readonly mark: RegExp
  readonly read: (text: string, context: ReadingContext) => Sighting[]
}

const readers: readonly Reader[] = [
  {
    mark: /<(?:settings|project|servers?|repositor(?:y|ies)|distributionManagement)[\s>]/,
    read: (text) => named('maven', readMavenXml(text).attempts),
  },
  {
    mark: /\b(?:repositories|publishing)\s*\{/,
    read: (text) => named('gradle', readGradle(text)),
  },
  {
    mark: /\bbackend\s+"http"\s*\{|\bterraform_remote_state\b|^[ \t]*address[ \t]*=[ \t]*"[^"\n]*\/terraform\/state\//m,
    read: readBackend,
  },
  {
    mark: /^[ \t]*\[submodule\s/m,
    read: (text) =>
      // The runner gives submodules the job token, whatever address they have.
      named(
        'git',
        readGitmodules(text).map(({ line, url }) => ({
          line,
          attempt: { what: 'git-read', url, token: 'job' },
        })),
      ),
  },
  {
    mark: /^[ \t]*(?:@[\w.~-]+:)?registry\s*=|^[ \t]*\/\/\S+:_(?:authToken|password|auth)\s*=/m,
    read: readNpm,
  },
  {
    mark: /^[ \t]*(?:npmRegistryServer|npmPublishRegistry|npmScopes|npmRegistries)\s*:/m,
    read: readYarn,
  },
  {
    mark: /^[ \t]*(?:--?)?(?:extra-)?index-url[\s=:]|^[ \t]*\[(?:distutils|global)\]|^[ \t]*\[\[tool\.(?:uv\.index|poetry\.source)\]\]/m,
    read: readPython,
  },
]

/** A script that writes a configuration is a script. */
const commandLine = new RegExp(
  `^[ \\t]*(?:[$#] )?(?:sudo |\\.\\/)?(?:cat|echo|printf|export|cd|npx|gradlew?|${programs.join('|')})(?:[ \\t]+(?![={])\\S|$)`,
  'm',
)

/** The calls that a configuration stands for; undefined for a text that is none. */
export function readConfiguration(text: string, context: ReadingContext): Sighting[] | undefined {
  if (commandLine.test(text)) return undefined
  const reader = readers.find(({ mark }) => mark.test(text))
  return reader?.read(fill(withOwnValues(text), predefined(context)), context)
}

/**
 * Patterns for the values that a build script sets itself: variables of Gradle, properties of
 * Maven, `locals` and defaults of variables of Terraform.
 */
const ownValues: readonly RegExp[] = [
  /^[ \t]*(?:(?:def|val|var|const val|String|int)[ \t]+|(?:project\.)?ext\.)?([A-Za-z_]\w{0,80})[ \t]*(?::[ \t]*\w+[ \t]*)?=[ \t]*(?:"([^"$\n]{1,200})"|'([^'$\n]{1,200})'|(\d{1,15}))[ \t]*$/gm,
  /\blocals[ \t]*\{[ \t]*([A-Za-z_]\w{0,80})[ \t]*=[ \t]*(?:"([^"$\n]{1,200})"|'([^'$\n]{1,200})'|(\d{1,15}))[ \t]*\}/g,
  /\bvariable[ \t]+"(\w{1,80})"[ \t]*\{[^{}]{0,300}?\bdefault[ \t]*=[ \t]*(?:"([^"$\n]{1,200})"|'([^'$\n]{1,200})'|(\d{1,15}))/g,
  /<([\w.-]{1,80})>([^<>$]{1,200})<\/\1>/g,
]

/** The text with these in place; a name with two values has none. */
function withOwnValues(text: string): string {
  if (!text.includes('$')) return text
  const values = new Map<string, string | null>()
  for (const pattern of ownValues) {
    for (const [, name = '', ...found] of text.matchAll(pattern)) {
      const value = found.find((one) => one !== undefined)?.trim() ?? ''
      values.set(name, values.has(name) && values.get(name) !== value ? null : value)
    }
  }
  return text.replace(
    /\$\{(?:local\.|var\.|project\.ext\.|ext\.)?([\w.-]{1,80})\}|\$([A-Za-z_]\w{0,80})/g,
    (all, braced: string | undefined, bare: string | undefined) =>
      values.get(braced ?? bare ?? '') ?? all,
  )
}

const named = (tool: string, found: readonly Omit<Sighting, 'tool'>[]): Sighting[] =>
  found.map((one) => ({ ...one, tool }))

/** Installing from each registry; whether something is published there, it does not say. */
function readNpm(text: string, context: ReadingContext): Sighting[] {
  const lines = text.split('\n')
  const job = new Job(predefined(context))
  readNpmrc(text, job)
  const install = {
    words: ['npm', 'install'],
    env: new Map(),
    line: 0,
    input: undefined,
    output: undefined,
  }
  let last = 0
  return npm(install, job).map((attempt) => {
    const url = attempt.what === 'request' ? attempt.url.replace(/^\w+:|\/\$\{package\}$/g, '') : ''
    const line = lines.findIndex((one) => !/^\s*[#;]/.test(one) && one.includes(url))
    // A package's owners stand in no line.
    if (attempt.what !== 'request' || !attempt.owners) last = Math.max(line, 0)
    return { line: last, tool: 'npm', attempt }
  })
}

/** `.yarnrc.yml`: https://yarnpkg.com/configuration/yarnrc */
function readYarn(text: string): Sighting[] {
  const tokens = [...text.matchAll(/^[^#\n]*npmAuthToken["']?\s*:\s*(\S+)/gm)]
  const token = strongest(
    tokens.map(([, value = '']) => headerCredential(`Authorization: Bearer ${value}`)),
  )
  return text.split('\n').flatMap((written, line): Sighting[] => {
    const [, key, url] =
      /^\s*(npmRegistryServer|npmPublishRegistry)\s*:\s*["']?([^"'\s#]+)/.exec(written) ?? []
    if (!key || !url) return []
    const method = key === 'npmPublishRegistry' ? 'PUT' : 'GET'
    const address = `${url.replace(/\/+$/, '')}/\${package}`
    return [{ line, tool: 'yarn', attempt: { what: 'request', method, url: address, token } }]
  })
}

/** `pip.conf`, `.pypirc`, requirements and the sources of `pyproject.toml`. */
function readPython(text: string): Sighting[] {
  const password = /^[ \t]*password\s*[=:]\s*(\S+)/m.exec(text)?.[1] ?? ''
  const user = /^[ \t]*username\s*[=:]\s*(\S+)/m.exec(text)?.[1] ?? ''
  const given = userCredential(user, password)
  // uv and poetry keep the credentials in another place than this file.
  const elsewhere = /^[ \t]*\[\[tool\./m.test(text) ? ['job' as const] : []
  let key = ''
  return text.split('\n').flatMap((written, line): Sighting[] => {
    const code = written.replace(/(?:^|\s)#.*$/, '')
    const [, name] = /^\s*(?:--?)?([\w-]+)\s*[\s=:]/.exec(code) ?? []
    if (name && /\S/.test(code[0] ?? ' ')) key = name
    const url = /(?:https?:\/\/|\$\{)[^\s"',]+/.exec(code)?.[0]
    if (!url || !/^(?:i|(?:extra-)?index-url|repository|url)$/.test(key)) return []
    const token = strongest([urlCredential(url), given, ...elsewhere])
    const base = url.replace(/\/+$/, '')
    const attempt =
      key === 'repository'
        ? { what: 'request' as const, method: 'POST', url: base, token }
        : { what: 'request' as const, method: 'GET', url: `${base}/\${package}`, token }
    return [{ line, tool: key === 'repository' ? 'twine' : 'pip', attempt }]
  })
}

/**
 * The `http` backend, a file of settings for it, and the state of others: each state is read, and
 * written by whoever applies, which the configuration does not tell.
 */
function readBackend(text: string): Sighting[] {
  const settings = text.split('\n').flatMap((written, line) => {
    const [, key, quoted, bare] =
      /^\s*(\w+)\s*=\s*(?:"([^"]*)"|(?:var|local)\.(\w+))/.exec(written) ?? []
    const value = quoted ?? (bare === undefined ? undefined : `\${${bare}}`)
    return key && value !== undefined ? [{ line, key, value }] : []
  })
  const addresses = settings.filter(({ key }) => key === 'address')
  return addresses.map(({ line, value }, i) => {
    // The settings from this address to the next belong to it, wherever the block begins.
    const from = i > 0 ? line : -1
    const to = addresses[i + 1]?.line ?? Number.POSITIVE_INFINITY
    const own = settings.filter((one) => one.line > from && one.line < to)
    const find = (name: string) => own.find(({ key }) => key === name)?.value ?? ''
    const token = userCredential(find('username'), find('password'))
    // Without a password of its own it comes from a variable, as GitLab's manual has it.
    const attempt = {
      what: 'request' as const,
      method: 'GET',
      url: value,
      token: token === 'none' ? ('job' as const) : token,
    }
    return { line, tool: 'terraform', attempt }
  })
}
