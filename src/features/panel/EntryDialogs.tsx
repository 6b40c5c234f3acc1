import { getRouteApi } from '@tanstack/react-router'
import {
  type Ref,
  startTransition,
  useCallback,
  useEffect,
  useImperativeHandle,
  useState,
} from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { type AllowlistEntry, editing, removal } from '../../domain/allowlist.ts'
import { DialogOpen } from '../../ui/Dialog.tsx'
import { afterPaint, whenIdle } from '../../ui/defer.ts'
import { openings } from '../entry-dialog/lazy-openings.ts'
import { LazyPart, lazyPart } from '../shared/lazy-part.tsx'

const entryDialog = lazyPart(() =>
  import('../entry-dialog/EntryDialog.tsx').then((x) => x.EntryDialog),
)

const removeDialog = lazyPart(() =>
  import('./RemoveEntryDialog.tsx').then((x) => x.RemoveEntryDialog),
)

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

/** What an address says of a dialog. */
type Question = {
  dialog: 'add' | 'edit'
  target?: string | undefined
  policies?: string | undefined
}
const nothing = { dialog: undefined, target: undefined, policies: undefined }
const toAdd: Question = { dialog: 'add' }
const toEdit = ({ target }: AllowlistEntry): Question => ({
  dialog: 'edit',
  target: target.fullPath,
})

/** Opens dialogs without drawing anything else anew. */
export type EntryDialogsHandle = {
  add: () => void
  edit: (entry: AllowlistEntry) => void
  remove: (entry: AllowlistEntry) => void
  /** The pointer or the focus is at an entry's buttons. */
  expect: (entry: AllowlistEntry) => void
}

type EntryDialogsProps = {
  ref: Ref<EntryDialogsHandle>
  project: Project
  /** All of the list; undefined until it has arrived, which what is to be added or edited waits for. */
  rows: readonly AllowlistEntry[] | undefined
  /** Where the focus goes when the row that opened a dialog is gone. */
  returnFocus: () => HTMLElement | null
}

/**
 * The dialogs that add, edit and remove entries. Each is drawn out of sight before it is asked for,
 * and opens at once; the address of the first two, which takes the router a while, follows.
 */
export function EntryDialogs({ ref, project, rows, returnFocus }: EntryDialogsProps) {
  const { dialog, target, policies } = route.useSearch()
  const navigate = route.useNavigate()
  const [pressed, setPressed] = useState<Question>()
  const [prepared, setPrepared] = useState(false)
  const [expected, setExpected] = useState<AllowlistEntry>()
  const [leaving, setLeaving] = useState<AllowlistEntry>()
  useImperativeHandle(
    ref,
    () => ({
      add: () => setPressed(toAdd),
      edit: (entry) => setPressed(toEdit(entry)),
      remove: setLeaving,
      expect: (entry) => startTransition(() => setExpected(entry)),
    }),
    [],
  )

  const shown = dialog ? { dialog, target, policies } : pressed
  const open = leaving
    ? `remove ${leaving.target.fullPath}`
    : shown && [shown.dialog, shown.target, shown.policies].join(' ')
  const [last, setLast] = useState(open)
  const [round, setRound] = useState(0)
  if (dialog && pressed) setPressed(undefined)
  if (open !== last) {
    setLast(open)
    // Nothing of a dialog outlives it, also when another one takes its place.
    if (last !== undefined) {
      setRound(round + 1)
      setPrepared(false)
    }
  }
  const isQuiet = rows !== undefined && open === undefined
  useEffect(
    () => (isQuiet ? prepareWhenIdle(() => startTransition(() => setPrepared(true))) : undefined),
    [isQuiet],
  )

  const goTo = useCallback(
    (question: Partial<Question>, how: { replace?: boolean; ignoreBlocker?: boolean } = {}) =>
      void navigate({
        search: (kept) => ({ ...kept, ...nothing, ...question }),
        resetScroll: false,
        ...how,
      }),
    [navigate],
  )
  useEffect(
    // Whatever was typed in the meantime stays where it is.
    () => (pressed ? afterPaint(() => goTo(pressed, { ignoreBlocker: true })) : undefined),
    [pressed, goTo],
  )
  const close = useCallback(
    (how: 'saved' | 'left') => {
      setPressed(undefined)
      goTo({}, { replace: true, ignoreBlocker: how === 'saved' })
    },
    [goTo],
  )
  const editInstead = useCallback((entry: AllowlistEntry) => goTo(toEdit(entry)), [goTo])
  const addInstead = useCallback((path: string) => goTo({ ...toAdd, target: path }), [goTo])

  const likely = (fits: (entry: AllowlistEntry) => boolean) =>
    expected && fits(expected) && rows?.includes(expected) ? expected : rows?.find(fits)
  const likelyEdited = prepared ? likely((entry) => editing(entry).allowed) : undefined
  const likelyRemoved = prepared ? likely((entry) => removal(entry, project.id).allowed) : undefined
  const next = [...(prepared ? [toAdd] : []), ...(likelyEdited ? [toEdit(likelyEdited)] : [])]
  const questions = [
    ...next.filter((question) => question.dialog !== shown?.dialog),
    ...(shown ? [shown] : []),
  ]
  const removed = leaving ?? likelyRemoved
  return (
    <>
      {rows &&
        questions.map((question) => {
          // What a form to edit is filled with follows from the list; all else is how a form begins.
          const beginning = [question.dialog === 'add' && question.target, question.policies]
          return (
            <DialogOpen
              key={[question.dialog, round, ...beginning].join(' ')}
              value={question === shown}
            >
              <LazyPart part={entryDialog} onGiveUp={() => close('left')}>
                {(EntryDialog) => (
                  <EntryDialog
                    project={project}
                    rows={rows}
                    mode={question.dialog}
                    wanted={question.target}
                    policies={question.policies}
                    onEditInstead={editInstead}
                    onAddInstead={addInstead}
                    onClose={close}
                  />
                )}
              </LazyPart>
            </DialogOpen>
          )
        })}
      {removed && (
        <DialogOpen key={`remove ${round}`} value={leaving !== undefined}>
          <LazyPart part={removeDialog} onGiveUp={() => setLeaving(undefined)}>
            {(RemoveEntryDialog) => (
              <RemoveEntryDialog
                entry={removed}
                projectId={project.id}
                onClose={() => setLeaving(undefined)}
                returnFocus={returnFocus}
              />
            )}
          </LazyPart>
        </DialogOpen>
      )}
    </>
  )
}

/** The dialogs are wanted within one click of here: fetched while nobody waits for them. */
function prepareWhenIdle(onDone: () => void): () => void {
  let left = false
  const cancel = whenIdle(() => {
    // A dialog whose code could not be fetched now is fetched when it is opened.
    Promise.all([entryDialog, openings, removeDialog].map((part) => part.preload())).then(
      () => left || onDone(),
      () => {},
    )
  })
  return () => {
    left = true
    cancel()
  }
}
