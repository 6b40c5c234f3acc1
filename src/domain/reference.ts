/** What people paste to name a project or group. */
import type { TargetKind } from './allowlist.ts'

/**
 * A namespace reference as GitLab's REST API takes it. Groups and projects are numbered separately:
 * an id without a kind can name one of each.
 */
export type Reference =
  | { readonly id: number; readonly kind?: TargetKind }
  | { readonly path: string }

/** Characters of a full path (`Route`'s `length: { within: 1..255 }`, app/models/route.rb, gitlabhq 013f7cd2). */
export const longestPath = 255

/** Whether a text that `parseReference` reads nothing in is longer than all that GitLab could hold. */
export const isTooLong = (text: string): boolean => text.trim().length > longestPath

/** Path segments of GitLab (`Gitlab::PathRegex`), which are ASCII and do not start with `-`. */
const segment = /^(?!\.\.?$)[\w.][\w.-]*$/

/**
 * `90` and `#90`; and `project #90`, as GitLab's refusals name a project since 19.1
 * (`lib/api/helpers.rb`, gitlabhq d66adcb6).
 */
const number = /^(?:(project\s+)?#)?(\d+)$/i

/**
 * Reads any spelling of a project or group: numeric id (also with `#`, or `project #`), full path (plain
 * or encoded as in GitLab's REST API), web URL (of any page below it), REST address, HTTPS or SSH clone
 * URL.
 * @param text what was typed or pasted
 * @param gitlabUrl address of the GitLab in use, whose relative URL root is cut off
 * @returns undefined when the text names nothing that GitLab could hold, `foreign` when it is an
 *   address of another host
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

  // git@host:group/project.git has no scheme; give it one that URL understands.
  const scp = /^(?:[\w.-]+@)([\w.-]+):\/?(?!\/)(.+)$/.exec(input)
  const address = scp ? `ssh://${scp[1]}/${scp[2]}` : input
  if (!/^[a-z+]+:\/\//i.test(address)) return pathReference(decode(address))

  const url = tryUrl(address)
  if (!url) return undefined
  const home = tryUrl(gitlabUrl)
  // SSH has a port of its own; between web addresses another port is another server.
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

/** Full path from what is left of an address: GitLab puts pages below `/-/` and groups below `/groups/`. */
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

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The `:id` of an address of the console: a numeric id or a full path. */
export const referenceOf = (id: string): Reference =>
  /^\d+$/.test(id) ? { id: Number(id) } : { path: id }
