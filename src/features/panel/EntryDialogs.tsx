import { getRouteApi, useRouter } from '@tanstack/react-router'
import {
  type Ref,
  startTransition,
  useCallback,
  useEffect,
  useImperativeHandle,
  useState,
} from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { type AllowlistEntry, editing, entryKey, removal } from '../../domain/allowlist.ts'
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
const noQuestion = { dialog: undefined, target: undefined, policies: undefined }
const addQuestion: Question = { dialog: 'add' }
const editQuestion = ({ target }: AllowlistEntry): Question => ({
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
  /** All of the list; undefined until it has arrived. To add and to edit wait for it. */
  rows: readonly AllowlistEntry[] | undefined
  /** Whether they are all there are: what is not among them is not listed. */
  complete: boolean
  /** Where the focus goes when the row that opened a dialog is gone. */
  returnFocus: () => HTMLElement | null
}

/**
 * The dialogs that add, edit and remove entries. Each is drawn out of sight before it is asked for,
 * and opens at once; the address of the first two, which takes the router a while, follows.
 */
export function EntryDialogs({ ref, project, rows, complete, returnFocus }: EntryDialogsProps) {
  const { dialog, target, policies } = route.useSearch()
  const navigate = route.useNavigate()
  const router = useRouter()
  const [pressed, setPressed] = useState<Question>()
  const [leaving, setLeaving] = useState<AllowlistEntry>()
  const [expected, setExpected] = useState<AllowlistEntry>()
  useImperativeHandle(
    ref,
    () => ({
      add: () => setPressed(addQuestion),
      edit: (entry) => setPressed(editQuestion(entry)),
      remove: setLeaving,
      expect: (entry) => startTransition(() => setExpected(entry)),
    }),
    [],
  )

  const shown = dialog ? { dialog, target, policies } : pressed
  if (dialog && pressed) setPressed(undefined)
  const round = useRound(shown && [shown.dialog, shown.target, shown.policies].join(' '))
  const removals = useRound(leaving && entryKey(leaving.target))

  // What has been opened once is prepared anew.
  const rounds = `${round} ${removals}`
  const [preparedFor, setPreparedFor] = useState<string>()
  const prepared = preparedFor === rounds
  const isQuiet = rows !== undefined && !project.archived && !shown && !leaving
  useEffect(
    () =>
      isQuiet ? prepareWhenIdle(() => startTransition(() => setPreparedFor(rounds))) : undefined,
    [isQuiet, rounds],
  )

  const goTo = useCallback(
    (question: Partial<Question>, how: { replace?: boolean; ignoreBlocker?: boolean } = {}) =>
      navigate({
        search: (kept) => ({ ...kept, ...noQuestion, ...question }),
        resetScroll: false,
        ...how,
      }),
    [navigate],
  )
  /** Of where the router is going, which what is drawn follows. */
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
  const close = useCallback(
    (how: 'saved' | 'left') => {
      if (isInAddress()) void goTo({}, { replace: true, ignoreBlocker: how === 'saved' })
      else setPressed(undefined)
    },
    [goTo, isInAddress],
  )
  const editInstead = useCallback((entry: AllowlistEntry) => void goTo(editQuestion(entry)), [goTo])
  const addInstead = useCallback(
    (path: string) => void goTo({ ...addQuestion, target: path }),
    [goTo],
  )

  function mostLikely(fits: (entry: AllowlistEntry) => boolean) {
    if (!prepared || !rows) return undefined
    const key = expected && entryKey(expected.target)
    const found = rows.find((entry) => entryKey(entry.target) === key)
    return found && fits(found) ? found : rows.find(fits)
  }
  const edited = mostLikely((entry) => editing(entry).allowed)
  const next = [...(prepared ? [addQuestion] : []), ...(edited ? [editQuestion(edited)] : [])]
  const questions = [
    ...next.filter((question) => question.dialog !== shown?.dialog),
    ...(shown ? [shown] : []),
  ]
  const removed = leaving ?? mostLikely((entry) => removal(entry, project.id).allowed)
  return (
    <>
      {rows &&
        questions.map((question) => {
          // A form to edit follows the entry that is asked for; all else is how a form begins.
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
                    complete={complete}
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
        <DialogOpen key={`remove ${removals}`} value={leaving !== undefined}>
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

/** Another number once what was open has closed or given way: nothing of a dialog outlives it. */
function useRound(open: string | undefined): number {
  const [last, setLast] = useState(open)
  const [round, setRound] = useState(0)
  if (open !== last) {
    setLast(open)
    if (last !== undefined) setRound(round + 1)
  }
  return round
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
