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
import { type AllowlistEntry, editing } from '../../domain/allowlist.ts'
import { DialogOpen } from '../../ui/Dialog.tsx'
import { afterPaint, whenIdle } from '../../ui/defer.ts'
import { openings } from '../entry-dialog/lazy-openings.ts'
import { LazyPart, lazyPart } from '../shared/lazy-part.tsx'

const entryDialog = lazyPart(() =>
  import('../entry-dialog/EntryDialog.tsx').then((x) => x.EntryDialog),
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
  /** The pointer or the focus is at the way to edit an entry. */
  expectEdit: (entry: AllowlistEntry) => void
}

type EntryDialogsProps = {
  ref: Ref<EntryDialogsHandle>
  project: Project
  /** All of the list. */
  rows: readonly AllowlistEntry[]
}

/**
 * The dialogs that add and edit entries. Each is drawn out of sight before it is asked for, and
 * opens at once; the address, which takes the router a while, follows.
 */
export function EntryDialogs({ ref, project, rows }: EntryDialogsProps) {
  const { dialog, target, policies } = route.useSearch()
  const navigate = route.useNavigate()
  const [pressed, setPressed] = useState<Question>()
  const [prepared, setPrepared] = useState(false)
  const [expected, setExpected] = useState<AllowlistEntry>()
  useImperativeHandle(
    ref,
    () => ({
      add: () => setPressed(toAdd),
      edit: (entry) => setPressed(toEdit(entry)),
      expectEdit: (entry) => startTransition(() => setExpected(entry)),
    }),
    [],
  )

  const shown = dialog ? { dialog, target, policies } : pressed
  const words = shown && [shown.dialog, shown.target, shown.policies].join(' ')
  const [last, setLast] = useState(words)
  const [round, setRound] = useState(0)
  if (dialog && pressed) setPressed(undefined)
  if (words !== last) {
    setLast(words)
    // Nothing of a dialog outlives it, also when another one takes its place.
    if (last !== undefined) {
      setRound(round + 1)
      setPrepared(false)
    }
  }
  const isClosed = shown === undefined
  useEffect(
    () => (isClosed ? prepareWhenIdle(() => startTransition(() => setPrepared(true))) : undefined),
    [isClosed],
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

  const likely =
    expected && rows.includes(expected) ? expected : rows.find((entry) => editing(entry).allowed)
  const next = prepared ? [toAdd, ...(likely ? [toEdit(likely)] : [])] : []
  const kept = next.filter((question) => question.dialog !== shown?.dialog)
  return [...kept, ...(shown ? [shown] : [])].map((question) => {
    // What a form to edit is filled with follows from the list; all else is how a form begins.
    const beginning = [question.dialog === 'add' && question.target, question.policies]
    return (
      <DialogOpen key={[question.dialog, round, ...beginning].join(' ')} value={question === shown}>
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
  })
}

/** The dialogs are wanted within one click of here: fetched while nobody waits for them. */
function prepareWhenIdle(onDone: () => void): () => void {
  let left = false
  const cancel = whenIdle(() => {
    // A dialog whose code could not be fetched now is fetched when it is opened.
    Promise.all([entryDialog.preload(), openings.preload()]).then(
      () => left || onDone(),
      () => {},
    )
  })
  return () => {
    left = true
    cancel()
  }
}
