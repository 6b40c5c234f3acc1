import type { ReadingContext } from '../../domain/reading/findings.ts'
import type { Reading } from '../../domain/reading/read.ts'
import { mask } from '../../domain/reading/secrets/mask.ts'
import type { MaskingRequest, ReadingRequest } from './reading-worker.ts'
import { readingWorkerUrl } from './trusted-worker.ts'

/** No text of the length that is read takes a second; one that takes so long has no end. */
const patience = 30_000

/** The worker was made and did its work before, but gave no answer to this text. */
export class UnfinishedReading extends Error {
  override readonly name = 'UnfinishedReading'
}

type Helper = {
  readonly worker: Worker
  /** Has it ever answered? One that has not may be one that the browser could not load. */
  hasAnswered: boolean
}

let helper: Helper | undefined
/** Settles when the worker has nothing to do. */
let idle: Promise<unknown> = Promise.resolve()

/**
 * Reads a pasted text in a worker, so that it never blocks the page. Nothing of the text leaves the
 * browser. The page itself reads only where no worker can be created, because a text that takes a
 * worker too long would block the page for good. Later requests wait for the current one; requests
 * that were aborted meanwhile are skipped.
 * @param signal gives the reading up
 * @returns the same as `read`; rejects with the reason of `signal`, with `UnfinishedReading` where
 *   the worker was stopped or died over the text, and with another error where the code that reads
 *   could not be fetched
 */
export function readInBackground(
  text: string,
  context: ReadingContext,
  signal: AbortSignal,
): Promise<Reading> {
  return inTurn<Reading>({ text, context }, signal, async () => {
    const { read } = await import('../../domain/reading/read.ts')
    return () => read(text, context)
  })
}

/** Masks the secrets in a long text in the same worker: the same as `mask`; rejects as `readInBackground` does. */
export function maskInBackground(text: string, signal: AbortSignal): Promise<string> {
  return inTurn<string>({ text }, signal, async () => () => mask(text))
}

/** Fetches the code that answers in the page. */
type Here<Answer> = () => Promise<() => Answer>

function inTurn<Answer extends Reading | string>(
  request: ReadingRequest | MaskingRequest,
  signal: AbortSignal,
  here: Here<Answer>,
): Promise<Answer> {
  const answer = idle.then(async () => {
    signal.throwIfAborted()
    const found = await ask(request, signal, here)
    signal.throwIfAborted()
    return found
  })
  idle = answer.catch(() => undefined)
  return answer
}

/** The outcome of asking a worker. */
type Outcome<Answer> =
  | { readonly what: 'answered'; readonly answer: Answer }
  | { readonly what: 'died' | 'too-slow' }

async function ask<Answer>(
  request: ReadingRequest | MaskingRequest,
  signal: AbortSignal,
  here: Here<Answer>,
): Promise<Answer> {
  async function answerHere() {
    const answer = await here()
    signal.throwIfAborted()
    return answer()
  }
  const asked = helper ?? makeHelper()
  if (!asked) return answerHere()
  helper = asked
  const outcome = await outcomeOf<Answer>(asked, request)
  if (outcome.what === 'answered') {
    asked.hasAnswered = true
    return outcome.answer
  }
  asked.worker.terminate()
  helper = undefined
  if (outcome.what === 'died' && !asked.hasAnswered) return answerHere()
  throw new UnfinishedReading()
}

/** Undefined where the browser refuses to make a worker. */
function makeHelper(): Helper | undefined {
  try {
    return { worker: new Worker(readingWorkerUrl, { type: 'module' }), hasAnswered: false }
  } catch {
    return undefined
  }
}

function outcomeOf<Answer>(
  { worker }: Helper,
  request: ReadingRequest | MaskingRequest,
): Promise<Outcome<Answer>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ what: 'too-slow' }), patience)
    const settle = (outcome: Outcome<Answer>) => {
      clearTimeout(timer)
      resolve(outcome)
    }
    worker.onmessage = ({ data }: MessageEvent<Answer>) =>
      settle({ what: 'answered', answer: data })
    worker.onerror = worker.onmessageerror = () => settle({ what: 'died' })
    worker.postMessage(request)
  })
}
