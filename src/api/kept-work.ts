/**
 * What a user has changed or is changing, kept in the tab's session storage for a reload, for one
 * user on one GitLab, until they sign out. It contains no token.
 */
import * as z from 'zod/mini'
import type { EntryChange } from '../domain/change.ts'
import { maskShort } from '../domain/reading/secrets/mask-change.ts'
import { ApiError, errorKinds, errorReasons } from './api-error.ts'
import type { GitLabApi } from './gitlab-api.ts'
import { getSession } from './session.ts'

const permissions = z.object({
  defaultPermissions: z.boolean(),
  policies: z.readonly(z.array(z.string())),
})

/** An `EntryChange`. */
export const changeShape = z.pipe(
  z.object({
    projectId: z.number(),
    target: z.object({
      kind: z.enum(['project', 'group']),
      id: z.number(),
      fullPath: z.string(),
      name: z.string(),
      avatarUrl: z.nullable(z.string()),
      webUrl: z.string(),
    }),
    before: z.optional(permissions),
    after: z.optional(permissions),
  }),
  z.transform(({ before, after, ...rest }): EntryChange => ({ ...rest, before, after })),
)

/** What is shown of an `ApiError`. */
export const errorShape = z.pipe(
  z.object({
    kind: z.enum(errorKinds),
    reason: z.optional(z.enum(errorReasons)),
    status: z.optional(z.number()),
    serverText: z.optional(z.string()),
  }),
  z.transform(({ kind, ...details }) => new ApiError(kind, details)),
)

/** An error as `errorShape` reads it: GitLab's words could repeat a secret, which is masked. */
export const toKept = ({
  kind,
  reason,
  status,
  serverText,
}: ApiError): z.input<typeof errorShape> => ({
  kind,
  reason,
  status,
  serverText: serverText && maskShort(serverText),
})

const keptShape = z.object({ owner: z.string(), data: z.unknown() })

/** The user of an API object, while they are signed in. */
function ownerOf(api: GitLabApi): string | undefined {
  const session = getSession()
  if (session.state === 'signed-out' || session.api !== api) return undefined
  const { address, user, token } = session.connection
  // The token has been dropped, and what was kept with it.
  return token ? `${address} ${user.id}` : undefined
}

/** What was kept under a name for this user; undefined where that is nothing, or of another shape. */
export function readKept<Data>(
  api: GitLabApi,
  name: string,
  shape: z.ZodMiniType<Data>,
): Data | undefined {
  try {
    const { owner, data } = keptShape.parse(JSON.parse(sessionStorage.getItem(name) ?? ''))
    return owner === ownerOf(api) ? shape.parse(data) : undefined
  } catch {
    // Nothing was kept, storage is switched off, or another version of the console wrote it.
    return undefined
  }
}

/** Keeps data under a name in place of what was there; undefined removes that alone. */
export function keep(api: GitLabApi, name: string, data: unknown): void {
  const owner = ownerOf(api)
  if (!owner) return
  try {
    if (data === undefined) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, JSON.stringify({ owner, data }))
  } catch {
    // It does not outlive the page.
  }
}
