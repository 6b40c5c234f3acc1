/**
 * Writes whose answer may get lost. A connection that breaks, a gateway that gives up or a proxy
 * that answers in GitLab's place say nothing about what GitLab has done. Here for the settings of a
 * project or group, of which each save writes one; `entry-changes.ts` does it for sets of entries.
 */
import { ApiError, type ErrorKind } from './api-error.ts'

const leavesOpen: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'unreachable',
  'timeout',
  'malformed',
  'unavailable',
])

/** Whether an error tells nothing of what GitLab has done. */
export const isLost = (error: ApiError): boolean => leavesOpen.has(error.kind)

/**
 * Whether the request may still be on its way to GitLab, or be worked on there, though nobody waits
 * for it any more. A gateway's 502 and 504 say that the gateway has given up, not that GitLab has;
 * every other answer comes when nothing is going on any more.
 */
export const mayFollow = ({ kind, status }: ApiError): boolean =>
  kind === 'unreachable' || kind === 'timeout' || status === 502 || status === 504

/** The error of a write whose outcome stays open, and why: GitLab cannot be asked, or may still do it. */
export const openError = (error: ApiError, why: 'outcomeUnknown' | 'mayFollow'): ApiError =>
  new ApiError(error.kind, { ...error, [why]: true, cause: error })

/** One write, and how to find out what has become of it. */
export type Write<State> = {
  /** The data to write: equal data marks a retry, different data another write. */
  readonly what: unknown
  /** @param once names this write, the same for another try of it, for servers that do it once. */
  readonly send: (once: string) => Promise<void>
  /** Reads what GitLab holds now. */
  readonly read: () => Promise<State>
  /** Whether GitLab holds what the write is to bring about. */
  readonly isDone: (state: State) => boolean
  /**
   * Whether GitLab holds what the person who writes has seen. Where this is given, GitLab is asked
   * before anything is sent.
   */
  readonly isAsSeen?: (state: State) => boolean
}

/** `stale`: nothing was sent, because somebody else has changed what the write is about. */
export type Written = 'done' | 'stale'

/** Finds out whether GitLab holds by now what a write is to bring about; undefined: it does not. */
export const findDone = async <State>({
  read,
  isDone,
}: Write<State>): Promise<'done' | undefined> => (isDone(await read()) ? 'done' : undefined)

/** Writes, and where the answer does not tell whether it was done, finds out by a read. */
export type CarefulWrite = <State>(write: Write<State>) => Promise<Written>

/**
 * One place that writes, such as a dialog. It ends well when GitLab has done it, whoever said so,
 * and rejects with the write's error when GitLab has not. Where that is not settled, because the
 * read fails too (`outcomeUnknown`) or because GitLab may still do it (`mayFollow`), the error says
 * so. After every lost answer the next try begins with a read: nothing that one can tell is written
 * twice.
 */
export function createCarefulWrite(): CarefulWrite {
  let lost: ApiError | undefined
  let last: { readonly text: string; readonly once: string } | undefined

  function settled(): void {
    lost = undefined
    last = undefined
  }

  async function look<State>({ read }: Write<State>, error: ApiError): Promise<State> {
    lost = error
    try {
      return await read()
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      throw openError(error, 'outcomeUnknown')
    }
  }

  return async (write) => {
    const { what, send, isDone, isAsSeen } = write
    if (lost || isAsSeen) {
      const now = lost
        ? { state: await look(write, lost) }
        : // That GitLab cannot be read now is no reason not to try.
          await write.read().then((state) => ({ state }), ignoreApiErrors)
      if (now && isDone(now.state)) {
        settled()
        return 'done'
      }
      if (now && isAsSeen && !isAsSeen(now.state)) return 'stale'
    }
    const text = JSON.stringify(what)
    last = last?.text === text ? last : { text, once: randomName() }
    try {
      await send(last.once)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (!isLost(error)) {
        settled()
        throw error
      }
      if (!isDone(await look(write, error))) {
        throw mayFollow(error) ? openError(error, 'mayFollow') : error
      }
    }
    settled()
    return 'done'
  }
}

function ignoreApiErrors(error: unknown): undefined {
  if (!(error instanceof ApiError)) throw error
}

/** A random UUID. `crypto.randomUUID` is missing in pages that came without encryption. */
export function randomName(): string {
  const random = crypto.getRandomValues(new Uint8Array(32)).values()
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) => {
    const { value = 0 } = random.next()
    return (Number(digit) ^ (value & (15 >> (Number(digit) / 4)))).toString(16)
  })
}

/**
 * A lock for what presses start: while one is being worked on, others do nothing and end with
 * undefined. Several can come before a button is drawn as busy.
 */
export function oneAtATime() {
  let busy = false
  return async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    if (busy) return undefined
    busy = true
    try {
      return await work()
    } finally {
      busy = false
    }
  }
}
