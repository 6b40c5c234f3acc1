/**
 * Writes whose answer may get lost. A connection that breaks, a gateway that gives up or a proxy
 * that answers in GitLab's place say nothing about what GitLab has done.
 */
import { ApiError, type ErrorKind } from './api-error.ts'

const leavesOpen: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'unreachable',
  'timeout',
  'malformed',
  'unavailable',
])

const isLost = (error: unknown): error is ApiError =>
  error instanceof ApiError && leavesOpen.has(error.kind)

/** Writes, and where the answer is lost asks by a read whether it was done. */
export type CarefulWrite = (
  write: () => Promise<void>,
  /** Whether GitLab holds by now what the write was to bring about. */
  isDone: () => Promise<boolean>,
) => Promise<void>

/**
 * One place that writes, such as a dialog. It ends well when GitLab has done it, whoever said so,
 * and rejects with the write's error when GitLab has not. Where the read fails too, the error says
 * that the outcome is unknown, and the next try begins with the read: nothing is written twice.
 */
export function createCarefulWrite(): CarefulWrite {
  let open: ApiError | undefined

  async function settle(lost: ApiError, isDone: () => Promise<boolean>): Promise<boolean> {
    try {
      const done = await isDone()
      open = undefined
      return done
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      open = lost
      throw new ApiError(lost.kind, { ...lost, outcomeUnknown: true, cause: lost })
    }
  }

  return async (write, isDone) => {
    if (open && (await settle(open, isDone))) return
    try {
      await write()
    } catch (error) {
      if (!isLost(error)) throw error
      if (!(await settle(error, isDone))) throw error
    }
  }
}
