import fc from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { makeKey, testApi, type ApiReply, type TestKey } from '@/lib/testing/api'
import { arbitraryOf, spoiled } from '@/lib/testing/arbitrary-json'
import { testDatabase } from '@/lib/testing/database'
import { faultsOf, objectIn, resolveRef, type JsonSchema } from '@/lib/testing/json-schema'
import { makeWorld, type World } from '@/lib/testing/world'
import { openApiDocument } from './openapi'
import { apiRoutes } from './routes'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })
process.env['DATABASE_URL'] ??= 'postgres://nobody@localhost:1/none'

/** The same everywhere unless told otherwise; a failure names it again, with the request that was sent. */
const SEED = Number(process.env['PROPERTY_SEED'] ?? 20_261_126)
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 12)

const document: JsonSchema = objectIn(JSON.parse(JSON.stringify(openApiDocument())))
const listIn = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.map(objectIn) : [])

type Described = { method: string; path: string; operation: JsonSchema; parameters: JsonSchema[] }

const described: Described[] = Object.entries(objectIn(document['paths'])).flatMap(([path, methods]) =>
  Object.entries(objectIn(methods)).map(([method, operation]) => ({ method, path, operation: objectIn(operation), parameters: listIn(objectIn(operation)['parameters']) })))

/** Every id of a world, for bodies and addresses that name what is there. */
const idsOf = (world: World): string[] => [...new Set([...JSON.stringify({ ...world, roles: [...world.org.roleIds.values()] }).matchAll(/"([a-z]{3}_[0-9a-f-]{36})"/g)].map(([, id = '']) => id))]

const exampleOf = (parameter: JsonSchema): unknown => parameter['example'] ?? objectIn(parameter['schema'])['example']

function pathParameter(parameter: JsonSchema, ids: readonly string[]): fc.Arbitrary<string> {
  const example = String(exampleOf(parameter) ?? '')
  const fitting = ids.filter((id) => id.slice(0, 4) === example.slice(0, 4))
  const odd = fc.constantFrom('x', '0', example || 'y', 'usr_', '%00', '..%2f..', '😀', 'a'.repeat(300), ...ids)
  return fitting.length === 0 ? fc.oneof(fc.constantFrom('1', '2'), odd) : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: odd })
}

const asText = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value) ?? '').toString()

type Sent = { path: string; query: string; headers: Record<string, string>; body: unknown }

/** Requests as the document describes an operation, half of them spoiled somewhere. */
function requests({ path, operation, parameters }: Described, world: World): fc.Arbitrary<Sent> {
  const words = [...idsOf(world), 'viewer', 'administrator', 'organization', world.member.email]
  const within = (place: string) => parameters.filter((parameter) => parameter['in'] === place)
  const address = fc.record(Object.fromEntries(within('path').map((parameter) => [String(parameter['name']), pathParameter(parameter, words)])))
  const queries = fc.record(Object.fromEntries(within('query').map((parameter) => [String(parameter['name']), spoiled(arbitraryOf(objectIn(parameter['schema']), document, words))])), { requiredKeys: [] })
  const headers = fc.record(Object.fromEntries(within('header').map((parameter) => [String(parameter['name']), fc.constantFrom('*', '*', '*', '"x"', 'W/"x"', 'a-key', 'another', 'y'.repeat(300), 'é')])), { requiredKeys: [] })
  const schema = objectIn(objectIn(objectIn(objectIn(operation['requestBody'])['content'])['application/json'])['schema'])
  const body = 'requestBody' in operation ? spoiled(arbitraryOf(schema, document, words)) : fc.constant(undefined)
  return fc.record({ address, queries, headers, body }).map((made) => ({
    path: path.replace('/api/v1', '').replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURI(String(made.address[name]))),
    query: new URLSearchParams(Object.entries(made.queries).filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => [name, asText(value)])).toString(),
    headers: Object.fromEntries(Object.entries(made.headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    body: made.body,
  }))
}

/** In what an answer is not as the document says; nothing when all is well. */
function faultsOfReply({ operation }: Described, { status, headers, body, json }: ApiReply): string[] {
  if (status >= 500) return [`${status}: ${JSON.stringify(body)}`]
  const response = objectIn(operation['responses'])[String(status)]
  if (status === 304 && response === undefined) return []
  if (response === undefined) return [`${status} is not documented: ${JSON.stringify(body)}`]
  const content = objectIn(resolveRef(objectIn(response), document)['content'])
  const type = headers.get('content-type')?.split(';')[0] ?? ''
  if (Object.keys(content).length === 0) return body['text'] === '' ? [] : [`${status} has a body`]
  const schema = objectIn(objectIn(content[type])['schema'])
  if (!(type in content)) return [`${status} is \`${type}\`, not ${Object.keys(content).join(' or ')}`]
  if (!type.includes('json') || type.includes('ndjson')) return []
  return [...faultsOf(schema, json, '', document), ...(status >= 400 && body['instance'] !== headers.get('x-request-id') ? ['the problem names another request'] : [])]
}

testDatabase()
const api = testApi()

test('the seed of this run is logged', () => {
  console.info(`contract properties: seed ${SEED}, ${RUNS} requests for each of ${described.length} operations`)
  expect(described).toHaveLength(apiRoutes.length)
})

describe.each(described)('$method $path', (each) => {
  let world: World
  let key: TestKey

  beforeAll(async () => {
    world = await makeWorld()
    key = await makeKey(world.org, world.org.admin)
  })

  test('whatever it is sent, it answers as documented', async () => {
    await fc.assert(fc.asyncProperty(requests(each, world), async ({ path, query, headers, body }) => {
      const reply = await api(`${each.method.toUpperCase()} ${path}${query && `?${query}`}`, { key, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
      expect(faultsOfReply(each, reply)).toEqual([])
    }), { seed: SEED, numRuns: RUNS, endOnFailure: true })
  })
})
