import fc from 'fast-check'
import { beforeAll, expect, test, vi } from 'vitest'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { idIn, scimClient, type ScimClient } from '@/lib/testing/scim'
import { ENTERPRISE_URN, PATCH_URN } from '@/lib/testing/scim-examples'

vi.setConfig({ testTimeout: 120_000 })

const SEED = Number(process.env['PROPERTY_SEED'] ?? 20_261_126)
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 25)

/** A user as plainly as can be: what PATCH does to it is written here again, without a look at the code under test. */
type Email = { value: string; type: string; display?: string }
type Model = { title?: string; active: boolean; given?: string; family?: string; department?: string; emails: Email[] }
/** What is sent, and what it makes of the model; null: noTarget, so the whole request changes nothing. */
type Step = { operation: object; next: (model: Model) => Model | null }

const words = fc.constantFrom('A', 'b', 'c d', 'É', '0')
const types = fc.constantFrom('work', 'home')
const ops = fc.constantFrom('add', 'Add', 'replace', 'Replace', 'REPLACE')

const without = <N extends keyof Model>(model: Model, name: N): Model => {
  const { [name]: _gone, ...rest } = model
  return { ...rest, active: model.active, emails: name === 'emails' ? [] : model.emails }
}

const isSame = (one: Email, other: Email): boolean => one.value === other.value && one.type === other.type

function withEmail(emails: readonly Email[], email: Email): Email[] {
  return emails.some((each) => isSame(each, email)) ? emails.map((each) => (isSame(each, email) ? { ...each, ...email } : each)) : [...emails, email]
}

const SINGLE = [['title', 'title'], ['given', 'name.givenName'], ['family', 'name.familyName'], ['department', `${ENTERPRISE_URN}:department`]] as const

const addresses = (run: string) => fc.record({ value: fc.constantFrom('x', 'y', 'z').map((each) => `${each}-${run}@x.test`), type: types, display: words }, { requiredKeys: ['value', 'type'] })

function steps(run: string): fc.Arbitrary<Step> {
  const single = fc.constantFrom(...SINGLE)
  const email = addresses(run)
  return fc.oneof(
    fc.tuple(single, ops, words).map(([[name, path], op, value]): Step => ({ operation: { op, path, value }, next: (model) => ({ ...model, [name]: value }) })),
    single.map(([name, path]): Step => ({ operation: { op: 'remove', path }, next: (model) => without(model, name) })),
    fc.tuple(ops, fc.constantFrom(true, false, 'True', 'False', 'true')).map(([op, value]): Step => ({ operation: { op, path: 'active', value }, next: (model) => ({ ...model, active: String(value).toLowerCase() === 'true' }) })),
    fc.tuple(ops, words, words).map(([op, givenName, title]): Step => ({ operation: { op, value: { name: { givenName }, title } }, next: (model) => ({ ...model, given: givenName, title }) })),
    fc.tuple(ops, words).map(([op, value]): Step => ({ operation: { op, value: { 'name.familyName': value, [`${ENTERPRISE_URN}:department`]: value } }, next: (model) => ({ ...model, family: value, department: value }) })),
    fc.tuple(email, fc.boolean()).map(([one, isList]): Step => ({ operation: { op: 'add', path: 'emails', value: isList ? [one] : one }, next: (model) => ({ ...model, emails: withEmail(model.emails, one) }) })),
    fc.array(email, { minLength: 1, maxLength: 3 }).map((list): Step => ({ operation: { op: 'replace', path: 'emails', value: list }, next: (model) => ({ ...model, emails: list }) })),
    fc.constant<Step>({ operation: { op: 'remove', path: 'emails' }, next: (model) => without(model, 'emails') }),
    types.map((type): Step => ({ operation: { op: 'remove', path: `emails[type eq "${type}"]` }, next: (model) => ({ ...model, emails: model.emails.filter((each) => each.type !== type) }) })),
    email.map(({ value }): Step => ({ operation: { op: 'remove', path: `emails[value eq "${value.toUpperCase()}"]` }, next: (model) => ({ ...model, emails: model.emails.filter((each) => each.value !== value) }) })),
    fc.tuple(types, email).map(([type, { value }]): Step => ({
      operation: { op: 'replace', path: `emails[type eq "${type}"].value`, value },
      next: (model) => (model.emails.some((each) => each.type === type) ? { ...model, emails: model.emails.map((each) => (each.type === type ? { ...each, value } : each)) } : null),
    })),
    fc.tuple(types, email).map(([type, { value }]): Step => ({
      operation: { op: 'Add', path: `emails[type eq "${type}"].value`, value },
      next: (model) => (model.emails.some((each) => each.type === type) ? { ...model, emails: model.emails.map((each) => (each.type === type ? { ...each, value } : each)) } : { ...model, emails: [...model.emails, { type, value }] }),
    })),
    fc.tuple(types, email).map(([type, { value }]): Step => ({
      operation: { op: 'replace', path: `emails[type eq "${type}"]`, value: { value } },
      next: (model) => (model.emails.some((each) => each.type === type) ? { ...model, emails: model.emails.map((each) => (each.type === type ? { type, value } : each)) } : null),
    })),
    types.map((type): Step => ({
      operation: { op: 'remove', path: `emails[type eq "${type}"].display` },
      next: (model) => ({ ...model, emails: model.emails.map(({ display, ...each }) => (each.type === type || display === undefined ? each : { ...each, display })) }),
    })),
  )
}

const shown = ({ title, active, given, family, department, emails }: Model) => ({
  title, active, emails: emails.length === 0 ? undefined : emails, [ENTERPRISE_URN]: department === undefined ? undefined : { department },
  name: given === undefined && family === undefined ? undefined : { ...(given !== undefined && { givenName: given }), ...(family !== undefined && { familyName: family }) },
})

testDatabase()
let scim: ScimClient
const people: string[] = []

beforeAll(async () => {
  scim = await scimClient(await makeOrganization())
  for (let at = 0; at < 6; at++) people.push(idIn(await scim('POST /Users', { body: { userName: `member ${at}`, displayName: `Member ${at % 3}` } })))
})

test('users: whatever is done in whatever order, they are what a simple model says', async () => {
  let run = 0
  await fc.assert(fc.asyncProperty(fc.array(fc.array(steps('RUN'), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }), async (requests) => {
    const own = `${run++}`
    const id = idIn(await scim('POST /Users', { body: { userName: `user ${own}` } }))
    let model: Model = { active: true, emails: [] }
    for (const request of requests) {
      const sent: { schemas: string[]; Operations: object[] } = JSON.parse(JSON.stringify({ schemas: [PATCH_URN], Operations: request.map(({ operation }) => operation) }).replaceAll(/run@x\.test/gi, (text) => (text === text.toUpperCase() ? `${own}@X.TEST` : `${own}@x.test`)))
      const next = request.reduce<Model | null>((state, step) => (state === null ? null : step.next(state)), model)
      const { status, body } = await scim(`PATCH /Users/${id}`, { body: sent })
      expect([sent.Operations, status, body['scimType']]).toEqual([sent.Operations, next === null ? 400 : 200, next === null ? 'noTarget' : undefined])
      model = next ?? model
      const now = (await scim(`GET /Users/${id}`)).body
      const expected: Record<string, unknown> = JSON.parse(JSON.stringify(shown(model)).replaceAll('-RUN@', `-${own}@`))
      expect([sent.Operations, ...Object.keys(shown(model)).map((name) => now[name])]).toEqual([sent.Operations, ...Object.keys(shown(model)).map((name) => expected[name])])
    }
  }), { seed: SEED, numRuns: RUNS })
})

type GroupStep = { operation: (ids: readonly string[]) => object; next: (members: Set<number>) => Set<number> }
const some = fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 })
const named = (ids: readonly string[], of: readonly number[]) => of.map((at) => ({ value: ids[at], display: 'x' }))

const groupSteps: fc.Arbitrary<GroupStep> = fc.oneof(
  fc.tuple(fc.constantFrom('add', 'Add'), some).map(([op, of]): GroupStep => ({ operation: (ids) => ({ op, path: 'members', value: named(ids, of) }), next: (members) => new Set([...members, ...of]) })),
  some.map((of): GroupStep => ({ operation: (ids) => ({ op: 'add', value: { members: named(ids, of) } }), next: (members) => new Set([...members, ...of]) })),
  fc.nat(5).map((at): GroupStep => ({ operation: (ids) => ({ op: 'remove', path: `members[value eq "${ids[at]}"]` }), next: (members) => new Set([...members].filter((each) => each !== at)) })),
  some.map((of): GroupStep => ({ operation: (ids) => ({ op: 'remove', path: `members[${of.map((at) => `value eq "${ids[at]}"`).join(' or ')}]` }), next: (members) => new Set([...members].filter((each) => !of.includes(each))) })),
  some.map((of): GroupStep => ({ operation: (ids) => ({ op: 'Remove', path: 'members', value: named(ids, of) }), next: (members) => new Set([...members].filter((each) => !of.includes(each))) })),
  fc.nat(2).map((at): GroupStep => ({ operation: () => ({ op: 'remove', path: `members[display eq "member ${at}"]` }), next: (members) => new Set([...members].filter((each) => each % 3 !== at)) })),
  some.map((of): GroupStep => ({ operation: (ids) => ({ op: 'replace', path: 'members', value: named(ids, of) }), next: () => new Set(of) })),
  some.map((of): GroupStep => ({ operation: (ids) => ({ op: 'Replace', value: { members: named(ids, of) } }), next: () => new Set(of) })),
  fc.constant<GroupStep>({ operation: () => ({ op: 'remove', path: 'members' }), next: () => new Set() }),
  fc.constant<GroupStep>({ operation: () => ({ op: 'replace', path: 'members', value: [] }), next: () => new Set() }),
)

test('groups: whatever is done in whatever order, the same people are in them as in a plain set', async () => {
  let run = 0
  await fc.assert(fc.asyncProperty(fc.array(fc.array(groupSteps, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }), async (requests) => {
    const id = idIn(await scim('POST /Groups', { body: { displayName: `group ${run++}` } }))
    let model = new Set<number>()
    for (const request of requests) {
      const Operations = request.map(({ operation }) => operation(people))
      expect((await scim(`PATCH /Groups/${id}`, { body: { schemas: [PATCH_URN], Operations } })).status).toBe(204)
      model = request.reduce((members, { next }) => next(members), model)
      const { members } = (await scim(`GET /Groups/${id}`)).body
      const ids = Array.isArray(members) ? members.map((each: unknown) => (typeof each === 'object' && each !== null && 'value' in each ? each.value : '')) : []
      expect([Operations, ids.sort()]).toEqual([Operations, [...model].map((at) => people[at]).sort()])
    }
  }), { seed: SEED, numRuns: RUNS })
})
