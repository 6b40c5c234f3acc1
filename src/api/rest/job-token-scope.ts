/**
 * The job token scope of a project, with the permissions extension.
 * https://docs.gitlab.com/api/project_job_token_scopes/
 */
import * as z from 'zod/mini'
import type { AllowlistEntry, Target, TargetKind } from '../../domain/allowlist.ts'
import { type Authorization, withoutRepeats } from '../../domain/authentication-log.ts'
import { mostRows } from '../../domain/permission-catalogue.ts'
import type { PermissionConfiguration } from '../../domain/permissions.ts'
import { ApiError } from '../api-error.ts'
import type { AuthorizationLog, EntryList, JobTokenScope } from '../gitlab-api.ts'
import type { Http } from '../http.ts'
import { idDto } from '../ids.ts'
import { type Cut, mostPolicies } from '../paging.ts'
import { listAddress, scopeAddress } from './addresses.ts'
import { groupDto, toGroup } from './groups.ts'
import { projectSummaryDto, toSummary } from './projects.ts'

const scopeDto = z.object({ inbound_enabled: z.boolean(), outbound_enabled: z.boolean() })

const policiesDto = z.array(z.string()).check(z.maxLength(mostPolicies))

const extension = {
  default_permissions: z.boolean(),
  job_token_policies: policiesDto,
  added_by: z.nullable(z.object({ username: z.string(), name: z.string(), web_url: z.string() })),
  added_at: z.nullable(z.string()),
  accessible: z.boolean(),
}
const projectItemDto = z.extend(projectSummaryDto, extension)
const groupItemDto = z.extend(groupDto, extension)
/** What a GitLab without the extension sends: enough to tell it from a broken answer. */
const stockItemDto = z.object({ id: z.number(), default_permissions: z.optional(z.undefined()) })

const pathTo = (projectId: number, { kind, id }: Target): string =>
  `${listAddress(projectId, kind)}/${id}`

type Extension = Pick<z.output<typeof projectItemDto>, keyof typeof extension>

const toEntry = (target: Target, dto: Extension): AllowlistEntry => ({
  target,
  permissions: { defaultPermissions: dto.default_permissions, policies: dto.job_token_policies },
  addedBy: dto.added_by && {
    username: dto.added_by.username,
    name: dto.added_by.name,
    webUrl: dto.added_by.web_url,
  },
  addedAt: dto.added_at,
  accessible: dto.accessible,
})

/** How many rows of a list beyond GitLab's limits are worth showing before the rest is here. */
const firstRows = 400

const fromProject = (dto: z.output<typeof projectItemDto>) => toEntry(toSummary(dto), dto)
const fromGroup = (dto: z.output<typeof groupItemDto>) => toEntry(toGroup(dto), dto)

/** Whether REST carries permissions here: the list always holds the project itself, so it can tell. */
export async function hasPermissions(
  http: Http,
  projectId: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const item = z.object({ default_permissions: z.optional(z.boolean()) })
  const { items } = await http.getPage(listAddress(projectId, 'project'), item, {
    signal,
    params: { per_page: 1 },
  })
  return items[0]?.default_permissions !== undefined
}

/** Tells a GitLab that does not speak the extension from an answer that is simply broken. */
async function explainStock(
  http: Http,
  path: string,
  signal: AbortSignal,
  error: unknown,
): Promise<never> {
  if (error instanceof ApiError && error.kind === 'malformed' && !error.reason) {
    const stock = await http.getPage(path, stockItemDto, { signal }).catch(() => undefined)
    if (stock) throw new ApiError('malformed', { ...error, reason: 'no-permissions-extension' })
  }
  throw error
}

/** What GitLab answers to a saved entry, as far as it tells that it was GitLab. */
const pairDto = z.object({ source_project_id: z.number() })

const toBody = ({ defaultPermissions, policies }: PermissionConfiguration) => ({
  default_permissions: defaultPermissions,
  job_token_policies: policies,
})

const authorizationDto = z.object({
  // Of a project that the user cannot see a server tells less, or nothing.
  origin_project: z.nullish(
    z.object({
      id: z.nullish(idDto),
      name: z.nullish(z.string()),
      path_with_namespace: z.nullish(z.string()),
      avatar_url: z.nullish(z.string()),
      web_url: z.nullish(z.string()),
    }),
  ),
  last_authorized_at: z.string(),
  job_token_policies: z.nullish(policiesDto),
})

const toAuthorization = (dto: z.output<typeof authorizationDto>): Authorization => ({
  origin: {
    id: dto.origin_project?.id ?? undefined,
    fullPath: dto.origin_project?.path_with_namespace ?? undefined,
    name: dto.origin_project?.name ?? undefined,
    avatarUrl: dto.origin_project?.avatar_url ?? null,
    webUrl: dto.origin_project?.web_url ?? null,
  },
  lastAuthorizedAt: dto.last_authorized_at,
  usedPolicies: dto.job_token_policies ?? undefined,
})

const inOrder = (pages: ReadonlyMap<number, unknown>): number[] =>
  [...pages.keys()].sort((a, b) => a - b)

export const scopeOperations = (http: Http) => ({
  async jobTokenScope(projectId: number, signal: AbortSignal): Promise<JobTokenScope> {
    const dto = await http.get(scopeAddress(projectId), scopeDto, { signal })
    return { inboundEnabled: dto.inbound_enabled, outboundEnabled: dto.outbound_enabled }
  },

  setInboundEnabled: (projectId: number, enabled: boolean, once?: string): Promise<void> =>
    http.send('patch', scopeAddress(projectId), { enabled }, undefined, once),

  /** GitLab keeps projects and groups in two lists; the console shows one. */
  async listEntries(
    projectId: number,
    signal: AbortSignal,
    onProgress: (list: EntryList) => void,
  ): Promise<EntryList> {
    const rows: AllowlistEntry[] = []
    const totals = new Map<TargetKind, number>()
    let shown: readonly AllowlistEntry[] = []

    function arrived(kind: TargetKind, entries: AllowlistEntry[], count: number | undefined) {
      rows.push(...entries)
      totals.set(kind, count ?? Number.NaN)
      if (totals.size < 2) return
      const sum = (totals.get('project') ?? 0) + (totals.get('group') ?? 0)
      const total = Number.isNaN(sum) ? undefined : sum
      if (total !== undefined && total <= mostRows) return
      // Rows that come later would push the shown ones about: they wait until the list is whole.
      if (shown.length === 0 && rows.length >= firstRows) shown = [...rows]
      if (shown.length > 0) onProgress({ entries: shown, total, loaded: rows.length })
    }

    let cut: Cut | undefined
    const onCut = (why: Cut) => {
      cut ??= why
    }
    await Promise.all([
      http.getAll(listAddress(projectId, 'project'), projectItemDto, {
        signal,
        onPage: (items, total) => arrived('project', items.map(fromProject), total),
        onCut,
      }),
      http.getAll(listAddress(projectId, 'group'), groupItemDto, {
        signal,
        onPage: (items, total) => arrived('group', items.map(fromGroup), total),
        onCut,
      }),
    ]).catch((error) => explainStock(http, listAddress(projectId, 'project'), signal, error))
    return { entries: rows, total: cut ? undefined : rows.length, loaded: rows.length, cut }
  },

  addEntry: (
    projectId: number,
    { kind, id }: Target,
    permissions: PermissionConfiguration,
    once?: string,
  ): Promise<void> =>
    http.send(
      'post',
      listAddress(projectId, kind),
      {
        [`target_${kind}_id`]: id,
        ...toBody(permissions),
      },
      pairDto,
      once,
    ),

  updateEntry: (
    projectId: number,
    target: Target,
    permissions: PermissionConfiguration,
    once?: string,
  ): Promise<void> =>
    http.send('put', pathTo(projectId, target), toBody(permissions), pairDto, once),

  removeEntry: (projectId: number, target: Target, once?: string): Promise<void> =>
    http.send('delete', pathTo(projectId, target), undefined, undefined, once),

  /** The authentication log, of the extension: its pages come side by side and are shown in order. */
  async listAuthorizations(
    projectId: number,
    signal: AbortSignal,
    onProgress: (log: AuthorizationLog) => void,
  ): Promise<AuthorizationLog> {
    const pages = new Map<number, readonly Authorization[]>()
    let total: number | undefined
    let isOver = false
    const rowsOf = (numbers: readonly number[]) =>
      withoutRepeats(numbers.flatMap((page) => pages.get(page) ?? []))

    function arrived(rows: readonly Authorization[], count: number | undefined, page: number) {
      // A page may come after another one has failed.
      if (isOver) return
      pages.set(page, rows)
      total = count
      // Rows of later pages wait for those before, which would push them down.
      const authorizations = rowsOf(inOrder(pages).filter((number, index) => number === index + 1))
      if (authorizations.length !== total) onProgress({ authorizations, total, extent: 'arriving' })
    }

    try {
      await http.getAll(`${scopeAddress(projectId)}/authorizations`, authorizationDto, {
        signal,
        onPage: (items, count, page) => arrived(items.map(toAuthorization), count, page),
      })
      return { authorizations: rowsOf(inOrder(pages)), total, extent: 'whole' }
    } catch (error) {
      if (!(error instanceof ApiError) || !pages.has(1)) throw error
      return { authorizations: rowsOf(inOrder(pages)), total, extent: 'partly', failure: error }
    } finally {
      isOver = true
    }
  },
})
