import { formatList, formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'

/** The most paths that are named; the rest is given as a number. */
const mostNamed = 3

/** Paths in one sentence: the first ones by name, the rest as a number. */
export function pathList(paths: readonly string[]): string {
  const more = paths.length - mostNamed
  return formatList([
    ...paths.slice(0, mostNamed),
    ...(more > 0 ? [m.effect_more({ count: formatNumber(more) })] : []),
  ])
}
