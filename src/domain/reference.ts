/** Parses the texts with which people name a project or group. */
import type { TargetKind } from './allowlist.ts'

/**
 * A reference to a project or group in the form that GitLab's REST API accepts. The two are
 * numbered separately: an id without a kind may refer to one of each.
 */
export type Reference =
  | { readonly id: number; readonly kind?: TargetKind }
  | { readonly path: string }

/** The longest full path in GitLab (`app/models/route.rb`, gitlabhq 013f7cd2). */
export const longestPath = 255

/** Whether a text that `parseReference` does not understand is longer than any path in GitLab. */
export const isTooLong = (text: string): boolean => text.trim().length > longestPath

/**
 * A segment of a path: ASCII, no `-` at the start (`lib/gitlab/path_regex.rb`, gitlabhq 03b596d4).
 */
const segment = /^(?!\.\.?$)[\w.][\w.-]*$/

/**
 * A numeric id: `90`, `#90`, or `project #90`, the form in GitLab's refusals since 19.1
 * (`lib/api/helpers.rb`, gitlabhq d66adcb6).
 */
const number = /^(?:(project\s+)?#)?(\d+)$/i

/**
 * Parses any spelling of a project or group: numeric id (also with `#` or `project #`), full path
 * (plain or encoded as in GitLab's REST API), web URL (of any page below it), REST address, HTTPS
 * or SSH clone URL.
 * @param text typed or pasted text
 * @param gitlabUrl address of the GitLab in use, whose relative URL root is cut off
 * @returns undefined when the text cannot name anything in GitLab, `foreign` when the address has
 *   another host
 */
export function parseReference(
  text: string,
  gitlabUrl: string,
): Reference | { foreign: string } | undefined {
  const input = text.trim()
  const [, kind, digits] = number.exec(input) ?? []
  if (digits !== undefined) {
    const id = Number(digits)
    if (id === 0 || !Number.isSafeInteger(id)) return undefined
    return kind ? { id, kind: 'project' } : { id }
  }

  // git@host:group/project.git has no scheme; add one, so that URL can parse it.
  const scp = /^(?:[\w.-]+@)([\w.-]+):\/?(?!\/)(.+)$/.exec(input)
  const address = scp ? `ssh://${scp[1]}/${scp[2]}` : input
  if (!/^[a-z+]+:\/\//i.test(address)) return pathReference(decode(address))

  const url = tryUrl(address)
  if (!url) return undefined
  const home = homeAt(gitlabUrl)
  // SSH has a port of its own; two web addresses with different ports are different servers.
  const web = url.protocol.startsWith('http')
  const here =
    !home ||
    (web
      ? url.host.toLowerCase() === home.host.toLowerCase()
      : url.hostname.toLowerCase() === home.hostname.toLowerCase())
  if (!here) return { foreign: web ? url.host : url.hostname }
  const path = withoutRoot(url.pathname, home && web ? home.pathname : '/')
  const rest = /^\/?api\/v4\/(?:projects|groups)\/([^/]+)/.exec(path)
  return rest?.[1] ? parseReference(rest[1], gitlabUrl) : pathReference(decode(path))
}

function withoutRoot(path: string, root: string): string {
  const prefix = root.endsWith('/') ? root : `${root}/`
  return `${path}/`.startsWith(prefix) ? path.slice(prefix.length) : path
}

/** The full path in an address: GitLab has pages below `/-/` and groups below `/groups/`. */
function pathReference(text: string | undefined): Reference | undefined {
  const path = text
    ?.replace(/^\/+/, '')
    .split('/-/', 1)[0]
    ?.replace(/^groups\//, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
  if (path === undefined || path.length > longestPath) return undefined
  return path.split('/').every((part) => segment.test(part)) ? { path } : undefined
}

function tryUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

/** The parsed address of the last GitLab: a text asks about one, thousands of times. */
let lastHome: { readonly address: string; readonly url: URL | undefined } | undefined

function homeAt(address: string): URL | undefined {
  if (lastHome?.address !== address) lastHome = { address, url: tryUrl(address) }
  return lastHome.url
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Parses the `:id` in an address of the console: a numeric id or a full path. */
export const referenceOf = (id: string): Reference =>
  /^\d+$/.test(id) ? { id: Number(id) } : { path: id }
