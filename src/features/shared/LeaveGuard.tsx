import { useBlocker } from '@tanstack/react-router'
import { useEffect } from 'react'
import { memoWords } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

type LeaveGuardProps = {
  /** Whether something would be lost. */
  when: boolean
  /** A dialog is left when its address parameter goes, a page when the path changes. */
  leaving: 'page' | 'dialog'
  /** What is asked, where it is not about unsaved input. */
  question?: { title: string; body: string; confirm: string; cancel: string } | undefined
}

/** Said once, it holds for everything unsaved on the page, until that navigation is through. */
let agreed = false

/** Asks before unsaved input is dropped, whatever way leads out: a button, Back, another address. */
export const LeaveGuard = memoWords(function LeaveGuard({
  when,
  leaving,
  question,
}: LeaveGuardProps) {
  const blocker = useBlocker({
    disabled: !when,
    withResolver: true,
    enableBeforeUnload: true,
    shouldBlockFn: ({ current, next }) =>
      !agreed &&
      (current.pathname !== next.pathname ||
        worldOf(current.search) !== worldOf(next.search) ||
        (leaving === 'dialog' && dialogOf(current.search) !== dialogOf(next.search))),
  })
  const { status, proceed } = blocker
  // Saved while it was asked: nothing would be lost any more, so the way out is open.
  useEffect(() => {
    if (!when && status === 'blocked') proceed?.()
  }, [when, status, proceed])
  if (blocker.status !== 'blocked') return null
  return (
    <ConfirmDialog
      title={question?.title ?? m.discard_title()}
      confirmLabel={question?.confirm ?? m.discard_confirm()}
      cancelLabel={question?.cancel ?? m.discard_cancel()}
      closeLabel={m.close()}
      danger
      onConfirm={() => {
        agreed = true
        setTimeout(() => {
          agreed = false
        })
        blocker.proceed()
      }}
      onClose={blocker.reset}
    >
      {question?.body ?? m.discard_body()}
    </ConfirmDialog>
  )
})

/** A key for the world of the demo and who looks at it: another one drops the page. */
const worldOf = ({ scenario, as, api }: Record<string, unknown>): string =>
  __DEMO__ ? [scenario, as, api].join(' ') : ''

/** A key for the dialog that an address opens; other parameters do not change it. */
const dialogOf = ({
  tool,
  dialog,
  target,
  kind,
  policies,
  draft,
  configuration,
}: Record<string, unknown>): string =>
  [tool, dialog, target, kind, policies, draft, configuration].join(' ')
