/**
 * Reads `config.json` beside `index.html`, in which the operator of this console describes its
 * GitLab: one build serves any server.
 */
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { normalizeAddress } from './check-connection.ts'

/** The fields of `config.json`; each may be left out, and others are ignored. */
export type Config = {
  /** GitLab's own pages: for links, avatars and signing in. */
  readonly gitlabUrl?: string | undefined
  /** Where the API and `/oauth/token` answer, if elsewhere: `/` for a proxy that serves both. */
  readonly apiUrl?: string | undefined
  /** Id of an OAuth application of that GitLab. */
  readonly applicationId?: string | undefined
  /** A session ends after so many minutes without input in its tab; 0: never. */
  readonly idleMinutes?: number | undefined
}

/** The host that takes the console's calls to GitLab; undefined where the browser calls GitLab itself. */
export const proxyOf = ({ gitlabUrl, apiUrl }: Config): string | undefined =>
  apiUrl && apiUrl !== gitlabUrl ? new URL(apiUrl).host : undefined

/** The problem with `config.json`: the file itself, or the name of its invalid field. */
export type ConfigProblem = 'unreachable' | 'not-json' | keyof Config

/** Both addresses as `Connection` has them; all undefined where there is no file. */
export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problem: ConfigProblem }

/** Asked for where somebody signs in, and once after the first view of whoever is signed in. */
export const configQuery = () =>
  queryOptions({
    queryKey: ['config'],
    queryFn: () => readConfig(`${location.origin}${import.meta.env.BASE_URL}`),
    staleTime: Number.POSITIVE_INFINITY,
  })

const shape = z.object({
  gitlabUrl: z.optional(z.string()),
  apiUrl: z.optional(z.string()),
  applicationId: z.optional(z.string().check(z.trim(), z.minLength(1))),
  idleMinutes: z.optional(z.number().check(z.minimum(0))),
})

/**
 * Reads `config.json`. A server without one answers 404, or with the page that it answers every
 * unknown address with. Never throws.
 * @param base the address of the build, ending in a slash; relative addresses in the file start there
 */
export async function readConfig(base: string): Promise<ReadConfig> {
  let text: string
  try {
    const response = await fetch(new URL('config.json', base), { cache: 'no-cache' })
    if (response.status === 404 || isPage(response)) return { ok: true, config: {} }
    if (!response.ok) return { ok: false, problem: 'unreachable' }
    text = await response.text()
  } catch {
    return { ok: false, problem: 'unreachable' }
  }
  return parseConfig(text, base)
}

const isPage = (response: Response) =>
  response.headers.get('content-type')?.includes('html') === true

function parseConfig(text: string, base: string): ReadConfig {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, problem: 'not-json' }
  }
  const parsed = shape.safeParse(json)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path[0]
    return { ok: false, problem: isField(field) ? field : 'not-json' }
  }
  const { gitlabUrl, apiUrl, ...rest } = parsed.data
  const webAddress = gitlabUrl && normalizeAddress(gitlabUrl)
  if (gitlabUrl !== undefined && !webAddress) return { ok: false, problem: 'gitlabUrl' }
  const address = apiUrl && absoluteAddress(apiUrl, base)
  // Without GitLab's own address there is nowhere to sign in, and links would lead to the proxy.
  if (apiUrl !== undefined && (!address || !webAddress)) return { ok: false, problem: 'apiUrl' }
  return {
    ok: true,
    config: { ...rest, gitlabUrl: webAddress, apiUrl: address || webAddress },
  }
}

const isField = (name: unknown): name is keyof Config =>
  typeof name === 'string' && name in shape.shape

/** Unlike what people type, an address in a file without a scheme is relative. */
const absoluteAddress = (text: string, base: string): string | undefined =>
  text !== '' && URL.canParse(text, base) ? normalizeAddress(new URL(text, base).href) : undefined
