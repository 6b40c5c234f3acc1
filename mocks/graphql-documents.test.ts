// Both sides under test: whether the console's GraphQL documents fit the mock's schema.

import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import * as documents from '../src/api/graphql/documents.ts'
import { newestSchemaText } from './graphql-schema.ts'

const schema = buildSchema(newestSchemaText)

test.each(Object.entries(documents))('%s asks only for what the schema has', (_name, document) => {
  expect(validate(schema, parse(document))).toEqual([])
})
