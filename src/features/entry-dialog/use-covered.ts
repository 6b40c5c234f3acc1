import { useEffect, useEffectEvent, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { type AllowlistEntry, entryKey, type Target } from '../../domain/allowlist.ts'
import { includes } from '../../domain/change.ts'
import { coveringEntries, indexEntries } from '../../domain/covering.ts'
import { deprecatedPolicies, type ResourceName } from '../../domain/permission-catalogue.ts'
import {
  type OfferedResource,
  type PermissionConfiguration,
  type Scope,
  toSelection,
} from '../../domain/permissions.ts'
import { type EntryForm, higherScopes } from './entry-form.ts'

type UseCovered = {
  form: UseFormReturn<EntryForm>
  /**
   * The target of the new entry; undefined while it is not known, and where it has an entry
   * already.
   */
  target: Target | undefined
  rows: readonly AllowlistEntry[]
  projectId: number
  /** All that the form grants as it stands. */
  granted: PermissionConfiguration
  offered: readonly OfferedResource[]
  /** Whether an address or a suggestion has brought the policies. */
  brought: boolean
}

/** The fields that were set to keep a group's grants, with their values before and after. */
type Raised = {
  readonly configuration: readonly [
    before: EntryForm['configuration'],
    after: EntryForm['configuration'],
  ]
  readonly scopes: readonly (readonly [ResourceName, before: Scope, after: Scope])[]
}

/**
 * Finds the group's entry that covers a target until the target gets an entry of its own, and keeps
 * that entry's grants in the form on request. Where a link or a text brought the policies, it keeps
 * the grants unasked, because their author could not know of the group's entry. Kept grants are set
 * in the form's fields, where the user can see and change them, but they do not count as typed;
 * giving them up resets the fields that nobody has changed since.
 */
export function useCovered({
  form,
  target,
  rows,
  projectId,
  granted,
  offered,
  brought,
}: UseCovered) {
  const [entry] = target ? coveringEntries(indexEntries(rows, projectId), target) : []
  const permissions = entry && withoutDeprecated(entry.permissions)
  const [raised, setRaised] = useState<Raised>()

  function raise(wanted: PermissionConfiguration) {
    const { configuration, scopes } = form.getValues()
    const after = wanted.defaultPermissions ? 'default' : 'fine-grained'
    const isGranted = includes(granted, wanted)
    const higher =
      isGranted || after === 'default' ? [] : higherScopes(wanted.policies, scopes, offered)
    setRaised({
      configuration: [configuration, isGranted ? configuration : after],
      scopes: higher.map(([name, scope]) => [name, scopes[name] ?? 'none', scope]),
    })
    if (isGranted) return
    form.setValue('configuration', after)
    for (const [name, scope] of higher) form.setValue(`scopes.${name}`, scope)
    form.setValue('kept', [...toSelection(wanted.policies, offered).other])
  }

  function release() {
    if (!raised) return
    const [before, after] = raised.configuration
    if (form.getValues('configuration') === after) form.setValue('configuration', before)
    for (const [name, earlier, later] of raised.scopes) {
      if (form.getValues(`scopes.${name}`) === later) form.setValue(`scopes.${name}`, earlier)
    }
    form.setValue('kept', [])
    setRaised(undefined)
  }

  const key = entry && entryKey(entry.target)
  const keepWhatWasBroughtTo = useEffectEvent(() => {
    if (permissions) raise(permissions)
  })
  useEffect(() => {
    if (key && brought) keepWhatWasBroughtTo()
  }, [key, brought])

  return {
    entry,
    /** Nothing is to be kept where the form grants everything anyway. */
    canKeep: raised !== undefined || !granted.defaultPermissions,
    kept: raised !== undefined && permissions !== undefined && includes(granted, permissions),
    keep(keeps: boolean) {
      if (keeps && permissions) raise(permissions)
      if (keeps) return
      form.setValue('brought', false)
      release()
    },
    /** Resets the kept grants when the target changes: another target has another group's entry. */
    forget: release,
  }
}

/** No endpoint asks for deprecated policies, and GitLab refuses them in a new entry. */
const withoutDeprecated = (permissions: PermissionConfiguration): PermissionConfiguration => ({
  ...permissions,
  policies: permissions.policies.filter((policy) => !deprecatedPolicies.includes(policy)),
})
