import type { AllowlistEntry, Target } from '../../domain/allowlist.ts'
import type { ResourceName } from '../../domain/permission-catalogue.ts'
import {
  fromSelection,
  type OfferedResource,
  type PermissionConfiguration,
  type Scope,
  toSelection,
} from '../../domain/permissions.ts'

/** The target that a dialog has saved; after a removal also the rows from before, as `among`. */
export type Done = { readonly target: Target; readonly among?: readonly AllowlistEntry[] }
/** Closes a dialog; undone where it is left. */
export type CloseEntryDialog = (done?: Done) => void

/** The permissions that an address asks for: shown as if chosen, but never counted as typed. */
export type Wish = {
  readonly policies: readonly string[]
  /** A draft is exact and can narrow; without it policies only raise what is stored. */
  readonly draft: 'default' | 'fine-grained' | undefined
}

/** The form's values: as typed, not as sent. */
export type EntryForm = {
  /** The text of the field "Group or project". */
  text: string
  /** The target picked from the matches; a text that names one target needs no picking. */
  picked: Target | null
  configuration: 'default' | 'fine-grained'
  scopes: Partial<Record<ResourceName, Scope>>
  /** The policies without a toggle that the user removes. */
  dropped: string[]
  /** Old entries can hold a policy twice, which GitLab refuses when they are saved again. */
  dropRepeats: boolean
  /**
   * Whether an address or a suggestion brought the policies: then a save must not revoke grants.
   */
  brought: boolean
  /** Policies without a toggle that are kept from the entry of a group. */
  kept: string[]
}

/**
 * @param text what the target field starts with
 * @param permissions what is stored
 */
export function toForm(
  text: string,
  permissions: PermissionConfiguration,
  offered: readonly OfferedResource[],
  brought: boolean,
): EntryForm {
  return {
    text,
    picked: null,
    configuration: permissions.defaultPermissions ? 'default' : 'fine-grained',
    scopes: toSelection(permissions.policies, offered).scopes,
    dropped: [],
    dropRepeats: false,
    brought,
    kept: [],
  }
}

/**
 * The fields that a wish fills in, and with what.
 * @param stored what the entry holds; undefined for one to add
 */
export function wishedFields(
  { policies, draft }: Wish,
  stored: PermissionConfiguration | undefined,
  offered: readonly OfferedResource[],
): Partial<Pick<EntryForm, 'configuration' | 'dropped'>> & {
  readonly scopes: readonly [ResourceName, Scope][]
} {
  if (draft) {
    const before = stored?.policies ?? []
    const { scopes } = toSelection(draft === 'default' ? before : policies, offered)
    return {
      configuration: draft,
      dropped: before.filter((policy) => !policies.includes(policy)),
      scopes: offered.map(({ name }) => [name, scopes[name] ?? 'none']),
    }
  }
  // Default permissions grant all of it already.
  if (stored?.defaultPermissions) return { scopes: [] }
  return {
    configuration: 'fine-grained',
    scopes: raisedScopes(policies, stored?.policies ?? [], offered),
  }
}

/** The scopes that an address asks for on top of what is stored: it never takes anything away. */
function raisedScopes(
  asked: readonly string[],
  stored: readonly string[],
  offered: readonly OfferedResource[],
): [ResourceName, Scope][] {
  const before = toSelection(stored, offered).scopes
  const after = toSelection([...stored, ...asked], offered).scopes
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
  { dropped, kept }: Pick<EntryForm, 'dropped' | 'kept'>,
  stored: PermissionConfiguration,
  asked: readonly string[],
  offered: readonly OfferedResource[],
): string[] {
  const { other } = toSelection([...stored.policies, ...asked, ...kept], offered)
  return other.filter((policy) => !dropped.includes(policy))
}

/**
 * Turns the form into the permissions to send.
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
