import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { makeApi } from '@/lib/api/application'
import { ERRORS, isErrorCode } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { withRequest } from '@/lib/request'
import { openApiDocument } from './openapi'
import { PROBLEM_HELP } from './problem-help'
import { referenceContents, referenceGroup, referenceSchemas } from './reference'
import { isRecord, recordOf, SCHEMAS_PAGE } from './reference-fields'
import { apiRoutes } from './routes'

process.env['DATABASE_URL'] ??= 'postgres://nobody@localhost:1/none'

const document = recordOf(openApiDocument())
const paths = recordOf(document['paths'])
const described = Object.entries(paths).flatMap(([path, methods]) => Object.entries(recordOf(methods)).map(([method, operation]) => ({ path, method, operation: recordOf(operation) })))

/** Every value below, with the path that leads there. */
function* walk(value: unknown, path: string[] = []): Generator<{ path: string[]; value: unknown }> {
  yield { path, value }
  if (Array.isArray(value) || isRecord(value)) for (const [key, inner] of Object.entries(value)) yield* walk(inner, [...path, key])
}

function resolve(ref: string): unknown {
  return ref.replace('#/', '').split('/').reduce<unknown>((value, key) => recordOf(value)[key], document)
}

describe('the document', () => {
  test('is OpenAPI 3.1, says a validator of its schema', async () => {
    const validator = new Validator()
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test('describes every route of the application, and no other', () => {
    const declared = apiRoutes.map(({ method, path }) => `${method} /api/v1${path}`)
    expect(described.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(declared.sort())
  })

  test('every described route is served: without a credential it is 401, not 404', async () => {
    const { fetch } = makeApi({ failures: { count: 1_000_000, windowSeconds: 60 } })
    const facts = { id: newId('request'), address: '', userAgent: '', source: 'api' as const, nonce: '', session: null }
    for (const { method, path } of described) {
      const address = `http://localhost:3000${path.replace(/\{\w+\}/g, 'x')}`
      const { status } = await withRequest(facts, async () => fetch(new Request(address, { method: method.toUpperCase() })))
      expect([method, path, status]).toEqual([method, path, 401])
    }
  })

  test('is 3.1 with names that are unique and references that lead somewhere', () => {
    expect(document['openapi']).toBe('3.1.0')
    const ids = described.map(({ operation }) => operation['operationId'])
    expect(new Set(ids).size).toBe(ids.length)
    for (const { value } of walk(document)) {
      if (isRecord(value) && typeof value['$ref'] === 'string') expect(resolve(value['$ref']), value['$ref']).toBeDefined()
    }
  })

  test('a time that may be missing says so', () => {
    expect(resolve('#/components/schemas/ApiKey/properties/expiresAt')).toMatchObject({ type: ['string', 'null'], format: 'date-time' })
  })

  test('its patterns are regular expressions of JSON Schema', () => {
    for (const { path, value } of walk(document)) {
      if (path.at(-1) === 'pattern' && typeof value === 'string') {
        expect(() => new RegExp(value, 'u')).not.toThrow()
        expect(value).not.toMatch(/\/[a-z]$/)
      }
    }
  })

  test.each(described)('$method $path says what it does, takes and answers', ({ path, operation }) => {
    expect(operation['summary']).toMatch(/^[A-Z]/)
    expect(operation['description']).toContain('Needs')
    const parameters = Array.isArray(operation['parameters']) ? operation['parameters'].map(recordOf) : []
    for (const parameter of parameters) expect(parameter['description'], String(parameter['name'])).toBeTruthy()
    const inPath = parameters.filter((parameter) => parameter['in'] === 'path').map((parameter) => `{${String(parameter['name'])}}`)
    expect(inPath.sort()).toEqual([...path.matchAll(/\{\w+\}/g)].map(([name]) => name).sort())
    const statuses = Object.keys(recordOf(operation['responses']))
    const successes = statuses.filter((status) => status.startsWith('2'))
    // A dry run of what answers otherwise answers 200.
    expect(successes.slice(operation['x-dry-run'] === true && successes.length === 2 ? 1 : 0)).toHaveLength(1)
    expect(statuses).toEqual(expect.arrayContaining(['401', '429', '500', '503']))
  })
})

/** As an answer is before it becomes JSON. */
const withDates = (value: unknown): unknown => {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return new Date(value)
  if (Array.isArray(value)) return value.map(withDates)
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDates(inner)])) : value
}

describe('examples', () => {
  test.each(apiRoutes.filter(({ doc }) => doc.success.example !== undefined))('$method $path', ({ doc: { success } }) => {
    const results = [success.example, withDates(success.example)].map((example) => success.schema?.safeParse(example))
    expect(results.some((result) => result?.success), JSON.stringify(results[0]?.error?.issues)).toBe(true)
  })

  test.each(apiRoutes.filter(({ takesBody }) => takesBody))('body of $method $path', ({ doc: { body, bodyExample } }) => {
    expect(body?.safeParse(bodyExample).error?.issues ?? []).toEqual([])
  })
})

describe('the pages of the reference', () => {
  const slugs = referenceContents().groups.map(({ path }) => path.slice('/docs/api/'.length))
  const groups = slugs.map(referenceGroup)

  test('show every route, with a call that names this installation', () => {
    const shown = groups.flatMap((group) => group?.operations ?? [])
    expect(shown).toHaveLength(apiRoutes.length)
    for (const { curl, anchor, answer } of shown) {
      expect(anchor).not.toBe('')
      expect(answer.status).toMatch(/^2/)
      expect(curl).toContain('http://localhost:3000/api/v1/')
      expect(curl).not.toMatch(/[{…]\w*[}…]?'? \\/)
    }
  })

  test('links lead to schemas that are shown', () => {
    const anchors = new Set(referenceSchemas().map(({ anchor }) => `${SCHEMAS_PAGE}#${anchor}`))
    for (const { path, value } of walk([groups, referenceSchemas()])) if (path.at(-1) === 'ref' && value !== null) expect(anchors).toContain(value)
  })

  test('no group takes the address of the schemas, and one that is not there has no page', () => {
    expect(slugs).not.toContain('schemas')
    expect(referenceGroup('schemas')).toBeNull()
  })
})

test('every error has a page', () => {
  expect(Object.keys(ERRORS).filter(isErrorCode).filter((code) => PROBLEM_HELP[code].causes.length === 0)).toEqual([])
})
