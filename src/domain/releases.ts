/**
 * What changed with which release of GitLab: all that the console concludes from a server's version,
 * each with its source. What single resources and endpoints came with stands in their catalogues.
 */
import { atLeast, type Version } from './version.ts'

const releases = {
  /** A job may push to its own project. https://docs.gitlab.com/ci/jobs/ci_job_token/ */
  ownPush: '17.2',
  /** https://docs.gitlab.com/ci/jobs/ci_job_token/#job-token-authentication-log */
  authenticationLog: '17.6',
  /**
   * Entries hold policies, as an experiment behind the flag `add_policies_to_ci_job_token`.
   * https://docs.gitlab.com/ci/jobs/fine_grained_permissions/
   */
  policies: '17.10',
  /** The top group's Owner lets policies count: `job_token_policies_enabled` of its settings. */
  groupSwitch: '17.11',
  /** As a beta. https://docs.gitlab.com/ci/jobs/fine_grained_permissions/ */
  fineGrained: '18.0',
  /** Generally available: nothing but the entries says what counts. The same page. */
  fineGrainedForAll: '18.3',
  /**
   * A project can have an entry of its own, which then limits its own jobs. GitLab's merge request
   * 192395; 18.3 is the first release whose panel offers to edit that row.
   */
  ownEntries: '18.3',
  /** Other projects' jobs may push. https://docs.gitlab.com/ci/jobs/ci_job_token/ */
  crossProjectPush: '19.0',
} as const

export type Feature = keyof typeof releases

/** The release that brought a feature, written `18.3`. */
export const sinceOf = (feature: Feature): string => releases[feature]

/** Whether a GitLab of this version has a feature. */
export const has = (version: Version, feature: Feature): boolean =>
  atLeast(version, releases[feature])

/** The oldest release that the catalogues know; what it has, they take older ones to have as well. */
export const oldestCatalogued = '18.0'

/** Whether a GitLab of this version has what a catalogue says to be there since a release. */
export const isCatalogued = (version: Version, since: string): boolean =>
  since === oldestCatalogued || atLeast(version, since)
