/** The server and who is signed in. https://docs.gitlab.com/api/metadata/ */
import * as z from 'zod/mini'
import { parseVersion } from '../../domain/version.ts'
import { ApiError } from '../api-error.ts'
import type { Metadata, User } from '../gitlab-api.ts'
import type { Http } from '../http.ts'
import { idDto } from '../ids.ts'
import { metadataAddress } from './addresses.ts'

const userDto = z.object({
  id: idDto,
  username: z.string(),
  name: z.string(),
  avatar_url: z.nullish(z.string()),
  // Sent to administrators only.
  is_admin: z.optional(z.boolean()),
})

const metadataDto = z.object({
  version: z.string(),
  // Since GitLab 15.6; the release's name says the same.
  enterprise: z.optional(z.boolean()),
})

const settingsDto = z.object({ enforce_ci_inbound_job_token_scope_enabled: z.boolean() })

const tokenDto = z.object({ scopes: z.array(z.string()) })

export const serverOperations = (http: Http) => ({
  async currentUser(signal: AbortSignal): Promise<User> {
    const dto = await http.get('user', userDto, { signal })
    return {
      id: dto.id,
      username: dto.username,
      name: dto.name,
      avatarUrl: dto.avatar_url ?? null,
      isAdmin: dto.is_admin ?? false,
    }
  },

  async metadata(signal: AbortSignal): Promise<Metadata> {
    const dto = await http.get(metadataAddress, metadataDto, { signal })
    const version = parseVersion(dto.version)
    if (!version) {
      throw new ApiError('malformed', { expected: 'GET /api/v4/metadata: a release at version' })
    }
    const enterprise = dto.enterprise ?? dto.version.endsWith('-ee')
    return { version, edition: enterprise ? 'enterprise' : 'community' }
  },

  /** https://docs.gitlab.com/administration/settings/continuous_integration/ */
  async enforcesAllowlist(signal: AbortSignal): Promise<boolean> {
    const dto = await http.get('application/settings', settingsDto, { signal })
    return dto.enforce_ci_inbound_job_token_scope_enabled
  },

  /** The scopes of the token in use, such as `read_api`. https://docs.gitlab.com/api/personal_access_tokens/ */
  async tokenScopes(signal: AbortSignal): Promise<string[]> {
    const dto = await http.get('personal_access_tokens/self', tokenDto, { signal })
    return dto.scopes
  },
})
