/**
 * Lists that come in pages, and servers whose pages never end: each list is read up to a limit, and
 * not past a page that came before.
 */
import { ApiError } from './api-error.ts'

/** The most items of one list that are read: more than the 10,000 up to which GitLab counts. */
export const mostItems = 20_000
/**
 * The most policies of one entry that are read. GitLab knows some 30, of which old entries repeat a
 * few.
 */
export const mostPolicies = 1000
/**
 * GitLab's largest page: https://docs.gitlab.com/api/rest/#pagination. By GraphQL it is that of every
 * release; newer ones allow 200.
 */
export const pageSize = 100
/** The most pages that are requested, even if they are short. */
export const mostPages = mostItems / pageSize

/**
 * How long an allowlist that was read is current enough to compare a change with, and to take the paths
 * of its entries from, in milliseconds.
 */
export const listFreshFor = 20_000

/**
 * Why a list was read only in part: it is longer than the console reads, or the server repeats a
 * page instead of sending the next one.
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
 * Reports to the caller that a list was read only in part.
 * @throws ApiError `list-cut` where the caller gave no `onCut`: a part must never pass for the
 * whole
 */
export function tellCut(name: string, cut: Cut, onCut: ((cut: Cut) => void) | undefined): void {
  if (onCut) {
    onCut(cut)
    return
  }
  const what = cut === 'too-long' ? `at most ${mostItems} items` : 'another page after each'
  throw new ApiError('malformed', { reason: 'list-cut', expected: `${name}: ${what}` })
}
