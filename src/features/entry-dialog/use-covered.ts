import { useEffect, useEffectEvent, useRef } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { type AllowlistEntry, entryKey, type Target } from '../../domain/allowlist.ts'
import { includes } from '../../domain/change.ts'
import { coveringEntries, indexEntries } from '../../domain/covering.ts'
import { deprecatedPolicies } from '../../domain/permission-catalogue.ts'
import {
  type OfferedResource,
  type PermissionConfiguration,
  toSelection,
} from '../../domain/permissions.ts'
import { type EntryForm, higherScopes, type Wish } from './entry-form.ts'

type UseCovered = {
  form: UseFormReturn<EntryForm>
  /** What is to get an entry of its own; undefined while that is not known, and for a listed one. */
  target: Target | undefined
  rows: readonly AllowlistEntry[]
  projectId: number
  /** All that the form grants as it stands. */
  granted: PermissionConfiguration
  wish: Wish | undefined
  offered: readonly OfferedResource[]
  /** Whether an address or a suggestion has brought the policies. */
  brought: boolean
}

/**
 * The entry of a group that covers a target until the target gets an entry of its own, and whether
 * the form keeps what that grants. Where policies were brought along, it does so by itself: whoever
 * made the link or the text could not know. To keep or not is set in the form's fields, where it can be
 * seen, but does not count as typed.
 */
export function useCovered({
  form,
  target,
  rows,
  projectId,
  granted,
  wish,
  offered,
  brought,
}: UseCovered) {
  const [entry] = target ? coveringEntries(indexEntries(rows, projectId), target) : []
  const permissions = entry && worthKeeping(entry.permissions)

  // What was chosen before the form was raised, for the way back.
  const chosen = useRef<Pick<EntryForm, 'configuration' | 'scopes'>>(undefined)

  function raise(wanted: PermissionConfiguration) {
    // What already grants all of it stays as it is.
    if (includes(granted, wanted)) return
    const { configuration, scopes } = form.getValues()
    chosen.current = { configuration, scopes: { ...scopes } }
    if (wanted.defaultPermissions) return form.setValue('configuration', 'default')
    form.setValue('configuration', 'fine-grained')
    for (const [name, scope] of higherScopes(wanted.policies, scopes, offered)) {
      form.setValue(`scopes.${name}`, scope)
    }
    form.setValue('kept', [...toSelection(wanted.policies, offered).other])
  }

  /** Back to what was chosen or asked for without the group's entry. */
  function release(kept: PermissionConfiguration) {
    const { configuration, scopes } = chosen.current ?? {
      configuration: 'fine-grained',
      scopes: toSelection(wish?.policies ?? [], offered).scopes,
    }
    const raised = toSelection(kept.policies, offered).scopes
    form.setValue('configuration', configuration)
    for (const { name } of offered) {
      if (raised[name] !== 'none') form.setValue(`scopes.${name}`, scopes[name] ?? 'none')
    }
    form.setValue('kept', [])
    chosen.current = undefined
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
    kept: permissions !== undefined && includes(granted, permissions),
    keep(kept: boolean) {
      if (!permissions) return
      if (kept) raise(permissions)
      else {
        form.setValue('brought', false)
        release(permissions)
      }
    },
    /** For another target: what was kept from this entry is not for that one. */
    forget() {
      if (permissions && brought) release(permissions)
    },
  }
}

/** No endpoint asks for the deprecated ones, and GitLab refuses them in a new entry. */
const worthKeeping = (permissions: PermissionConfiguration): PermissionConfiguration => ({
  ...permissions,
  policies: permissions.policies.filter((policy) => !deprecatedPolicies.includes(policy)),
})
