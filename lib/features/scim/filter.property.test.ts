import fc from 'fast-check'
import { beforeAll, expect, test, vi } from 'vitest'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { idIn, scimClient, type ScimClient } from '@/lib/testing/scim'
import { ENTERPRISE_URN } from '@/lib/testing/scim-examples'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** The same everywhere unless told otherwise; a failure names the filter. */
const SEED = Number(process.env['PROPERTY_SEED'] ?? 20_261_126)
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 150)

const BADGE = 'urn:example:badge'
const WORDS = ['Ada', 'ADA', 'ada lovelace', 'Émile', 'ÉMILE', 'émile', 'a_b', 'a%b', 'axb', 'back\\slash', 'quo"te', "o'clock", 'x', 'work', 'home', '', '漢字', '😀 smile', 'tab\tbed', 'Zoë', 'zz', '10', '9', 'true']
const TYPES = ['work', 'home', 'Work', 'other']

/**
 * The evaluation that PostgreSQL is compared with: over resources as they are shown, and knowing nothing of the code under
 * test but the schema, which is written again here.
 */
type Kind = 'text' | 'exact' | 'flag' | 'time' | 'number'
type Leaf = { path: string; kind: Kind }
type Asked = { is: 'pr'; leaf: Leaf } | { is: 'compare'; leaf: Leaf; operator: string; value: string | number | boolean | null } | { is: 'not'; of: Asked } | { is: 'and' | 'or'; of: Asked[] } | { is: 'has'; list: string; of: Asked; sub?: Asked }

const leaf = (kind: Kind, ...paths: string[]): Leaf[] => paths.map((path) => ({ path, kind }))
const PART = [...leaf('text', 'value', 'type', 'display'), ...leaf('flag', 'primary')]
const LISTS: Record<string, Leaf[]> = { emails: PART, phoneNumbers: PART, addresses: [...leaf('text', 'type', 'locality', 'country'), ...leaf('flag', 'primary')], groups: [...leaf('exact', 'value', '$ref'), ...leaf('text', 'display', 'type')] }
const MEMBER_LISTS: Record<string, Leaf[]> = { members: [...leaf('exact', 'value', '$ref'), ...leaf('text', 'display', 'type')] }
const COMMON = [...leaf('exact', 'id', 'externalId', 'schemas', 'meta.location', 'meta.resourceType'), ...leaf('time', 'meta.created', 'meta.lastModified'), ...leaf('text', 'displayName')]
const USER_LEAVES = [
  ...COMMON, ...leaf('text', 'userName', 'name.givenName', 'name.familyName', 'title', 'emails', 'emails.value', 'emails.type', 'phoneNumbers.value', 'addresses.locality', 'groups.display', `${ENTERPRISE_URN}:department`, `${ENTERPRISE_URN}:manager.displayName`, `${BADGE}:colour`),
  ...leaf('exact', 'groups.value', `${ENTERPRISE_URN}:manager.value`, 'profileUrl'), ...leaf('flag', 'active', 'emails.primary', `${BADGE}:isOn`), ...leaf('number', `${BADGE}:level`, `${BADGE}:shelf.row`),
]
const GROUP_LEAVES = [...COMMON, ...leaf('exact', 'members', 'members.value'), ...leaf('text', 'members.display', 'members.type')]
const WHOLE = leaf('text', 'name', 'emails', 'addresses', 'meta', ENTERPRISE_URN)

type Plain = Record<string, unknown>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Steps of a path; a URN is one of them. */
function stepsOf(path: string): string[] {
  const urn = [ENTERPRISE_URN, BADGE].find((each) => path.startsWith(each))
  if (urn === undefined) return path.split('.')
  return path === urn ? [urn] : [urn, ...path.slice(urn.length + 1).split('.')]
}

function collect(from: unknown, steps: readonly string[]): unknown[] {
  if (Array.isArray(from)) return from.flatMap((each: unknown) => collect(each, steps))
  const [step, ...rest] = steps
  if (step === undefined) return from === undefined ? [] : [from]
  return isPlain(from) && Object.hasOwn(from, step) ? collect(from[step], rest) : []
}

const isFilled = (value: unknown): boolean => !(value === null || value === '' || (isPlain(value) && Object.keys(value).length === 0))

const compareBytes = (one: string, other: string): number => Buffer.from(one).compare(Buffer.from(other))

function passesOrder(operator: string, order: number): boolean {
  return (operator === 'eq' && order === 0) || (operator === 'gt' && order > 0) || (operator === 'ge' && order >= 0) || (operator === 'lt' && order < 0) || (operator === 'le' && order <= 0)
}

function passes(kind: Kind, operator: string, found: unknown, wanted: unknown): boolean {
  if (kind === 'flag') return found === wanted
  if (kind === 'number') return typeof found === 'number' && passesOrder(operator, found - Number(wanted))
  if (typeof found !== 'string') return false
  if (kind === 'time') return passesOrder(operator, Date.parse(found) - Date.parse(String(wanted)))
  const [left, right] = kind === 'exact' ? [found, String(wanted)] : [found.toLowerCase(), String(wanted).toLowerCase()]
  if (operator === 'co') return left.includes(right)
  if (operator === 'sw') return left.startsWith(right)
  if (operator === 'ew') return left.endsWith(right)
  return passesOrder(operator, compareBytes(left, right))
}

const isList = (path: string): boolean => path in LISTS || path in MEMBER_LISTS

function holds(asked: Asked, resource: unknown): boolean {
  switch (asked.is) {
    case 'and': return asked.of.every((each) => holds(each, resource))
    case 'or': return asked.of.some((each) => holds(each, resource))
    case 'not': return !holds(asked.of, resource)
    case 'pr': return collect(resource, stepsOf(asked.leaf.path)).some(isFilled)
    case 'has': return collect(resource, [asked.list]).some((each) => holds(asked.of, each) && (asked.sub === undefined || holds(asked.sub, each)))
    case 'compare': {
      const { leaf: { path, kind }, operator, value } = asked
      const values = collect(resource, [...stepsOf(path), ...(isList(path) ? ['value'] : [])])
      if (value === null) return (operator === 'ne') === collect(resource, stepsOf(path)).some(isFilled)
      return operator === 'ne' ? !values.some((each) => passes(kind, 'eq', each, value)) : values.some((each) => passes(kind, operator, each, value))
    }
  }
}

/** A filter in words; what binds less is put in parentheses, other things sometimes. */
function inWords(asked: Asked, inside: 'or' | 'and' = 'or'): string {
  switch (asked.is) {
    case 'pr': return `${asked.leaf.path} pr`
    case 'compare': return `${asked.leaf.path} ${asked.operator} ${JSON.stringify(asked.value)}`
    case 'not': return `not (${inWords(asked.of)})`
    case 'has': return `${asked.list}[${inWords(asked.of)}]${asked.sub === undefined ? '' : `.${inWords(asked.sub)}`}`
    case 'and': return asked.of.map((each) => inWords(each, 'and')).join(' and ')
    case 'or': return inside === 'and' || asked.of.length > 3 ? `(${asked.of.map((each) => inWords(each)).join(' OR ')})` : asked.of.map((each) => inWords(each)).join(' or ')
  }
}

const ORDERS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']

/** A comparison of this attribute, most often with something that some resource has, or a piece of it. */
function comparison({ path, kind }: Leaf, known: readonly unknown[]): fc.Arbitrary<Asked> {
  const texts = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('', ...known.filter((each) => typeof each === 'string')) }, { weight: 1, arbitrary: fc.constantFrom(...WORDS) })
  const pieces = fc.tuple(texts, fc.nat(6), fc.nat(6), fc.constantFrom<(text: string) => string>((text) => text, (text) => text.toUpperCase(), (text) => text.toLowerCase()))
    .map(([text, from, length, change]) => change(from === 0 ? text : [...text].slice(from - 1, from + length).join('')))
  const values: Record<Kind, fc.Arbitrary<{ operator: string; value: string | number | boolean }>> = {
    flag: fc.record({ operator: fc.constantFrom('eq', 'ne'), value: fc.boolean() }),
    number: fc.record({ operator: fc.constantFrom(...ORDERS), value: fc.constantFrom(-1, 0, 1, 2.5, 3, 1e6) }),
    time: fc.record({ operator: fc.constantFrom(...ORDERS), value: fc.oneof(fc.constantFrom(...known.filter((each) => typeof each === 'string'), '2020-01-01'), fc.constantFrom('2011-05-13T04:42:34Z', '2999-01-01T00:00:00+01:00')) }),
    text: fc.record({ operator: fc.constantFrom(...ORDERS, 'co', 'sw', 'ew'), value: pieces }), exact: fc.record({ operator: fc.constantFrom(...ORDERS, 'co', 'sw', 'ew'), value: pieces }),
  }
  const one = values[kind].map((each): Asked => ({ is: 'compare', leaf: { path, kind }, ...each }))
  const none = fc.constantFrom<Asked>({ is: 'pr', leaf: { path, kind } }, { is: 'compare', leaf: { path, kind }, operator: 'eq', value: null }, { is: 'compare', leaf: { path, kind }, operator: 'ne', value: null })
  return fc.oneof({ weight: 5, arbitrary: one }, { weight: 1, arbitrary: none })
}

const combined = (simple: fc.Arbitrary<Asked>, depth: number): fc.Arbitrary<Asked> => fc.letrec<{ any: Asked; joined: Asked; denied: Asked }>((tie) => ({
  any: fc.oneof({ maxDepth: depth, depthSize: 'medium' }, { weight: 3, arbitrary: simple }, { weight: 2, arbitrary: tie('joined') }, { weight: 1, arbitrary: tie('denied') }),
  joined: fc.record({ is: fc.constantFrom('and', 'or'), of: fc.array(tie('any'), { minLength: 2, maxLength: 4 }) }),
  denied: tie('any').map((of): Asked => ({ is: 'not', of })),
})).any

function filters(leaves: readonly Leaf[], lists: Record<string, Leaf[]>, resources: readonly unknown[]): fc.Arbitrary<Asked> {
  const plain = fc.constantFrom(...leaves).chain((each) => comparison(each, resources.flatMap((resource) => collect(resource, stepsOf(each.path)))))
  const whole = fc.constantFrom(...WHOLE).map((each): Asked => ({ is: 'pr', leaf: each }))
  const chosen = fc.constantFrom(...Object.keys(lists)).chain((list) => {
    const part = fc.constantFrom(...(lists[list] ?? [])).chain((each) => comparison(each, resources.flatMap((resource) => collect(resource, [list, each.path]))))
    return fc.record({ is: fc.constant('has' as const), list: fc.constant(list), of: combined(part, 2), ...{ sub: fc.option(part, { nil: undefined, freq: 3 }) } })
      .map(({ sub, ...rest }): Asked => ({ ...rest, ...(sub !== undefined && { sub }) }))
  })
  const users = lists === LISTS
  return combined(fc.oneof({ weight: 4, arbitrary: plain }, { weight: 2, arbitrary: chosen }, { weight: users ? 1 : 0, arbitrary: whole }), 3)
}

testDatabase()
let scim: ScimClient
const shown: Record<'/Users' | '/Groups', Plain[]> = { '/Users': [], '/Groups': [] }

const word = fc.constantFrom(...WORDS)
const filled = fc.constantFrom(...WORDS.filter((each) => each.trim() !== ''))
const parts = fc.array(fc.record({ value: filled, type: fc.constantFrom(...TYPES), display: word, primary: fc.constantFrom(false, 'False') }, { requiredKeys: ['value'] }), { maxLength: 3 })
const people = fc.array(fc.record({
  name: fc.record({ givenName: word, familyName: word }, { requiredKeys: [] }), displayName: word, title: word, profileUrl: filled, active: fc.boolean(), emails: parts, phoneNumbers: parts,
  addresses: fc.array(fc.record({ type: fc.constantFrom(...TYPES), locality: word, country: fc.constantFrom('DE', 'US'), primary: fc.constant(true) }, { requiredKeys: ['type'] }), { maxLength: 1 }),
  [ENTERPRISE_URN]: fc.record({ department: word, manager: fc.record({ value: filled, displayName: word }, { requiredKeys: [] }) }, { requiredKeys: [] }),
  [BADGE]: fc.record({ colour: word, level: fc.constantFrom(0, 1, 2.5, 3), isOn: fc.boolean(), shelf: fc.record({ row: fc.constantFrom(1, 3) }) }, { requiredKeys: [] }),
}, { requiredKeys: [] }), { minLength: 35, maxLength: 35 })

beforeAll(async () => {
  scim = await scimClient(await makeOrganization())
  const [bodies = []] = fc.sample(people, { seed: SEED, numRuns: 1 })
  const ids: string[] = []
  for (const [at, body] of bodies.entries()) {
    const reply = await scim('POST /Users', { body: { ...body, userName: `${WORDS[at % WORDS.length]?.replace('\t', ' ').trim() || 'nobody'} ${at}`, ...(at % 3 > 0 && { externalId: `X${at}` }) } })
    expect([reply.status, reply.body['detail']]).toEqual([201, undefined])
    ids.push(idIn(reply))
  }
  for (const [at, name] of WORDS.filter((each) => each.trim() !== '' && each !== 'ADA' && each !== 'ÉMILE' && each !== 'émile' && each !== 'tab\tbed').entries()) {
    const members = ids.filter((_id, index) => at > 1 && index % at === 0).map((value) => ({ value }))
    expect((await scim('POST /Groups', { body: { displayName: name, members, ...(at % 2 === 0 && { externalId: `g${at}` }) } })).status).toBe(201)
  }
  for (const path of ['/Users', '/Groups'] as const) {
    const { body } = await scim(`GET ${path}?count=200`)
    shown[path] = Array.isArray(body['Resources']) ? body['Resources'].filter(isPlain) : []
  }
})

const namesOf = (resources: unknown): unknown[] => (Array.isArray(resources) ? resources.filter(isPlain).map(({ id, userName, displayName }) => [id, userName ?? displayName]) : [])

test.each([['/Users', USER_LEAVES, LISTS], ['/Groups', GROUP_LEAVES, MEMBER_LISTS]] as const)('%s: whatever is asked, PostgreSQL finds what a plain reading of the filter finds', async (path, leaves, lists) => {
  const resources = shown[path]
  expect(resources.length).toBeGreaterThan(15)
  const sizes: number[] = []
  await fc.assert(fc.asyncProperty(filters(leaves, lists, resources), fc.boolean(), async (asked, isPosted) => {
    const filter = inWords(asked)
    const { status, body } = isPosted ? await scim(`POST ${path}/.search`, { body: { filter, count: 200 } }) : await scim(`GET ${path}?count=200&filter=${encodeURIComponent(filter)}`)
    const expected = resources.filter((each) => holds(asked, each))
    expect([filter, status, body['totalResults'], namesOf(body['Resources'])]).toEqual([filter, 200, expected.length, namesOf(expected)])
    sizes.push(expected.length)
  }), { seed: SEED, numRuns: RUNS })
  // It says something only as long as many filters find some and leave others out.
  expect(sizes.filter((size) => size > 0 && size < resources.length).length).toBeGreaterThan(RUNS / 4)
})
