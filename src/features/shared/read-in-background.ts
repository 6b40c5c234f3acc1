import type { ReadingContext } from '../../domain/reading/findings.ts'
import type { Reading } from '../../domain/reading/read.ts'
import type { ReadingQuestion } from './reading-worker.ts'
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
 * Reads a pasted text in a worker, so that the page never waits. Nothing of the text leaves the
 * browser. The page reads by itself only where no worker can be made: a text for which a worker
 * takes too long would make the page stand still for good. What was asked later waits for what is
 * being read, and what was given up meanwhile is not read at all.
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
  const reading = idle.then(async () => {
    signal.throwIfAborted()
    const found = await ask({ text, context }, signal)
    signal.throwIfAborted()
    return found
  })
  idle = reading.catch(() => undefined)
  return reading
}

/** What came of asking a worker. */
type Outcome =
  | { readonly what: 'answered'; readonly reading: Reading }
  | { readonly what: 'died' | 'too-slow' }

async function ask(question: ReadingQuestion, signal: AbortSignal): Promise<Reading> {
  const asked = helper ?? makeHelper()
  if (!asked) return readHere(question, signal)
  helper = asked
  const outcome = await answerOf(asked, question)
  if (outcome.what === 'answered') {
    asked.hasAnswered = true
    return outcome.reading
  }
  asked.worker.terminate()
  helper = undefined
  if (outcome.what === 'died' && !asked.hasAnswered) return readHere(question, signal)
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

function answerOf({ worker }: Helper, question: ReadingQuestion): Promise<Outcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ what: 'too-slow' }), patience)
    const settle = (outcome: Outcome) => {
      clearTimeout(timer)
      resolve(outcome)
    }
    worker.onmessage = ({ data }: MessageEvent<Reading>) =>
      settle({ what: 'answered', reading: data })
    worker.onerror = worker.onmessageerror = () => settle({ what: 'died' })
    worker.postMessage(question)
  })
}

async function readHere({ text, context }: ReadingQuestion, signal: AbortSignal): Promise<Reading> {
  const { read } = await import('../../domain/reading/read.ts')
  signal.throwIfAborted()
  return read(text, context)
}
