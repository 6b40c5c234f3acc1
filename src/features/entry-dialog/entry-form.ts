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
  /** Which of the policies that no toggle stands for are to go. */
  dropped: string[]
  /** Old entries can hold a policy twice, which GitLab refuses when they are saved again. */
  dropRepeats: boolean
}

/**
 * @param text what the target field starts with
 * @param permissions what is stored
 */
export function toForm(
  text: string,
  permissions: PermissionConfiguration,
  offered: readonly OfferedResource[],
): EntryForm {
  return {
    text,
    picked: null,
    configuration: permissions.defaultPermissions ? 'default' : 'fine-grained',
    scopes: toSelection(permissions.policies, offered).scopes,
    dropped: [],
    dropRepeats: false,
  }
}

/** The scopes that an address asks for on top of what is stored: it never takes anything away. */
export function raisedScopes(
  asked: readonly string[],
  stored: PermissionConfiguration,
  offered: readonly OfferedResource[],
): [ResourceName, Scope][] {
  const before = toSelection(stored.policies, offered).scopes
  const after = toSelection([...stored.policies, ...asked], offered).scopes
  return offered.flatMap(({ name }): [ResourceName, Scope][] => {
    const scope = after[name] ?? 'none'
    return scope === before[name] ? [] : [[name, scope]]
  })
}

const rank: readonly (Scope | undefined)[] = ['none', 'read', 'read-write']

/** The scopes that some policies ask for where less is chosen. */
export function higherScopes(
  policies: readonly string[],
  chosen: EntryForm['scopes'],
  offered: readonly OfferedResource[],
): [ResourceName, Scope][] {
  const { scopes } = toSelection(policies, offered)
  return offered.flatMap(({ name }): [ResourceName, Scope][] => {
    const scope = scopes[name] ?? 'none'
    return rank.indexOf(scope) > rank.indexOf(chosen[name] ?? 'none') ? [[name, scope]] : []
  })
}

/**
 * The policies that no toggle stands for, those to go left out.
 * @param asked policies that an address asks for
 */
export function otherPolicies(
  { dropped }: Pick<EntryForm, 'dropped'>,
  stored: PermissionConfiguration,
  asked: readonly string[],
  offered: readonly OfferedResource[],
): string[] {
  const { other } = toSelection([...stored.policies, ...asked], offered)
  return other.filter((policy) => !dropped.includes(policy))
}

/**
 * What to send for a form.
 * @param stored what the entry holds now; what the user left alone stays as it is there
 */
export function toPermissions(
  form: EntryForm,
  stored: PermissionConfiguration,
  asked: readonly string[],
  offered: readonly OfferedResource[],
): PermissionConfiguration {
  if (form.configuration === 'fine-grained') {
    const other = otherPolicies(form, stored, asked, offered)
    const policies = fromSelection({ scopes: form.scopes, other }, stored.policies, offered)
    return {
      defaultPermissions: false,
      policies: form.dropRepeats ? [...new Set(policies)] : policies,
    }
  }
  // As GitLab's panel: choosing default permissions drops the selection.
  return stored.defaultPermissions ? stored : { defaultPermissions: true, policies: [] }
}
