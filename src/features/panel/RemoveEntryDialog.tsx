import { useRemoveEntry } from '../../api/allowlist.ts'
import type { Project } from '../../api/gitlab-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { notify } from '../../ui/toasts.ts'
import { EffectLines } from '../entry-dialog/EffectLines.tsx'
import { useCircumstances } from '../entry-dialog/use-circumstances.ts'
import { ErrorText } from '../shared/ErrorText.tsx'
import { SlowNotice } from '../shared/SlowNotice.tsx'
import styles from './RemoveEntryDialog.module.css'

type RemoveEntryDialogProps = {
  entry: AllowlistEntry
  project: Project
  /** All of the list; undefined where not all of it is known. */
  rows: readonly AllowlistEntry[] | undefined
  onClose: () => void
  /** Where the focus goes afterwards: the row, and its button with it, may be gone. */
  returnFocus: () => HTMLElement | null
}

/** Asks, naming the path, before an entry goes. */
export function RemoveEntryDialog({
  entry,
  project,
  rows,
  onClose,
  returnFocus,
}: RemoveEntryDialogProps) {
  const remove = useRemoveEntry(project.id, finish)
  const circumstances = useCircumstances(project, rows)
  const path = entry.target.fullPath

  function finish() {
    notify(m.entry_removed({ path }))
    onClose()
  }

  async function confirm() {
    if (await remove.run(entry.target)) finish()
  }

  return (
    <ConfirmDialog
      title={m.remove_title({ path })}
      confirmLabel={m.remove_confirm()}
      cancelLabel={m.cancel()}
      closeLabel={m.close()}
      danger
      busy={remove.isPending}
      error={remove.error && <ErrorText error={remove.error} />}
      status={<SlowNotice waiting={remove.isPending} />}
      onConfirm={() => void confirm()}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <div className={styles.question}>
        <p>{m.remove_body({ path })}</p>
        {circumstances && (
          <EffectLines
            change={{
              projectId: project.id,
              target: entry.target,
              before: entry.permissions,
              after: undefined,
            }}
            circumstances={circumstances}
          />
        )}
        {!entry.accessible && <p>{m.remove_hidden_warning()}</p>}
      </div>
    </ConfirmDialog>
  )
}
