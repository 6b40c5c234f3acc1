import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import { afterPaint } from '../../ui/defer.ts'
import type { CloseEntryDialog, Wish } from '../entry-dialog/entry-form.ts'
import { openedEndpoints } from '../entry-dialog/lazy-opened-endpoints.ts'
import { wishSearch } from '../entry-dialog/wish-search.ts'
import { LazyPart, lazyPart, usePreload } from '../shared/lazy-part.tsx'
import { buttonAfter, lightUp } from './row-buttons.ts'

const entryDialog = lazyPart(() =>
  import('../entry-dialog/EntryDialog.tsx').then((x) => x.EntryDialog),
)

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

/** The search parameters without a dialog: they clear those that an earlier dialog left. */
export const noQuestion = {
  dialog: undefined,
  target: undefined,
  kind: undefined,
  policies: undefined,
  draft: undefined,
  configuration: undefined,
}
type Question = Partial<Pick<ReturnType<typeof route.useSearch>, keyof typeof noQuestion>>
export function questionOf(
  dialog: 'edit' | 'remove' | 'rights',
  { target }: AllowlistEntry,
  wish?: Wish,
) {
  return {
    dialog,
    target: target.fullPath,
    kind: target.kind,
    ...(wish && wishSearch(wish)),
  } satisfies Question
}

/** Opens a dialog without rendering anything else again. */
export type OpenDialog = (question: Question) => void

type EntryDialogsProps = {
  ref: Ref<OpenDialog>
  project: Project
  /** All of the list; undefined until it has arrived: the dialogs wait for it. */
  rows: readonly AllowlistEntry[] | undefined
  /** Whether they are all there are: what is not among them is not listed. */
  complete: boolean
}

/**
 * The dialogs that add, edit, remove and explain entries. The address says which one is open. A press opens it at
 * once, for the router takes a while; its code is fetched beforehand.
 */
export function EntryDialogs({ ref, project, rows, complete }: EntryDialogsProps) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const router = useRouter()
  /** Not in the address yet. */
  const [pressed, setPressed] = useState<Question>()
  useImperativeHandle(ref, () => setPressed, [])
  const shown = search.dialog ? search : pressed
  if (search.dialog && pressed) setPressed(undefined)

  const isLikely = rows !== undefined && !project.archived
  usePreload(entryDialog, isLikely)
  usePreload(openedEndpoints, isLikely)

  const goTo = (question: Question, how: { replace?: boolean; ignoreBlocker?: boolean }) =>
    navigate({
      search: (kept) => ({ ...kept, ...noQuestion, ...question }),
      resetScroll: false,
      ...how,
    })
  /** Reads the router's latest location, which the rendered one lags behind. */
  function isInAddress() {
    const { search } = router.latestLocation
    return 'dialog' in search && search.dialog !== undefined
  }
  const follow = useEffectEvent(async (question: Question, page: string) => {
    // Whoever pressed a link or a button of the dialog meanwhile is on the way elsewhere.
    if (router.latestLocation.pathname !== page || isInAddress()) return
    // The dialog stays mounted and keeps the typed text, so this navigation must not be blocked.
    await goTo(question, { ignoreBlocker: true })
    // The dialog was closed, or left by Back, before its address was set.
    if (!isInAddress()) setPressed((now) => (now === question ? undefined : now))
  })
  useEffect(() => {
    const { pathname } = router.latestLocation
    return pressed && afterPaint(() => void follow(pressed, pathname))
  }, [pressed, router])

  const close: CloseEntryDialog = (done) => {
    if (isInAddress()) void goTo({}, { replace: true, ignoreBlocker: done !== undefined })
    else setPressed(undefined)
  }

  if (!shown?.dialog || !rows) return null
  const { dialog: mode, target: wanted, kind, policies } = shown
  const draft = shown.draft === '1' ? shown.configuration : undefined
  const asked = { mode, wanted, kind, policies, draft }
  return (
    <LazyPart
      // Nothing of a dialog outlives it.
      key={Object.values(asked).join(' ')}
      part={entryDialog}
      onGiveUp={() => close()}
    >
      {(EntryDialog) => (
        <EntryDialog
          project={project}
          rows={rows}
          complete={complete}
          {...asked}
          // The permissions chosen here go along into the other dialog.
          onEditInstead={(entry, wish) =>
            void goTo(questionOf('edit', entry, wish), { ignoreBlocker: true })
          }
          onAddInstead={(path) => void goTo({ dialog: 'add', target: path, kind }, {})}
          onClose={close}
          returnFocus={(done) => {
            lightUp(done)
            return buttonAfter(done)
          }}
        />
      )}
    </LazyPart>
  )
}
