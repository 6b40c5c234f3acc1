// This one test asks both sides: whether what the console asks is in the schema.

import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import * as documents from '../src/api/graphql/documents.ts'
import { newestSchemaText } from './graphql-schema.ts'

const schema = buildSchema(newestSchemaText)

test.each(Object.entries(documents))('%s asks only for what the schema has', (_name, document) => {
  expect(validate(schema, parse(document))).toEqual([])
})
