import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import type { AllowlistEntry, Target, TargetKind } from '../../domain/allowlist.ts'
import { afterPaint, whenIdle } from '../../ui/defer.ts'
import type { Wish } from '../entry-dialog/entry-form.ts'
import { openings } from '../entry-dialog/lazy-openings.ts'
import { LazyPart, lazyPart, usePreload } from '../shared/lazy-part.tsx'
import { editButtonOf, removeButtonNear } from './row-buttons.ts'

const entryDialog = lazyPart(() =>
  import('../entry-dialog/EntryDialog.tsx').then((x) => x.EntryDialog),
)

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

/** What an address says of a dialog. */
type Question = {
  dialog: 'add' | 'edit' | 'remove'
  target?: string | undefined
  kind?: TargetKind | undefined
  policies?: string | undefined
  draft?: string | undefined
  configuration?: Wish['draft']
}
/** What an address says where no dialog is asked for: whatever another one left there is gone. */
export const noQuestion = {
  dialog: undefined,
  target: undefined,
  kind: undefined,
  policies: undefined,
  draft: undefined,
  configuration: undefined,
}
const questionOf = (
  dialog: 'edit' | 'remove',
  { target }: AllowlistEntry,
  wish?: Wish,
): Question => ({
  dialog,
  target: target.fullPath,
  kind: target.kind,
  ...(wish && { policies: wish.policies.join() || 'none' }),
  ...(wish?.draft && { draft: '1', configuration: wish.draft }),
})

/** Opens dialogs without rendering anything else again. */
export type EntryDialogsHandle = {
  add: () => void
  edit: (entry: AllowlistEntry) => void
  remove: (entry: AllowlistEntry) => void
}

type EntryDialogsProps = {
  ref: Ref<EntryDialogsHandle>
  project: Project
  /** All of the list; undefined until it has arrived: the dialogs wait for it. */
  rows: readonly AllowlistEntry[] | undefined
  /** Whether they are all there are: what is not among them is not listed. */
  complete: boolean
}

/**
 * The dialogs that add, edit and remove entries. The address says which one is open. A press opens it at
 * once, for the router takes a while; its code is fetched beforehand.
 */
export function EntryDialogs({ ref, project, rows, complete }: EntryDialogsProps) {
  const { dialog, target, kind, policies, draft, configuration } = route.useSearch()
  const navigate = route.useNavigate()
  const router = useRouter()
  /** Not in the address yet. */
  const [pressed, setPressed] = useState<Question>()
  useImperativeHandle(
    ref,
    () => ({
      add: () => setPressed({ dialog: 'add' }),
      edit: (entry) => setPressed(questionOf('edit', entry)),
      remove: (entry) => setPressed(questionOf('remove', entry)),
    }),
    [],
  )
  const shown = dialog ? { dialog, target, kind, policies, draft, configuration } : pressed
  if (dialog && pressed) setPressed(undefined)

  const isLikely = rows !== undefined && !project.archived
  usePreload(entryDialog, isLikely && whenIdle)
  usePreload(openings, isLikely && whenIdle)

  const goTo = useCallback(
    (question: Partial<Question>, how: { replace?: boolean; ignoreBlocker?: boolean } = {}) =>
      navigate({
        search: (kept) => ({ ...kept, ...noQuestion, ...question }),
        resetScroll: false,
        ...how,
      }),
    [navigate],
  )
  /** Of where the router is going, which what is rendered follows. */
  const isInAddress = useCallback(() => {
    const { search } = router.latestLocation
    return 'dialog' in search && search.dialog !== undefined
  }, [router])
  useEffect(() => {
    if (!pressed) return
    return afterPaint(async () => {
      // Whatever was typed in the meantime stays where it is.
      await goTo(pressed, { ignoreBlocker: true })
      // Closed or left by Back before it was there.
      if (!isInAddress()) setPressed((now) => (now === pressed ? undefined : now))
    })
  }, [pressed, goTo, isInAddress])

  const saved = useRef<Target>(undefined)
  const close = useCallback(
    (how: 'saved' | 'left', target?: Target) => {
      saved.current = target
      if (isInAddress()) void goTo({}, { replace: true, ignoreBlocker: how === 'saved' })
      else setPressed(undefined)
    },
    [goTo, isInAddress],
  )
  const placeAfterSaving = useCallback(() => {
    const target = saved.current
    // For the dialog that saved it alone: another one may be left by Back, which closes nothing here.
    saved.current = undefined
    return target && editButtonOf(target)
  }, [])
  const editInstead = useCallback(
    // What was chosen goes along.
    (entry: AllowlistEntry, wish?: Wish) =>
      void goTo(questionOf('edit', entry, wish), { ignoreBlocker: true }),
    [goTo],
  )
  const addInstead = useCallback(
    (path: string) => void goTo({ dialog: 'add', target: path, kind }),
    [goTo, kind],
  )

  if (!shown || !rows) return null
  const wished = shown.draft === '1' ? shown.configuration : undefined
  return (
    <LazyPart
      // Nothing of a dialog outlives it.
      key={[shown.dialog, shown.target, shown.kind, shown.policies, wished].join(' ')}
      part={entryDialog}
      onGiveUp={() => close('left')}
    >
      {(EntryDialog) => (
        <EntryDialog
          project={project}
          rows={rows}
          complete={complete}
          mode={shown.dialog}
          wanted={shown.target}
          kind={shown.kind}
          policies={shown.policies}
          draft={wished}
          onEditInstead={editInstead}
          onAddInstead={addInstead}
          onClose={close}
          returnFocus={placeAfterSaving}
          findPlace={removeButtonNear}
        />
      )}
    </LazyPart>
  )
}
