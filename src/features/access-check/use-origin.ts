import { useQuery } from '@tanstack/react-query'
import { targetQuery, targetSearchQuery } from '../../api/targets.ts'
import { useApi, useSignedIn } from '../../api/use-api.ts'
import type { Target } from '../../domain/allowlist.ts'
import type { Origin } from '../../domain/decision.ts'
import { type Finding, fits, type ProjectName } from '../../domain/reading/findings.ts'
import { isTooLong, parseReference } from '../../domain/reference.ts'
import { knownTarget, targetOf } from '../target-picker/resolve.ts'
import { type UseTarget, useTarget } from '../target-picker/use-target.ts'

/** The origin project that a log names; undefined if its lines name several. */
export function namedOrigin(findings: readonly Finding[]): ProjectName | undefined {
  const names = new Map<string, ProjectName>()
  for (const finding of findings) {
    if (finding.kind !== 'denial' || finding.refusal.code !== 'not-listed') continue
    names.set(JSON.stringify(finding.refusal.origin), finding.refusal.origin)
  }
  const [name] = names.values()
  return names.size === 1 ? name : undefined
}

/**
 * The projects that a refusal may mean: it tells the last part of a path, or the id.
 * @param known targets that need no look-up; undefined until they are here
 */
export function useNamedProjects(
  name: ProjectName | undefined,
  known: readonly Target[] | undefined,
): readonly Target[] {
  const api = useApi()
  const path = name && 'path' in name ? name.path : undefined
  const reference = name && 'id' in name ? { id: name.id, kind: 'project' as const } : undefined
  const listed = known && reference && knownTarget(known, reference)
  const byId = useQuery({
    ...targetQuery(api, reference ?? { id: 0 }),
    enabled: known !== undefined && reference !== undefined && !listed,
  })
  const byPath = useQuery({
    ...targetSearchQuery(api, path ?? ''),
    enabled: path !== undefined && !isTooLong(path),
  })
  const found = [...(listed ? [listed] : (byId.data ?? [])), ...(byPath.data?.projects ?? [])]
  return name ? found.filter((target) => target.kind === 'project' && fits(name, target)) : []
}

/** The origin project that a text names; its fields are those of `useTarget`. */
export function useOrigin(named: UseTarget) {
  const { text, settled } = named
  const { connection } = useSignedIn()
  const search = useTarget(named)
  const { resolution } = search
  const reference = parseReference(text, connection.webAddress)

  // An id can name a group, too, and no job runs in one.
  const found = targetOf(resolution, ['project'])

  function origin(): Origin {
    if (found) return { id: found.id, fullPath: found.fullPath }
    // A project that this user cannot see may be on the list all the same. A path whose look-up is
    // still under way counts too, because a request that is copied now must name it.
    const isMeant = resolution.state === 'missing' || (settled && resolution.state === 'searching')
    if (isMeant && reference && 'path' in reference) return { fullPath: reference.path }
    return {}
  }

  return { origin: origin(), search }
}
