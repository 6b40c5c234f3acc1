import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { configQuery } from '../../api/config.ts'
import { keepIdleEnd } from '../../api/kept-connection.ts'
import { dropToken, isKeptForTab } from '../../api/session.ts'
import { useSession } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { useSignOut } from '../shared/use-sign-out.ts'
import { watchIdle } from './watch-idle.ts'

const minute = 60_000
/** Where `config.json` says nothing. */
const usualMinutes = 60
/**
 * The time before the end at which the user is asked, in milliseconds; at most half of the session.
 */
const usualNotice = 2 * minute

/** Ends the session of this tab when there was no input for long, and asks before. */
export function IdleWatch() {
  const session = useSession()
  if (session.state === 'signed-out' || !session.connection.token) return null
  // A session that GitLab has ended already is not asked about.
  return <Watch key={session.api.id} asks={session.renewal === 'none'} />
}

function Watch({ asks }: { asks: boolean }) {
  const config = useQuery({ ...configQuery(), enabled: !__DEMO__ })
  const { idleMinutes = usualMinutes } = config.data?.ok ? config.data.config : {}
  const [left, setLeft] = useState<number>()
  const answer = useRef<() => void>(undefined)

  useEffect(() => {
    if (idleMinutes === 0) return keepEnd(undefined)
    const limit = idleMinutes * minute
    const watch = watchIdle({
      limit,
      notice: asks ? Math.min(usualNotice, limit / 2) : 0,
      onMoved: keepEnd,
      onAsk: setLeft,
      onEnd: dropToken,
    })
    answer.current = watch.stay
    return () => {
      setLeft(undefined)
      watch.stop()
    }
  }, [idleMinutes, asks])

  function stay() {
    answer.current?.()
    setLeft(undefined)
  }
  return left !== undefined && <IdleDialog seconds={Math.ceil(left / 1000)} onStay={stay} />
}

function keepEnd(end: number | undefined): void {
  if (isKeptForTab()) keepIdleEnd(end)
}

/** The seconds that a screen reader is told of: each of them would be too many. */
const told = [10, 30, 60]

function IdleDialog({ seconds, onStay }: { seconds: number; onStay: () => void }) {
  const signOut = useSignOut()
  const stay = useRef<HTMLButtonElement>(null)
  const passed = told.find((one) => seconds <= one)
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <Dialog
      title={m.idle_title({ minutes: Math.ceil(seconds / 60) })}
      size="small"
      closeLabel={m.idle_stay()}
      onClose={onStay}
      initialFocus={stay}
      footer={
        <>
          <Button
            onClick={() => {
              onStay()
              signOut()
            }}
          >
            {m.idle_leave()}
          </Button>
          <Button ref={stay} variant="confirm" onClick={onStay}>
            {m.idle_stay()}
          </Button>
        </>
      }
    >
      <p>{m.idle_body()}</p>
      <p role="timer">{m.idle_left({ time: clock })}</p>
      <div role="status">
        <VisuallyHidden>{passed && m.idle_seconds_left({ seconds: passed })}</VisuallyHidden>
      </div>
    </Dialog>
  )
}
