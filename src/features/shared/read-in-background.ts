import type { ReadingContext } from '../../domain/reading/findings.ts'
import type { Reading } from '../../domain/reading/read.ts'
import type { ReadingQuestion } from './reading-worker.ts'
import { readingWorkerUrl } from './trusted-worker.ts'

/** A browser that runs out of memory ends a worker without a word. */
const patience = 30_000

let worker: Worker | undefined
/** Settles when the worker has nothing to do. */
let idle: Promise<unknown> = Promise.resolve()

/**
 * Reads a pasted text in a worker, so that the page never waits; where none can be had, or it dies,
 * in the page. Nothing of the text leaves the browser. What was asked later waits for what is being
 * read, and what was given up meanwhile is not read at all.
 * @param signal gives the reading up
 * @returns the same as `read`; rejects with the reason of `signal`, or when the code that reads
 *   could not be fetched
 */
export function readInBackground(
  text: string,
  context: ReadingContext,
  signal: AbortSignal,
): Promise<Reading> {
  const reading = idle.then(async () => {
    signal.throwIfAborted()
    const found = await ask({ text, context }).catch(() => readHere({ text, context }, signal))
    signal.throwIfAborted()
    return found
  })
  idle = reading.catch(() => undefined)
  return reading
}

async function ask(question: ReadingQuestion): Promise<Reading> {
  worker ??= new Worker(readingWorkerUrl, { type: 'module' })
  const asked = worker
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await new Promise<Reading>((resolve, reject) => {
      asked.onmessage = ({ data }: MessageEvent<Reading>) => resolve(data)
      asked.onerror = asked.onmessageerror = reject
      timer = setTimeout(reject, patience)
      asked.postMessage(question)
    })
  } catch (error) {
    asked.terminate()
    worker = undefined
    throw error
  } finally {
    clearTimeout(timer)
  }
}

async function readHere({ text, context }: ReadingQuestion, signal: AbortSignal): Promise<Reading> {
  const { read } = await import('../../domain/reading/read.ts')
  signal.throwIfAborted()
  return read(text, context)
}
