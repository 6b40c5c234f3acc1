/**
 * An address that came from a server, if it is one of HTTP: a `javascript:` address must never
 * become a link or a picture.
 */
export function httpAddress(text: string | null | undefined, base?: string): string | undefined {
  if (!text || !URL.canParse(text, base)) return undefined
  const url = new URL(text, base)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}
