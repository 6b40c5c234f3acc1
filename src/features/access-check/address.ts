import type { AnyRouter } from '@tanstack/react-router'

type Search = Readonly<Record<string, string | undefined>>

/** A page, and the project that it is about, by id or full path. */
export type Place = { readonly to: string; readonly id?: string }

/**
 * The whole address of a page, for somebody else: without this reader's language and appearance.
 * @param hash what no server is to be told
 */
export function hrefOf(router: AnyRouter, { to, id }: Place, search: Search, hash = ''): string {
  const { publicHref } = router.buildLocation({
    to,
    params: id === undefined ? {} : { id },
    hash,
    search: { ...search, lang: undefined, theme: undefined, capture: undefined },
  })
  return new URL(router.history.createHref(publicHref), window.location.href).href
}
