/**
 * The routes of the endpoints that accept job tokens, matched as GitLab's router does. Loaded on
 * demand, because it imports the whole catalogue.
 */
import {
  controllableEndpoints,
  type Policy,
  uncontrollableEndpoints,
} from '../src/domain/endpoint-catalogue.ts'
import type { JobRoute } from './gitlab/job-tokens.ts'

type Compiled = {
  readonly method: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  /**
   * How much of the path is literal: of two matching routes, GitLab declares that with more first.
   */
  readonly weight: number
  readonly route: Omit<JobRoute, 'params'>
}

const compiled: readonly Compiled[] = [
  ...Object.values(controllableEndpoints)
    .flat()
    .map((row) => compile(row, row.needs)),
  ...uncontrollableEndpoints.map((row) => compile(row, [])),
].sort((a, b) => b.weight - a.weight)

function compile(
  { method, path, since }: { method: string; path: string; since?: string },
  needs: readonly Policy[],
): Compiled {
  const names: string[] = []
  let weight = 0
  // The slash before an optional last parameter belongs to that parameter.
  const source = path.replace('(/)(*', '(/*').replace(/[:*](\w+)|[()]|[^:*()]+/g, (part, name) => {
    if (part === '(') return '(?:'
    if (part === ')') return ')?'
    if (name === undefined) {
      weight += part.length
      return part.replace(/[.\\+^$[\]{}|]/g, '\\$&')
    }
    names.push(name)
    return `(${takes(name, part.startsWith('*'), path)})`
  })
  return {
    method,
    pattern: new RegExp(`^${source}$`),
    names,
    weight,
    route: { method, path, needs, ...(since && { since }) },
  }
}

/** The pattern of a parameter: GitLab restricts some, and allows slashes in a ref. */
function takes(name: string, isGlob: boolean, path: string): string {
  if (/.i?id$/.test(name) || name === 'serial') return '\\d+'
  if (name === 'ref_name') return '.+?'
  const isNpm = path.includes('/npm/') && !path.endsWith('/-/*file_name')
  return isGlob && !isNpm && !path.startsWith('/group/') ? '.+?' : '[^/]+'
}

/**
 * Finds the endpoint of a request.
 * @param path below `/api/v4`, still encoded, without the query
 * @returns undefined where no endpoint accepts job tokens
 */
export function findJobRoute(method: string, path: string): JobRoute | undefined {
  const verb = method === 'HEAD' ? 'GET' : method
  const plain = path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '')
  for (const { method: own, pattern, names, route } of compiled) {
    const found = own === verb ? pattern.exec(plain) : null
    if (!found) continue
    const values = found.slice(1).map((text) => text && decode(text))
    return { ...route, params: Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])) }
  }
  return undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
