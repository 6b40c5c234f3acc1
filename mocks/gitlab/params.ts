import { invalidParameters } from './refusal.ts'

/** Path, query and body parameters of one request, merged as Grape merges them. */
export type Input = Readonly<Record<string, unknown>>

/** The `:id` in the address: a number or a full path. */
export const idOf = (input: Input) => String(input.id)

/**
 * Reads parameters as Grape does: all declared ones are validated before a refusal, which joins the
 * texts of all problems. Read all parameters first and then call `refuseInvalid`; before that call
 * the values may be invalid.
 *
 * Texts: GitLab's API is built on Grape, whose messages are `X is missing`, `X is empty`,
 * `X is invalid` and `X does not have a valid value`.
 */
export class Params {
  readonly #input: Input
  readonly #problems: string[] = []

  constructor(input: Input) {
    this.#input = input
  }

  /** Reads a required integer that must not be blank; `12.34` and `'abc'` are invalid. */
  integer(name: string): number {
    return this.#required(name, asInteger) ?? Number.NaN
  }

  optionalInteger(name: string): number | undefined {
    return this.#optional(name, asInteger)
  }

  /** Reads a required boolean that must not be blank. */
  boolean(name: string): boolean {
    return this.#required(name, asBoolean) ?? false
  }

  optionalBoolean(name: string): boolean | undefined {
    return this.#optional(name, asBoolean)
  }

  optionalText(name: string): string | undefined {
    return this.#optional(name, asText)
  }

  /** Reads an optional value out of a closed list. */
  optionalChoice<Choice extends string | number>(
    name: string,
    choices: readonly Choice[],
  ): Choice | undefined {
    const value = this.#optional(name, asText)
    if (value === undefined) return undefined
    const choice = choices.find((candidate) => String(candidate) === value)
    if (choice === undefined) this.#problems.push(`${name} does not have a valid value`)
    return choice
  }

  /** Reads a required list of texts, each of which `accepts` must allow. The list may be empty. */
  list(name: string, accepts: (item: string) => boolean): readonly string[] {
    return this.#accepted(name, this.#required(name, asList), accepts)
  }

  optionalList(name: string, accepts: (item: string) => boolean): readonly string[] {
    return this.#accepted(name, this.#optional(name, asList), accepts)
  }

  /** Records a problem that depends on several values. */
  problem(text: string): void {
    this.#problems.push(text)
  }

  /** @throws Refusal 400 that names all problems found so far */
  refuseInvalid(): void {
    if (this.#problems.length > 0) throw invalidParameters(this.#problems.join(', '))
  }

  has(name: string): boolean {
    return this.#input[name] !== undefined
  }

  #required<Value>(name: string, parse: (value: unknown) => Value | undefined): Value | undefined {
    const value = this.#input[name]
    if (value === undefined) {
      this.#problems.push(`${name} is missing`, `${name} is empty`)
      return undefined
    }
    if (isBlank(value)) {
      this.#problems.push(`${name} is empty`)
      return undefined
    }
    return this.#parsed(name, parse(value))
  }

  #optional<Value>(name: string, parse: (value: unknown) => Value | undefined): Value | undefined {
    const value = this.#input[name]
    return value === undefined || isBlank(value) ? undefined : this.#parsed(name, parse(value))
  }

  #parsed<Value>(name: string, value: Value | undefined): Value | undefined {
    if (value === undefined) this.#problems.push(`${name} is invalid`)
    return value
  }

  #accepted(
    name: string,
    items: readonly string[] | undefined,
    accepts: (item: string) => boolean,
  ): readonly string[] {
    if (items && !items.every(accepts)) this.#problems.push(`${name} does not have a valid value`)
    return items ?? []
  }
}

const isBlank = (value: unknown) =>
  value === null || (typeof value === 'string' && value.trim() === '')

function asInteger(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined
}

const trueTexts = ['true', 't', '1', 'on', 'yes', 'y']
const falseTexts = ['false', 'f', '0', 'off', 'no', 'n']

function asBoolean(value: unknown): boolean | undefined {
  const text = asText(value)?.toLowerCase()
  if (text === undefined) return undefined
  if (trueTexts.includes(text)) return true
  return falseTexts.includes(text) ? false : undefined
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

function asList(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const items = value.map(asText)
  return items.every((item) => item !== undefined) ? items : undefined
}
