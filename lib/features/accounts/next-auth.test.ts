import { decode, encode } from 'next-auth/jwt'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { actorOfCookie, actorOfSecret } from '@/lib/access/principals/session'
import { encodeSessionCookie } from '@/lib/access/principals/session-cookie'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { testDatabase } from '@/lib/testing/database'
import { makePerson, PASSWORD } from '@/lib/testing/people'
import { authOptions } from './next-auth'

testDatabase()

const User = z.object({ id: z.string(), sid: z.string() })

/** What NextAuth calls with the fields of the posted form. */
async function authorize(fields: Record<string, string>): Promise<unknown> {
  const [provider] = authOptions().providers
  const { authorize: run } = z.object({ authorize: z.function({ input: [z.unknown(), z.unknown()], output: z.unknown() }) }).parse(provider?.options)
  return run(fields, {})
}

const signedIn = async () => {
  const person = await makePerson()
  return { person, user: User.parse(await authorize({ email: person.email, password: PASSWORD })) }
}

test('the right password opens a session row; the cookie carries its secret and nothing else', async () => {
  const { person, user } = await signedIn()
  const options = authOptions()
  const token = await options.callbacks?.jwt?.({ token: { name: 'x', email: 'x', sub: user.id }, user, account: null })
  expect(token).toEqual({ sid: user.sid })
  const cookie = await encode({ token: token ?? {}, secret: String(options.secret) })
  expect(await actorOfCookie(cookie)).toMatchObject({ accountId: person.id, method: 'password' })
})

test('the sign-in page’s cookie is one that NextAuth reads, and the other way round', async () => {
  const { user } = await signedIn()
  const cookie = await encodeSessionCookie(user.sid)
  expect(await decode({ token: cookie, secret: String(authOptions().secret) })).toMatchObject({ sid: user.sid })
})

test('a wrong password and an unknown account are null, for NextAuth’s one answer; too many attempts are told', async () => {
  const { person } = await signedIn()
  expect(await authorize({ email: person.email, password: 'not it' })).toBeNull()
  expect(await authorize({ email: 'nobody@example.test', password: 'not it' })).toBeNull()
  expect(await authorize({})).toBeNull()
  await Promise.all(Array.from({ length: 9 }, () => authorize({ email: person.email, password: 'not it' })))
  await expect(authorize({ email: person.email, password: PASSWORD })).rejects.toThrow('TooManyAttempts')
})

test('signing out ends the row; then the session callback knows nobody', async () => {
  const { user } = await signedIn()
  const { callbacks, events } = authOptions()
  const asked = { session: { expires: '2030-01-01' }, token: { sid: user.sid }, user: { id: '', email: '', emailVerified: null }, newSession: null, trigger: 'update' as const }
  expect(await callbacks?.session?.(asked)).toEqual({ expires: '2030-01-01', user: { name: '', email: expect.stringContaining('@example.test') } })
  await events?.signOut?.({ token: { sid: user.sid }, session: { expires: '' } })
  expect(await actorOfSecret(user.sid)).toBeNull()
  expect(await db().session.findFirstOrThrow({ where: { accountId: user.id, endReason: 'signed-out' } })).toBeDefined()
  await expect(callbacks?.session?.(asked)).rejects.toThrow('the session has ended')
  await expect(events?.signOut?.({ token: {}, session: { expires: '' } })).resolves.toBeUndefined()
})

test('under https every cookie is bound to the host', () => {
  process.env['GATEHOUSE_URL'] = 'https://gate.example.test'
  forgetEnv()
  const { cookies, useSecureCookies } = authOptions()
  expect(useSecureCookies).toBe(true)
  for (const cookie of [cookies?.sessionToken, cookies?.callbackUrl, cookies?.csrfToken]) {
    expect(cookie?.name).toMatch(/^__Host-gatehouse\./)
    expect(cookie?.options).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true })
  }
  process.env['GATEHOUSE_URL'] = 'http://localhost:3000'
  forgetEnv()
  expect(authOptions().cookies?.sessionToken?.name).toBe('gatehouse.session')
})
