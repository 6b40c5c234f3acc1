/**
 * What a state of the console is: a screen at an address of its own, with the steps that lead to it.
 * The gallery, the walks of the E2E tests and the pictures all read the same declarations.
 */
import type { DialChanges } from '../../../../mocks/dials.ts'
import type { Locale } from '../../../i18n/locale.ts'

/** What a message may name of the page itself. */
type Here = { readonly origin: string }

/**
 * Words of the page: a message, whose text follows the language of the page, or a text that is the same
 * in every language, such as a path.
 */
export type Words = string | ((here: Here, options?: { readonly locale?: Locale }) => string)

/** A message with its parameters. */
export const say =
  <Inputs extends object>(
    message: (inputs: Inputs, options?: { readonly locale?: Locale }) => string,
    inputs: Inputs,
  ): Words =>
  (_none, options) =>
    message(inputs, options)

/**
 * The words as a person reads them.
 * @param options.locale without one, the language of the page
 * @param options.origin of the page, for whoever looks at it from outside
 */
export const inWords = (
  words: Words,
  { locale, origin = window.location.origin }: { locale?: Locale; origin?: string } = {},
): string => (typeof words === 'string' ? words : words({ origin }, locale && { locale }))

/** The roles by which a step may find an element. */
export type Role =
  | 'alert'
  | 'article'
  | 'button'
  | 'checkbox'
  | 'combobox'
  | 'dialog'
  | 'heading'
  | 'link'
  | 'list'
  | 'option'
  | 'progressbar'
  | 'radio'
  | 'radiogroup'
  | 'region'
  | 'searchbox'
  | 'status'
  | 'textbox'

/**
 * An element, found as a person finds it: by its role and its whole accessible name, by its label where
 * it has no role, such as a field for a password, or by its whole text. Where several match, `at` chooses
 * one; by default the first.
 */
export type Place = (
  | { readonly role: Role; readonly name?: Words }
  | { readonly role?: never; readonly label: Words }
  | { readonly role?: never; readonly label?: never; readonly text: Words }
) & {
  readonly at?: 'last' | number
  /** Only inside this element. */
  readonly within?: Place
}

/**
 * One deed of a person, or of the world. Each waits until its element is there.
 *
 * | Step | What happens |
 * | --- | --- |
 * | `press` | a click on a button, link, radio or check box |
 * | `type`, `into` | the text replaces what the field holds |
 * | `choose`, `from` | the option with this value, in a select |
 * | `key` | a key, such as `Escape` or `?`, pressed where the focus is |
 * | `see` | waits until the element is visible |
 * | `gone` | waits until no such element is visible |
 * | `turn` | turns dials of the simulated GitLab; what is typed stays |
 * | `network` | `off` cuts the connection |
 * | `away`, `until` | nobody touches anything for so many minutes, until the element is there |
 */
export type Step =
  | { readonly press: Place }
  | { readonly type: Words; readonly into: Place }
  | { readonly choose: string; readonly from: Place }
  | { readonly key: string }
  | { readonly see: Place }
  | { readonly gone: Place }
  | { readonly turn: Pick<DialChanges, 'fault' | 'latency'> }
  | { readonly network: 'off' }
  | { readonly away: number; readonly until: Place }

/** The dials with which a state begins; those that are left out are the scenario's own. */
export type StartDials = DialChanges & Required<Pick<DialChanges, 'scenario'>>

type Common = {
  /** Part of the address, `?state=<name>`: lower case, with hyphens. */
  readonly name: string
  /** What one sees, in one line. */
  readonly purpose: { readonly en: string; readonly ja: string }
  readonly steps?: readonly Step[]
  /** In sight when the state is reached, and not before its last step. */
  readonly shows: Place
  /** Whether `shows` stands below the first 720 pixels of the page, to which the reader scrolls. */
  readonly below?: true
}

/** A state that is opened by itself. */
export type FirstState = Common & {
  readonly dials: StartDials
  /** The console's address, without dials. By default the panel of project 1. */
  readonly address?: string
}

/** A state that goes on from another one of its flow. */
export type NextState = Common & {
  readonly after: string
}

export type State = FirstState | NextState

/** What a person does from one page on, as an ordered list of states. */
export type Flow = {
  readonly name: string
  readonly title: () => string
  readonly states: readonly State[]
}

// Shorthands that read like the page.
const of =
  (role: Role) =>
  (name?: Words, more: Pick<Place, 'at' | 'within'> = {}): Place => ({
    role,
    ...(name !== undefined && { name }),
    ...more,
  })

export const alert = of('alert')
export const article = of('article')
export const button = of('button')
export const checkbox = of('checkbox')
export const combobox = of('combobox')
export const dialog = of('dialog')
export const heading = of('heading')
export const link = of('link')
export const list = of('list')
export const option = of('option')
export const progressbar = of('progressbar')
export const radio = of('radio')
export const radiogroup = of('radiogroup')
export const region = of('region')
export const searchbox = of('searchbox')
export const status = of('status')
export const textbox = of('textbox')
/** The field that has this label. */
export const labelled = (label: Words, more: Pick<Place, 'at' | 'within'> = {}): Place => ({
  label,
  ...more,
})
export const text = (words: Words, more: Pick<Place, 'at' | 'within'> = {}): Place => ({
  text: words,
  ...more,
})
