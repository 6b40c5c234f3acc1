import { useQuery } from '@tanstack/react-query'
import { targetQuery, targetSearchQuery } from '../../api/targets.ts'
import { useApi, useSignedIn } from '../../api/use-api.ts'
import type { Target } from '../../domain/allowlist.ts'
import type { Origin } from '../../domain/decision.ts'
import { type Finding, fits, type ProjectName } from '../../domain/reading/findings.ts'
import { parseReference } from '../../domain/reference.ts'
import type { Finding as TargetFinding } from '../entry-dialog/target-finding.ts'
import { useTarget } from '../entry-dialog/use-target.ts'

/** What names the origin project in a log: nothing, if lines name several. */
export function namedOrigin(findings: readonly Finding[]): ProjectName | undefined {
  const names = new Map<string, ProjectName>()
  for (const finding of findings) {
    if (finding.kind !== 'denial' || finding.refusal.code !== 'not-listed') continue
    names.set(JSON.stringify(finding.refusal.origin), finding.refusal.origin)
  }
  const [name] = names.values()
  return names.size === 1 ? name : undefined
}

/** The projects that a refusal may mean: it tells the last part of a path, or the id. */
export function useNamedProjects(name: ProjectName | undefined): readonly Target[] {
  const api = useApi()
  const id = name && 'id' in name ? name.id : undefined
  const path = name && 'path' in name ? name.path : undefined
  const byId = useQuery({
    ...targetQuery(api, { id: id ?? 0, kind: 'project' }),
    enabled: id !== undefined,
  })
  const byPath = useQuery({ ...targetSearchQuery(api, path ?? ''), enabled: path !== undefined })
  const found = [...(byId.data ?? []), ...(byPath.data?.projects ?? [])]
  return name ? found.filter((target) => target.kind === 'project' && fits(name, target)) : []
}

/**
 * The origin project that a text names.
 * @param picked a suggestion that was chosen for the text
 * @param settled the user has left the field
 */
export function useOrigin(text: string, picked: Target | null, settled: boolean) {
  const { connection } = useSignedIn()
  const search = useTarget({ text, picked, settled, rows: [], projectId: 0 })
  const { finding } = search
  const reference = parseReference(text, connection.webAddress)

  const found = projectIn(finding)

  function origin(): Origin {
    if (found) return { id: found.id, fullPath: found.fullPath }
    // A project that this user cannot see may be on the list all the same. And what was left to be
    // looked up is meant already: a request that is copied now must name it.
    const isMeant = finding.state === 'missing' || (settled && finding.state === 'searching')
    if (isMeant && reference && 'path' in reference) return { fullPath: reference.path }
    return {}
  }

  return { origin: origin(), found, search }
}

/** The project among what was found: an id can name a group, too, and no job runs in one. */
function projectIn(finding: TargetFinding): Target | undefined {
  if (finding.state === 'ambiguous') return finding.targets.find(({ kind }) => kind === 'project')
  return finding.state === 'found' && finding.target.kind === 'project' ? finding.target : undefined
}
