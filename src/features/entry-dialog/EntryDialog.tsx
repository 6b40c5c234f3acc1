import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { metadataQuery } from '../../api/server.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { type AllowlistEntry, editing, removal, type TargetKind } from '../../domain/allowlist.ts'
import { parseReference } from '../../domain/reference.ts'
import { memoWords } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { QueryView } from '../shared/QueryView.tsx'
import { refusedReasons } from '../shared/refused-reasons.ts'
import { EntryFormDialog } from './EntryFormDialog.tsx'
import type { CloseEntryDialog, Done, Wish } from './entry-form.ts'
import { RemoveEntryDialog } from './RemoveEntryDialog.tsx'
import { RightsDialog } from './RightsDialog.tsx'

type EntryDialogProps = {
  project: Project
  /** The rows of the panel, the own project among them. */
  rows: readonly AllowlistEntry[]
  /** Whether `rows` is the whole list: a target that is missing in it has no entry. */
  complete: boolean
  mode: 'add' | 'edit' | 'remove' | 'rights'
  /** The target that the address names: a full path, or any other spelling when adding. */
  wanted: string | undefined
  /** The target's kind, where the address gives it. */
  kind: TargetKind | undefined
  /** Policies that the address asks for, separated by commas; `none` for an entry without any. */
  policies: string | undefined
  /** Makes the address exact, so that it can also narrow: the configuration that it asks for. */
  draft: Wish['draft']
  onEditInstead: (entry: AllowlistEntry, wish?: Wish) => void
  onAddInstead: (path: string) => void
  onClose: CloseEntryDialog
  /** Where the focus goes after something was saved; else it goes to what opened the dialog. */
  returnFocus: (done: Done) => HTMLElement | null
}

/** Adds an entry to the allowlist, edits, removes or explains one, as the address says. */
export const EntryDialog = memoWords(function EntryDialog({
  mode,
  wanted,
  kind,
  policies,
  draft,
  complete,
  onAddInstead,
  onClose,
  returnFocus,
  ...rest
}: EntryDialogProps) {
  const { rows, project } = rest
  const { api, connection } = useSignedIn()
  const metadata = useQuery(metadataQuery(api))
  const listed = mode === 'add' ? undefined : findRow(rows, wanted, kind, connection.webAddress)
  // Keep an entry that was removed elsewhere, with the choices for it: the dialog explains it.
  const [seen, setSeen] = useState(listed)
  if (listed && listed !== seen) setSeen(listed)
  const entry = listed ?? seen

  const version = metadata.data?.version
  const isRemoval = mode === 'remove'
  const allowed =
    entry &&
    (isRemoval ? removal(entry, project.id) : editing(entry, { projectId: project.id, version }))
  const refused = mode !== 'rights' && allowed?.allowed === false ? allowed.because : undefined
  const wish = useMemo(() => toWish(policies, draft), [policies, draft])
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const saved = useRef<Done>(undefined)
  // Ignore a close after this dialog was left, even during a save: another dialog may be open now.
  const close: CloseEntryDialog = (done) => {
    if (!isHere.current) return
    saved.current = done
    onClose(done)
  }
  const given = {
    ...rest,
    complete,
    onClose: close,
    returnFocus: () => saved.current && returnFocus(saved.current),
  }
  if (mode === 'rights' && entry && version) {
    return <RightsDialog {...given} entry={entry} version={version} onClose={() => onClose()} />
  }
  if (isRemoval && entry && !refused) return <RemoveEntryDialog {...given} entry={entry} />
  if (version && (mode === 'add' || (mode === 'edit' && entry && !refused))) {
    return (
      <EntryFormDialog
        {...given}
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
    <Dialog title={titles[mode](wanted ?? '')} closeLabel={m.close()} onClose={() => onClose()}>
      <QueryView query={metadata} what={m.what_version()} lines={6}>
        {() => (
          <Alert
            variant="warning"
            actions={
              !refused &&
              wanted && <Button onClick={() => onAddInstead(wanted)}>{m.edit_missing_add()}</Button>
            }
          >
            {refused ? refusedReasons[refused]() : missing({ path: wanted ?? '' })}
          </Alert>
        )}
      </QueryView>
    </Dialog>
  )
})

const titles = {
  add: () => m.add_title(),
  edit: () => m.edit_title(),
  remove: (path: string) => m.remove_title({ path }),
  rights: () => m.rights_title(),
}

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
