import type { AllowlistEntry } from '../../domain/allowlist.ts'
import { type BulkAction, offeredScope } from '../../domain/bulk.ts'
import type { ResourceName } from '../../domain/permission-catalogue.ts'
import type { OfferedResource, Scope } from '../../domain/permissions.ts'
import { type PresetName, presetsFor } from '../../domain/presets.ts'

export type Kind = 'scope' | Exclude<BulkAction['kind'], 'raise' | 'lower' | 'exactly'>
export type How = 'raise' | 'lower' | 'exactly'

/** The values on the screen. What belongs to another kind of action is kept while that is not chosen. */
export type Choices = {
  readonly kind: Kind | undefined
  readonly how: How
  readonly resource: ResourceName | ''
  readonly scope: Scope
  readonly preset: PresetName | ''
  readonly from: AllowlistEntry | null
}

export const noChoices: Choices = {
  kind: undefined,
  how: 'raise',
  resource: '',
  scope: 'read',
  preset: '',
  from: null,
}

/** The same choices with a scope that fits: nothing is raised to None, nor lowered to the highest scope. */
export function fitted(choices: Choices, offered: readonly OfferedResource[]): Choices {
  const { how, resource, scope } = choices
  if (!resource) return choices
  const fitting = scopesFor(how, resource, offered)
  const ends = offeredScope(resource, scope, offered)
  return { ...choices, scope: fitting.includes(ends) ? ends : (fitting[0] ?? scope) }
}

/** The chosen action; undefined while something is still to be chosen. */
export function actionOf(
  { kind, how, resource, scope, preset, from }: Choices,
  offered: readonly OfferedResource[],
): BulkAction | undefined {
  switch (kind) {
    case 'scope':
      return resource ? { kind: how, resource, scope } : undefined
    case 'preset': {
      const found = presetsFor(offered).find(({ name }) => name === preset)
      return found && { kind, preset: found }
    }
    case 'copy':
      return from ? { kind, permissions: from.permissions } : undefined
    default:
      return kind && { kind }
  }
}

/** The scopes of a resource that make sense for a way to set it. */
export function scopesFor(
  how: How,
  resource: ResourceName,
  offered: readonly OfferedResource[],
): readonly Scope[] {
  const scopes = offered.find(({ name }) => name === resource)?.scopes ?? []
  if (how === 'raise') return scopes.slice(1)
  return how === 'lower' ? scopes.slice(0, -1) : scopes
}
