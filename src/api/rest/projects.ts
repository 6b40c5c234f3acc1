/** Projects. https://docs.gitlab.com/api/projects/ */
import * as z from 'zod/mini'
import type { Reference } from '../../domain/reference.ts'
import type { Page, Project, ProjectSearch, ProjectSummary, PushSettings } from '../gitlab-api.ts'
import type { Http } from '../http.ts'
import { idDto } from '../ids.ts'
import { projectAddress } from './addresses.ts'

export const projectSummaryDto = z.object({
  id: idDto,
  name: z.string(),
  path_with_namespace: z.string(),
  avatar_url: z.nullish(z.string()),
  web_url: z.string(),
  visibility: z.optional(z.enum(['private', 'internal', 'public'])),
  archived: z.optional(z.boolean()),
  last_activity_at: z.nullish(z.string()),
})

const accessDto = z.nullish(z.object({ access_level: z.number() }))

const projectDto = z.extend(projectSummaryDto, {
  namespace: z.object({ id: idDto, kind: z.string(), full_path: z.string() }),
  permissions: z.optional(z.object({ project_access: accessDto, group_access: accessDto })),
  ci_push_repository_for_job_token_allowed: z.nullish(z.boolean()),
  ci_cross_project_push_for_job_token_allowed: z.nullish(z.boolean()),
})

export const toSummary = (dto: z.output<typeof projectSummaryDto>): ProjectSummary => ({
  kind: 'project',
  id: dto.id,
  name: dto.name,
  fullPath: dto.path_with_namespace,
  avatarUrl: dto.avatar_url ?? null,
  webUrl: dto.web_url,
  visibility: dto.visibility,
  archived: dto.archived ?? false,
  lastActivityAt: dto.last_activity_at ?? undefined,
})

function toProject(dto: z.output<typeof projectDto>): Project {
  const { project_access, group_access } = dto.permissions ?? {}
  return {
    ...toSummary(dto),
    // Direct and inherited grants are told apart; the higher one counts.
    accessLevel: Math.max(project_access?.access_level ?? 0, group_access?.access_level ?? 0),
    namespace: {
      id: dto.namespace.id,
      kind: dto.namespace.kind === 'user' ? 'user' : 'group',
      fullPath: dto.namespace.full_path,
    },
    push: {
      own: dto.ci_push_repository_for_job_token_allowed ?? undefined,
      crossProject: dto.ci_cross_project_push_for_job_token_allowed ?? undefined,
    },
  }
}

/** The `:id` of an address: a numeric id, or a full path encoded as one segment. */
export const idOf = (reference: Reference): string =>
  'id' in reference ? String(reference.id) : encodeURIComponent(reference.path)

/** The answer about what a reference names: by its id nothing else will do, while paths change. */
export const identified = <Dto extends z.ZodMiniObject<{ id: typeof idDto }>>(
  dto: Dto,
  reference: Reference,
) => ('id' in reference ? z.extend(dto, { id: z.literal(reference.id) }) : dto)

export const projectOperations = (http: Http) => ({
  async listProjects(
    { search, page }: ProjectSearch,
    signal: AbortSignal,
  ): Promise<Page<ProjectSummary>> {
    const found = await http.getPage('projects', projectSummaryDto, {
      signal,
      params: {
        min_access_level: 40,
        search: search || undefined,
        search_namespaces: search ? true : undefined,
        order_by: 'last_activity_at',
        page,
        per_page: 20,
      },
    })
    return { ...found, items: found.items.map(toSummary) }
  },

  async project(reference: Reference, signal: AbortSignal): Promise<Project> {
    const dto = identified(projectDto, reference)
    return toProject(await http.get(projectAddress(idOf(reference)), dto, { signal }))
  },

  pushSettings: async ({ push }: Project): Promise<PushSettings> => push,

  updatePushSettings: (
    { id }: Project,
    { own, crossProject }: PushSettings,
    once?: string,
  ): Promise<void> =>
    http.send(
      'put',
      projectAddress(id),
      {
        ci_push_repository_for_job_token_allowed: own,
        ci_cross_project_push_for_job_token_allowed: crossProject,
      },
      z.object({ id: z.number() }),
      once,
    ),
})
