import type { ResourceName } from '../../domain/permission-catalogue.ts'
import { m } from '../../i18n/paraglide/messages.js'

/** One line on what each resource is. Apart from its label, which the first view needs. */
export const resourceDescriptions: Record<ResourceName, () => string> = {
  BADGES: m.resource_badges_about,
  DEPLOYMENTS: m.resource_deployments_about,
  ENVIRONMENTS: m.resource_environments_about,
  JOBS: m.resource_jobs_about,
  MERGE_REQUESTS: m.resource_merge_requests_about,
  PACKAGES: m.resource_packages_about,
  PIPELINES: m.resource_pipelines_about,
  RELEASES: m.resource_releases_about,
  REPOSITORIES: m.resource_repositories_about,
  SECURE_FILES: m.resource_secure_files_about,
  TERRAFORM_STATE: m.resource_terraform_state_about,
  WORK_ITEMS: m.resource_work_items_about,
}
