import { useEffect, useRef, useState } from 'react'
import type { Connection } from '../../api/check-connection.ts'
import {
  type Application,
  askInWindow,
  type OAuthOutcome,
  type OAuthScope,
} from '../../api/oauth.ts'

/** How far signing in in a window of its own has come. */
export type WindowSignIn =
  | { readonly state: 'idle' | 'waiting' | 'blocked' | 'closed' }
  | { readonly state: 'failed'; readonly outcome: Extract<OAuthOutcome, { ok: false }> }

/** How often to look whether the window is still there, in milliseconds. */
const glance = 500

/** Signs in on GitLab's page in a window beside this one, which stays as it is. */
export function useWindowSignIn(onSignedIn: (connection: Connection) => void) {
  const [signIn, setSignIn] = useState<WindowSignIn>({ state: 'idle' })
  const aborter = useRef<AbortController>(null)
  useEffect(() => () => aborter.current?.abort(), [])

  /** To be called while a click is handled: browsers block windows that open by themselves. */
  async function open(application: Application, scope: OAuthScope): Promise<void> {
    aborter.current?.abort()
    const popup = window.open('', '', 'popup,width=640,height=800')
    if (!popup) return setSignIn({ state: 'blocked' })
    // GitLab's page, and wherever it leads, could send this one to another address.
    popup.opener = null
    aborter.current = new AbortController()
    const { signal } = aborter.current
    setSignIn({ state: 'waiting' })
    const watch = setInterval(() => {
      if (popup.closed) setSignIn({ state: 'closed' })
    }, glance)
    const stopWatching = () => {
      clearInterval(watch)
      setSignIn({ state: 'waiting' })
    }
    try {
      const outcome = await askInWindow(application, scope, popup, stopWatching, signal)
      if (outcome.ok) {
        setSignIn({ state: 'idle' })
        onSignedIn(outcome.connection)
      } else setSignIn({ state: 'failed', outcome })
    } catch (error) {
      // Given up, by closing the dialog or opening another window.
      if (!signal.aborted) throw error
    } finally {
      clearInterval(watch)
    }
  }

  return { signIn, open }
}
