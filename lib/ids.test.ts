import { expect, test } from 'vitest'
import { firstIdAt, idSchema, invitationIdOf, membershipIdOf, newId, uuidv7 } from './ids'

test('ids are UUIDv7 with a prefix and rise, also many in one millisecond', () => {
  const ids = Array.from({ length: 10_000 }, () => newId('user'))
  expect(ids[0]).toMatch(/^usr_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(10_000)
})

test('a UUIDv7 begins with its time', () => {
  const ahead = Date.now() + 100_000
  expect(Number.parseInt(uuidv7(ahead).replaceAll('-', '').slice(0, 12), 16)).toBe(ahead)
})

test('a time becomes the boundary between the ids before and after it', () => {
  const before = newId('event')
  const boundary = firstIdAt('event', new Date(Date.now() + 3_600_000))
  expect(before < boundary).toBe(true)
  expect(idSchema('event').safeParse(boundary).success).toBe(true)
})

test('a membership and its invitation share their UUID', () => {
  const id = newId('user')
  expect(invitationIdOf(id)).toBe(id.replace('usr_', 'inv_'))
  expect(membershipIdOf(invitationIdOf(id))).toBe(id)
})

test.each(['', 'usr_', 'usr_123', 'org_01939b2e-7c4f-7c2a-9f0e-000000000000', 'usr_01939b2e-7c4f-4c2a-9f0e-000000000000', "usr_01939b2e-7c4f-7c2a-9f0e-00000000000'"])('%j is no user id', (given) => {
  expect(idSchema('user').safeParse(given).success).toBe(false)
})
