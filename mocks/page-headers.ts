import type { Page } from './gitlab/paging.ts'

/** GitLab leaves the totals out for lists with more rows, because counting them is too slow. */
const countedRows = 10_000

/**
 * GitLab's paging headers. An empty list has one page.
 * @see https://docs.gitlab.com/api/rest/#pagination-response-headers
 */
export function pageHeaders(page: Page<unknown>, url: URL): Record<string, string> {
  const pages = Math.max(1, Math.ceil(page.total / page.perPage))
  const previous = page.page > 1 && page.page <= pages ? page.page - 1 : undefined
  const next = page.page < pages ? page.page + 1 : undefined
  const counted = page.total <= countedRows

  const links = [
    previous !== undefined && link(url, page, previous, 'prev'),
    next !== undefined && link(url, page, next, 'next'),
    link(url, page, 1, 'first'),
    counted && link(url, page, pages, 'last'),
  ]
  return {
    'x-page': String(page.page),
    'x-per-page': String(page.perPage),
    'x-prev-page': String(previous ?? ''),
    'x-next-page': String(next ?? ''),
    ...(counted && { 'x-total': String(page.total), 'x-total-pages': String(pages) }),
    link: links.filter(Boolean).join(', '),
  }
}

function link(url: URL, { perPage }: Page<unknown>, page: number, relation: string): string {
  const address = new URL(url)
  address.searchParams.set('page', String(page))
  address.searchParams.set('per_page', String(perPage))
  return `<${address.href}>; rel="${relation}"`
}
