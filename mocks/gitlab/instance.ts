/** The instance and the signed-in user in GitLab's REST API. */
import type { RestRequest } from './access.ts'
import type { GitLab, User } from './model.ts'
import { Params } from './params.ts'
import { forbidden } from './refusal.ts'

const revision = '5f0d2c1a7be'

/** The short form of a user inside other answers. */
export const userDto = (gitlab: GitLab, user: User) => ({
  id: user.id,
  username: user.username,
  name: user.name,
  avatar_url: user.avatarUrl,
  web_url: `${gitlab.webRoot}/${user.username}`,
})

/** `GET /user`; only administrators get `is_admin`. @see https://docs.gitlab.com/api/users/ */
export function readUser({ gitlab, caller: { user } }: RestRequest) {
  return {
    ...userDto(gitlab, user),
    state: 'active',
    locked: false,
    ...(user.admin && { is_admin: true }),
  }
}

/**
 * `GET /personal_access_tokens/self`: the scopes of the token in use.
 * @see https://docs.gitlab.com/api/personal_access_tokens/
 */
export const readOwnToken = ({ caller: { user, scope } }: RestRequest) => ({
  id: user.id,
  name: `${user.username}'s token`,
  description: null,
  revoked: false,
  active: true,
  created_at: '2025-06-02T08:00:00.000Z',
  last_used_at: null,
  expires_at: null,
  scopes: [scope],
  user_id: user.id,
})

/** `GET /version`. @see https://docs.gitlab.com/api/version/ */
export const readVersion = ({ gitlab }: RestRequest) => ({ version: gitlab.version, revision })

/** `GET /metadata`. @see https://docs.gitlab.com/api/metadata/ */
export const readMetadata = ({ gitlab }: RestRequest) => ({
  version: gitlab.version,
  revision,
  kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
  enterprise: gitlab.enterprise,
})

/** `GET /application/settings`, for administrators. @see https://docs.gitlab.com/api/settings/ */
export function readSettings({ gitlab, caller }: RestRequest) {
  if (!caller.user.admin) throw forbidden()
  return { id: 1, enforce_ci_inbound_job_token_scope_enabled: gitlab.enforcesAllowlist }
}

/** `PUT /application/settings`: changes only the instance's enforcement of allowlists. */
export function updateSettings(request: RestRequest) {
  const params = new Params(request.input)
  const enforced = params.optionalBoolean('enforce_ci_inbound_job_token_scope_enabled')
  params.refuseInvalid()
  if (!request.caller.user.admin) throw forbidden()
  if (enforced !== undefined) request.gitlab.enforcesAllowlist = enforced
  return readSettings(request)
}
