/**
 * The REST endpoints that accept a CI/CD job token, with the policies that each one requires and
 * the release that opened it. Data only; the rules that read it are in `endpoints.ts`. Load both on
 * demand: this file is large.
 *
 * Sources: https://docs.gitlab.com/ci/jobs/fine_grained_permissions/ (paths are spelt as there; up
 * to 19.1) and the `job_token_policies` of the routes in GitLab's `lib/api` (commit not recorded).
 */
import type { ResourceName } from './permission-catalogue.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
/** GitLab's name of a permission; `ADMIN_` includes `READ_`. */
export type Policy = `${'READ' | 'ADMIN'}_${ResourceName}`

/**
 * Where a route looks for a job token, besides `Authorization: Bearer`, which works on all routes.
 * - `request`: in the header `JOB-TOKEN` or the parameter `job_token`, not in Basic authentication.
 * - `basic`: in Basic authentication with the user `gitlab-ci-token`, not in header or parameter.
 * - `both`: in either.
 * - `request-then-both`: as `request`, and in later releases as `both`; it is not known since
 *   which.
 */
export type TokenPlace = 'request' | 'basic' | 'both' | 'request-then-both'

/**
 * The token place of each family of routes (`job_token_allowed` in `lib/api/`); the first match
 * counts. For routes that are not listed it is not known, and the console makes no statement.
 * Source: `find_user_from_job_token` in `lib/gitlab/auth/auth_finders.rb` and its spec, GitLab 18.5
 * and 19.1. Uploading a generic package with Basic authentication was a 401 until merge request
 * 239076 (2026).
 */
export const tokenPlaces: readonly (readonly [
  method: Method | 'any',
  path: RegExp,
  place: TokenPlace,
])[] = [
  ['any', /^\/projects\/:id\/terraform\/state\//, 'basic'],
  ['any', /^\/(?:projects|groups)\/:id\/(?:-\/)?packages\/pypi\b/, 'basic'],
  ['any', /^\/group\/:id\/-\/packages\/composer\//, 'basic'],
  ['GET', /^\/projects\/:id\/packages\/composer\/archives\//, 'basic'],
  ['POST', /^\/projects\/:id\/packages\/composer$/, 'request'],
  ['any', /^(?:\/projects\/:id|\/groups\/:id\/-)?\/packages\/maven\//, 'both'],
  ['GET', /^\/projects\/:id\/packages\/generic\//, 'both'],
  ['PUT', /^\/projects\/:id\/packages\/generic\//, 'request-then-both'],
  ['any', /^\/(?:projects\/:id|groups\/:id\/-)?\/?packages\/npm\//, 'request'],
  ['any', /^\/projects\/:id\/packages(?:\/:package_id(?:\/|$)|$)/, 'request'],
  [
    'any',
    /^\/projects\/:id\/(?:releases|jobs|pipelines|merge_requests|issues|deployments|environments|secure_files|badges)(?:\/|$)/,
    'request',
  ],
  [
    'any',
    /^\/projects\/:id\/repository\/(?:branches|commits|files|tags|changelog)(?:\/|$)/,
    'request',
  ],
  ['any', /^\/jobs\//, 'request'],
]

/** One endpoint that accepts job tokens. */
export type EndpointRow = {
  readonly method: Method
  /**
   * Below `/api/v4`, in GitLab's notation: `:x` is a segment, `*x` may be more, `()` is optional.
   */
  readonly path: string
  /** The release that opened the endpoint to job tokens; left out for 18.0 and older. */
  readonly since?: string
  /** Set where the required policies could not be confirmed. */
  readonly uncertain?: true
}
/** An endpoint that requires policies; all of them are needed. */
export type ControllableRow = EndpointRow & { readonly needs: readonly [Policy, ...Policy[]] }

/** Sorted by the resource of the first required policy, and there reads before writes. */
export const controllableEndpoints: Readonly<Record<ResourceName, readonly ControllableRow[]>> = {
  BADGES: [
    {
      method: 'GET',
      path: '/projects/:id/badges',
      needs: ['READ_BADGES'],
      since: '19.1',
    },
    {
      method: 'GET',
      path: '/projects/:id/badges/:badge_id',
      needs: ['READ_BADGES'],
      since: '19.1',
    },
    {
      method: 'GET',
      path: '/projects/:id/badges/render',
      needs: ['ADMIN_BADGES'],
      since: '19.1',
    },
    {
      method: 'POST',
      path: '/projects/:id/badges',
      needs: ['ADMIN_BADGES'],
      since: '19.1',
    },
    {
      method: 'PUT',
      path: '/projects/:id/badges/:badge_id',
      needs: ['ADMIN_BADGES'],
      since: '19.1',
    },
    {
      method: 'DELETE',
      path: '/projects/:id/badges/:badge_id',
      needs: ['ADMIN_BADGES'],
      since: '19.1',
    },
  ],
  DEPLOYMENTS: [
    {
      method: 'GET',
      path: '/projects/:id/deployments',
      needs: ['READ_DEPLOYMENTS'],
    },
    {
      method: 'GET',
      path: '/projects/:id/deployments/:deployment_id',
      needs: ['READ_DEPLOYMENTS'],
    },
    {
      method: 'GET',
      path: '/projects/:id/deployments/:deployment_id/merge_requests',
      needs: ['READ_DEPLOYMENTS'],
    },
    {
      method: 'POST',
      path: '/projects/:id/deployments',
      needs: ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/deployments/:deployment_id',
      needs: ['ADMIN_DEPLOYMENTS'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/deployments/:deployment_id',
      needs: ['ADMIN_DEPLOYMENTS'],
    },
    {
      method: 'POST',
      path: '/projects/:id/deployments/:deployment_id/approval',
      needs: ['ADMIN_DEPLOYMENTS'],
    },
  ],
  ENVIRONMENTS: [
    {
      method: 'GET',
      path: '/projects/:id/environments',
      needs: ['READ_ENVIRONMENTS'],
    },
    {
      method: 'GET',
      path: '/projects/:id/environments/:environment_id',
      needs: ['READ_ENVIRONMENTS'],
    },
    {
      method: 'POST',
      path: '/projects/:id/environments',
      needs: ['ADMIN_ENVIRONMENTS'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/environments/:environment_id',
      needs: ['ADMIN_ENVIRONMENTS'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/environments/:environment_id',
      needs: ['ADMIN_ENVIRONMENTS'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/environments/review_apps',
      needs: ['ADMIN_ENVIRONMENTS'],
    },
    {
      method: 'POST',
      path: '/projects/:id/environments/:environment_id/stop',
      needs: ['ADMIN_ENVIRONMENTS'],
    },
    {
      method: 'POST',
      path: '/projects/:id/environments/stop_stale',
      needs: ['ADMIN_ENVIRONMENTS'],
    },
  ],
  JOBS: [
    {
      method: 'GET',
      path: '/projects/:id/jobs',
      needs: ['READ_JOBS'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/pipelines/:pipeline_id/jobs',
      needs: ['READ_JOBS'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/jobs/:job_id/artifacts',
      needs: ['READ_JOBS'],
    },
    {
      method: 'GET',
      path: '/projects/:id/jobs/:job_id/artifacts/tree',
      needs: ['READ_JOBS'],
      since: '19.1',
    },
    {
      method: 'GET',
      path: '/projects/:id/jobs/:job_id/artifacts/*artifact_path',
      needs: ['READ_JOBS'],
    },
    {
      method: 'GET',
      path: '/projects/:id/jobs/artifacts/:ref_name/download',
      needs: ['READ_JOBS'],
    },
    {
      method: 'GET',
      path: '/projects/:id/jobs/artifacts/:ref_name/raw/*artifact_path',
      needs: ['READ_JOBS'],
    },
    {
      method: 'GET',
      path: '/jobs/:id/artifacts',
      needs: ['READ_JOBS'],
    },
  ],
  MERGE_REQUESTS: [
    {
      method: 'GET',
      path: '/projects/:id/merge_requests',
      needs: ['READ_MERGE_REQUESTS'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/merge_requests/:merge_request_iid',
      needs: ['READ_MERGE_REQUESTS'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/merge_requests/:noteable_id/notes',
      needs: ['READ_MERGE_REQUESTS'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/merge_requests/:noteable_id/notes/:note_id',
      needs: ['READ_MERGE_REQUESTS'],
      since: '18.3',
    },
  ],
  PACKAGES: [
    // Reading: any format
    {
      method: 'GET',
      path: '/projects/:id/packages',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/:package_id',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/:package_id/package_files',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/:package_id/package_files/:package_file_id/download',
      needs: ['READ_PACKAGES'],
      since: '18.3',
    },
    // Composer
    {
      method: 'GET',
      path: '/projects/:id/packages/composer/archives/*package_name',
      needs: ['READ_PACKAGES'],
    },
    // Generic packages
    {
      method: 'GET',
      path: '/projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name',
      needs: ['READ_PACKAGES'],
    },
    // Go
    {
      method: 'GET',
      path: '/projects/:id/packages/go/*module_name/@v/list',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/go/*module_name/@v/:module_version.info',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/go/*module_name/@v/:module_version.mod',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/go/*module_name/@v/:module_version.zip',
      needs: ['READ_PACKAGES'],
    },
    // Maven
    {
      method: 'GET',
      path: '/packages/maven/*path/:file_name',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/groups/:id/-/packages/maven/*path/:file_name',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/maven/*path/:file_name',
      needs: ['READ_PACKAGES'],
    },
    // npm
    {
      method: 'GET',
      path: '/projects/:id/packages/npm/*package_name',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/npm/*package_name/-/*file_name',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/packages/npm/-/package/*package_name/dist-tags',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/groups/:id/-/packages/npm/-/package/*package_name/dist-tags',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/npm/-/package/*package_name/dist-tags',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/packages/npm/-/npm/v1/security/advisories/bulk',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/groups/:id/-/packages/npm/-/npm/v1/security/advisories/bulk',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/projects/:id/packages/npm/-/npm/v1/security/advisories/bulk',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/packages/npm/-/npm/v1/security/audits/quick',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/groups/:id/-/packages/npm/-/npm/v1/security/audits/quick',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/projects/:id/packages/npm/-/npm/v1/security/audits/quick',
      needs: ['READ_PACKAGES'],
    },
    // PyPI
    {
      method: 'GET',
      path: '/projects/:id/packages/pypi/simple',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/pypi/simple/*package_name',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/pypi/files/:sha256/*file_identifier',
      needs: ['READ_PACKAGES'],
    },
    // Conan 1
    {
      method: 'GET',
      path: '/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/digest',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/digest',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/download_urls',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/download_urls',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/upload_urls',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/upload_urls',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/search',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/search',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/digest',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/digest',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/download_urls',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/download_urls',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/upload_urls',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/upload_urls',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name',
      needs: ['READ_PACKAGES'],
    },
    // Conan 2
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/latest',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/search',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/search',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/files',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/files/:file_name',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/latest',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions/:package_revision/files',
      needs: ['READ_PACKAGES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions/:package_revision/files/:file_name',
      needs: ['READ_PACKAGES'],
    },
    // Writing: any format
    {
      method: 'DELETE',
      path: '/projects/:id/packages/:package_id',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/packages/:package_id/package_files/:package_file_id',
      needs: ['ADMIN_PACKAGES'],
    },
    // Composer
    {
      method: 'POST',
      path: '/projects/:id/packages/composer',
      needs: ['ADMIN_PACKAGES'],
    },
    // Generic packages
    {
      method: 'PUT',
      path: '/projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name/authorize',
      needs: ['ADMIN_PACKAGES'],
    },
    // Maven
    {
      method: 'PUT',
      path: '/projects/:id/packages/maven/*path/:file_name',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/maven/*path/:file_name/authorize',
      needs: ['ADMIN_PACKAGES'],
    },
    // npm
    {
      method: 'PUT',
      path: '/projects/:id/packages/npm/:package_name',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/npm/:package_name/authorize',
      needs: ['ADMIN_PACKAGES'],
      since: '18.3',
    },
    {
      method: 'PUT',
      path: '/packages/npm/-/package/*package_name/dist-tags/:tag',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/groups/:id/-/packages/npm/-/package/*package_name/dist-tags/:tag',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/npm/-/package/*package_name/dist-tags/:tag',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'DELETE',
      path: '/packages/npm/-/package/*package_name/dist-tags/:tag',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'DELETE',
      path: '/groups/:id/-/packages/npm/-/package/*package_name/dist-tags/:tag',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/packages/npm/-/package/*package_name/dist-tags/:tag',
      needs: ['ADMIN_PACKAGES'],
    },
    // PyPI
    {
      method: 'POST',
      path: '/projects/:id/packages/pypi',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'POST',
      path: '/projects/:id/packages/pypi/authorize',
      needs: ['ADMIN_PACKAGES'],
    },
    // Conan 1
    {
      method: 'DELETE',
      path: '/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name/authorize',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name/authorize',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name/authorize',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name/authorize',
      needs: ['ADMIN_PACKAGES'],
    },
    // Conan 2
    {
      method: 'DELETE',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions/:package_revision',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/files/:file_name',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/files/:file_name/authorize',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions/:package_revision/files/:file_name',
      needs: ['ADMIN_PACKAGES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions/:package_revision/files/:file_name/authorize',
      needs: ['ADMIN_PACKAGES'],
    },
  ],
  PIPELINES: [
    {
      method: 'GET',
      path: '/projects/:id/pipelines',
      needs: ['READ_PIPELINES'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/pipelines/:pipeline_id',
      needs: ['READ_PIPELINES'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/pipelines/:pipeline_id/bridges',
      needs: ['READ_PIPELINES'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/packages/:package_id/pipelines',
      needs: ['READ_PIPELINES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/pipelines/:pipeline_id/metadata',
      needs: ['ADMIN_PIPELINES'],
    },
  ],
  RELEASES: [
    {
      method: 'GET',
      path: '/projects/:id/releases',
      needs: ['READ_RELEASES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/releases/:tag_name',
      needs: ['READ_RELEASES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/releases/permalink/latest(/)(*suffix_path)',
      needs: ['READ_RELEASES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/releases/:tag_name/downloads/*direct_asset_path',
      needs: ['READ_RELEASES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/releases/:tag_name/assets/links',
      needs: ['READ_RELEASES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/releases/:tag_name/assets/links/:link_id',
      needs: ['READ_RELEASES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/repository/changelog',
      needs: ['READ_RELEASES'],
    },
    {
      method: 'POST',
      path: '/projects/:id/releases',
      needs: ['ADMIN_RELEASES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/releases/:tag_name',
      needs: ['ADMIN_RELEASES'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/releases/:tag_name',
      needs: ['ADMIN_RELEASES'],
    },
    {
      method: 'POST',
      path: '/projects/:id/releases/:tag_name/evidence',
      needs: ['ADMIN_RELEASES'],
    },
    {
      method: 'POST',
      path: '/projects/:id/releases/:tag_name/assets/links',
      needs: ['ADMIN_RELEASES'],
    },
    {
      method: 'PUT',
      path: '/projects/:id/releases/:tag_name/assets/links/:link_id',
      needs: ['ADMIN_RELEASES'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/releases/:tag_name/assets/links/:link_id',
      needs: ['ADMIN_RELEASES'],
    },
    {
      method: 'POST',
      path: '/projects/:id/catalog/publish',
      needs: ['ADMIN_RELEASES'],
    },
  ],
  REPOSITORIES: [
    {
      method: 'GET',
      path: '/projects/:id/repository/branches',
      needs: ['READ_REPOSITORIES'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/repository/tags',
      needs: ['READ_REPOSITORIES'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/repository/tags/:tag_name',
      needs: ['READ_REPOSITORIES'],
      since: '18.8',
    },
    {
      method: 'GET',
      path: '/projects/:id/repository/commits/:sha',
      needs: ['READ_REPOSITORIES'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/repository/commits/:sha/merge_requests',
      needs: ['READ_REPOSITORIES'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/repository/files/:file_path/raw',
      needs: ['READ_REPOSITORIES'],
      since: '18.3',
    },
  ],
  SECURE_FILES: [
    {
      method: 'GET',
      path: '/projects/:id/secure_files',
      needs: ['READ_SECURE_FILES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/secure_files/:secure_file_id',
      needs: ['READ_SECURE_FILES'],
    },
    {
      method: 'GET',
      path: '/projects/:id/secure_files/:secure_file_id/download',
      needs: ['READ_SECURE_FILES'],
    },
    {
      method: 'POST',
      path: '/projects/:id/secure_files',
      needs: ['ADMIN_SECURE_FILES'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/secure_files/:secure_file_id',
      needs: ['ADMIN_SECURE_FILES'],
    },
  ],
  TERRAFORM_STATE: [
    {
      method: 'GET',
      path: '/projects/:id/terraform/state/:name',
      needs: ['READ_TERRAFORM_STATE'],
    },
    {
      method: 'GET',
      path: '/projects/:id/terraform/state/:name/versions/:serial',
      needs: ['READ_TERRAFORM_STATE'],
    },
    {
      method: 'POST',
      path: '/projects/:id/terraform/state/:name',
      needs: ['ADMIN_TERRAFORM_STATE'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/terraform/state/:name',
      needs: ['ADMIN_TERRAFORM_STATE'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/terraform/state/:name/versions/:serial',
      needs: ['ADMIN_TERRAFORM_STATE'],
    },
    {
      method: 'POST',
      path: '/projects/:id/terraform/state/:name/lock',
      needs: ['ADMIN_TERRAFORM_STATE'],
    },
    {
      method: 'DELETE',
      path: '/projects/:id/terraform/state/:name/lock',
      needs: ['ADMIN_TERRAFORM_STATE'],
    },
  ],
  WORK_ITEMS: [
    {
      method: 'GET',
      path: '/projects/:id/issues',
      needs: ['READ_WORK_ITEMS'],
      since: '18.3',
    },
    {
      method: 'GET',
      path: '/projects/:id/issues/:issue_iid',
      needs: ['READ_WORK_ITEMS'],
      since: '18.3',
    },
  ],
}

/**
 * Endpoints that job tokens reach whatever policies an entry has: GitLab sets
 * `skip_job_token_policies` on them and lists them without a permission. The user's role, and
 * mostly the allowlist, are still checked.
 */
export const uncontrollableEndpoints: readonly EndpointRow[] = [
  // The job itself
  {
    method: 'GET',
    path: '/job',
  },
  {
    method: 'GET',
    path: '/job/allowed_agents',
  },
  // Container registry
  {
    method: 'GET',
    path: '/projects/:id/registry/repositories',
  },
  {
    method: 'DELETE',
    path: '/projects/:id/registry/repositories/:repository_id',
  },
  {
    method: 'GET',
    path: '/projects/:id/registry/repositories/:repository_id/tags',
  },
  {
    method: 'DELETE',
    path: '/projects/:id/registry/repositories/:repository_id/tags',
  },
  {
    method: 'GET',
    path: '/projects/:id/registry/repositories/:repository_id/tags/:tag_name',
  },
  {
    method: 'DELETE',
    path: '/projects/:id/registry/repositories/:repository_id/tags/:tag_name',
  },
  // Packages: Composer of a group
  {
    method: 'GET',
    path: '/group/:id/-/packages/composer/packages',
  },
  {
    method: 'GET',
    path: '/group/:id/-/packages/composer/p/:sha',
  },
  {
    method: 'GET',
    path: '/group/:id/-/packages/composer/p2/*package_name',
  },
  {
    method: 'GET',
    path: '/group/:id/-/packages/composer/*package_name',
  },
  // Packages: npm and PyPI beyond one project
  {
    method: 'GET',
    path: '/packages/npm/*package_name',
  },
  {
    method: 'GET',
    path: '/groups/:id/-/packages/npm/*package_name',
  },
  {
    method: 'GET',
    path: '/groups/:id/-/packages/pypi/simple',
  },
  {
    method: 'GET',
    path: '/groups/:id/-/packages/pypi/simple/*package_name',
  },
  {
    method: 'GET',
    path: '/groups/:id/-/packages/pypi/files/:sha256/*file_identifier',
  },
  // Packages: Conan’s search and sign-in
  {
    method: 'GET',
    path: '/packages/conan/v1/conans/search',
  },
  {
    method: 'GET',
    path: '/projects/:id/packages/conan/v1/conans/search',
  },
  {
    method: 'GET',
    path: '/packages/conan/v1/ping',
  },
  {
    method: 'GET',
    path: '/projects/:id/packages/conan/v1/ping',
  },
  {
    method: 'GET',
    path: '/packages/conan/v1/users/authenticate',
  },
  {
    method: 'GET',
    path: '/projects/:id/packages/conan/v1/users/authenticate',
  },
  {
    method: 'GET',
    path: '/packages/conan/v1/users/check_credentials',
  },
  {
    method: 'GET',
    path: '/projects/:id/packages/conan/v1/users/check_credentials',
  },
  {
    method: 'GET',
    path: '/projects/:id/packages/conan/v2/conans/search',
  },
  {
    method: 'GET',
    path: '/projects/:id/packages/conan/v2/users/authenticate',
  },
  {
    method: 'GET',
    path: '/projects/:id/packages/conan/v2/users/check_credentials',
  },
  // Security scanning
  {
    method: 'POST',
    path: '/internal/dast/site_validations/:id/transition',
  },
  {
    method: 'POST',
    path: '/token_exchange',
    since: '19.1',
  },
]
