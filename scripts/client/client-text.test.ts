import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openApiDocument } from '@/lib/api/openapi'
import { clientText } from './client-text'
import { methodName } from './methods'
import { typeOf } from './schema-types'

process.env['DATABASE_URL'] ??= 'postgres://nobody@localhost:1/none'

test('the committed client is the one of the present API: `npm run client` makes it anew', () => {
  expect(readFileSync('client/gatehouse.ts', 'utf8')).toBe(clientText(openApiDocument()))
})

test.each([
  ['list-users', 'listUsers'],
  ['create-an-api-key', 'createApiKey'],
  ['get-an-invitation-s-link', 'getInvitationLink'],
])('%s is called %s', (operationId, name) => {
  expect(methodName(operationId)).toBe(name)
})

describe('types', () => {
  test.each([
    [{ type: 'string', enum: ['a', 'it’s'] }, `'a' | 'it’s'`],
    [{ type: 'string', enum: ["it's"] }, `'it\\'s'`],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    [{ type: 'array', items: { $ref: '#/components/schemas/User' } }, 'User[]'],
    [{ anyOf: [{ type: 'integer' }, { type: 'number' }, { type: 'null' }] }, 'number | null'],
    [{ type: 'object', additionalProperties: { type: 'boolean' } }, 'Record<string, boolean>'],
    [{ type: 'object', properties: { id: { type: 'string' }, 'a-b': {} }, required: ['id'] }, `{\n  id: string\n  'a-b'?: unknown\n}`],
    [{ allOf: [{ $ref: '#/components/schemas/User' }, { type: 'object', properties: { x: { const: 1 } } }] }, 'User & {\n  x?: 1\n}'],
  ])('%j', (schema, type) => {
    expect(typeOf(schema)).toBe(type)
  })
})
