import type { AllowlistEntry } from '../../domain/allowlist.ts'
import { ownRule } from '../../domain/covering.ts'
import type { ResourceName } from '../../domain/permission-catalogue.ts'
import type { GrantLine, PermissionConfiguration, Scope } from '../../domain/permissions.ts'
import { grantLines } from '../../domain/permissions.ts'
import type { Version } from '../../domain/version.ts'
import { formatNames, formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'

/** GitLab's label of each resource. */
export const resourceLabels: Record<ResourceName, () => string> = {
  BADGES: m.resource_badges,
  DEPLOYMENTS: m.resource_deployments,
  ENVIRONMENTS: m.resource_environments,
  JOBS: m.resource_jobs,
  MERGE_REQUESTS: m.resource_merge_requests,
  PACKAGES: m.resource_packages,
  PIPELINES: m.resource_pipelines,
  RELEASES: m.resource_releases,
  REPOSITORIES: m.resource_repositories,
  SECURE_FILES: m.resource_secure_files,
  TERRAFORM_STATE: m.resource_terraform_state,
  WORK_ITEMS: m.resource_work_items,
}

export const scopeLabels: Record<Scope, () => string> = {
  none: m.scope_none,
  read: m.scope_read,
  'read-write': m.scope_read_write,
}

/** An entry's permissions in words: one line each, never empty. */
export function permissionWords({
  defaultPermissions,
  policies,
}: PermissionConfiguration): string[] {
  if (defaultPermissions) return [m.permissions_default_words()]
  if (policies.length === 0) return [m.permissions_minimal_words()]
  return grantLines(policies).map(grantWords)
}

/**
 * Sums up an entry's grants for one line of a dense list, such as "Jobs, Packages: Read · Releases:
 * Read and write"; undefined where it grants no resources by name.
 */
export function permissionLine(permissions: PermissionConfiguration): string | undefined {
  if (permissions.defaultPermissions || permissions.policies.length === 0) return undefined
  return byScope(permissions.policies, (scope, resources) =>
    m.permissions_line({ scope, resources: formatNames(resources) }),
  )
}

/** Sums up an entry's grants on one line, such as "Read to Jobs, Packages". */
export function permissionSummary(permissions: PermissionConfiguration): string {
  if (permissions.defaultPermissions) return m.permissions_default()
  if (permissions.policies.length === 0) return m.permissions_minimal_words()
  return policySummary(permissions.policies)
}

/**
 * Policies on one line: resources of the same scope together, unknown names last.
 * @param mostNames more resources of one scope than these become a number
 */
export function policySummary(
  policies: readonly string[],
  mostNames = Number.POSITIVE_INFINITY,
): string {
  return byScope(policies, (scope, resources) =>
    m.permissions_grant_words({
      scope,
      resource:
        resources.length > mostNames
          ? m.summary_resources({ count: formatNumber(resources.length) })
          : formatNames(resources),
    }),
  )
}

/** One part for each scope that is granted, then the names that are unknown. */
function byScope(
  policies: readonly string[],
  words: (scope: string, resources: readonly string[]) => string,
): string {
  const lines = grantLines(policies)
  const known = (['read', 'read-write'] as const).flatMap((scope) => {
    const resources = lines.flatMap((line) =>
      'resource' in line && line.scope === scope ? resourceLabels[line.resource]() : [],
    )
    return resources.length === 0 ? [] : words(scopeLabels[scope](), resources)
  })
  return [...known, ...lines.flatMap((line) => ('policy' in line ? line.policy : []))].join(' · ')
}

/** One line of what is granted, such as "Read to Jobs". */
export function grantWords(line: GrantLine): string {
  if ('policy' in line) return line.policy
  return m.permissions_grant_words({
    scope: scopeLabels[line.scope](),
    resource: resourceLabels[line.resource](),
  })
}

/**
 * Words for the permissions of the own project's jobs where its row is not stored.
 * @param rows undefined where more may be listed: then nothing is concluded from them
 */
export function impliedWords(
  rows: readonly AllowlistEntry[] | undefined,
  { target }: AllowlistEntry,
  version: Version | undefined,
): string {
  if (!version) return m.own_unstored()
  const rule = ownRule(rows ?? [], target, version)
  if (rule.kind === 'always') return m.own_always()
  if (!rows) return m.own_unstored()
  if (rule.kind === 'free') return m.own_free()
  const { entry } = rule
  return m.own_ancestor({
    entry: entry.target.fullPath,
    permissions: permissionSummary(entry.permissions),
  })
}
