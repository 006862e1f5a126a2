import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeAccessToken } from '@/lib/access/principals/access-token'
import { perform } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { updateCredentialPolicy } from '@/lib/features/credential-policy/operations'
import { createToken } from '@/lib/features/tokens/operations'
import { renderMail } from '@/lib/mail/templates'
import { makeKey, testApi, type ApiReply, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf, mailsTo } from '@/lib/testing/people'
import { forgetScannerKeys } from './signature'

testDatabase()
const host = generateKeyPairSync('ec', { namedCurve: 'P-256' })
let server: Server
let org: TestOrganization
let other: TestOrganization
let member: TestMember
let reporter: TestKey

beforeAll(async () => {
  const keys = { public_keys: [{ key_identifier: 'k1', key: host.publicKey.export({ type: 'spki', format: 'pem' }), is_current: true }] }
  server = createServer((_req, res) => res.end(JSON.stringify(keys)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  process.env['GATEHOUSE_SCANNER_KEYS_URL'] = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/keys`
  process.env['GATEHOUSE_ALLOW_PRIVATE_IDP'] = '1'
  forgetEnv()
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

beforeEach(async () => {
  forgetScannerKeys()
  org = await makeOrganization()
  other = await makeOrganization()
  member = await makeMember(org)
  reporter = await makeKey(org, await makeMember(org))
})

const URL_FOUND = 'https://code.example/acme/app/blob/1a2b/deploy.sh'
const entry = (token: string, url = URL_FOUND) => ({ token, type: 'gatehouse_api_key', url, source: 'content', commit: 'more that hosts may tell' })
const report = (entries: unknown, by: TestKey = reporter): Promise<ApiReply> => testApi()('POST /credentials/report', { key: by, body: entries })
const labels = ({ body }: ApiReply): unknown[] => Object.values(body).map((each) => (typeof each === 'object' && each !== null ? Reflect.get(each, 'label') : each))
const whoami = async (secret: string) => (await testApi()('GET /whoami', { key: { secret } })).status
const keyRow = ({ id }: TestKey) => db().apiKey.findUniqueOrThrow({ where: { organizationId_id: { organizationId: org.id, id } } })
const found = async (email: string) => (await mailsTo(email)).filter(({ template }) => template === 'credential-found')

describe('a secret of ours', () => {
  test('is revoked at once, its people are told, and the log says where it was', async () => {
    const key = await makeKey(org, member)
    const reply = await report([entry(key.secret)])
    expect([reply.status, labels(reply)]).toEqual([200, ['true_positive']])
    expect(await whoami(key.secret)).toBe(401)
    expect(await keyRow(key)).toMatchObject({ status: 'revoked', revokedReason: 'leaked' })
    expect([(await found(member.email)).length, (await found(org.admin.email)).length]).toEqual([1, 1])
    const [mail] = await found(member.email)
    const { text } = await renderMail(db(), mail?.template ?? '', mail?.params)
    expect(text).toContain(`Where it was found, as the report says: ${URL_FOUND}`)
    expect(text).toContain('It was revoked at once')
    const [event] = await eventsOf(org.id, 'credential.leak')
    expect(event).toMatchObject({ actorType: 'api_key', credentialId: reporter.id, targetIds: [key.id, member.id], before: { status: 'active' }, detail: { action: 'revoked', url: URL_FOUND, source: 'content', type: 'gatehouse_api_key' } })
  })

  test('again in the same place does nothing; elsewhere it is noted, without another mail', async () => {
    const key = await makeKey(org, member)
    await report([entry(key.secret), entry(key.secret)])
    await Promise.all([report([entry(key.secret)]), report([entry(key.secret)])])
    expect([(await eventsOf(org.id, 'credential.leak')).length, (await found(member.email)).length]).toEqual([1, 1])
    expect(labels(await report([entry(key.secret, 'https://code.example/other')]))).toEqual(['true_positive'])
    expect([(await eventsOf(org.id, 'credential.leak')).map(({ detail }) => detail), (await found(member.email)).length]).toMatchObject([[{ action: 'revoked' }, { action: 'none' }], 1])
  })

  test('is suspended or only reported where the policy says so', async () => {
    await perform(updateCredentialPolicy, org.admin.actor, org.id, { onLeak: 'suspend' })
    const first = await makeKey(org, member)
    await report([entry(first.secret)])
    expect(await keyRow(first)).toMatchObject({ status: 'suspended', suspendedReason: 'leaked' })
    await perform(updateCredentialPolicy, org.admin.actor, org.id, { onLeak: 'report' })
    const second = await makeKey(org, member)
    await report([entry(second.secret)])
    expect([await whoami(second.secret), (await found(member.email)).length]).toEqual([200, 2])
  })

  test('an application token is deleted, and known again afterwards', async () => {
    const made = await perform(createToken, org.admin.actor, org.id, { role: 'viewer', description: 'reporting' })
    expect(labels(await report([entry(made.token)]))).toEqual(['true_positive'])
    expect(await whoami(made.token)).toBe(401)
    expect(labels(await report([entry(made.token)]))).toEqual(['true_positive'])
    expect((await eventsOf(org.id, 'credential.leak')).length).toBe(1)
  })

  test('an access token ends with all made from its source, which works on', async () => {
    const key = await makeKey(org, member)
    const { token } = makeAccessToken(org.id, { type: 'key', id: key.id }, new Date())
    expect(await whoami(token)).toBe(200)
    expect(labels(await report([entry(token)]))).toEqual(['true_positive'])
    expect([await whoami(token), await whoami(key.secret)]).toEqual([401, 200])
  })

  test('may report itself', async () => {
    const key = await makeKey(org, member)
    expect((await report([entry(key.secret)], key)).status).toBe(200)
    expect((await report([entry(key.secret)], key)).status).toBe(401)
  })

  test('in an address that holds it is left out of log, mail and database', async () => {
    const key = await makeKey(org, member)
    await report([entry(key.secret, `https://paste.example/?key=${key.secret}`)])
    const rows = JSON.stringify([await db().foundSecret.findMany({ where: { organizationId: org.id } }), await eventsOf(org.id, 'credential.leak').then((all) => all.map(({ detail }) => detail)), await found(member.email)])
    expect(rows).toContain('paste.example')
    expect(rows).not.toContain(key.secret)
  })
})

describe('a stranger learns nothing', () => {
  test('what another organization has looks like what never was, and yet it ends', async () => {
    const theirs = await makeKey(other, other.admin)
    const reply = await report([entry(theirs.secret), entry('gh_key_nonsense'), entry('ghp_of_another_house')])
    expect(labels(reply)).toEqual(['false_positive', 'false_positive', 'false_positive'])
    expect(await whoami(theirs.secret)).toBe(401)
    const [event] = await eventsOf(other.id, 'credential.leak')
    expect(event).toMatchObject({ actorType: 'system', actorName: 'A report from outside', credentialId: null })
  })

  test('only the public part of a secret does nothing', async () => {
    const [one, two] = [await makeKey(org, member), await makeKey(org, member)]
    expect(labels(await report([entry(one.secret.slice(0, 24) + two.secret.slice(24))]))).toEqual(['false_positive'])
    expect(await whoami(one.secret)).toBe(200)
  })

  test('nobody without credential or signature', async () => {
    expect((await testApi()('POST /credentials/report', { body: [entry('x')] })).status).toBe(401)
  })

  test.each<[string, unknown]>([['no list', {}], ['an empty one', []], ['an entry without secret', [{ type: 'x' }]], ['an empty secret', [{ token: '' }]], ['too many', Array.from({ length: 501 }, () => ({ token: 'x' }))]])('%s is 422', async (_what, body) => {
    expect((await report(body)).status).toBe(422)
  })
})

describe('a code host signs', () => {
  const signed = (entries: unknown, { keyId = 'k1', tamper = '' } = {}): Promise<ApiReply> => {
    const text = JSON.stringify(entries, null, 1)
    const signature = sign('sha256', Buffer.from(text), host.privateKey).toString('base64')
    return testApi()('POST /credentials/report', { body: text + tamper, headers: { 'github-public-key-identifier': keyId, 'github-public-key-signature': signature } })
  }

  test('and learns which were real', async () => {
    const [key, theirs] = [await makeKey(org, member), await makeKey(other, other.admin)]
    const reply = await signed([entry(key.secret), entry(theirs.secret), entry('gh_key_nonsense')])
    expect([reply.status, labels(reply)]).toEqual([200, ['true_positive', 'true_positive', 'false_positive']])
    expect([await whoami(key.secret), await whoami(theirs.secret)]).toEqual([401, 401])
    expect(await eventsOf(org.id, 'credential.leak')).toMatchObject([{ actorType: 'system', actorName: 'Secret scanning of a code host' }])
  })

  test('but not with another body, key, or nonsense', async () => {
    const key = await makeKey(org, member)
    expect((await signed([entry(key.secret)], { tamper: ' ' })).status).toBe(401)
    expect((await signed([entry(key.secret)], { keyId: 'k2' })).status).toBe(401)
    const nonsense = await testApi()('POST /credentials/report', { body: [entry(key.secret)], headers: { 'github-public-key-identifier': 'k1', 'github-public-key-signature': '??' } })
    expect([nonsense.status, await whoami(key.secret)]).toEqual([401, 200])
  })
})
