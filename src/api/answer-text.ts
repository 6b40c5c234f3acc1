/** So much of one answer is read, in bytes after decompression: a full page of GitLab's has some 200 kB. */
export const mostBytes = 10_000_000

/** A body that is longer than this console reads. */
export class TooLarge extends Error {}

/**
 * An answer with its body, up to a limit, so that a connection that breaks in the middle of it counts as
 * one that broke.
 * @throws TooLarge for a longer body; a refusal is one without words then
 */
export async function whole(answer: Promise<Response>): Promise<Response> {
  const response = await answer
  if (response.body === null) return response
  const text = await textOf(response.body).catch((error) => {
    // A refusal stays one, without words.
    if (!response.ok) return ''
    throw error
  })
  return new Response(text || null, response)
}

/** Counts while it reads: a server need not say the length, or say it truly. */
async function textOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength
    if (bytes > mostBytes) {
      // Ends the transfer.
      void reader.cancel().catch(() => {})
      throw new TooLarge()
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}
