/** Variables of CI configuration, which GitLab fills into each other whatever their order. */
import { fill } from './script.ts'
import { Env } from './shell-state.ts'

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
  private readonly base: Env
  private readonly written: Written
  /** Who refers to a variable. */
  private readonly referring = new Map<string, Set<string>>()

  /** @param base what is set for every pipeline */
  constructor(base: Env, written: Written) {
    this.base = base
    this.written = written
    for (const [name, text] of written) {
      for (const [, referred = ''] of text?.matchAll(reference) ?? []) {
        const names = this.referring.get(referred) ?? new Set()
        this.referring.set(referred, names.add(name))
      }
    }
    this.env = this.filled(new Env([], base), written.keys(), written)
  }

  /**
   * The variables of a job that sets some by itself.
   * @param inherited the shared ones that it takes over; all if it does not say
   */
  forJob(own: Written, inherited?: readonly string[]): Env {
    if (inherited) {
      const written = new Map(inherited.map((name) => [name, this.written.get(name) ?? null]))
      for (const [name, text] of own) written.set(name, text)
      return this.filled(new Env([], this.base), written.keys(), written)
    }
    const env = new Env([], this.env)
    if (own.size === 0) return env
    // A set takes what is added while it is run through: who refers to those that refer, too.
    const affected = new Set(own.keys())
    for (const name of affected) {
      for (const next of this.referring.get(name) ?? []) affected.add(next)
    }
    return this.filled(env, affected, {
      get: (name) => (own.has(name) ? own.get(name) : this.written.get(name)),
    })
  }

  private filled(env: Env, names: Iterable<string>, written: Pick<Written, 'get'>): Env {
    const done = new Map<string, string | null>()
    const value = (name: string, depth: number): string | null | undefined => {
      const text = written.get(name)
      if (text === undefined) return this.base.get(name)
      const known = done.get(name)
      if (known !== undefined || text === null || depth > deepest) return known ?? null
      const inner = new Map<string, string | null>()
      for (const [, referred = ''] of text.matchAll(reference)) {
        // Of its own name, the value that was there before.
        if (inner.has(referred)) continue
        const found = referred === name ? this.base.get(name) : value(referred, depth + 1)
        if (found !== undefined) inner.set(referred, found)
      }
      const whole = fill(text, inner)
      done.set(name, whole.length > longestValue ? null : whole)
      return done.get(name)
    }
    for (const name of names) {
      const found = value(name, 0)
      if (found !== undefined) env.set(name, found)
    }
    return env
  }
}
