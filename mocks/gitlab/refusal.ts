/**
 * A refusal by GitLab: the status and the JSON body that its API answers with. Operations throw it
 * and the backend turns it into a response; any other error is a bug in the mock and stays a crash.
 *
 * Body shapes: https://docs.gitlab.com/api/rest/troubleshooting/ and GitLab's `lib/api/helpers.rb`
 * (gitlabhq d66adcb6).
 */
export class Refusal extends Error {
  readonly status: number
  readonly body: unknown
  /**
   * The reason given by the service behind REST and GraphQL; undefined when REST itself refuses.
   */
  readonly reason: string | undefined

  constructor(status: number, body: unknown, reason?: string) {
    super(`${status} ${JSON.stringify(body)}`)
    this.status = status
    this.body = body
    this.reason = reason
  }
}

/** The 400 of a service: `{"message": "400 Bad request - <reason>"}`. */
export const badRequest = (reason: string) =>
  new Refusal(400, { message: `400 Bad request - ${reason}` }, reason)

/** The 400 of a model validation; several problems are joined as in Rails. */
export const validationFailed = (problems: readonly string[]) =>
  badRequest(`Validation failed: ${problems.join(', ')}`)

/**
 * The 400 of parameter validation, which comes before the check of rights: `{"error": "<text>"}`.
 */
export const invalidParameters = (text: string) => new Refusal(400, { error: text })

export const unauthorized = () => new Refusal(401, { message: '401 Unauthorized' })

/** A 403, plain or with GitLab's reason behind a dash. */
export const forbidden = (reason?: string) =>
  new Refusal(403, { message: reason ? `403 Forbidden - ${reason}` : '403 Forbidden' })

/** The 404 of something that is missing, or that the caller must not know of. */
export const notFound = (thing: string) => new Refusal(404, { message: `404 ${thing} Not Found` })

/** The 404 of an address that the API does not have. */
export const unknownRoute = () => new Refusal(404, { error: '404 Not Found' })

/** The 405 of an address that the API has for other methods only. */
export const methodNotAllowed = () => new Refusal(405, { error: '405 Not Allowed' })

/**
 * The refusal of one GraphQL field: listed in `errors` beside the data, with null in the field's
 * place.
 * @see https://docs.gitlab.com/api/graphql/
 */
export class FieldError extends Error {}

/** The error of a non-nullable field without a value; the library sets its row to null. */
export const nullForNonNull = (field: string) =>
  new FieldError(`Cannot return null for non-nullable field ${field}`)

/** GitLab's error text for a missing object, which is also the text for a missing right. */
export const notAvailable = () =>
  new FieldError(
    "The resource that you are attempting to access does not exist or you don't have permission to perform this action",
  )
