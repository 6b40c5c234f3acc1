/** The worker that masks what people paste, and reads it: it answers with a text or with a reading. */
import type { ReadingContext } from '../../domain/reading/findings.ts'
import { read } from '../../domain/reading/read.ts'
import { mask } from '../../domain/reading/secrets/mask.ts'

export type ReadingRequest = { readonly text: string; readonly context: ReadingContext }

/** Without a context the text is masked and not read. */
export type MaskingRequest = { readonly text: string; readonly context?: undefined }

self.onmessage = ({ data }: MessageEvent<ReadingRequest | MaskingRequest>) =>
  self.postMessage(data.context ? read(data.text, data.context) : mask(data.text))
