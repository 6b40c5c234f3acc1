/**
 * Lists that come in pages, and servers whose pages never end: each list is read up to a limit, and
 * not past a page that came before.
 */
import { ApiError } from './api-error.ts'

/** So many items of one list are read: more than the 10,000 up to which GitLab counts. */
export const mostItems = 20_000
/** So many policies of one entry are read. GitLab knows some 30, of which old entries repeat a few. */
export const mostPolicies = 1000
/**
 * GitLab's largest page: https://docs.gitlab.com/api/rest/#pagination. By GraphQL it is that of every
 * release; newer ones allow 200.
 */
export const pageSize = 100
/** So many pages are asked for, however little they hold. */
export const mostPages = mostItems / pageSize

/**
 * Why what was read of a list is not all of it: there is more than the console reads, or the server
 * sends the same page again where the next one belongs.
 */
export type Cut = 'too-long' | 'repeated'

/** Looks at the pages of one list as they arrive, in any order. */
export function createPageWatch() {
  const known = new Set<string>()
  let items = 0

  return {
    /** Whether a page came before: it begins and ends with the same items. */
    isRepeated(page: readonly unknown[]): boolean {
      const ends = JSON.stringify([page[0], page.at(-1)])
      if (known.has(ends)) return true
      known.add(ends)
      items += page.length
      return false
    },
    /** Whether so much has arrived that nothing more is asked for. */
    isFull: () => items >= mostItems || known.size >= mostPages,
  }
}

/**
 * Tells whoever reads a list that it is not all here.
 * @throws ApiError `list-cut` where nobody wants to hear it: a part must never pass for the whole
 */
export function tellCut(name: string, cut: Cut, onCut: ((cut: Cut) => void) | undefined): void {
  if (onCut) {
    onCut(cut)
    return
  }
  const what = cut === 'too-long' ? `at most ${mostItems} items` : 'another page after each'
  throw new ApiError('malformed', { reason: 'list-cut', expected: `${name}: ${what}` })
}
