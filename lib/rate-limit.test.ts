import { afterEach, expect, test } from 'vitest'
import { setClock } from './clock'
import { db } from './db'
import { countAttempt, forgetAttempts } from './rate-limit'
import { testDatabase } from './testing/database'

testDatabase()
afterEach(() => setClock(null))

test('so many attempts in a window, also when they come at once; then the seconds to wait; then again', async () => {
  const begun = new Date('2026-11-22T10:00:00Z')
  setClock(begun)
  const attempts = await Promise.allSettled(Array.from({ length: 12 }, () => countAttempt('sign-in-account', 'a@example.test')))
  expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(10)
  setClock(new Date(begun.getTime() + 100_000))
  await expect(countAttempt('sign-in-account', 'a@example.test')).rejects.toMatchObject({ code: 'too-many-requests', extras: { retryAfterSeconds: 200 } })
  await countAttempt('sign-in-account', 'b@example.test')
  setClock(new Date(begun.getTime() + 300_000))
  await countAttempt('sign-in-account', 'a@example.test')
})

test('forgetting begins anew, and no row names what was limited', async () => {
  for (let i = 0; i < 10; i++) await countAttempt('sign-in-account', 'c@example.test')
  await forgetAttempts('sign-in-account', 'c@example.test')
  await countAttempt('sign-in-account', 'c@example.test')
  expect(JSON.stringify(await db().rateLimit.findMany())).not.toContain('example.test')
})
