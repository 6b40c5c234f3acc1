import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import {
  type Ref,
  startTransition,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { metadataQuery } from '../../api/server.ts'
import { useApi } from '../../api/use-api.ts'
import {
  type AllowlistEntry,
  editing,
  entryKey,
  removal,
  type Target,
  type TargetKind,
} from '../../domain/allowlist.ts'
import { afterPaint, whenIdle } from '../../ui/defer.ts'
import { DialogOpen } from '../../ui/dialog-open.ts'
import type { Wish } from '../entry-dialog/entry-form.ts'
import { openedEndpoints } from '../entry-dialog/lazy-opened-endpoints.ts'
import { LazyPart, lazyPart } from '../shared/lazy-part.tsx'
import { editButtonOf, removeButtonNear } from './row-buttons.ts'

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
const addQuestion: Question = { dialog: 'add' }
const editQuestion = ({ target }: AllowlistEntry, wish?: Wish): Question => ({
  dialog: 'edit',
  target: target.fullPath,
  kind: target.kind,
  ...(wish && { policies: wish.policies.join() || 'none' }),
  ...(wish?.draft && { draft: '1', configuration: wish.draft }),
})

/** An entry that is asked to be removed, and the rows as they stand at that moment. */
type Leaving = { readonly entry: AllowlistEntry; readonly among: readonly AllowlistEntry[] }

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
  /** Where the focus goes when neither the row that opened a dialog nor another one is left. */
  returnFocus: () => HTMLElement | null
}

/**
 * The dialogs that add, edit and remove entries. Each is drawn out of sight before it is asked for,
 * and opens at once; the address of the first two, which takes the router a while, follows.
 */
export function EntryDialogs({ ref, project, rows, complete, returnFocus }: EntryDialogsProps) {
  const { dialog, target, kind, policies, draft, configuration } = route.useSearch()
  const navigate = route.useNavigate()
  const router = useRouter()
  const [pressed, setPressed] = useState<Question>()
  const [leaving, setLeaving] = useState<Leaving>()
  const [expected, setExpected] = useState<AllowlistEntry>()
  useImperativeHandle(
    ref,
    () => ({
      add: () => setPressed(addQuestion),
      edit: (entry) => setPressed(editQuestion(entry)),
      remove: (entry) => setLeaving({ entry, among: rows ?? [] }),
      expect: (entry) => startTransition(() => setExpected(entry)),
    }),
    [rows],
  )

  const shown = dialog ? { dialog, target, kind, policies, draft, configuration } : pressed
  if (dialog && pressed) setPressed(undefined)
  const round = useRound(shown && textOf(shown))
  const removals = useRound(leaving && entryKey(leaving.entry.target))

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
      void goTo(editQuestion(entry, wish), { ignoreBlocker: true }),
    [goTo],
  )
  const addInstead = useCallback(
    (path: string) => void goTo({ ...addQuestion, target: path, kind }),
    [goTo, kind],
  )

  function mostLikely(fits: (entry: AllowlistEntry) => boolean) {
    if (!prepared || !rows) return undefined
    const key = expected && entryKey(expected.target)
    const found = rows.find((entry) => entryKey(entry.target) === key)
    return found && fits(found) ? found : rows.find(fits)
  }
  const { version } = useQuery(metadataQuery(useApi())).data ?? {}
  const edited = mostLikely((entry) => editing(entry, { projectId: project.id, version }).allowed)
  const next = [...(prepared ? [addQuestion] : []), ...(edited ? [editQuestion(edited)] : [])]
  const questions = [
    ...next.filter((question) => question.dialog !== shown?.dialog),
    ...(shown ? [shown] : []),
  ]
  const removed = leaving?.entry ?? mostLikely((entry) => removal(entry, project.id).allowed)
  return (
    <>
      {rows &&
        questions.map((question) => {
          // A form to edit follows the entry that is asked for; all else is how a form begins.
          const beginning = [
            question.dialog === 'add' && question.target,
            question.policies,
            draftOf(question),
          ]
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
                    kind={question.kind}
                    policies={question.policies}
                    draft={draftOf(question)}
                    onEditInstead={editInstead}
                    onAddInstead={addInstead}
                    onClose={close}
                    returnFocus={placeAfterSaving}
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
                project={project}
                rows={complete ? rows : undefined}
                onClose={() => setLeaving(undefined)}
                returnFocus={() => removeButtonNear(removed, leaving?.among ?? []) ?? returnFocus()}
              />
            )}
          </LazyPart>
        </DialogOpen>
      )}
    </>
  )
}

const draftOf = ({ draft, configuration }: Question): Wish['draft'] =>
  draft === '1' ? configuration : undefined

const textOf = (question: Question): string =>
  [question.dialog, question.target, question.kind, question.policies, draftOf(question)].join(' ')

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
    Promise.all([entryDialog, openedEndpoints, removeDialog].map((part) => part.preload())).then(
      () => left || onDone(),
      () => {},
    )
  })
  return () => {
    left = true
    cancel()
  }
}
