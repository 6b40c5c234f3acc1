/** The head start, as the console takes it: answers to questions that were asked before it was here. */

export type HeadStart = {
  /** Whom they are for, as the header says it. */
  readonly authorization: string
  /** By their addresses; each resolves when its body is here, too. */
  readonly answers: Map<string, Promise<Response>>
}

declare global {
  /** Left by `ask.ts`. */
  var headStart: HeadStart | undefined
}

/** So old an answer may become, in milliseconds. */
export const oldest = 30_000

/** The answer to the same question, once. After a write, or when it is old, it must be asked anew. */
export function takeHeadStart(request: Request): Promise<Response> | undefined {
  const { headStart } = globalThis
  if (!headStart) return undefined
  if (request.method !== 'GET' || performance.now() > oldest) {
    dropHeadStart()
    return undefined
  }
  if (request.headers.get('authorization') !== headStart.authorization) return undefined
  const answer = headStart.answers.get(request.url)
  headStart.answers.delete(request.url)
  return answer
}

/** When all has been asked that it could answer: it holds the token, which a sign-out must end. */
export function dropHeadStart(): void {
  globalThis.headStart = undefined
}
