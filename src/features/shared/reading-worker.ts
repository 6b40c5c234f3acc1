/** The worker that reads what people paste, and answers each question with a reading. */
import type { ReadingContext } from '../../domain/reading/findings.ts'
import { read } from '../../domain/reading/read.ts'

export type ReadingQuestion = { readonly text: string; readonly context: ReadingContext }

self.onmessage = ({ data }: MessageEvent<ReadingQuestion>) =>
  self.postMessage(read(data.text, data.context))
