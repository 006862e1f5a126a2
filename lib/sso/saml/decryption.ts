import { constants, createDecipheriv, privateDecrypt } from 'node:crypto'
import { SamlRefused } from './refusals'
import type { XmlElement } from './xml'
import { attributeOf, childrenOf, firstChild, NS, textOf } from './xml-tree'

type BlockCipher = { name: 'aes-128-gcm' | 'aes-256-gcm'; isGcm: true } | { name: 'aes-128-cbc' | 'aes-256-cbc'; isGcm: false }

const BLOCK_CIPHERS: Readonly<Record<string, BlockCipher>> = {
  'http://www.w3.org/2009/xmlenc11#aes128-gcm': { name: 'aes-128-gcm', isGcm: true },
  'http://www.w3.org/2009/xmlenc11#aes256-gcm': { name: 'aes-256-gcm', isGcm: true },
  'http://www.w3.org/2001/04/xmlenc#aes128-cbc': { name: 'aes-128-cbc', isGcm: false },
  'http://www.w3.org/2001/04/xmlenc#aes256-cbc': { name: 'aes-256-cbc', isGcm: false },
}
const OAEP = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p'
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1'
const GCM_IV_BYTES = 12
const TAG_BYTES = 16

type Sealed = { cipher: BlockCipher; key: Buffer; data: Buffer }

function bytesOf(parent: XmlElement): Buffer {
  const data = firstChild(parent, NS.encryption, 'CipherData')
  const value = data && firstChild(data, NS.encryption, 'CipherValue')
  if (!value) throw new SamlRefused('not-decryptable', 'no encrypted data')
  return Buffer.from(textOf(value).replace(/\s/g, ''), 'base64')
}

const methodOf = (parent: XmlElement) => firstChild(parent, NS.encryption, 'EncryptionMethod')

/** The one key, which stands in the data or beside it. */
function keyOf(encrypted: XmlElement, data: XmlElement): XmlElement {
  const info = firstChild(data, NS.signature, 'KeyInfo')
  const keys = [...(info ? childrenOf(info, NS.encryption, 'EncryptedKey') : []), ...childrenOf(encrypted, NS.encryption, 'EncryptedKey')]
  const [key, ...more] = keys
  if (!key || more.length > 0) throw new SamlRefused('not-decryptable', `${keys.length} encrypted keys`)
  const method = methodOf(key)
  const transport = attributeOf(method, 'Algorithm') ?? ''
  const digest = attributeOf(method && firstChild(method, NS.signature, 'DigestMethod'), 'Algorithm') ?? SHA1
  if (transport !== OAEP || digest !== SHA1) throw new SamlRefused('weak-encryption', transport === OAEP ? `OAEP with ${digest}` : transport)
  return key
}

/**
 * What stands in an encrypted assertion, when its algorithms are accepted.
 *
 * @throws SamlRefused `weak-encryption`, `not-decryptable`
 */
export function readEncrypted(encrypted: XmlElement): Sealed {
  const data = firstChild(encrypted, NS.encryption, 'EncryptedData')
  const algorithm = attributeOf(data && methodOf(data), 'Algorithm') ?? ''
  const cipher = BLOCK_CIPHERS[algorithm]
  if (!data) throw new SamlRefused('not-decryptable', 'no encrypted data')
  if (!cipher) throw new SamlRefused('weak-encryption', algorithm)
  return { cipher, key: bytesOf(keyOf(encrypted, data)), data: bytesOf(data) }
}

function decipher({ cipher, data }: Sealed, key: Buffer): Buffer {
  if (cipher.isGcm) {
    const opened = createDecipheriv(cipher.name, key, data.subarray(0, GCM_IV_BYTES), { authTagLength: TAG_BYTES })
    opened.setAuthTag(data.subarray(-TAG_BYTES))
    return Buffer.concat([opened.update(data.subarray(GCM_IV_BYTES, -TAG_BYTES)), opened.final()])
  }
  const opened = createDecipheriv(cipher.name, key, data.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([opened.update(data.subarray(16)), opened.final()])
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > 16) throw new Error('padding')
  return padded.subarray(0, -padding)
}

/** The text within, or null when this key does not open it. Every failure is alike, so that none can be told apart from outside. */
export function openEncrypted(sealed: Sealed, privateKey: string): string | null {
  try {
    const key = privateDecrypt({ key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, sealed.key)
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decipher(sealed, key))
  } catch {
    return null
  }
}
