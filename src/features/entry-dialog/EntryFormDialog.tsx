import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { ApiError, type ErrorReason } from '../../api/api-error.ts'
import { type Applied, useEntryChange } from '../../api/entry-changes.ts'
import type { Project } from '../../api/gitlab-api.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { useSignedIn } from '../../api/use-api.ts'
import {
  type AllowlistEntry,
  entryKey,
  isImplied,
  isOwnProject,
  type TargetKind,
} from '../../domain/allowlist.ts'
import { type EntryChange, includes, sameEntry } from '../../domain/change.ts'
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
import { IconButton } from '../../ui/IconButton.tsx'
import { notify, type ToastAction } from '../../ui/toasts.ts'
import { useUndoAction } from '../change-set/undo.ts'
import { Conflict } from '../shared/Conflict.tsx'
import { LeaveGuard } from '../shared/LeaveGuard.tsx'
import { usePart } from '../shared/lazy-part.tsx'
import { permissionSummary, permissionWords } from '../shared/policy-words.ts'
import { SlowNotice } from '../shared/SlowNotice.tsx'
import { useCopy } from '../shared/use-copy.ts'
import { TargetLabel } from '../target-picker/TargetLabel.tsx'
import { useTarget } from '../target-picker/use-target.ts'
import { admit, isFull } from './admission.ts'
import { Covered } from './Covered.tsx'
import { EffectLines } from './EffectLines.tsx'
import styles from './EntryFormDialog.module.css'
import {
  type CloseEntryDialog,
  type EntryForm,
  otherPolicies,
  toForm,
  toPermissions,
  type Wish,
  wishedFields,
} from './entry-form.ts'
import { openedEndpoints } from './lazy-opened-endpoints.ts'
import { PermissionsField } from './PermissionsField.tsx'
import { SaveError } from './SaveError.tsx'
import { TargetField } from './TargetField.tsx'
import { useCircumstances } from './use-circumstances.ts'
import { useCovered } from './use-covered.ts'
import { useDraftLink } from './use-draft-link.ts'
import { useSeen } from './use-seen.ts'

type EntryFormDialogProps = {
  project: Project
  rows: readonly AllowlistEntry[]
  /** Whether `rows` is the whole list; otherwise the form does not say which entry applies. */
  complete: boolean
  /** The entry to edit; undefined to add one. */
  entry: AllowlistEntry | undefined
  /** Whether the entry to edit is not on the list any more: saving it adds it again. */
  gone: boolean
  /** The first text of the target field, and the kind of its target, if the address gives it. */
  text: string
  kind: TargetKind | undefined
  /** The permissions that the address asks for, if any; shown as if typed, not saved yet. */
  wish: Wish | undefined
  version: Version
  /**
   * Switches to editing the entry of the named target, with the permissions chosen here, if any.
   */
  onEditInstead: (entry: AllowlistEntry, wish?: Wish) => void
  onClose: CloseEntryDialog
  returnFocus: () => HTMLElement | null | undefined
}

const nothing: readonly string[] = []
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

/** Whether somebody chose permissions in the form, besides what an address filled in. */
const chosenPermissions = ({ configuration, scopes, dropped }: Record<string, unknown>): boolean =>
  JSON.stringify([configuration, scopes, dropped]).includes('true')

/** The form of an entry: its target and its permissions. */
export function EntryFormDialog({
  project,
  rows,
  complete,
  entry,
  gone,
  text,
  kind,
  wish,
  version,
  onEditInstead,
  onClose,
  returnFocus,
}: EntryFormDialogProps) {
  const { webAddress } = useSignedIn().connection
  const asked = wish?.policies ?? nothing
  // A stable identity, so that a choice re-renders its own row and not all of them.
  const offered = useMemo(() => offeredResources(version), [version])
  const stored = entry?.permissions ?? nothingStored
  const updates = entry !== undefined && !gone
  const save = useEntryChange(project.id, finishLate)

  const form = useForm<EntryForm>({
    // Takes over the list's fresh values; fields that the user changed keep their values.
    values: toForm(text, stored, offered, wish !== undefined && !wish.draft),
    resetOptions: { keepDirtyValues: true },
  })
  const { isSubmitting, dirtyFields } = form.formState
  const fillIn = useEffectEvent(() => {
    if (!wish) return
    const { configuration, dropped, scopes } = wishedFields(wish, entry?.permissions, offered)
    if (configuration && !dirtyFields.configuration) form.setValue('configuration', configuration)
    if (dropped && !dirtyFields.dropped) form.setValue('dropped', dropped)
    for (const [name, scope] of scopes) {
      if (!dirtyFields.scopes?.[name]) form.setValue(`scopes.${name}`, scope)
    }
  })
  // Taking over stored values resets every untouched field, also those that the address filled in.
  const storedText = JSON.stringify(stored)
  // biome-ignore lint/correctness/useExhaustiveDependencies: filled in anew for what is stored by now
  useEffect(() => fillIn(), [storedText])
  const field = useRef<HTMLInputElement>(null)
  const values = useWatch({ control: form.control, compute: (all: EntryForm) => all })
  // A prefilled text was not typed here: it is judged at once.
  const [settled, setSettled] = useState(text !== '')
  const search = useTarget({
    text: entry ? '' : values.text,
    picked: values.picked,
    kind: values.text === text ? kind : undefined,
    known: useMemo(() => rows.map(({ target }) => target), [rows]),
    settled,
  })

  const admission = admit(search.resolution, rows, project.id)
  const target = entry?.target ?? (admission.state === 'found' ? admission.target : undefined)

  const locked = project.archived ? m.archived_reason() : undefined
  const granted = toPermissions(values, stored, asked, offered)
  // The own project's row can be saved as it is: that stores it.
  const isFirst = entry !== undefined && isImplied(entry, project.id)
  const changed = isFirst || !samePermissions(granted, stored)
  // Ask `dirtyFields`, which an address does not touch: `isDirty` is lost when the form takes over
  // fresh values.
  const chosen = JSON.stringify(dirtyFields).includes('true')
  const unsaved = entry ? changed && chosen : chosen
  // Whether Save would write something, be it chosen here or brought by an address.
  const pending = unsaved || (changed && wish !== undefined)
  const { seen, isStale, see } = useSeen(stored, pending)
  const circumstances = useCircumstances(project, complete ? rows : undefined)
  const covered = useCovered({
    form,
    // The own project's row is listed without an entry of its own.
    target: (updates && !isFirst) || !complete ? undefined : target,
    rows,
    projectId: project.id,
    granted,
    offered,
    brought: values.brought,
  })
  // The permissions to carry over where the target turns out to have an entry already.
  const wanted: Wish | undefined = chosenPermissions(dirtyFields)
    ? { policies: granted.policies, draft: values.configuration }
    : wish
  const isGranted = (listed: AllowlistEntry) =>
    samePermissions(listed.permissions, granted) ||
    (wish !== undefined && wanted === wish && !wish.draft && includes(listed.permissions, granted))

  const submit = form.handleSubmit(async (typed) => {
    // A person asked for this write: its reads must not sit out a rate limit's wait.
    endWaits()
    let target = entry?.target
    if (!target) {
      setSettled(true)
      const named = admit(await search.settle(), rows, project.id)
      // Already there as it should be: nothing is left to do.
      if (named.state === 'listed' && isGranted(named.entry)) {
        notify(() => m.entry_was_listed({ path: named.entry.target.fullPath }))
        onClose({ target: named.entry.target })
        return
      }
      if (named.state !== 'found') {
        form.setFocus('text')
        return
      }
      target = named.target
    }
    const after = toPermissions(typed, stored, asked, offered)
    const change = {
      projectId: project.id,
      target,
      before: updates && !isFirst ? seen : undefined,
      after,
    }
    const applied = await save.run(change)
    if (applied) finish(change, applied)
  })

  /** Reports the outcome of a change, and closes the dialog where GitLab accepted it. */
  function finish(change: EntryChange, applied: Applied) {
    // The fresh list is in the cache, so the form shows the conflict, or that the entry is gone.
    if (applied.what === 'conflict' || applied.what === 'gone') {
      // Added, and removed by somebody else at once: the form has never shown it as an entry.
      if (applied.what === 'gone' && !change.before) {
        notify(() => m.error_not_listed(), { variant: 'danger' })
      }
      if (!entry) form.setFocus('text')
      return
    }
    notifyApplied(change, applied, undoAction(change, applied))
    onClose({ target: change.target })
  }

  /** GitLab did save a write whose answer was lost; later choices in the form stay. */
  function finishLate(change: EntryChange, applied: Applied) {
    const named = admission.state === 'listed' ? admission.entry.target : target
    const isNamed = named !== undefined && entryKey(named) === entryKey(change.target)
    if (isNamed && sameEntry(change.after, granted)) finish(change, applied)
    else if (change.after) see(change.after)
  }

  // A refused target is read out with its field.
  const isRefused = !entry && isAboutTarget(save.error)
  useEffect(() => {
    if (isRefused) form.setFocus('text')
  }, [isRefused, form])

  const undoAction = useUndoAction()
  const draftLink = useDraftLink()
  const { copy, refused } = useCopy()
  function copyDraft() {
    const link = draftLink({
      projectId: project.id,
      dialog: entry ? 'edit' : 'add',
      target: target?.fullPath ?? values.text,
      kind: target?.kind,
      permissions: granted,
    })
    void copy(link, m.draft_copied)
  }

  const opened = usePart(openedEndpoints).loaded
  const other = otherPolicies(values, stored, asked, offered)
  const everyOther = useSame(otherPolicies({ ...values, dropped: [] }, stored, asked, offered))
  const busy = isSubmitting || save.isPending
  return (
    <Dialog
      title={entry ? m.edit_title() : m.add_title()}
      subject={target && <TargetLabel target={target} webAddress={webAddress} />}
      size="large"
      closeLabel={m.close()}
      busy={busy}
      onClose={() => onClose()}
      onSubmit={submit}
      initialFocus={field}
      returnFocus={returnFocus}
      notice={
        <>
          {gone && (
            <Alert variant="warning" live="assertive">
              {m.error_not_listed()} {m.edit_gone()}
            </Alert>
          )}
          {isStale && (
            <Conflict
              title={m.conflict_title()}
              body={m.conflict_body()}
              before={permissionWords(seen)}
              now={permissionWords(stored)}
              onKeep={() => see(stored)}
              // The rows that keep their fields are not drawn anew.
              onDrop={() => form.reset(undefined, { keepDirtyValues: false, keepFieldsRef: true })}
            />
          )}
          <SlowNotice waiting={busy} />
          {save.error && !isRefused && <SaveError error={save.error} form={form} other={other} />}
          {refused !== undefined && (
            <Alert variant="warning" live="polite" title={m.check_copy_failed()}>
              <code>{refused}</code>
            </Alert>
          )}
          {/* Here, because it comes once the target is known: above the resources it would move them. */}
          {covered.entry && (
            <Covered
              entry={covered.entry}
              canKeep={covered.canKeep}
              kept={covered.kept}
              onKeep={covered.keep}
            />
          )}
          <div className={styles.summary}>
            <p>{opened && <opened.Summary permissions={granted} version={version} />}</p>
            {circumstances && target && (
              <EffectLines
                change={{
                  projectId: project.id,
                  target,
                  before: updates && !isFirst ? stored : undefined,
                  after: granted,
                }}
                circumstances={circumstances}
              />
            )}
          </div>
        </>
      }
      footer={
        <>
          <IconButton icon="link" variant="quiet" label={m.draft_copy()} onClick={copyDraft} />
          <Button disabled={busy} onClick={() => onClose()}>
            {m.cancel()}
          </Button>
          <Button
            type="submit"
            variant="confirm"
            busy={busy}
            disabled={updates && !changed && !busy}
            disabledReason={locked ?? (isStale ? m.conflict_choose() : undefined)}
          >
            {updates ? m.save_changes() : m.add()}
          </Button>
        </>
      }
    >
      <div className={styles.form} data-adds={entry ? undefined : ''}>
        {entry && isOwnProject(entry, project.id) && (
          <p className={styles.about}>{m.own_about()}</p>
        )}
        <div className={styles.target}>
          {!entry && isFull(rows, project.id) && <Alert variant="warning">{m.error_limit()}</Alert>}
          {!entry && (
            <TargetField
              control={form.control}
              fieldRef={field}
              placeholder={project.fullPath}
              rows={rows}
              search={search}
              admission={admission}
              settled={settled}
              refusal={isRefused ? (save.error ?? undefined) : undefined}
              onTyping={() => {
                setSettled(false)
                save.reset()
                covered.forget()
              }}
              onLeave={() => setSettled(true)}
              listed={{
                isGranted,
                bringsAlong: wanted !== undefined,
                onEdit: (listed) => onEditInstead(listed, wanted),
              }}
            />
          )}
        </div>
        <PermissionsField
          form={form}
          project={project}
          target={entry?.target ?? values.picked ?? undefined}
          stored={isFirst ? undefined : entry?.permissions}
          offered={offered}
          other={everyOther}
          version={version}
        />
      </div>
      <LeaveGuard when={unsaved} leaving="dialog" />
    </Dialog>
  )
}

/** Announces the outcome of a change when the dialog closes. */
function notifyApplied(
  change: EntryChange,
  applied: Applied,
  action: ToastAction | undefined,
): void {
  const path = change.target.fullPath
  // The own project has its row before it has an entry.
  const isNew = change.before === undefined && !isOwnProject(change, change.projectId)
  if (applied.what !== 'saved-otherwise') {
    notify(() => (isNew ? m.entry_added({ path }) : m.entry_updated({ path })), { action })
  } else if (isNew && applied.stored.defaultPermissions) {
    notify(() => m.entry_added_as_default({ path }), { variant: 'danger', action })
  } else {
    const { stored } = applied
    const words = () => m.entry_saved_otherwise({ path, permissions: permissionSummary(stored) })
    notify(words, { variant: 'danger' })
  }
}

/** Keeps the identity of a list while its items are equal, so that its users do not re-render. */
function useSame(list: readonly string[]): readonly string[] {
  const [kept, setKept] = useState(list)
  const isSame = kept.length === list.length && kept.every((text, at) => text === list[at])
  if (!isSame) setKept(list)
  return isSame ? kept : list
}
