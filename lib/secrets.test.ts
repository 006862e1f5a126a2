import { afterEach, expect, test } from 'vitest'
import { forgetEnv } from './env'
import { checksum, currentKeyId, keyIds, mac, randomBase62, sameSecret, seal, toBase62, unseal } from './secrets'

const OLD = 'the-old-key-of-at-least-thirty-two-characters'
const NEW = 'the-new-key-of-at-least-thirty-two-characters'
const given = process.env['GATEHOUSE_SECRET_KEY']
process.env['DATABASE_URL'] ??= 'postgres://nobody@127.0.0.1:1/none'

function useKeys(keys: string | undefined): void {
  process.env['GATEHOUSE_SECRET_KEY'] = keys
  forgetEnv()
}

afterEach(() => useKeys(given))

test('what was sealed opens again, and nothing else does', () => {
  const sealed = seal('client secret ☃')
  expect(unseal(sealed)).toBe('client secret ☃')
  expect(sealed).not.toContain('client')
  const [id, iv, tag] = sealed.split('.')
  expect(() => unseal([id, iv, tag, Buffer.from('other').toString('base64url')].join('.'))).toThrow()
  expect(() => unseal('nonsense')).toThrow('a sealed value is damaged')
})

test('after rotation the new key makes, and the old one still opens; without the old one it is said', () => {
  useKeys(OLD)
  const oldId = currentKeyId()
  const sealed = seal('kept')
  const old = mac('link', 'subject')
  useKeys(`${NEW},${OLD}`)
  expect(keyIds()).toEqual([currentKeyId(), oldId])
  expect(currentKeyId()).not.toBe(oldId)
  expect(unseal(sealed)).toBe('kept')
  expect(mac('link', 'subject')).not.toBe(old)
  expect(mac('link', 'subject', oldId)).toBe(old)
  useKeys(NEW)
  expect(() => unseal(sealed)).toThrow(`no secret key with id \`${oldId}\` is configured`)
})

test('each purpose has a key of its own', () => {
  expect(mac('session', 'x')).not.toBe(mac('credential', 'x'))
})

test('comparison is by content, of any length', () => {
  expect(sameSecret('abc', 'abc')).toBe(true)
  expect(sameSecret('abc', 'abd')).toBe(false)
  expect(sameSecret('abc', 'abcd')).toBe(false)
})

test('base62 and checksum have fixed lengths', () => {
  expect(toBase62(Uint8Array.of(0, 0, 61), 4)).toBe('000z')
  expect(randomBase62(43)).toMatch(/^[0-9A-Za-z]{43}$/)
  // CRC32 of "123456789" is cbf43926.
  expect(checksum('123456789')).toBe(toBase62(Uint8Array.of(0xcb, 0xf4, 0x39, 0x26), 6))
  expect(checksum('123456789')).toHaveLength(6)
})
