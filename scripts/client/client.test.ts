import { beforeAll, describe, expect, test } from 'vitest'
import { etagOf, Gatehouse, GatehouseError } from '@/client/gatehouse'
import { db } from '@/lib/db'
import { makeKey, testClient, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
let org: TestOrganization
let key: TestKey
let members: TestMember[]

beforeAll(async () => {
  org = await makeOrganization()
  key = await makeKey(org, org.admin)
  members = []
  for (let i = 0; i < 4; i++) members.push(await makeMember(org))
})

const refusalOf = (work: PromiseLike<unknown>) =>
  work.then(() => { throw new Error('was not refused') }, (error: unknown) => {
    if (error instanceof GatehouseError) return error
    throw error
  })

describe.each([1, 2])('against an API of %i processes', (processes) => {
  test('a list is one page when awaited and every row when walked', async () => {
    const gatehouse = testClient(key, { processes })
    const page = await gatehouse.listUsers({ limit: 2 })
    expect(page.data).toHaveLength(2)
    const seen: string[] = []
    for await (const { id } of gatehouse.listUsers({ limit: 2 })) seen.push(id)
    expect(seen.sort()).toEqual([org.admin.id, ...members.map(({ id }) => id)].sort())
  })

  test('a change decided on an old version is 412; on the present one it is made', async () => {
    const other = await makeOrganization()
    const gatehouse = testClient(await makeKey(other, other.admin), { processes })
    const { id } = await makeMember(other)
    const old = await gatehouse.showUser(id)
    const suspended = await gatehouse.suspendOrResumeUser(id, { status: 'suspended' }, {}, { ifMatch: old })
    expect(suspended.status).toBe('suspended')
    const refusal = await refusalOf(gatehouse.suspendOrResumeUser(id, { status: 'active' }, {}, { ifMatch: old }))
    expect([refusal.status, refusal.code]).toEqual([412, 'precondition-failed'])
    expect((await gatehouse.suspendOrResumeUser(id, { status: 'active' }, {}, { ifMatch: suspended })).status).toBe('active')
  })

  test('what has not changed is not sent again', async () => {
    const gatehouse = testClient(key, { processes })
    const first = await gatehouse.showOrganization()
    expect(etagOf(first)).toMatch(/^"/)
    expect(await gatehouse.showOrganization({ known: first })).toBe(first)
    await gatehouse.renameOrganization({ name: `Renamed ${processes}` })
    expect((await gatehouse.showOrganization({ known: first })).name).toBe(`Renamed ${processes}`)
  })

  test('beyond the limit it waits as it was told, then goes on', async () => {
    const waited: number[] = []
    const wait = (milliseconds: number) => {
      waited.push(milliseconds)
      return new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
    }
    const limits = { credential: { count: 2, windowSeconds: 1 } }
    const gatehouse = testClient(await makeKey(org, org.admin), { processes, limits, wait })
    for (let i = 0; i < 2 * processes + 1; i++) expect((await gatehouse.whoami()).organization.id).toBe(org.id)
    expect(waited).toContain(1000)
  })
})

test('a POST whose answer was lost is sent again and done once', async () => {
  let posts = 0
  const gatehouse = testClient(key, {
    onAnswer: (answer, { method }) => {
      if (method === 'POST' && ++posts === 1) throw new TypeError('the connection was lost')
      return answer
    },
  })
  const email = `${org.slug}-once@example.test`
  const { data } = await gatehouse.invitePeople({ emails: [email] })
  expect([posts, data.map(({ status }) => status)]).toEqual([2, ['invited']])
  expect(await db().membership.count({ where: { organizationId: org.id, email } })).toBe(1)
})

test('a secret whose answer was lost is not made twice: the refusal names what was made', async () => {
  let posts = 0
  const gatehouse = testClient(key, {
    onAnswer: (answer, { method }) => {
      if (method === 'POST' && ++posts === 1) throw new TypeError('the connection was lost')
      return answer
    },
  })
  const refusal = await refusalOf(gatehouse.createApiKey({ name: 'lost on the way' }))
  expect([refusal.status, refusal.code]).toEqual([409, 'secret-already-shown'])
  const made = await db().apiKey.findMany({ where: { organizationId: org.id, name: 'lost on the way' }, select: { id: true } })
  expect(made).toEqual([{ id: refusal.problem.id }])
})

test('refusals are errors with all that the problem document says', async () => {
  const refusal = await refusalOf(testClient(key).renameOrganization({ name: '' }))
  expect([refusal.status, refusal.code]).toEqual([422, 'invalid-input'])
  expect(refusal.problem.errors?.map(({ pointer }) => pointer)).toEqual(['#/name'])
  const outsider = await refusalOf(testClient({ secret: `${key.secret.slice(0, -1)}_` }).whoami())
  expect([outsider.status, outsider.code, outsider.retryAfterSeconds]).toEqual([401, 'unauthenticated', null])
})

describe('without an answer of Gatehouse', () => {
  const client = (answers: readonly (() => Response)[], waited: number[] = []) => {
    let turn = 0
    return new Gatehouse({
      url: 'https://gatehouse.example', credential: 'gh_key_x', retries: 2,
      fetch: async () => answers[Math.min(turn++, answers.length - 1)]?.() ?? Response.error(),
      wait: async (milliseconds) => void waited.push(milliseconds),
    })
  }
  const lost = () => { throw new TypeError('no connection') }
  const busy = (seconds: string) => () => new Response('busy', { status: 503, headers: { 'retry-after': seconds } })

  test('it asks again with longer pauses, then gives up', async () => {
    const waited: number[] = []
    await expect(client([lost], waited).whoami()).rejects.toThrow('no connection')
    expect(waited).toEqual([200, 400])
  })

  test('what is not harmless to repeat is not repeated', async () => {
    const waited: number[] = []
    await expect(client([lost], waited).revokeApiKey('key_1')).rejects.toThrow('no connection')
    expect(waited).toEqual([])
  })

  test('a 503 is waited out as its Retry-After says, but not for longer than allowed', async () => {
    const waited: number[] = []
    const refusal = await refusalOf(client([busy('7'), busy('61')], waited).whoami())
    expect([refusal.status, refusal.retryAfterSeconds, waited]).toEqual([503, 61, [7000]])
  })

  test('an error that is no problem document is told as it came', async () => {
    const refusal = await refusalOf(client([() => new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' })]).whoami())
    expect(refusal.message).toBe('Bad Gateway: <h1>Bad gateway</h1>')
  })
})
