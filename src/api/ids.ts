/**
 * The ids of GitLab's answers. One beyond 2^53 is rounded to that of something else while it is
 * parsed: such an answer is refused, or an edit could hit the wrong entry.
 */
import * as z from 'zod/mini'

/** An id of the REST API. */
export const idDto = z.int()

const numberIn = (gid: string): number => Number(/^gid:\/\/gitlab\/\w+\/(\d+)$/.exec(gid)?.[1])

/** An id of GraphQL, such as `gid://gitlab/Project/7`. */
export const gidDto = z
  .string()
  .check(z.refine((gid) => Number.isSafeInteger(numberIn(gid)), { error: 'a global id' }))

/** The id that the REST API and GraphQL have in common. */
export const idOfGid = (gid: z.output<typeof gidDto>): number => numberIn(gid)
