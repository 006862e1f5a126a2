import { expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { eventsOf, from } from '@/lib/testing/people'
import { declaredPublicOperations, noSoonerThan, performPublic, publicOperation } from './public-operation'

testDatabase()

const ACTOR = { type: 'account', id: 'acc_test', name: 'someone@example.test', credentialId: null }

const knock = publicOperation({
  event: 'test.knock',
  input: z.strictObject({ organizationId: z.string(), email: z.string(), fail: z.boolean().default(false) }),
  limits: ({ email }, address) => [{ name: 'reset-address', by: address }, { name: 'reset-account', by: email }],
  run: (ctx, { organizationId, email, fail }) =>
    ctx.write(async (tx) => {
      await tx.account.create({ data: { id: newId('account'), email } })
      if (fail) throw new AppError('conflict', 'refused in the middle')
      return { value: 'opened', events: [{ organizationId, actor: ACTOR, targets: [] }, { organizationId, actor: ACTOR, targets: [], event: 'test.other', outcome: 'failed' as const }] }
    }),
})

test('it is declared', () => expect(declaredPublicOperations().map(({ event }) => event)).toContain('test.knock'))

test('work and audit are one transaction', async () => {
  const { id } = await makeOrganization()
  expect(await performPublic(knock, { organizationId: id, email: 'a@example.test' })).toBe('opened')
  expect(await eventsOf(id, 'test.knock')).toMatchObject([{ outcome: 'success', actorId: 'acc_test' }])
  expect(await eventsOf(id, 'test.other')).toMatchObject([{ outcome: 'failed' }])

  await expect(performPublic(knock, { organizationId: id, email: 'b@example.test', fail: true })).rejects.toMatchObject({ code: 'conflict' })
  expect(await db().account.count({ where: { email: 'b@example.test' } })).toBe(0)
  expect(await eventsOf(id, 'test.knock')).toHaveLength(1)
})

test('an unknown key is refused, and the database’s refusals are in our words', async () => {
  const { id } = await makeOrganization()
  await expect(performPublic(knock, { organizationId: id, email: 'c@example.test', admin: true })).rejects.toMatchObject({ code: 'invalid-input' })
  await performPublic(knock, { organizationId: id, email: 'c@example.test' })
  await expect(performPublic(knock, { organizationId: id, email: 'c@example.test' })).rejects.toMatchObject({ code: 'already-exists', message: 'an account with this address exists already' })
})

test('every limit counts, refused attempts too', async () => {
  const { id } = await makeOrganization()
  const attempt = (address: string) => from(address, () => performPublic(knock, { organizationId: id, email: 'd@example.test', fail: true }))
  for (let i = 0; i < 5; i++) await expect(attempt('192.0.2.7')).rejects.toMatchObject({ code: 'conflict' })
  await expect(attempt('192.0.2.8')).rejects.toMatchObject({ code: 'too-many-requests' })
  await expect(from('192.0.2.8', () => performPublic(knock, { organizationId: id, email: 'e@example.test' }))).resolves.toBe('opened')
})

test('noSoonerThan waits for the time, for the work, and for refusals too', async () => {
  const timed = async (work: () => Promise<unknown>) => {
    const started = performance.now()
    await work().catch(() => undefined)
    return performance.now() - started
  }
  expect(await timed(() => noSoonerThan(60, async () => 1))).toBeGreaterThanOrEqual(58)
  expect(await timed(() => noSoonerThan(60, async () => Promise.reject(new Error('no'))))).toBeGreaterThanOrEqual(58)
  await expect(noSoonerThan(1, async () => 'done')).resolves.toBe('done')
  await expect(noSoonerThan(1, async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
})
