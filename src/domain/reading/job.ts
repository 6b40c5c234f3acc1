/** The memory of a job, which the readers of tools ask and fill. */
import {
  type Attempt,
  type Credential,
  carriesJobToken,
  isJobToken,
  plainAddress,
} from './calls.ts'
import type { Env } from './env.ts'
import type { Command } from './shell.ts'
import { type Fuel, ShellState, Store } from './shell-state.ts'

/** The state that the commands of a job leave for later commands. */
export class Job extends ShellState {
  /** The credentials in `~/.netrc`, by host. */
  readonly netrc: Store<Credential>
  private readonly tools: Map<string, Store<string>>
  /** Variables into which the text puts a job token. */
  private tokenNames: Set<string> | undefined

  /** The variables that are set before the first command. */
  readonly fixed: Env

  /**
   * @param before the job whose files and settings are found here, without its variables
   * @param fuel what all jobs of a text have together
   */
  constructor(env: Env, before?: Job, fuel?: Fuel) {
    super(env, before, fuel)
    this.fixed = env
    this.netrc = before?.netrc ?? new Store<Credential>(this.journal, 'files')
    this.tools = before?.tools ?? new Map()
  }

  /**
   * Whether a program may find a job token that the text has put somewhere.
   * @param usesGit whether it may fetch through Git's settings
   */
  holdsToken(usesGit: boolean): boolean {
    if (this.tokenNames) return true
    if (!usesGit) return false
    return (
      this.tools.get('git instead')?.values().some(isJobToken) ||
      this.tools.get('git')?.has('extraheader') ||
      this.netrc.values().some(carriesJobToken)
    )
  }

  /** A variable or file has the job token. */
  hold(name: string) {
    this.tokenNames ??= new Set()
    this.tokenNames.add(name)
  }

  /** Whether a variable of such a name has the job token. */
  holds(name: RegExp): boolean {
    return [...(this.tokenNames ?? [])].some((one) => name.test(one))
  }

  /** The line of the command that is being read. */
  origin: (() => number | undefined) | undefined
  /** The first line that puts the token into a variable. */
  firstHeld: number | undefined

  override assign(name: string, value: Parameters<ShellState['assign']>[1]) {
    if (typeof value === 'string' && name !== '@' && isJobToken(value)) {
      this.hold(name)
      this.firstHeld ??= this.origin?.()
    }
    super.assign(name, value)
  }

  /** The settings of a tool, such as the lines of `.npmrc`, by the tool's name. */
  settings(tool: string): Store<string> {
    const known = this.tools.get(tool)
    if (known) return known
    const settings = new Store<string>(this.journal, 'files')
    this.tools.set(tool, settings)
    return settings
  }
}

/** Reads what one command calls; each program that we know has one. */
export type Tool = (command: Command, job: Job) => Attempt[]

/** The credential that `~/.netrc` holds for an address. */
export function fromNetrc(job: Job, url: string): Credential {
  if (job.netrc.size === 0) return 'none'
  const address = plainAddress(url)
  const host = /^\w+:\/\/(?:[^/@]*@)?([^/:?#]+)/.exec(address)?.[1]?.toLowerCase()
  return (host && job.netrc.get(host)) || 'none'
}

/** One tool's settings hold no more than this, however long the text. */
const mostSettings = 100

/** Keeps a setting for the commands that follow. */
export function keep<Value>(settings: Store<Value>, key: string, value: Value) {
  if (settings.size < mostSettings || settings.has(key)) settings.set(key, value)
}
