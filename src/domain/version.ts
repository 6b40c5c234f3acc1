/** A GitLab release, reduced to the parts on which features depend. */
export type Version = { readonly major: number; readonly minor: number }

/**
 * Parses the `version` of `GET /metadata`, such as `18.3.0-ee` or `19.1.0-pre`.
 * @returns undefined when the text does not start with two numbers
 */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)/.exec(text)
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined
}

/** Whether `version` is `since` (written `18.3`) or newer. */
export function atLeast(version: Version, since: string): boolean {
  const wanted = parseVersion(since)
  if (!wanted) throw new Error(`Not a version: ${since}`)
  return version.major !== wanted.major
    ? version.major > wanted.major
    : version.minor >= wanted.minor
}
