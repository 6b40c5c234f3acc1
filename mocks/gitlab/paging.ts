import type { Params } from './params.ts'

/** The requested page of a list; `page` counts from 1. */
export type Paging = { readonly page: number; readonly perPage: number }

/** One page of a list, and the number of rows of the whole list. */
export type Page<Item> = Paging & { readonly items: readonly Item[]; readonly total: number }

const defaultPerPage = 20
const maxPerPage = 100

/**
 * Reads `page` and `per_page`: 20 rows by default, at most 100, and 0 is invalid.
 * @see https://docs.gitlab.com/api/rest/#offset-based-pagination
 */
export function readPaging(params: Params): Paging {
  const page = params.optionalInteger('page') ?? 1
  const perPage = params.optionalInteger('per_page') ?? defaultPerPage
  if (perPage === 0) params.problem('per_page has a value not allowed')
  return {
    page: Math.max(1, page),
    perPage: perPage < 0 ? defaultPerPage : Math.min(maxPerPage, perPage),
  }
}

/** Cuts the requested page out of `rows`, and presents only its rows: lists may have thousands. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  paging: Paging,
  present: (row: Row) => Item,
): Page<Item> {
  const start = (paging.page - 1) * paging.perPage
  return {
    ...paging,
    items: rows.slice(start, start + paging.perPage).map(present),
    total: rows.length,
  }
}
