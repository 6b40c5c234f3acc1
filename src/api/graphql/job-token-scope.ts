/**
 * Job token permissions that a stock GitLab offers by GraphQL alone. GraphQL addresses groups and
 * projects by full path, which the caller has read by id just before, because they can move.
 * https://docs.gitlab.com/api/graphql/reference/
 */
import * as z from 'zod/mini'
import type { AllowlistEntry, Target } from '../../domain/allowlist.ts'
import { type Authorization, withoutRepeats } from '../../domain/authentication-log.ts'
import type { PermissionConfiguration } from '../../domain/permissions.ts'
import { ApiError } from '../api-error.ts'
import type { AuthorizationLog, EntryList, PushSettings } from '../gitlab-api.ts'
import type { Http } from '../http.ts'
import { gidDto, idOfGid } from '../ids.ts'
import { type Cut, createPageWatch, mostItems, mostPolicies, pageSize, tellCut } from '../paging.ts'
import * as documents from './documents.ts'
import { mutate } from './graphql.ts'

const namespaceDto = z.object({
  id: gidDto,
  name: z.string(),
  fullPath: z.string(),
  // Null where this user may not see the target.
  avatarUrl: z.nullable(z.string()),
  webUrl: z.nullable(z.string()),
})

const entryDto = z.object({
  direction: z.nullish(z.string()),
  target: z.nullable(
    z.extend(namespaceDto, {
      __typename: z.enum(['CiJobTokenAccessibleProject', 'CiJobTokenAccessibleGroup']),
    }),
  ),
  // Both null where a group of GitLab 18.2 or older has switched the feature off.
  defaultPermissions: z.nullable(z.boolean()),
  jobTokenPolicies: z.nullable(z.array(z.string()).check(z.maxLength(mostPolicies))),
  addedBy: z.nullable(z.object({ username: z.string(), name: z.string(), webUrl: z.string() })),
  createdAt: z.string(),
})

const connectionOf = <Node extends z.ZodMiniType>(node: Node) =>
  z.object({
    count: z.number(),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.nullable(z.string()) }),
    nodes: z.array(node).check(z.maxLength(mostItems)),
  })

const entriesDto = z.object({
  project: z.nullable(
    z.object({
      ciJobTokenScopeAllowlist: z.nullable(z.object({ entries: connectionOf(entryDto) })),
    }),
  ),
})

const authorizationDto = z.object({
  lastAuthorizedAt: z.string(),
  // Never null by the schema; told apart all the same, for a row must not be lost.
  originProject: z.nullable(namespaceDto),
})

const authorizationsDto = z.object({
  project: z.nullable(
    z.object({
      ciJobTokenAuthLogs: z.nullable(
        z.extend(connectionOf(authorizationDto), {
          // A row that GitLab cannot answer for is null, and among the errors.
          nodes: z.nullable(z.array(z.nullable(authorizationDto)).check(z.maxLength(mostItems))),
        }),
      ),
    }),
  ),
})

const crossProjectPushDto = z.object({
  project: z.nullable(
    z.object({
      ciCdSettings: z.nullable(
        z.object({ crossProjectPushForJobTokenAllowed: z.nullable(z.boolean()) }),
      ),
    }),
  ),
})

type Connection<Node> = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly nodes: readonly Node[]
  /** Whether GitLab could not answer for some of its rows, which are left out. */
  readonly lacksRows?: boolean
}

type Reading<Node> = {
  /** Told of each page as it arrives. */
  readonly onPage?: (nodes: readonly Node[], isLast: boolean) => void
  readonly onCut?: (cut: Cut) => void
}

/**
 * All pages of a connection, one after the other: each tells where the next begins. One whose pages
 * do not end is read up to a limit: then `onCut` is told why, or without one the call rejects.
 */
async function allNodes<Node>(
  fetchPage: (after: string | null) => Promise<Connection<Node> | null | undefined>,
  { onPage, onCut }: Reading<Node>,
): Promise<Node[]> {
  const watch = createPageWatch()
  const asked = new Set<string | null>()
  const nodes: Node[] = []
  let cut: Cut | undefined
  for (let after: string | null = null; !cut; ) {
    asked.add(after)
    const page: Connection<Node> | null | undefined = await fetchPage(after)
    // GitLab's way of refusing a question: it answers null.
    if (!page) throw new ApiError('forbidden')
    const { hasNextPage, endCursor } = page.pageInfo
    // Pages without readable rows look alike, so compare their end cursors too.
    if (watch.isRepeated(page.lacksRows ? [...page.nodes, endCursor] : page.nodes)) cut = 'repeated'
    else {
      nodes.push(...page.nodes)
      onPage?.(page.nodes, !hasNextPage)
    }
    if (!hasNextPage) return nodes
    if (asked.has(endCursor)) cut = 'repeated'
    else if (watch.isFull()) cut ??= 'too-long'
    after = endCursor
  }
  tellCut('POST /api/graphql', cut, onCut)
  return nodes
}

/** Both lists with permissions, whatever their length; legacy outbound links are left out. */
export async function listEntries(
  http: Http,
  fullPath: string,
  signal: AbortSignal,
): Promise<EntryList> {
  let cut: Cut | undefined
  const read = (document: string) =>
    allNodes(
      async (after) => {
        const { project } = await http.graphql(
          document,
          { fullPath, first: pageSize, after },
          entriesDto,
          { kind: 'query', signal },
        )
        return project?.ciJobTokenScopeAllowlist?.entries
      },
      {
        onCut: (why) => {
          cut ??= why
        },
      },
    )
  const nodes = await Promise.all([read(documents.groupEntries), read(documents.projectEntries)])
  const entries = nodes.flat().flatMap(toEntry)
  return { entries, total: cut ? undefined : entries.length, loaded: entries.length, cut }
}

function toEntry(dto: z.output<typeof entryDto>): AllowlistEntry[] {
  // GitLab does not filter these: what the removed "Limit access from this project" left behind.
  if (!dto.target || dto.direction?.toLowerCase() === 'outbound') return []
  return [
    {
      target: {
        ...toNamespace(dto.target),
        kind: dto.target.__typename === 'CiJobTokenAccessibleGroup' ? 'group' : 'project',
      },
      permissions: {
        defaultPermissions: dto.defaultPermissions ?? true,
        policies: dto.jobTokenPolicies ?? [],
      },
      addedBy: dto.addedBy,
      addedAt: dto.createdAt,
      accessible: dto.target.webUrl !== null,
    },
  ]
}

const toNamespace = (dto: z.output<typeof namespaceDto>) => ({
  id: idOfGid(dto.id),
  name: dto.name,
  fullPath: dto.fullPath,
  avatarUrl: dto.avatarUrl,
  webUrl: dto.webUrl ?? '',
})

export const addEntry = (
  http: Http,
  projectPath: string,
  targetPath: string,
  { defaultPermissions, policies }: PermissionConfiguration,
): Promise<void> =>
  mutate(http, documents.addEntry, {
    projectPath,
    targetPath,
    defaultPermissions,
    jobTokenPolicies: policies,
  })

/** Changes a stored entry; the own project without one has to be added. */
export const updateEntry = (
  http: Http,
  projectPath: string,
  targetPath: string,
  { defaultPermissions, policies }: PermissionConfiguration,
): Promise<void> =>
  mutate(http, documents.updatePolicies, {
    projectPath,
    targetPath,
    defaultPermissions,
    jobTokenPolicies: policies,
  })

/** Removes an entry without looking at what this user may see, as REST does. */
export const removeEntry = (http: Http, projectPath: string, target: Target): Promise<void> =>
  target.kind === 'group'
    ? mutate(http, documents.removeGroup, { projectPath, targetGroupPath: target.fullPath })
    : mutate(http, documents.removeProject, {
        projectPath,
        targetProjectPath: target.fullPath,
        // GitLab's default is the other direction.
        direction: 'INBOUND',
      })

/** The setting that REST lacks; undefined where the server does not say. */
export async function crossProjectPush(
  http: Http,
  fullPath: string,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const { project } = await http.graphql(
    documents.readPushSettings,
    { fullPath },
    crossProjectPushDto,
    { kind: 'query', signal },
  )
  return project?.ciCdSettings?.crossProjectPushForJobTokenAllowed ?? undefined
}

export const savePushSettings = (
  http: Http,
  fullPath: string,
  { own, crossProject }: PushSettings,
): Promise<void> =>
  mutate(http, documents.savePushSettings, {
    fullPath,
    pushRepositoryForJobTokenAllowed: own,
    crossProjectPushForJobTokenAllowed: crossProject,
  })

/**
 * The authentication log, page by page; GraphQL does not say which policies were used. An answer with
 * errors beside its data lacks rows: it is never taken for a log without them.
 */
export async function listAuthorizations(
  http: Http,
  fullPath: string,
  signal: AbortSignal,
  onProgress: (log: AuthorizationLog) => void,
): Promise<AuthorizationLog> {
  const rows: Authorization[] = []
  let isBegun = false
  let total: number | undefined
  let failure: ApiError | undefined

  async function readPage(after: string | null) {
    const { data, failure: beside } = await http.graphqlPart(
      documents.authorizations,
      { fullPath, first: pageSize, after },
      authorizationsDto,
      { kind: 'query', signal },
    )
    failure ??= beside
    const log = data.project?.ciJobTokenAuthLogs
    // Without a log its errors say more than that there is none.
    if (!log && beside) throw beside
    if (!log) return undefined
    isBegun = true
    total = log.count
    const nodes = (log.nodes ?? []).filter((node) => node !== null)
    const lacksRows = log.nodes === null || nodes.length < log.nodes.length
    if (lacksRows) failure ??= incomplete()
    return { pageInfo: log.pageInfo, nodes, lacksRows }
  }

  try {
    await allNodes(readPage, {
      onPage(nodes, isLast) {
        rows.push(...nodes.map(toAuthorization))
        if (!isLast) {
          onProgress({ authorizations: withoutRepeats(rows), total, extent: 'arriving' })
        }
      },
    })
  } catch (error) {
    // If the first page fails, there are no entries to keep.
    if (!(error instanceof ApiError) || !isBegun) throw error
    failure ??= error
  }
  const authorizations = withoutRepeats(rows)
  return failure
    ? { authorizations, total, extent: 'partly', failure }
    : { authorizations, total, extent: 'whole' }
}

const incomplete = () =>
  new ApiError('malformed', {
    expected: 'POST /api/graphql: rows at data.project.ciJobTokenAuthLogs',
  })

function toAuthorization(dto: z.output<typeof authorizationDto>): Authorization {
  const project = dto.originProject
  return {
    origin: {
      id: project ? idOfGid(project.id) : undefined,
      fullPath: project?.fullPath,
      name: project?.name,
      avatarUrl: project?.avatarUrl ?? null,
      webUrl: project?.webUrl ?? null,
    },
    lastAuthorizedAt: dto.lastAuthorizedAt,
    usedPolicies: undefined,
  }
}
