import * as z from 'zod/mini'
import { ApiError } from '../api-error.ts'
import type { Http } from '../http.ts'
import { graphqlError } from '../refusals.ts'

const payloadDto = z.object({ result: z.nullable(z.object({ errors: z.array(z.string()) })) })

/**
 * Writes by a mutation, whose field has the alias `result`.
 * @throws ApiError also for the payload's `errors`: GitLab's refusals of what was asked
 */
export async function mutate(
  http: Http,
  document: string,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { result } = await http.graphql(document, { input }, payloadDto, { kind: 'mutation' })
  const [text] = result?.errors ?? []
  if (text !== undefined) throw refused(graphqlError(text), input.jobTokenPolicies)
}

/** One sentence of GitLab's has two causes: a policy that stands twice, and one that it has given up. */
function refused(error: ApiError, policies: unknown): ApiError {
  const repeated = Array.isArray(policies) && new Set(policies).size < policies.length
  return error.reason === 'policies-not-unique' && !repeated
    ? new ApiError(error.kind, { ...error, reason: 'policy-refused' })
    : error
}
