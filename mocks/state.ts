import type { Backend } from './backend.ts'
import type { GitLab, Link, Project } from './gitlab/model.ts'
import { scenarioNamed } from './scenarios/scenarios.ts'

/** What `GET /-/mock` answers. */
export type MockState = ReturnType<typeof stateOf>

/**
 * Dials and all that is stored, in the names of GitLab's REST API, whatever `api`, `latency` and
 * `fault` do to requests. Of projects and groups those that differ from a new one.
 */
export function stateOf({ dials, faults, gitlab, journal, forgotten }: Backend) {
  const { purpose, address } = scenarioNamed(dials.scenario)
  return {
    dials,
    scenario: { name: dials.scenario, purpose, address },
    now: gitlab.now,
    faults,
    state: {
      version: gitlab.version,
      enforces_allowlist: gitlab.enforcesAllowlist,
      roles: Object.fromEntries(
        Object.entries(gitlab.roles).map(([role, user]) => [role, user.username]),
      ),
      counts: {
        users: gitlab.users.size,
        groups: gitlab.groups.size,
        projects: gitlab.projects.size,
      },
      projects: [...gitlab.projects.values()]
        .filter(isChanged)
        .map((project) => projectState(gitlab, project)),
      groups: [...gitlab.groups.values()]
        .filter((group) => group.jobTokenPoliciesEnabled)
        .map(({ id, fullPath }) => ({
          id,
          full_path: fullPath,
          job_token_policies_enabled: true,
        })),
    },
    journal,
    journal_forgotten: forgotten,
  }
}

const isChanged = ({ scope, pushAllowed, crossProjectPushAllowed }: Project): boolean =>
  pushAllowed ||
  crossProjectPushAllowed ||
  !scope.inboundEnabled ||
  [scope.projectLinks, scope.groupLinks, scope.outboundLinks, scope.authorizations].some(
    (list) => list.length > 0,
  )

function projectState(gitlab: GitLab, project: Project) {
  const { id, fullPath, scope, pushAllowed, crossProjectPushAllowed } = project
  const entriesOf =
    (targets: ReadonlyMap<number, { readonly fullPath: string }>) =>
    ({ targetId, defaultPermissions, policies, addedBy, addedAt }: Link) => ({
      id: targetId,
      full_path: targets.get(targetId)?.fullPath ?? null,
      default_permissions: defaultPermissions,
      job_token_policies: policies,
      added_by: (addedBy !== null && gitlab.users.get(addedBy)?.username) || null,
      added_at: addedAt,
    })
  return {
    id,
    full_path: fullPath,
    inbound_enabled: scope.inboundEnabled,
    outbound_enabled: scope.outboundEnabled,
    ci_push_repository_for_job_token_allowed: pushAllowed,
    ci_cross_project_push_for_job_token_allowed: crossProjectPushAllowed,
    allowlist: scope.projectLinks.map(entriesOf(gitlab.projects)),
    groups_allowlist: scope.groupLinks.map(entriesOf(gitlab.groups)),
    outbound_allowlist: scope.outboundLinks.map(({ targetId }) => targetId),
    authorizations: scope.authorizations.map(({ originId, lastAuthorizedAt, policies }) => ({
      origin_project_id: originId,
      last_authorized_at: lastAuthorizedAt,
      job_token_policies: policies,
    })),
  }
}
