/**
 * The question of the access check, kept in the tab's session storage for a reload, for one user on one
 * GitLab, until they sign out. Its text holds no recognised secret: only masked texts get here.
 */
import * as z from 'zod/mini'
import type { Connection } from './check-connection.ts'
import { tabKeys } from './tab-keys.ts'

type Owner = Pick<Connection, 'address' | 'user'>

const shape = z.object({
  owner: z.string(),
  text: z.string(),
  origin: z.optional(z.string()),
  values: z.record(z.string(), z.string()),
})
export type KeptQuestion = Readonly<Omit<z.output<typeof shape>, 'owner'>>

/** The most characters of a text that are kept. */
export const mostKept = 200_000

const nameOf = ({ address, user }: Owner) => `${address} ${user.id}`

/** What this user asked last in this tab, if it was kept. */
export function keptQuestion(owner: Owner): KeptQuestion | undefined {
  try {
    const { owner: name, ...question } = shape.parse(
      JSON.parse(sessionStorage.getItem(tabKeys.question) ?? ''),
    )
    return name === nameOf(owner) ? question : undefined
  } catch {
    // Nothing was kept, storage is switched off, or another version of the console wrote it.
    return undefined
  }
}

/** Keeps a question in place of the one before; an empty or a too long text removes that alone. */
export function keepQuestion(owner: Owner, { text, origin, values }: KeptQuestion): void {
  try {
    if (!text.trim() || text.length > mostKept) sessionStorage.removeItem(tabKeys.question)
    else {
      const kept = { owner: nameOf(owner), text, origin, values }
      sessionStorage.setItem(tabKeys.question, JSON.stringify(kept))
    }
  } catch {
    // Pasted again after a reload.
  }
}
