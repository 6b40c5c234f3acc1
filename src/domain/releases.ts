/**
 * What changed with which release of GitLab (written `18.3`): everything that the console derives
 * from a server's version, with its source. The releases of single resources and endpoints are in
 * their catalogues.
 */
import { atLeast, type Version } from './version.ts'

/** A job may push to its own project by Git. https://docs.gitlab.com/ci/jobs/ci_job_token/ */
export const ownPushSince = '17.2'

/** https://docs.gitlab.com/ci/jobs/ci_job_token/#job-token-authentication-log */
export const authenticationLogSince = '17.6'

/**
 * Entries can have policies, as an experiment behind the flag `add_policies_to_ci_job_token`.
 * https://docs.gitlab.com/ci/jobs/fine_grained_permissions/
 */
export const policiesSince = '17.10'

/**
 * An Owner of the top-level group enables fine-grained permissions: the column
 * `job_token_policies_enabled` of `namespace_settings`, added by a migration of 17.11.
 */
export const groupSwitchSince = '17.11'

/** Fine-grained permissions as a beta. https://docs.gitlab.com/ci/jobs/fine_grained_permissions/ */
export const fineGrainedSince = '18.0'

/** Fine-grained permissions generally available, without a switch. The same page. */
export const fineGrainedForAllSince = '18.3'

/**
 * A project can have an entry of its own, which then limits its own jobs (GitLab's merge request
 * 192395). 18.3 is the first release whose panel offers to edit that row.
 */
export const ownEntriesSince = '18.3'

/** Jobs of other projects may push by Git. https://docs.gitlab.com/ci/jobs/ci_job_token/ */
export const crossProjectPushSince = '19.0'

/** The oldest release in the catalogues. Entries for it also stand for everything older. */
export const oldestCatalogued = '18.0'

/** Whether a GitLab of this version has what a catalogue lists since a release. */
export const isCatalogued = (version: Version, since: string): boolean =>
  since === oldestCatalogued || atLeast(version, since)
