/**
 * What a stock GitLab offers for job token permissions by GraphQL alone. GraphQL addresses by full
 * path, which the caller has read by id just before: groups and projects move.
 * https://docs.gitlab.com/api/graphql/reference/
 */
import * as z from 'zod/mini'
import type { AllowlistEntry, Target } from '../../domain/allowlist.ts'
import type { PermissionConfiguration } from '../../domain/permissions.ts'
import { ApiError } from '../api-error.ts'
import type { Authorization, EntryList, PushSettings } from '../gitlab-api.ts'
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

const authorizationsDto = z.object({
  project: z.nullable(
    z.object({
      ciJobTokenAuthLogs: z.nullable(
        connectionOf(
          z.object({ lastAuthorizedAt: z.string(), originProject: z.nullable(namespaceDto) }),
        ),
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
}

/**
 * All pages of a connection, one after the other: each tells where the next begins. One whose pages
 * do not end is read up to a limit: then `onCut` is told why, or without one the call rejects.
 */
async function allNodes<Node>(
  fetchPage: (after: string | null) => Promise<Connection<Node> | null | undefined>,
  onCut?: (cut: Cut) => void,
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
    if (watch.isRepeated(page.nodes)) cut = 'repeated'
    else nodes.push(...page.nodes)
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
      (why) => {
        cut ??= why
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

/** The authentication log, newest use first; GraphQL does not say which policies were used. */
export async function listAuthorizations(
  http: Http,
  fullPath: string,
  signal: AbortSignal,
): Promise<Authorization[]> {
  const nodes = await allNodes(async (after) => {
    const { project } = await http.graphql(
      documents.authorizations,
      { fullPath, first: pageSize, after },
      authorizationsDto,
      { kind: 'query', signal },
    )
    return project?.ciJobTokenAuthLogs
  })
  return nodes.flatMap(({ originProject, lastAuthorizedAt }) =>
    originProject
      ? [
          {
            origin: { ...toNamespace(originProject), kind: 'project' as const },
            lastAuthorizedAt,
            usedPolicies: undefined,
          },
        ]
      : [],
  )
}
