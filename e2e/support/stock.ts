import type { Method } from './world.ts'

/** Faults of REST calls, by method and part of the address, and the field that stands for the call. */
const twins: readonly (readonly [Method, RegExp, string])[] = [
  ['GET', /groups_allowlist/, '/groupsAllowlist'],
  ['GET', /\/allowlist/, '/projectsAllowlist'],
  ['GET', /allowlist|job_token_scope$/, '/ciJobTokenScopeAllowlist'],
  ['GET', /authorizations/, '/ciJobTokenAuthLogs'],
  ['POST', /allowlist/, '/ciJobTokenScopeAddGroupOrProject'],
  ['PUT', /allowlist/, '/ciJobTokenScopeUpdatePolicies'],
  ['PUT', /projects\/\d+$/, '/projectCiCdSettingsUpdate'],
]

/** The `fault` dial with each fault also on the GraphQL that the console may use instead. */
export function faultsOfBoth(faults: string): string {
  return faults
    .split(';')
    .flatMap((fault) => {
      const [method, path = '', effect, times] = fault.trim().split(/\s+/)
      const [, , field] = twins.find(([of, address]) => of === method && address.test(path)) ?? []
      // The first list is asked for by REST too, and a fault that is counted must not happen twice.
      if (!field || (method === 'GET' && times)) return [fault]
      return [fault, ['POST', field, effect, times].filter(Boolean).join(' ')]
    })
    .join('; ')
}
