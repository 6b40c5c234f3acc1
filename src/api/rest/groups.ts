/** Groups, and finding what to add to an allowlist. https://docs.gitlab.com/api/groups/ */
import * as z from 'zod/mini'
import type { Target } from '../../domain/allowlist.ts'
import { isMissing } from '../api-error.ts'
import type { TargetReference, Targets } from '../gitlab-api.ts'
import type { Http } from '../http.ts'
import { idDto } from '../ids.ts'
import { identified, idOf, projectSummaryDto, toSummary } from './projects.ts'

export const groupDto = z.object({
  id: idDto,
  name: z.string(),
  full_path: z.string(),
  avatar_url: z.nullish(z.string()),
  web_url: z.string(),
  // Owners of GitLab 17.11 to 18.2 alone are told.
  job_token_policies_enabled: z.optional(z.boolean()),
})

export const toGroup = (dto: z.output<typeof groupDto>): Target => ({
  kind: 'group',
  id: dto.id,
  name: dto.name,
  fullPath: dto.full_path,
  avatarUrl: dto.avatar_url ?? null,
  webUrl: dto.web_url,
})

const found = 10

const targetKinds = ['group', 'project'] as const

/** Missing and invisible look the same to GitLab's callers. */
function missing(error: unknown): undefined {
  if (isMissing(error)) return undefined
  throw error
}

export const groupOperations = (http: Http) => ({
  async searchTargets(search: string, signal: AbortSignal): Promise<Targets> {
    const [groups, projects] = await Promise.all([
      http.getPage('groups', groupDto, {
        signal,
        params: { search, all_available: true, per_page: found },
      }),
      http.getPage('projects', projectSummaryDto, {
        signal,
        params: { search, search_namespaces: true, simple: true, per_page: found },
      }),
    ])
    return {
      groups: groups.items.map(toGroup),
      projects: projects.items.map(toSummary),
      isCut: [groups, projects].some(({ nextPage }) => nextPage !== undefined),
    }
  },

  async resolveTarget(reference: TargetReference, signal: AbortSignal): Promise<Target[]> {
    const { kind } = reference
    const id = idOf(reference)
    const lookUps = {
      group: () =>
        http.get(`groups/${id}`, identified(groupDto, reference), { signal }).then(toGroup),
      project: () =>
        http
          .get(`projects/${id}`, identified(projectSummaryDto, reference), { signal })
          .then(toSummary),
    }
    // A browser reports each miss as an error in its console: another kind is not asked for.
    const kinds = kind ? [kind] : targetKinds
    // Both are waited for: which of the two answers first decides nothing.
    const targets = await Promise.all(kinds.map((kind) => lookUps[kind]().catch(missing)))
    return targets.filter((target) => target !== undefined)
  },

  async fineGrainedAllowed(groupId: number, signal: AbortSignal): Promise<boolean | undefined> {
    const dto = await http.get(`groups/${groupId}`, identified(groupDto, { id: groupId }), {
      signal,
    })
    return dto.job_token_policies_enabled
  },

  /** Rejects as malformed where GitLab's answer does not show the switch as it was set. */
  setFineGrainedAllowed: (groupId: number, allowed: boolean, once?: string): Promise<void> =>
    http.send(
      'put',
      `groups/${groupId}`,
      { job_token_policies_enabled: allowed },
      // An older or newer GitLab takes the request and leaves out what it does not know.
      z.object({ job_token_policies_enabled: z.literal(allowed) }),
      once,
    ),
})
