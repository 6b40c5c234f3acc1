import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { TargetReference, Targets } from '../../api/gitlab-api.ts'
import { targetQuery, targetSearchQuery } from '../../api/targets.ts'
import { useSignedIn } from '../../api/use-api.ts'
import type { Target, TargetKind } from '../../domain/allowlist.ts'
import { useDebounced } from '../shared/use-debounced.ts'
import { knownTarget, parseTarget, type Resolution, resolutionOf, resolve } from './resolve.ts'

export type UseTarget = {
  text: string
  picked: Target | null
  /** The kind of the target where it is certain; undefined where the text may name either kind. */
  kind?: TargetKind | undefined
  /** Targets that need no look-up. Undefined while they are being read: nothing is looked up until then. */
  known: readonly Target[] | undefined
  /** The user has left the field: time to say what is wrong with a path that nothing matches. */
  settled: boolean
}

export type TargetSearch = {
  resolution: Resolution | { readonly state: 'searching' }
  matches: Targets
  searching: boolean
  searchError: Error | null
  /** Resolves the text at once, for a submit that comes before the search has answered. */
  settle: () => Promise<Resolution>
}

const nothing: Targets = { groups: [], projects: [], isCut: false }

/** Finds what a text names: by search while it is typed, by exact look-up of ids, addresses and paths. */
export function useTarget({ text, picked, kind, known, settled }: UseTarget): TargetSearch {
  const { api, connection } = useSignedIn()
  const { webAddress } = connection
  const client = useQueryClient()
  const typed = text.trim()
  const paused = useDebounced(typed)
  const parsed = parseTarget(typed, webAddress, kind)
  const pausedParsed = parseTarget(paused, webAddress, kind)
  const reference = 'state' in parsed ? undefined : parsed
  const pausedReference = 'state' in pausedParsed ? undefined : pausedParsed
  const listed = known && reference && knownTarget(known, reference)
  const certain = picked ?? listed

  // An address names one thing: search by its path, not by its scheme and host.
  const term = pathOf(pausedReference) ?? ''
  const search = useQuery({
    ...targetSearchQuery(api, term),
    // Whoever types on may mean another one that begins alike.
    enabled: !picked && !(listed && settled) && term.length > 1,
  })
  const matches = search.data && term === pathOf(reference) ? withPath(search.data, term) : []
  // A path is looked up only when it was left unfinished by the search: every miss is two requests.
  const isLookedUp =
    pausedReference !== undefined &&
    (settled || isExact(paused, pausedReference)) &&
    matches.length === 0
  const exact = useQuery({
    ...targetQuery(api, pausedReference ?? { id: 0 }),
    enabled: known !== undefined && !certain && isLookedUp,
  })

  function resolution(): TargetSearch['resolution'] {
    if (certain) return { state: 'found', target: certain }
    if ('state' in parsed) return parsed
    if (matches.length > 0) return resolutionOf(matches)
    if (paused !== typed || !isLookedUp || exact.isPending) return { state: 'searching' }
    return exact.error ? { state: 'failed', error: exact.error } : resolutionOf(exact.data)
  }

  async function settle(): Promise<Resolution> {
    const now = resolution()
    if (now.state !== 'searching' && now.state !== 'failed') return now
    return resolve(typed, {
      webAddress,
      kind,
      known: known ?? [],
      lookUp: (reference) => client.fetchQuery(targetQuery(api, reference)),
    })
  }

  return {
    resolution: resolution(),
    matches: search.data ?? byKind(exact.data) ?? nothing,
    searching: search.isFetching || exact.isFetching,
    searchError: search.error,
    settle,
  }
}

const pathOf = (reference: TargetReference | undefined): string | undefined =>
  reference && 'path' in reference ? reference.path : undefined

/** An id or an address: whoever pastes one means exactly that. */
const isExact = (text: string, reference: TargetReference): boolean =>
  'id' in reference || text.includes(':')

function withPath({ groups, projects }: Targets, path: string): Target[] {
  const wanted = path.toLowerCase()
  return [...groups, ...projects].filter(({ fullPath }) => fullPath.toLowerCase() === wanted)
}

function byKind(targets: readonly Target[] | undefined): Targets | undefined {
  return (
    targets && {
      groups: targets.filter(({ kind }) => kind === 'group'),
      projects: targets.filter(({ kind }) => kind === 'project'),
      isCut: false,
    }
  )
}
