import { useQuery } from '@tanstack/react-query'
import { memo, useMemo, useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { metadataQuery } from '../../api/server.ts'
import { useSignedIn } from '../../api/use-api.ts'
import {
  type AllowlistEntry,
  editing,
  type Target,
  type TargetKind,
} from '../../domain/allowlist.ts'
import { parseReference } from '../../domain/reference.ts'
import { useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { editingReasons } from '../shared/editing-reasons.ts'
import { QueryView } from '../shared/QueryView.tsx'
import { EntryFormDialog } from './EntryFormDialog.tsx'
import type { Wish } from './entry-form.ts'

type EntryDialogProps = {
  project: Project
  /** The rows of the panel, the own project among them. */
  rows: readonly AllowlistEntry[]
  /** Whether they are all there are: what is not among them is not listed. */
  complete: boolean
  mode: 'add' | 'edit'
  /** The target that the address names: a full path, or any other spelling when adding. */
  wanted: string | undefined
  /** What it names, where the address says so. */
  kind: TargetKind | undefined
  /** Policies that the address asks for, separated by commas; `none` for an entry without any. */
  policies: string | undefined
  /** Makes the address exact, so that it can also narrow: the configuration that it asks for. */
  draft: Wish['draft']
  onEditInstead: (entry: AllowlistEntry, wish?: Wish) => void
  onAddInstead: (path: string) => void
  /** With the entry's target where it was saved. */
  onClose: (how: 'saved' | 'left', target?: Target) => void
  /** Where the focus goes afterwards, if not to what opened the dialog. */
  returnFocus: () => HTMLElement | null | undefined
}

/** Adds an entry to the allowlist or edits one, as the address says. */
export const EntryDialog = memo(function EntryDialog({
  mode,
  wanted,
  kind,
  policies,
  draft,
  complete,
  onAddInstead,
  ...rest
}: EntryDialogProps) {
  useLocale()
  const { rows, onClose } = rest
  const { api, connection } = useSignedIn()
  const metadata = useQuery(metadataQuery(api))
  const listed = mode === 'edit' ? findRow(rows, wanted, kind, connection.webAddress) : undefined
  // Removed by somebody else, it stays here with what was chosen for it: the form says what happened.
  const [seen, setSeen] = useState({ wanted, entry: listed })
  const isOther = seen.wanted !== wanted
  if (isOther || (listed && listed !== seen.entry)) setSeen({ wanted, entry: listed })
  const entry = listed ?? (isOther ? undefined : seen.entry)

  const version = metadata.data?.version
  const allowed = entry ? editing(entry, { projectId: rest.project.id, version }) : undefined
  const refused = allowed?.allowed === false ? allowed.because : undefined
  const wish = useMemo(() => toWish(policies, draft), [policies, draft])
  if (version && (mode === 'add' || (entry && !refused))) {
    return (
      <EntryFormDialog
        {...rest}
        complete={complete}
        entry={entry}
        gone={entry !== undefined && listed === undefined && complete}
        text={wanted ?? ''}
        kind={kind}
        wish={wish}
        version={version}
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
      <QueryView query={metadata} what={m.what_version()} lines={6}>
        {() => (
          <Alert
            variant="warning"
            actions={
              !refused &&
              wanted && <Button onClick={() => onAddInstead(wanted)}>{m.edit_missing_add()}</Button>
            }
          >
            {refused ? editingReasons[refused]() : missing({ path: wanted ?? '' })}
          </Alert>
        )}
      </QueryView>
    </Dialog>
  )
})

function toWish(policies: string | undefined, draft: Wish['draft']): Wish | undefined {
  if (policies === undefined && draft === undefined) return undefined
  const names = policies?.split(',').filter((policy) => policy && policy !== 'none')
  return { policies: names ?? [], draft }
}

/** The row that an address names by any spelling; an id of no kind names the project before the group. */
function findRow(
  rows: readonly AllowlistEntry[],
  wanted: string | undefined,
  kind: TargetKind | undefined,
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
  const wantedKind = reference.kind ?? kind
  return (
    named.find(({ target }) => target.kind === (wantedKind ?? 'project')) ??
    (wantedKind ? undefined : named[0])
  )
}
