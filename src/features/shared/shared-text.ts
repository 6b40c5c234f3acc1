import { maskShort } from '../../domain/reading/secrets/mask-change.ts'

/** A pasted text, and whose jobs run it; with its secrets masked. */
export type SharedText = { readonly q?: string | undefined; readonly origin?: string | undefined }

/** A text as it stands behind `#`: browsers send that to no server, so no server's log holds it. */
export function toHash({ q, origin }: SharedText): string {
  return new URLSearchParams({ ...(q && { q }), ...(origin && { origin }) }).toString()
}

/** @param written what stands behind `#` or, in links of earlier versions, behind `?`; whoever wrote it there */
export function sharedTextIn(written: string): SharedText {
  const { q, origin } = Object.fromEntries(new URLSearchParams(written))
  return {
    q: q === undefined ? undefined : maskShort(q),
    origin: origin && maskShort(origin),
  }
}

/**
 * An access check's address of an earlier version in two parts: what a server may know, and its text,
 * which belongs behind `#`. Undefined for any other address.
 */
export function apart(address: string): { path: string; hash: string } | undefined {
  const [, page, query] = /^([^?#]*\/access)\?([^#]*)/.exec(address) ?? []
  const rest = new URLSearchParams(query)
  if (page === undefined || !rest.has('q')) return undefined
  const hash = toHash(sharedTextIn(rest.toString()))
  rest.delete('q')
  rest.delete('origin')
  return { path: rest.size ? `${page}?${rest}` : page, hash }
}
