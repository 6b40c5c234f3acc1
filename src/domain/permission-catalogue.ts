/**
 * GitLab's fine-grained job token permissions: the resources, their scopes, and the release that
 * added each. Data only; the rules that read it are in `permissions.ts`.
 *
 * Sources: https://docs.gitlab.com/ci/jobs/fine_grained_permissions/ and GitLab's
 * `lib/ci/job_token/policies.rb` (18.3: gitlabhq 017a6c12); for newer policies, merge requests
 * 236612 and 237487 (`ADMIN_REPOSITORIES`) and GitLab 19.1 (badges).
 */

/** GitLab's name of a resource; `READ_` or `ADMIN_` in front of it makes a policy. */
export type ResourceName =
  | 'BADGES'
  | 'DEPLOYMENTS'
  | 'ENVIRONMENTS'
  | 'JOBS'
  | 'MERGE_REQUESTS'
  | 'PACKAGES'
  | 'PIPELINES'
  | 'RELEASES'
  | 'REPOSITORIES'
  | 'SECURE_FILES'
  | 'TERRAFORM_STATE'
  | 'WORK_ITEMS'

/** The releases (written `18.3`) that added the `READ_` and the `ADMIN_` policy of a resource. */
export type ResourceOffer = {
  readonly name: ResourceName
  readonly readSince: string
  readonly writeSince?: string
}

/**
 * In the order of GitLab's panel: alphabetical by English label. Policies older than 18.0 carry
 * `18.0`, because the console treats older servers like 18.0.
 */
export const resourceOffers: readonly ResourceOffer[] = [
  // GitLab 19.1 accepts these (`lib/api/badges.rb`) and lists them first (`constants.js`, gitlabhq
  // d66adcb6).
  { name: 'BADGES', readSince: '19.1', writeSince: '19.1' },
  { name: 'DEPLOYMENTS', readSince: '18.0', writeSince: '18.0' },
  { name: 'ENVIRONMENTS', readSince: '18.0', writeSince: '18.0' },
  { name: 'JOBS', readSince: '18.0', writeSince: '18.0' },
  { name: 'MERGE_REQUESTS', readSince: '18.3' },
  { name: 'PACKAGES', readSince: '18.0', writeSince: '18.0' },
  { name: 'PIPELINES', readSince: '18.0', writeSince: '18.0' },
  { name: 'RELEASES', readSince: '18.0', writeSince: '18.0' },
  { name: 'REPOSITORIES', readSince: '18.3', writeSince: '19.0' },
  { name: 'SECURE_FILES', readSince: '18.0', writeSince: '18.0' },
  { name: 'TERRAFORM_STATE', readSince: '18.0', writeSince: '18.0' },
  { name: 'WORK_ITEMS', readSince: '18.3' },
]

/**
 * Policies that old entries may still have; no endpoint requires them and GitLab refuses to store
 * them (`DEPRECATED_POLICIES` in `lib/ci/job_token/policies.rb`, gitlabhq 017a6c12).
 */
export const deprecatedPolicies: readonly string[] = ['READ_CONTAINERS', 'ADMIN_CONTAINERS']

/**
 * GitLab's limit of links per project, for projects and for groups separately
 * (`app/models/ci/job_token/project_scope_link.rb` and `group_scope_link.rb`; commit not recorded).
 */
export const allowlistLimit = 200

/** The longest list: both limits reached, and the project's own row. */
export const mostRows = 2 * allowlistLimit + 1
