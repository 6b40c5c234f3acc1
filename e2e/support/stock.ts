import type { Method } from './world.ts'

/** The GraphQL field that stands for each REST call, by method and part of the address. */
const twins: readonly (readonly [Method, RegExp, string])[] = [
  ['GET', /groups_allowlist/, '/groupsAllowlist'],
  ['GET', /\/allowlist/, '/projectsAllowlist'],
  ['GET', /allowlist|job_token_scope$/, '/ciJobTokenScopeAllowlist'],
  ['GET', /authorizations/, '/ciJobTokenAuthLogs'],
  ['POST', /allowlist/, '/ciJobTokenScopeAddGroupOrProject'],
  ['PUT', /allowlist/, '/ciJobTokenScopeUpdatePolicies'],
  ['PUT', /projects\/\d+$/, '/projectCiCdSettingsUpdate'],
]

/** The `fault` dial, with each fault repeated for the GraphQL field in place of the call. */
export function faultsOfBoth(faults: string): string {
  return faults
    .split(';')
    .flatMap((fault) => {
      const [method, path = '', effect, times] = fault.trim().split(/\s+/)
      const [, , field] = twins.find(([of, address]) => of === method && address.test(path)) ?? []
      // The first list is requested by REST as well, and a counted fault must not happen twice.
      if (!field || (method === 'GET' && times)) return [fault]
      return [fault, ['POST', field, effect, times].filter(Boolean).join(' ')]
    })
    .join('; ')
}
