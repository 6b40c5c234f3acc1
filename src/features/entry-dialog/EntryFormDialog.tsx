import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import {
  allowlistQuery,
  findEntry,
  readEntries,
  useAddEntry,
  useUpdateEntry,
} from '../../api/allowlist.ts'
import { ApiError, type ErrorReason } from '../../api/api-error.ts'
import type { Project } from '../../api/gitlab-api.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { useApi } from '../../api/use-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import {
  offeredResources,
  type PermissionConfiguration,
  samePermissions,
} from '../../domain/permissions.ts'
import type { Version } from '../../domain/version.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { notify } from '../../ui/toasts.ts'
import { LeaveGuard } from '../shared/LeaveGuard.tsx'
import { useLater } from '../shared/lazy-part.tsx'
import { SlowNotice } from '../shared/SlowNotice.tsx'
import { Conflict } from './Conflict.tsx'
import styles from './EntryFormDialog.module.css'
import { type EntryForm, otherPolicies, raisedScopes, toForm, toPermissions } from './entry-form.ts'
import { openings } from './lazy-openings.ts'
import { PermissionsField } from './PermissionsField.tsx'
import { Revealed } from './Revealed.tsx'
import { SaveError } from './SaveError.tsx'
import { TargetField } from './TargetField.tsx'
import { TargetLabel } from './TargetLabel.tsx'
import { useTarget } from './use-target.ts'

type EntryFormDialogProps = {
  project: Project
  rows: readonly AllowlistEntry[]
  /** The entry to edit; undefined to add one. */
  entry: AllowlistEntry | undefined
  /** Whether the entry to edit is not on the list any more: saving it adds it again. */
  gone: boolean
  /** What the target field starts with. */
  text: string
  /** Policies that the address asks for, if any; shown as if typed, not saved yet. */
  wished: readonly string[] | undefined
  version: Version
  onEditInstead: (entry: AllowlistEntry) => void
  onClose: (how: 'saved' | 'left') => void
}

const nothingStored: PermissionConfiguration = { defaultPermissions: true, policies: [] }

/** Refusals that speak of the target, and belong to its field. */
const aboutTarget: ReadonlySet<ErrorReason | undefined> = new Set<ErrorReason>([
  'already-listed',
  'limit',
  'own-project',
  'target-missing',
  'target-not-visible',
])

const isAboutTarget = (error: unknown): boolean =>
  error instanceof ApiError && aboutTarget.has(error.reason)

/** The form of an entry: what it names, and what it may do. */
export function EntryFormDialog({
  project,
  rows,
  entry,
  gone,
  text,
  wished,
  version,
  onEditInstead,
  onClose,
}: EntryFormDialogProps) {
  const asked = wished ?? []
  // Of one identity, so that a choice draws its own row anew and not all of them.
  const offered = useMemo(() => offeredResources(version), [version])
  const stored = entry?.permissions ?? nothingStored
  const api = useApi()
  const client = useQueryClient()
  const add = useAddEntry(project.id)
  const update = useUpdateEntry(project.id)
  const updates = entry !== undefined && !gone
  const save = updates ? update : add

  const form = useForm<EntryForm>({
    // Follows the list when it is read again; what was changed here stays as it was chosen.
    values: toForm(text, stored, offered),
    resetOptions: { keepDirtyValues: true },
  })
  const chooseAsked = useEffectEvent(() => {
    if (wished === undefined) return
    form.setValue('configuration', 'fine-grained', { shouldDirty: entry !== undefined })
    for (const [name, scope] of raisedScopes(asked, stored, offered)) {
      form.setValue(`scopes.${name}`, scope, { shouldDirty: true })
    }
  })
  // What an address asks for counts as chosen in the form, once: later the choice is the user's.
  useEffect(() => chooseAsked(), [])
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const field = useRef<HTMLInputElement>(null)
  const { isDirty, isSubmitting, dirtyFields } = form.formState
  const values = useWatch({ control: form.control, compute: (all: EntryForm) => all })
  // A prefilled text was not typed here: it is judged at once.
  const [settled, setSettled] = useState(text !== '')
  const search = useTarget({
    text: entry ? '' : values.text,
    picked: values.picked,
    settled,
    rows,
    projectId: project.id,
  })

  const locked = project.archived ? m.archived_reason() : undefined
  const granted = toPermissions(values, stored, asked, offered)
  const changed = JSON.stringify(granted) !== JSON.stringify(stored)
  // By its fields: taking over a fresh list, the form forgets that it differs as a whole.
  const unsaved = entry ? changed && JSON.stringify(dirtyFields).includes('true') : isDirty
  // What the user knows of the entry: a save must not undo what somebody else has changed since.
  const [known, setKnown] = useState(stored)
  const differs = !samePermissions(known, stored)
  if (differs && !unsaved) setKnown(stored)
  const conflict = differs && unsaved
  const targetRefused = !entry && isAboutTarget(save.error)

  const submit = form.handleSubmit(async (typed) => {
    // What is read before the write was asked for by a person, too.
    endWaits()
    let target = entry?.target
    if (!target) {
      setSettled(true)
      const finding = await search.settle()
      if (finding.state !== 'found') {
        form.setFocus('text')
        return
      }
      target = finding.target
    }
    const path = target.fullPath
    const permissions = toPermissions(typed, stored, asked, offered)
    if (updates) {
      // A list that cannot be read now is no reason not to try.
      const list = await readEntries(client, api, project.id).catch(() => undefined)
      const now = list && findEntry(list, target)?.permissions
      const isDone = now && samePermissions(now, permissions)
      // The form shows what has changed, or that the entry is gone, and the user chooses.
      if (list && !isDone && !(now && samePermissions(now, known))) return
    }
    try {
      // Awaited, so that the form counts as busy from the press to the answer.
      await save.mutateAsync({ target, permissions })
    } catch (error) {
      // Shown from save.error, where the user looks; a refused target is read out with its field.
      if (!entry && isAboutTarget(error)) form.setFocus('text')
      return
    }
    const list = client.getQueryData(allowlistQuery(api, project.id).queryKey)
    const added = list && findEntry(list, target)?.permissions
    if (updates) notify(m.entry_updated({ path }))
    else if (permissions.defaultPermissions || !added?.defaultPermissions) {
      notify(m.entry_added({ path }))
    } else {
      // GitLab before 18.3 does so without a word where the group's switch is off.
      notify(m.entry_added_as_default({ path }), { variant: 'danger' })
    }
    // Left while it was being saved: the address is another one by now.
    if (mounted.current) onClose('saved')
  })

  const opening = useLater(openings)
  const other = useSame(otherPolicies(values, stored, asked, offered))
  const busy = isSubmitting || save.isPending
  return (
    <Dialog
      title={entry ? m.edit_title() : m.add_title()}
      size="large"
      closeLabel={m.close()}
      busy={busy}
      onClose={() => onClose('left')}
      onSubmit={submit}
      initialFocus={field}
      footer={
        <>
          <p className={styles.summary}>
            {opening && <opening.Summary permissions={granted} version={version} />}
          </p>
          <Button disabled={busy} onClick={() => onClose('left')}>
            {m.cancel()}
          </Button>
          <Button
            type="submit"
            variant="confirm"
            busy={busy}
            disabled={updates && !changed && !busy}
            disabledReason={locked ?? (conflict ? m.conflict_choose() : undefined)}
          >
            {updates ? m.save_changes() : m.add()}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {entry ? (
          <TargetLabel target={entry.target} />
        ) : (
          <TargetField
            control={form.control}
            fieldRef={field}
            placeholder={project.fullPath}
            rows={rows}
            search={search}
            settled={settled}
            refusal={targetRefused ? (save.error ?? undefined) : undefined}
            onTyping={() => {
              setSettled(false)
              save.reset()
            }}
            onLeave={() => setSettled(true)}
            onEditInstead={onEditInstead}
          />
        )}
        {gone && (
          <Revealed>
            <Alert variant="warning" live="assertive">
              {m.error_not_listed()} {m.edit_gone()}
            </Alert>
          </Revealed>
        )}
        {conflict && (
          <Revealed>
            <Conflict
              before={known}
              now={stored}
              onKeep={() => setKnown(stored)}
              // The rows that keep their fields are not drawn anew.
              onDrop={() => form.reset(undefined, { keepDirtyValues: false, keepFieldsRef: true })}
            />
          </Revealed>
        )}
        <PermissionsField
          form={form}
          project={project}
          target={entry?.target ?? values.picked ?? undefined}
          offered={offered}
          other={other}
          version={version}
        />
        <SlowNotice waiting={busy} />
        {save.error && !targetRefused && <SaveError error={save.error} form={form} other={other} />}
      </div>
      <LeaveGuard when={unsaved} leaving="dialog" />
    </Dialog>
  )
}

/** The list of before for as long as a new one holds the same: what is drawn with it is not drawn anew. */
function useSame(list: readonly string[]): readonly string[] {
  const [kept, setKept] = useState(list)
  const isSame = kept.length === list.length && kept.every((text, at) => text === list[at])
  if (!isSame) setKept(list)
  return isSame ? kept : list
}
