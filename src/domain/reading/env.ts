/** Values of variables that do not change: what GitLab sets, and what CI configuration does. */
export class Env {
  private readonly own: Map<string, string | null>
  private readonly find: ((name: string) => string | null | undefined) | undefined

  /**
   * @param base holds what is not set here; it stays as it is, so that many jobs may share it
   * @param find finds it instead
   */
  constructor(
    values?: Iterable<readonly [string, string | null]>,
    base?: Env,
    find = base && ((name: string) => base.get(name)),
  ) {
    this.own = new Map(values)
    this.find = find
  }

  /** Null for a variable that has several values, depending on what happens. */
  get(name: string): string | null | undefined {
    return this.own.has(name) ? this.own.get(name) : this.find?.(name)
  }

  set(name: string, value: string | null) {
    this.own.set(name, value)
  }
}
