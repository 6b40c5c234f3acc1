import type { Target } from '../../domain/allowlist.ts'
import type { ResourceName } from '../../domain/permission-catalogue.ts'
import {
  fromSelection,
  type OfferedResource,
  type PermissionConfiguration,
  type Scope,
  toSelection,
} from '../../domain/permissions.ts'

/** What the form holds: as typed, not as sent. */
export type EntryForm = {
  /** What stands in the field "Group or project". */
  text: string
  /** What was picked from the suggestions; a text that names one thing needs no picking. */
  picked: Target | null
  configuration: 'default' | 'fine-grained'
  scopes: Partial<Record<ResourceName, Scope>>
  /** Policies that no toggle stands for. */
  other: string[]
  /** Old entries can hold a policy twice, which GitLab refuses when they are saved again. */
  dropRepeats: boolean
}

/**
 * @param text what the target field starts with
 * @param permissions what is stored, or what an address asks for
 */
export function toForm(
  text: string,
  permissions: PermissionConfiguration,
  offered: readonly OfferedResource[],
): EntryForm {
  const { scopes, other } = toSelection(permissions.policies, offered)
  return {
    text,
    picked: null,
    configuration: permissions.defaultPermissions ? 'default' : 'fine-grained',
    scopes,
    other: [...other],
    dropRepeats: false,
  }
}

/**
 * What to send for a form.
 * @param stored what the entry holds now; what the user left alone stays as it is there
 */
export function toPermissions(
  { configuration, scopes, other, dropRepeats }: EntryForm,
  stored: PermissionConfiguration,
  offered: readonly OfferedResource[],
): PermissionConfiguration {
  if (configuration === 'fine-grained') {
    const policies = fromSelection({ scopes, other }, stored.policies, offered)
    return { defaultPermissions: false, policies: dropRepeats ? [...new Set(policies)] : policies }
  }
  // As GitLab's panel: choosing default permissions drops the selection.
  return stored.defaultPermissions ? stored : { defaultPermissions: true, policies: [] }
}
