import { createSign, generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

const YEAR_MS = 365.25 * 24 * 3600_000
/** Identity providers pin the certificate, so that it changes rarely; the next one is made in time. */
export const OWN_CERTIFICATE_YEARS = 5
const BACKDATED_MS = 3600_000

/** A certificate of ours with its private key, both PEM. */
export type OwnCertificate = { certificate: string; privateKey: string }

/** One DER value: tag, length, content. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const hex = content.length.toString(16)
  const length = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content])
}

const SEQUENCE = 0x30
const SET = 0x31
const NULL = Buffer.from([0x05, 0x00])
const sequence = (...parts: Uint8Array[]): Buffer => der(SEQUENCE, ...parts)
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes)
const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text, 'utf8'))

const SHA256_WITH_RSA = sequence(objectId('2a864886f70d01010b'), NULL)
const COMMON_NAME = objectId('550403')
const KEY_USAGE = objectId('551d0f')
const BASIC_CONSTRAINTS = objectId('551d13')

/** UTCTime up to 2049, GeneralizedTime after it (RFC 5280 §4.1.2.5). */
function time(at: Date): Buffer {
  const digits = `${at.toISOString().replace(/\.\d+|[-:T]/g, '')}`
  return at.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits))
}

const name = (commonName: string): Buffer => sequence(der(SET, sequence(COMMON_NAME, utf8(commonName))))

/** It signs requests and opens what is encrypted for us, and is nobody's authority. */
const EXTENSIONS = der(0xa3, sequence(
  sequence(BASIC_CONSTRAINTS, Buffer.from([0x01, 0x01, 0xff]), der(0x04, sequence())),
  sequence(KEY_USAGE, Buffer.from([0x01, 0x01, 0xff]), der(0x04, der(0x03, Buffer.from([5, 0b1010_0000])))),
))

export const pemOf = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${(Buffer.from(bytes).toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`

/** A positive serial number of 128 bits. */
function serial(): Buffer {
  const bytes = randomBytes(16)
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0)
  return der(0x02, bytes)
}

/** Makes a key and a certificate that it has signed itself. */
export async function makeOwnCertificate(commonName: string, from: Date): Promise<OwnCertificate> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const validity = sequence(time(new Date(from.getTime() - BACKDATED_MS)), time(new Date(from.getTime() + OWN_CERTIFICATE_YEARS * YEAR_MS)))
  const version = der(0xa0, Buffer.from([0x02, 0x01, 0x02]))
  const body = sequence(version, serial(), SHA256_WITH_RSA, name(commonName), validity, name(commonName), publicKey, EXTENSIONS)
  const signature = createSign('sha256').update(body).sign(privateKey)
  return { certificate: pemOf('CERTIFICATE', sequence(body, SHA256_WITH_RSA, bits(signature))), privateKey }
}
