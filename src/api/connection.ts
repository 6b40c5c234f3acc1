/**
 * Who is signed in to which GitLab. The token lives in this module's memory; a tab may keep it in
 * session storage when its user asks for that. It is never written anywhere else.
 */
import * as z from 'zod/mini'
import { createGitLabApi } from './gitlab.ts'
import type { GitLabApi, User } from './gitlab-api.ts'
import { createHttp } from './http.ts'

/** A GitLab, with its relative URL root, without a final slash. */
export type Server = {
  /** Where it answers: below it is `/api/v4`. */
  readonly address: string
  /** Where its own pages are: for links, for reading pasted addresses, and for signing in. */
  readonly webAddress: string
}

/** What says who acts: a personal access token, or one that came by OAuth. */
export type Credentials = {
  readonly token: string
  readonly oauth?: OAuthGrant | undefined
}

/** What belongs to a token that came by OAuth. */
export type OAuthGrant = {
  readonly applicationId: string
  /** What GitLab lets the token do, such as `read_api`. */
  readonly scope: string
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt: number
  /**
   * Fetches the next token, once. Each tab has signed in by itself and so has a chain of tokens of
   * its own. A duplicated tab starts with a copy: the first of the two to renew stays signed in, the
   * other one is asked to sign in again. Undefined when GitLab does not take it any more.
   */
  readonly refreshToken?: string | undefined
}

/** A checked way in: the address answered as GitLab and the token belongs to `user`. */
export type Connection = Server & Credentials & { readonly user: User }

/**
 * Whether the token is of no more use: GitLab refuses it, or it was dropped (see `dropToken`). The
 * page stays, and the user is asked to sign in again on it, or has put that off.
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

const storageKey = 'connection'
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
  remember(connection)
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

/** In place, because React holds on to the session with which it drew the page before. */
function forgetToken(): void {
  if (session.state === 'signed-in') {
    const { connection } = session
    forgetProjects(connection)
    void revoke({ ...connection })
    const oauth = connection.oauth && { ...connection.oauth, refreshToken: undefined }
    Object.assign(connection, { token: '', oauth })
  }
  forgetTab()
  globalThis.headStart = undefined
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

/** When a kept session ends without further input, as `IdleWatch.tsx` writes it in the tab. */
export const idleEndKey = 'idle-end'

/** In milliseconds since 1970. */
const idleEnd = (): number => Number(sessionStorage.getItem(idleEndKey) ?? Number.POSITIVE_INFINITY)

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

/** A token that ends within this time is renewed before it is sent, in milliseconds. */
const renewalMargin = 60_000

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
  // Not loaded or not answered: the token in hand goes out, and its refusal says the rest.
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

/** Where `recent-projects.ts` keeps what a user has opened: it is forgotten with the token. */
export const recentProjectsKey = ({ address, user }: Pick<Connection, 'address' | 'user'>) =>
  `recent-projects ${address} ${user.id}`

function forgetProjects(connection: Connection): void {
  try {
    localStorage.removeItem(recentProjectsKey(connection))
  } catch {
    // Nothing was kept where storage is switched off.
  }
}

/** Of the last GitLab that answered, to spare typing it again. Never a token. */
const remembered = { address: 'gitlab-address', applicationId: 'gitlab-application-id' } as const

export function recall(what: keyof typeof remembered): string {
  try {
    return localStorage.getItem(remembered[what]) ?? ''
  } catch {
    return ''
  }
}

function remember({ webAddress, oauth }: Connection): void {
  try {
    localStorage.setItem(remembered.address, webAddress)
    if (oauth) localStorage.setItem(remembered.applicationId, oauth.applicationId)
  } catch {
    // Typed again next time.
  }
}

const storedConnection = z.object({
  address: z.string(),
  webAddress: z.string(),
  token: z.string(),
  oauth: z.optional(
    z.object({
      applicationId: z.string(),
      scope: z.string(),
      expiresAt: z.number(),
      refreshToken: z.optional(z.string()),
    }),
  ),
  user: z.object({
    id: z.number(),
    username: z.string(),
    name: z.string(),
    avatarUrl: z.nullable(z.string()),
    isAdmin: z.boolean(),
  }),
})

function readTab(): Connection | undefined {
  try {
    const text = sessionStorage.getItem(storageKey)
    // Another version of the console may have written it, before a reload.
    return text ? storedConnection.parse(JSON.parse(text)) : undefined
  } catch {
    return undefined
  }
}

/** @returns false where storage is switched off: the token simply does not outlive the page */
function writeTab(connection: Connection): boolean {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(connection))
    return true
  } catch {
    return false
  }
}

function forgetTab(): void {
  try {
    sessionStorage.removeItem(storageKey)
    sessionStorage.removeItem(idleEndKey)
  } catch {
    // Nothing was kept where storage is switched off.
  }
}
