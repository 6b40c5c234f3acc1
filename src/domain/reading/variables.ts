/** Variables of CI configuration, which GitLab fills into each other whatever their order. */
import { isJobToken } from './calls.ts'
import { Env } from './env.ts'
import { fill } from './script.ts'

/** As written; null for one that depends on what happens. */
export type Written = ReadonlyMap<string, string | null>

/** GitLab follows references from one variable to the next; a circle it leaves as it is. */
const deepest = 10
/** A text that doubles a variable again and again stays small. */
const longestValue = 1024

const reference = /\$\{?(\w{1,80})/g

/** The variables that all jobs share, and what a job makes of them by its own. */
export class SharedVariables {
  readonly env: Env
  /** Whether the job token is put into one of them. */
  readonly holdsToken: boolean
  private readonly base: Env
  private readonly written: Written

  /** @param base what is set for every pipeline */
  constructor(base: Env, written: Written) {
    this.base = base
    this.written = written
    this.holdsToken = [...written.values()].some((text) => text !== null && isJobToken(text))
    this.env = this.filled(written)
  }

  /**
   * The variables of a job that sets some by itself.
   * @param inherited the shared ones that it takes over; all if it does not say
   */
  forJob(own: Written, inherited?: readonly string[]): Env {
    if (own.size === 0 && !inherited) return this.env
    const isInherited = (name: string) => !inherited || inherited.includes(name)
    return this.filled({
      get: (name) => {
        if (own.has(name)) return own.get(name)
        // What is named there and set nowhere may come from elsewhere.
        return isInherited(name)
          ? (this.written.get(name) ?? (inherited ? null : undefined))
          : undefined
      },
    })
  }

  /** Each is filled in when somebody asks for it: a job uses few of a thousand. */
  private filled(written: Pick<Written, 'get'>): Env {
    const done = new Map<string, string | null>()
    const value = (name: string, depth: number): string | null | undefined => {
      const text = written.get(name)
      if (text === undefined) return this.base.get(name)
      const known = done.get(name)
      if (known !== undefined || text === null || depth > deepest) return known ?? null
      const inner = new Map<string, string | null>()
      for (const [, referred = ''] of text.matchAll(reference)) {
        // A reference to the variable's own name takes its earlier value.
        if (inner.has(referred)) continue
        const found = referred === name ? this.base.get(name) : value(referred, depth + 1)
        if (found !== undefined) inner.set(referred, found)
      }
      const whole = fill(text, inner)
      done.set(name, whole.length > longestValue ? null : whole)
      return done.get(name)
    }
    return new Env([], undefined, (name) => value(name, 0))
  }
}
