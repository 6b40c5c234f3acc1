/**
 * Who is signed in to which GitLab. The token lives in this module's memory; `kept-connection.ts` holds
 * it for a tab whose user asks for that. It is never written anywhere else.
 */
import type { Connection } from './check-connection.ts'
import { createGitLabApi } from './gitlab.ts'
import type { GitLabApi } from './gitlab-api.ts'
import { dropHeadStart } from './head-start/take.ts'
import { createHttp } from './http.ts'
import {
  forgetTab,
  forgetWork,
  idleEnd,
  readTab,
  rememberServer,
  writeTab,
} from './kept-connection.ts'
import { renewalMargin } from './tab-keys.ts'

/**
 * Whether the token is unusable: GitLab refuses it, or it was dropped (see `dropToken`). The page
 * stays mounted, and the user is asked to sign in again on it, or has put that off.
 */
export type Renewal = 'none' | 'asking' | 'put-off'

export type Session =
  | { readonly state: 'signed-out' }
  | {
      readonly state: 'signed-in'
      readonly connection: Connection
      readonly api: GitLabApi
      readonly renewal: Renewal
    }

const listeners = new Set<() => void>()
let session: Session = { state: 'signed-out' }
let keptForTab = false

export const getSession = (): Session => session

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function change(next: Session): void {
  session = next
  for (const listener of listeners) listener()
}

/**
 * Signs in. For the same user on the same GitLab the API object stays, and with it all cached
 * answers: only the token is renewed.
 */
export function signIn(connection: Connection, { keepForTab = false } = {}): void {
  const api =
    session.state === 'signed-in' && isSameUser(session.connection, connection)
      ? session.api
      : openApi(connection)
  change({ state: 'signed-in', connection: { ...connection }, api, renewal: 'none' })
  rememberServer(connection)
  keptForTab = keepForTab && writeTab(connection)
  if (!keptForTab) forgetTab()
}

export const isSameUser = (a: Connection, b: Connection): boolean =>
  a.address === b.address && a.user.id === b.user.id

/** Asks for a new token, or puts that off: the page stays as it is either way. */
export function setRenewal(renewal: 'asking' | 'put-off'): void {
  if (session.state === 'signed-in') change({ ...session, renewal })
}

/** A token that came by OAuth is revoked, too; nobody waits for that. */
export function signOut(): void {
  forgetToken()
  keptForTab = false
  change({ state: 'signed-out' })
}

/**
 * Ends a session whose user seems to have gone, and keeps the page: the token goes as it does by
 * `signOut`, nothing is asked of GitLab any more, and the user is asked to sign in again.
 */
export function dropToken(): void {
  if (session.state === 'signed-out') return
  forgetToken()
  const { connection, renewal } = session
  change({
    ...session,
    connection: { ...connection },
    renewal: renewal === 'none' ? 'asking' : renewal,
  })
}

/** Deletes the token in place, because React still holds the session object of the last render. */
function forgetToken(): void {
  if (session.state === 'signed-in') {
    const { connection } = session
    forgetWork(connection)
    void revoke({ ...connection })
    const oauth = connection.oauth && { ...connection.oauth, refreshToken: undefined }
    Object.assign(connection, { token: '', oauth })
  }
  forgetTab()
  // It holds the token too, while the panel's first answers are on their way.
  dropHeadStart()
}

/**
 * Takes up what an earlier page of this tab kept, if anything. Browsers put tabs away and load them
 * anew when somebody looks at them: what had no input for too long by then is signed out.
 */
export function resumeSession(): void {
  const connection = readTab()
  if (!connection) return
  const isOver = Date.now() > idleEnd()
  signIn(connection, { keepForTab: true })
  if (isOver) signOut()
}

/** Whether this tab keeps the token over a reload, or did until the token was dropped. */
export const isKeptForTab = (): boolean => keptForTab

let signIns = 0

function openApi({ address, user }: Connection): GitLabApi {
  signIns += 1
  return createGitLabApi(
    // Numbered, so that no answer from before a sign-out can be taken for one from after it.
    `${address} ${user.id} ${signIns}`,
    address,
    createHttp({
      address,
      token: () => currentToken(address),
      onUnauthorized(token) {
        if (session.state === 'signed-out' || session.renewal !== 'none') return
        // A late refusal of the token before says nothing about the renewed one.
        if (session.connection.token === token) setRenewal('asking')
      },
    }),
  )
}

let renewing: Promise<void> | undefined

/**
 * The token to send now; one that is about to end has been renewed, once for all who ask. What an
 * earlier session still asks of its GitLab must not carry the token of this one.
 */
async function currentToken(address: string): Promise<string> {
  if (session.state === 'signed-out') return ''
  const { connection } = session
  const { refreshToken, expiresAt = 0 } = connection.oauth ?? {}
  if (refreshToken && expiresAt - Date.now() <= renewalMargin) {
    renewing ??= renewToken(connection).finally(() => {
      renewing = undefined
    })
    await renewing
  }
  const after = getSession()
  return after.state === 'signed-in' && after.connection.address === address
    ? after.connection.token
    : ''
}

async function renewToken(connection: Connection): Promise<void> {
  const oauth = await loadOAuth()
  // If the code does not load or GitLab does not answer, send the old token: its refusal is
  // handled.
  const renewed = (await oauth?.refresh(connection)) ?? 'failed'
  if (renewed === 'failed') return
  if (session.state === 'signed-out' || session.connection !== connection) {
    // Nobody is there for it any more.
    if (renewed !== 'refused') void revoke({ ...connection, ...renewed })
    return
  }
  const next =
    renewed === 'refused'
      ? {
          ...connection,
          oauth: connection.oauth && { ...connection.oauth, refreshToken: undefined },
        }
      : { ...connection, ...renewed }
  if (isKeptForTab()) writeTab(next)
  const renewal = renewed === 'refused' ? 'asking' : session.renewal
  change({ ...session, connection: next, renewal })
}

async function revoke(connection: Connection): Promise<void> {
  if (connection.oauth && connection.token)
    await (await loadOAuth())?.revoke(connection, connection)
}

const loadOAuth = () => import('./oauth.ts').catch(() => undefined)
