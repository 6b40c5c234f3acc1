import type { AnyRouter } from '@tanstack/react-router'

type Search = Readonly<Record<string, string | undefined>>

/**
 * The whole address of a page of a project, for somebody else: without this reader's language and
 * appearance.
 * @param id the project, by id or full path
 * @param hash what no server is to be told
 */
export function hrefOf(
  router: AnyRouter,
  to: string,
  id: string,
  search: Search,
  hash = '',
): string {
  const { publicHref } = router.buildLocation({
    to,
    params: { id },
    hash,
    search: { ...search, lang: undefined, theme: undefined, capture: undefined },
  })
  return new URL(router.history.createHref(publicHref), window.location.href).href
}
