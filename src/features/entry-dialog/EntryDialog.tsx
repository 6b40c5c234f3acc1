import { useQuery } from '@tanstack/react-query'
import { memo, useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { metadataQuery } from '../../api/server.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { type AllowlistEntry, editing } from '../../domain/allowlist.ts'
import { parseReference } from '../../domain/reference.ts'
import { useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { QueryView } from '../shared/QueryView.tsx'
import { EntryFormDialog } from './EntryFormDialog.tsx'

type EntryDialogProps = {
  project: Project
  /** The rows of the panel, the own project among them. */
  rows: readonly AllowlistEntry[]
  /** Whether they are all there are: what is not among them is not listed. */
  complete: boolean
  mode: 'add' | 'edit'
  /** The target that the address names: a full path, or any other spelling when adding. */
  wanted: string | undefined
  /** Policies that the address asks for, separated by commas; `none` for an entry without any. */
  policies: string | undefined
  onEditInstead: (entry: AllowlistEntry) => void
  onAddInstead: (path: string) => void
  onClose: (how: 'saved' | 'left') => void
}

/** Adds an entry to the allowlist or edits one, as the address says. */
export const EntryDialog = memo(function EntryDialog({
  mode,
  wanted,
  policies,
  complete,
  onAddInstead,
  ...rest
}: EntryDialogProps) {
  useLocale()
  const { rows, onClose } = rest
  const { api, connection } = useSignedIn()
  const metadata = useQuery(metadataQuery(api))
  const listed = mode === 'edit' ? findRow(rows, wanted, connection.webAddress) : undefined
  // Removed by somebody else, it stays here with what was chosen for it: the form says what happened.
  const [seen, setSeen] = useState({ wanted, entry: listed })
  const isOther = seen.wanted !== wanted
  if (isOther || (listed && listed !== seen.entry)) setSeen({ wanted, entry: listed })
  const entry = listed ?? (isOther ? undefined : seen.entry)

  const hidden = entry !== undefined && !editing(entry).allowed
  if (metadata.data && (mode === 'add' || (entry && !hidden))) {
    return (
      <EntryFormDialog
        {...rest}
        entry={entry}
        gone={entry !== undefined && listed === undefined && complete}
        text={wanted ?? ''}
        wished={policies?.split(',').filter((policy) => policy && policy !== 'none')}
        version={metadata.data.version}
      />
    )
  }
  const missing = complete ? m.edit_missing : m.edit_missing_cut
  return (
    <Dialog
      title={mode === 'add' ? m.add_title() : m.edit_title()}
      closeLabel={m.close()}
      onClose={() => onClose('left')}
    >
      <QueryView query={metadata} lines={6}>
        {() => (
          <Alert
            variant="warning"
            actions={
              !hidden &&
              wanted && <Button onClick={() => onAddInstead(wanted)}>{m.edit_missing_add()}</Button>
            }
          >
            {hidden ? m.edit_hidden_reason() : missing({ path: wanted ?? '' })}
          </Alert>
        )}
      </QueryView>
    </Dialog>
  )
})

/** The row that an address names by any spelling; an id names the project before the group. */
function findRow(
  rows: readonly AllowlistEntry[],
  wanted: string | undefined,
  webAddress: string,
): AllowlistEntry | undefined {
  const exact = rows.find(({ target }) => target.fullPath === wanted)
  const reference = parseReference(wanted ?? '', webAddress)
  if (exact) return exact
  if (!reference || 'foreign' in reference) return undefined
  if ('path' in reference) {
    return rows.find(({ target }) => target.fullPath === reference.path)
  }
  const named = rows.filter(({ target }) => target.id === reference.id)
  return named.find(({ target }) => target.kind === 'project') ?? named[0]
}
