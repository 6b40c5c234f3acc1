/**
 * What changed with which release of GitLab (written `18.3`): all that the console concludes from a
 * server's version, each with its source. What single resources and endpoints came with stands in their
 * catalogues.
 */
import { atLeast, type Version } from './version.ts'

/** A job may push to its own project. https://docs.gitlab.com/ci/jobs/ci_job_token/ */
export const ownPushSince = '17.2'

/** https://docs.gitlab.com/ci/jobs/ci_job_token/#job-token-authentication-log */
export const authenticationLogSince = '17.6'

/**
 * Entries hold policies, as an experiment behind the flag `add_policies_to_ci_job_token`.
 * https://docs.gitlab.com/ci/jobs/fine_grained_permissions/
 */
export const policiesSince = '17.10'

/**
 * The top group's Owner lets policies count: the column `job_token_policies_enabled` of a namespace's
 * settings.
 */
export const groupSwitchSince = '17.11'

/** Policies as a beta. https://docs.gitlab.com/ci/jobs/fine_grained_permissions/ */
export const fineGrainedSince = '18.0'

/** Generally available: nothing but the entries says what counts. The same page. */
export const fineGrainedForAllSince = '18.3'

/**
 * A project can have an entry of its own, which then limits its own jobs. GitLab's merge request
 * 192395; 18.3 is the first release whose panel offers to edit that row.
 */
export const ownEntriesSince = '18.3'

/** Other projects' jobs may push. https://docs.gitlab.com/ci/jobs/ci_job_token/ */
export const crossProjectPushSince = '19.0'

/** The oldest release that the catalogues know; what it has, they take older ones to have as well. */
export const oldestCatalogued = '18.0'

/** Whether a GitLab of this version has what a catalogue says to be there since a release. */
export const isCatalogued = (version: Version, since: string): boolean =>
  since === oldestCatalogued || atLeast(version, since)
