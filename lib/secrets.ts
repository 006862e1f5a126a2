import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { env } from './env'
import { AppError } from './errors'

/** What a key is for; each purpose has its own key, derived from `GATEHOUSE_SECRET_KEY`. */
export type KeyPurpose = 'session' | 'credential' | 'link' | 'audit' | 'anchor' | 'seal' | 'cookie' | 'access-token'

type KeyRing = { currentId: string; byId: ReadonlyMap<string, Buffer> }

let ring: { source: string; value: KeyRing } | undefined
const derived = new Map<string, Buffer>()

/** `GATEHOUSE_SECRET_KEY` may hold several secrets, newest first, so that keys can rotate. */
function keyRing(): KeyRing {
  const source = env().GATEHOUSE_SECRET_KEY
  if (ring?.source === source) return ring.value
  const secrets = source.split(',').map((s) => s.trim()).filter(Boolean)
  const entries = secrets.map((s): [string, Buffer] => [keyIdOf(s), Buffer.from(s, 'utf8')])
  const first = entries[0]
  if (!first) throw new Error('GATEHOUSE_SECRET_KEY is empty')
  derived.clear()
  ring = { source, value: { currentId: first[0], byId: new Map(entries) } }
  return ring.value
}

const keyIdOf = (secret: string): string => createHmac('sha256', secret).update('key-id').digest('hex').slice(0, 8)

function keyFor(purpose: KeyPurpose, keyId: string): Buffer {
  const { byId } = keyRing()
  const master = byId.get(keyId)
  if (!master) throw new AppError('internal', `no secret key with id \`${keyId}\` is configured`)
  const name = `${purpose}:${keyId}`
  let key = derived.get(name)
  if (!key) derived.set(name, (key = Buffer.from(hkdfSync('sha256', master, 'gatehouse', purpose, 32))))
  return key
}

/** Id of the key that new values are made with. */
export const currentKeyId = (): string => keyRing().currentId

/** Ids of all configured keys, newest first. */
export const keyIds = (): string[] => [...keyRing().byId.keys()]

/** HMAC-SHA-256 in hex under the purpose's key. */
export function mac(purpose: KeyPurpose, data: string, keyId: string = currentKeyId()): string {
  return createHmac('sha256', keyFor(purpose, keyId)).update(data).digest('hex')
}

/** Compares in constant time. */
export function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Seals what must be read back: AES-256-GCM, answer `keyId.iv.tag.text` in base64url. */
export function seal(plain: string): string {
  const keyId = currentKeyId()
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor('seal', keyId), iv)
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return [keyId, ...[iv, cipher.getAuthTag(), text].map((b) => b.toString('base64url'))].join('.')
}

/** Opens what `seal` made. @throws AppError `internal` when it was altered or its key is gone. */
export function unseal(sealed: string): string {
  const [keyId, iv, tag, text] = sealed.split('.')
  if (!keyId || !iv || !tag || text === undefined) throw new AppError('internal', 'a sealed value is damaged')
  const decipher = createDecipheriv('aes-256-gcm', keyFor('seal', keyId), Buffer.from(iv, 'base64url'))
  decipher.setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8')
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Bytes as base62 digits, `length` of them (left-padded). */
export function toBase62(bytes: Uint8Array, length: number): string {
  let value = BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)
  let out = ''
  for (; value > 0n; value /= 62n) out = BASE62.charAt(Number(value % 62n)) + out
  return out.padStart(length, '0')
}

/** What `toBase62` made of so many bytes; null when it stands for more. */
export function fromBase62(text: string, bytes: number): Buffer | null {
  let value = 0n
  for (const digit of text) {
    const place = BASE62.indexOf(digit)
    if (place < 0) return null
    value = value * 62n + BigInt(place)
  }
  const hex = value.toString(16).padStart(bytes * 2, '0')
  return hex.length > bytes * 2 ? null : Buffer.from(hex, 'hex')
}

/** A random secret of `bytes` bytes in base64url. */
export const randomSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url')

/** Random base62 text of exactly `length` characters. */
export function randomBase62(length: number): string {
  return toBase62(randomBytes(Math.ceil(length * 0.75) + 1), length).slice(-length)
}

/** CRC32 of the text as six base62 digits: lets a typo be refused without a look-up. */
export function checksum(text: string): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(text))
  return toBase62(bytes, 6)
}
