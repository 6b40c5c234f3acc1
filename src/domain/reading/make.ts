/** Makefiles: https://www.gnu.org/software/make/manual/make.html */

import { Env } from './env.ts'
import { Job } from './job.ts'
import { JobRun, type Sighting } from './script.ts'

/** Recipes stand behind a tab, below what they make. */
const recipe = /^[\w.%/$(){} -]{1,200}:(?!=)[^\n]*\n(?:#[^\n]*\n)*\t/m
const variable = /\$\$[A-Za-z_{(]|\$\([A-Za-z_]\w*\)/
const assignment = /^(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*[:?]?:?=[ \t]*(.*?)[ \t]*$/

/** Whether a text is a Makefile; YAML has no tabs. */
export const isMakefile = (text: string) =>
  text.includes('\n\t') && recipe.test(text) && variable.test(text)

/** The calls of all recipes; each line has a shell of its own. */
export function readMakefile(text: string, base: Env): Sighting[] {
  const lines = text.split('\n')
  const env = new Env([], base)
  for (const line of lines) {
    const [, name, value] = assignment.exec(line) ?? []
    if (name && value !== undefined) env.set(name, asShell(value).includes('$') ? null : value)
  }
  const sightings: Sighting[] = []
  let files: Job | undefined
  for (let i = 0; i < lines.length; i++) {
    if (!lines[i]?.startsWith('\t')) continue
    const start = i
    let command = lines[i] ?? ''
    while (/\\\r?$/.test(lines[i] ?? '') && i + 1 < lines.length) command += `\n${lines[++i]}`
    const run = new JobRun(new Job(env, files))
    run.read(asShell(command.replace(/^\t[@+-]*/, '')), (line) => start + line)
    for (const sighting of run.finish()) sightings.push(sighting)
    files = run.job
  }
  return sightings
}

/**
 * `$$NAME` is the shell's `$NAME`; `$(NAME)` is a value of Make, which exports it to nobody else. Of
 * `$NAME` Make takes the first letter for a name, so that no variable of the shell is filled in.
 */
const asShell = (text: string) =>
  text.replace(/\$\$|\$[({](\w{1,80})[)}]|\$(?=[A-Za-z_])/g, (all, name: string | undefined) =>
    all === '$$' ? '$' : name === undefined ? '\\$' : `\${${name}}`,
  )
