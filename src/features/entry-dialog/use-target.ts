import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { TargetReference, Targets } from '../../api/gitlab-api.ts'
import { targetQuery, targetSearchQuery } from '../../api/targets.ts'
import { useSignedIn } from '../../api/use-api.ts'
import type { AllowlistEntry, Target, TargetKind } from '../../domain/allowlist.ts'
import { isTooLong, parseReference } from '../../domain/reference.ts'
import { useDebounced } from '../shared/use-debounced.ts'
import { type Finding, judge, knownTarget } from './target-finding.ts'

export type UseTarget = {
  text: string
  picked: Target | null
  /** What the text names for certain; undefined where it may name either. */
  kind?: TargetKind | undefined
  /** Targets that need no look-up. Undefined while they are being read: nothing is looked up until then. */
  known: readonly Target[] | undefined
  /** The user has left the field: time to say what is wrong with a path that nothing matches. */
  settled: boolean
  rows: readonly AllowlistEntry[]
  projectId: number
}

export type TargetSearch = {
  finding: Finding
  suggestions: Targets
  searching: boolean
  searchError: Error | null
  /** The finding once all is known, for a submit that is faster than the search. */
  settle: () => Promise<Finding>
}

const nothing: Targets = { groups: [], projects: [] }

/** Finds what a text names: by search while it is typed, by exact look-up of ids, addresses and paths. */
export function useTarget({
  text,
  picked,
  kind,
  known,
  settled,
  rows,
  projectId,
}: UseTarget): TargetSearch {
  const { api, connection } = useSignedIn()
  const client = useQueryClient()
  const typed = text.trim()
  const paused = useDebounced(typed)
  const parse = (spelling: string): Parsed => {
    const parsed = parseReference(spelling, connection.webAddress)
    return isLookUp(parsed) && kind ? { ...parsed, kind } : parsed
  }
  const reference = parse(typed)
  const pausedReference = parse(paused)
  const listed = known && isLookUp(reference) ? knownTarget(known, reference) : undefined
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
  const lookUp =
    isLookUp(pausedReference) &&
    (settled || isExact(paused, pausedReference)) &&
    matches.length === 0
  const exact = useQuery({
    ...targetQuery(api, isLookUp(pausedReference) ? pausedReference : { id: 0 }),
    enabled: known !== undefined && !certain && lookUp,
  })

  function finding(): Finding {
    if (certain) return judge([certain], rows, projectId)
    if (!typed) return { state: 'empty' }
    if (reference === undefined) return { state: isTooLong(typed) ? 'too-long' : 'unreadable' }
    if (!isLookUp(reference)) return { state: 'foreign', host: reference.foreign }
    if (matches.length > 0) return judge(matches, rows, projectId)
    if (paused !== typed || !lookUp || exact.isPending) return { state: 'searching' }
    if (exact.error) return { state: 'failed', error: exact.error }
    return judge(exact.data, rows, projectId)
  }

  async function settle(): Promise<Finding> {
    const now = finding()
    if ((now.state !== 'searching' && now.state !== 'failed') || !isLookUp(reference)) return now
    try {
      return judge(await client.fetchQuery(targetQuery(api, reference)), rows, projectId)
    } catch (error) {
      return { state: 'failed', error: error instanceof Error ? error : new Error(String(error)) }
    }
  }

  return {
    finding: finding(),
    suggestions: search.data ?? byKind(exact.data) ?? nothing,
    searching: search.isFetching || exact.isFetching,
    searchError: search.error,
    settle,
  }
}

type Parsed = TargetReference | { foreign: string } | undefined

const isLookUp = (parsed: Parsed): parsed is TargetReference =>
  parsed !== undefined && !('foreign' in parsed)

const pathOf = (parsed: Parsed): string | undefined =>
  parsed && 'path' in parsed ? parsed.path : undefined

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
    }
  )
}
