/**
 * The parts of a connection that are stored beyond the page: in session storage all of it, where
 * the user asks for that; in local storage the address, but never a token.
 */
import * as z from 'zod/mini'
import type { Connection } from './check-connection.ts'
import { tabKeys } from './tab-keys.ts'

/** Local storage keys for the last GitLab that answered, to fill the form. Never a token. */
const remembered = { address: 'gitlab-address', applicationId: 'gitlab-application-id' } as const

export function recall(what: keyof typeof remembered): string {
  try {
    return localStorage.getItem(remembered[what]) ?? ''
  } catch {
    return ''
  }
}

export function rememberServer({ webAddress, oauth }: Connection): void {
  try {
    localStorage.setItem(remembered.address, webAddress)
    if (oauth) localStorage.setItem(remembered.applicationId, oauth.applicationId)
  } catch {
    // Typed again next time.
  }
}

/**
 * The storage key of a user's recent projects (`recent-projects.ts`), which are deleted with the
 * token.
 */
export const recentProjectsKey = ({ address, user }: Pick<Connection, 'address' | 'user'>) =>
  `recent-projects ${address} ${user.id}`

/** The storage key of the lists that a user has seen last (`kept-lists.ts`). */
export const keptListsKey = ({ address, user }: Pick<Connection, 'address' | 'user'>) =>
  `kept-lists ${address} ${user.id}`

/**
 * Deletes what was kept of a user's work: recent projects and lists, what was pasted into the access
 * check, and the changes of this tab.
 */
export function forgetWork(connection: Connection): void {
  try {
    localStorage.removeItem(recentProjectsKey(connection))
    localStorage.removeItem(keptListsKey(connection))
    for (const key of [tabKeys.question, tabKeys.history, tabKeys.changeSets]) {
      sessionStorage.removeItem(key)
    }
  } catch {
    // Nothing was kept where storage is switched off.
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

/** The connection that an earlier page of this tab kept, if any. */
export function readTab(): Connection | undefined {
  try {
    const text = sessionStorage.getItem(tabKeys.connection)
    // Another version of the console may have written it, before a reload.
    return text ? storedConnection.parse(JSON.parse(text)) : undefined
  } catch {
    return undefined
  }
}

/** @returns false where storage is switched off: the token simply does not outlive the page */
export function writeTab(connection: Connection): boolean {
  try {
    sessionStorage.setItem(tabKeys.connection, JSON.stringify(connection))
    return true
  } catch {
    return false
  }
}

export function forgetTab(): void {
  try {
    sessionStorage.removeItem(tabKeys.connection)
    sessionStorage.removeItem(tabKeys.idleEnd)
  } catch {
    // Nothing was kept where storage is switched off.
  }
}

/** When a kept session ends without further input, in milliseconds since 1970. */
export const idleEnd = (): number =>
  Number(sessionStorage.getItem(tabKeys.idleEnd) ?? Number.POSITIVE_INFINITY)

/** Stores when the idle session ends, for a reload in this tab. Undefined: it has no idle limit. */
export function keepIdleEnd(end: number | undefined): void {
  if (end === undefined) sessionStorage.removeItem(tabKeys.idleEnd)
  else sessionStorage.setItem(tabKeys.idleEnd, String(end))
}
