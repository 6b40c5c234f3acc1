/**
 * What GitLab offers in fine-grained job token permissions: resources, the scopes of each, and the
 * release that brought them. Data only; the rules that read it are in `permissions.ts`.
 *
 * Source: https://docs.gitlab.com/ci/jobs/fine_grained_permissions/ and GitLab's
 * `lib/ci/job_token/policies.rb`.
 */

/** GitLab's value of a resource; a policy is `READ_` or `ADMIN_` and this value. */
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

/** The releases (written `18.3`) since which GitLab knows the `READ_` and the `ADMIN_` policy. */
export type ResourceOffer = {
  readonly name: ResourceName
  readonly readSince: string
  readonly writeSince?: string
}

/**
 * In the order of GitLab's panel: alphabetical by English label. Policies older than 18.0 carry
 * `18.0`: the 18.0 catalogue also serves older servers.
 */
export const resourceOffers: readonly ResourceOffer[] = [
  // GitLab 19.1 takes these from job tokens; that its panel lists them is not confirmed.
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

/** Still held by old entries; no endpoint asks for them and GitLab refuses them on write. */
export const deprecatedPolicies: readonly string[] = ['READ_CONTAINERS', 'ADMIN_CONTAINERS']

/** GitLab's limit of links per project, counted for projects and for groups separately. */
export const allowlistLimit = 200

/** The most rows that these limits allow: both kinds full, and the project's own. */
export const mostRows = 2 * allowlistLimit + 1
