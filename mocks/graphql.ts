/**
 * Executes GraphQL against a simulated GitLab. Import this file on the first GraphQL request only:
 * the library is large.
 *
 * Invalid variables and unknown fields are refused with GitLab's texts. Other invalid documents are
 * refused with the texts of the JavaScript library, which differ from GitLab's: clients must
 * neither show nor parse them.
 */
import {
  buildSchema,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getOperationAST,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  typeFromAST,
  validate,
} from 'graphql'
import type { Session } from './gitlab/access.ts'
import { graphqlRoot } from './gitlab/graphql.ts'
import type { GitLab } from './gitlab/model.ts'
import type { Input } from './gitlab/params.ts'
import { FieldError } from './gitlab/refusal.ts'
import { schemaText } from './graphql-schema.ts'

/**
 * The addresses that faults are matched against: the path of each requested field, without
 * arguments and aliases, such as `/graphql/project/ciJobTokenAuthLogs/count`; only `/graphql` for a
 * document that cannot be parsed.
 */
export function addressOf(body: Input): string {
  const paths: string[] = []
  const collect = (path: string, { selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === 'FragmentSpread') continue
      const at = selection.kind === 'Field' ? `${path}/${selection.name.value}` : path
      if (selection.selectionSet) collect(at, selection.selectionSet)
      else paths.push(at)
    }
  }
  const { query, operationName } = questionIn(body)
  const document = parsed(query)
  const operation =
    document instanceof GraphQLError ? undefined : getOperationAST(document, operationName)
  if (operation) collect('/graphql', operation.selectionSet)
  return paths.length > 0 ? paths.join(' ') : '/graphql'
}

/** Executes a request. Returns the body of GitLab's HTTP 200, and whether the state was changed. */
export async function answer(
  session: Session,
  body: Input,
): Promise<{ readonly body: unknown; readonly wrote: boolean }> {
  let wrote = false
  const { query, operationName, variables } = questionIn(body)
  const refused = (errors: readonly GraphQLError[]) => ({ body: { errors }, wrote })
  const schema = schemaOf(session.gitlab)
  const document = parsed(query)
  if (document instanceof GraphQLError) return refused([document])
  const mistakes = mistakesIn(document, schema)
  if (mistakes.length > 0) return refused(mistakes)
  const operation = getOperationAST(document, operationName)
  const problems = operation ? variableErrors(schema, operation, variables) : []
  if (problems.length > 0) return refused(problems)

  const result = await execute({
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables,
    rootValue: graphqlRoot(session, () => {
      wrote = true
    }),
  })
  for (const { originalError } of result.errors ?? []) {
    // The library catches every error and puts it into the answer. A bug in the mock has to stay a
    // crash.
    if (originalError && !(originalError instanceof FieldError)) throw originalError
  }
  return { body: result, wrote }
}

/**
 * Rewords the error of an unknown field as GitLab does: from this text, clients find out what an
 * older server lacks.
 * @see https://graphql-ruby.org/api-doc/GraphQL/StaticValidation/FieldsAreDefinedOnType
 */
function inWordsOfGitLab(mistake: GraphQLError): GraphQLError {
  const [, fieldName, typeName] =
    /^Cannot query field "(\w+)" on type "(\w+)"/.exec(mistake.message) ?? []
  if (!fieldName) return mistake
  return new GraphQLError(`Field '${fieldName}' doesn't exist on type '${typeName}'`, {
    ...(mistake.nodes && { nodes: mistake.nodes }),
    extensions: { code: 'undefinedField', typeName, fieldName },
  })
}

function questionIn({ query, operationName, variables }: Input) {
  return {
    query: typeof query === 'string' ? query : '',
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: isRecord(variables) ? variables : {},
  }
}

/** The longest document; GitLab has a limit, too. Deep nesting would otherwise crash the parser. */
const mostTokens = 2000

/** What was parsed last, by its text: a client sends few documents, and each of them often. */
const documents = new Map<string, DocumentNode | GraphQLError>()
const mostDocuments = 100

function parsed(query: string): DocumentNode | GraphQLError {
  const known = documents.get(query)
  if (known) return known
  if (documents.size >= mostDocuments) documents.clear()
  const document = parseAfresh(query)
  documents.set(query, document)
  return document
}

function parseAfresh(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: mostTokens })
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

/** The schemas that a document was found valid for. */
const valid = new WeakMap<DocumentNode, WeakSet<GraphQLSchema>>()

function mistakesIn(document: DocumentNode, schema: GraphQLSchema): GraphQLError[] {
  if (valid.get(document)?.has(schema)) return []
  const mistakes = validate(schema, document).map(inWordsOfGitLab)
  if (mistakes.length === 0) {
    valid.set(document, (valid.get(document) ?? new WeakSet()).add(schema))
  }
  return mistakes
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const schemas = new Map<string, GraphQLSchema>()

function schemaOf(server: GitLab): GraphQLSchema {
  const text = schemaText(server)
  const schema = schemas.get(text) ?? buildSchema(text)
  schemas.set(text, schema)
  const policies = schema.getType('CiJobTokenScopePolicies')
  // Hostile worlds hold invalid policy names; they are returned as stored, as in REST.
  if (isEnumType(policies)) policies.serialize = String
  return schema
}

type Problem = { readonly path: readonly (string | number)[]; readonly explanation: string }

/**
 * The errors of invalid variables, worded as the GraphQL library of GitLab words them.
 * @see https://graphql-ruby.org/api-doc/GraphQL/Query/VariableValidationError
 */
function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  const errors: GraphQLError[] = []
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value
    const type = typeFromAST(schema, definition.type)
    const value = variables[name] ?? (definition.defaultValue ? undefined : null)
    if (value === undefined || !isInputType(type)) continue
    const problems = problemsOf(value, type, [])
    if (problems.length === 0) continue
    const places = problems
      .filter(({ path }) => path.length > 0)
      .map(({ path, explanation }) => `${path.join('.')} (${explanation})`)
    errors.push(
      new GraphQLError(
        `Variable $${name} of type ${type} was provided invalid value${places.length > 0 ? ` for ${places.join(', ')}` : ''}`,
        { nodes: definition, extensions: { value, problems } },
      ),
    )
  }
  return errors
}

function problemsOf(value: unknown, type: GraphQLInputType, path: Problem['path']): Problem[] {
  if (isNonNullType(type)) {
    return value == null
      ? [{ path, explanation: 'Expected value to not be null' }]
      : problemsOf(value, type.ofType, path)
  }
  if (value == null) return []
  if (isListType(type)) {
    const { ofType } = type
    return Array.isArray(value)
      ? value.flatMap((item, index) => problemsOf(item, ofType, [...path, index]))
      : problemsOf(value, ofType, path)
  }
  const shown = JSON.stringify(value)
  if (isInputObjectType(type)) {
    if (!isRecord(value))
      return [{ path, explanation: `Expected ${shown} to be a key-value object` }]
    const fields = type.getFields()
    const unknown = Object.keys(value)
      .filter((name) => !fields[name])
      .map((name) => ({
        path: [...path, name],
        explanation: `Field is not defined on ${type.name}`,
      }))
    const known = Object.values(fields).flatMap((field) =>
      value[field.name] !== undefined || isRequiredInputField(field)
        ? problemsOf(value[field.name], field.type, [...path, field.name])
        : [],
    )
    return [...unknown, ...known]
  }
  if (isEnumType(type)) {
    const names = type.getValues().map(({ name }) => name)
    return names.some((name) => name === value)
      ? []
      : [{ path, explanation: `Expected ${shown} to be one of: ${names.join(', ')}` }]
  }
  try {
    type.parseValue(value)
    return []
  } catch {
    return [{ path, explanation: `Could not coerce value ${shown} to ${type.name}` }]
  }
}
