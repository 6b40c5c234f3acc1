import { useState } from 'react'
import { type Applied, useEntryChange } from '../../api/entry-changes.ts'
import type { Project } from '../../api/gitlab-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import type { EntryChange } from '../../domain/change.ts'
import type { PermissionConfiguration } from '../../domain/permissions.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { notify } from '../../ui/toasts.ts'
import { useUndoAction } from '../change-set/undo.ts'
import { ErrorText } from '../shared/ErrorText.tsx'
import { Path } from '../shared/Path.tsx'
import { permissionSummary } from '../shared/policy-words.ts'
import { SlowNotice } from '../shared/SlowNotice.tsx'
import { EffectLines } from './EffectLines.tsx'
import type { CloseEntryDialog } from './entry-form.ts'
import styles from './RemoveEntryDialog.module.css'
import { useCircumstances } from './use-circumstances.ts'

type RemoveEntryDialogProps = {
  /** As it is when the removal is asked for; later it may be another one, or gone. */
  entry: AllowlistEntry
  project: Project
  rows: readonly AllowlistEntry[]
  /** Whether these are all of the list. */
  complete: boolean
  onClose: CloseEntryDialog
  returnFocus: () => HTMLElement | null | undefined
}

/** Asks, naming the path, before an entry goes. */
export function RemoveEntryDialog({
  project,
  rows,
  complete,
  onClose,
  returnFocus,
  ...now
}: RemoveEntryDialogProps) {
  const [{ entry, among }] = useState({ entry: now.entry, among: rows })
  const remove = useEntryChange(project.id, finish)
  const undoAction = useUndoAction()
  const circumstances = useCircumstances(project, complete ? rows : undefined)
  const path = entry.target.fullPath
  // The entry's new permissions if somebody else changed it meanwhile: the dialog then asks again.
  const [other, setOther] = useState<PermissionConfiguration>()
  const change: EntryChange = {
    projectId: project.id,
    target: entry.target,
    before: other ?? entry.permissions,
    after: undefined,
  }

  function finish(done: EntryChange, applied: Applied) {
    notify(() => m.entry_removed({ path }), { action: undoAction(done, applied) })
    onClose({ target: entry.target, among })
  }

  async function confirm() {
    const applied = await remove.run(change)
    if (applied?.what === 'saved') finish(change, applied)
    setOther(applied && toStored(applied))
  }

  return (
    <ConfirmDialog
      title={<Path path={path} within={m.remove_title} />}
      confirmLabel={m.remove_confirm()}
      cancelLabel={m.cancel()}
      closeLabel={m.close()}
      danger
      busy={remove.isPending}
      error={
        remove.error ? (
          <ErrorText error={remove.error} />
        ) : (
          other && m.remove_changed({ permissions: permissionSummary(other) })
        )
      }
      status={<SlowNotice waiting={remove.isPending} />}
      onConfirm={() => void confirm()}
      onClose={() => onClose()}
      returnFocus={returnFocus}
    >
      <div className={styles.question}>
        <p>
          <Path path={path} within={m.remove_body} />
        </p>
        {circumstances && <EffectLines change={change} circumstances={circumstances} />}
        {!entry.accessible && <p>{m.remove_hidden_warning()}</p>}
      </div>
    </ConfirmDialog>
  )
}

/** The permissions that GitLab still stores after a removal that did not remove the entry. */
function toStored(applied: Applied): PermissionConfiguration | undefined {
  if (applied.what === 'conflict') return applied.now
  return applied.what === 'saved-otherwise' ? applied.stored : undefined
}
