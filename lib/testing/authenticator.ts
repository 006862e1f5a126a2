import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest()

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const WITH_CREDENTIAL = 0x40

/** What an answer claims; a test changes one of it. */
export type Claims = { challenge: string; origin: string; party: string; counter?: number; flags?: number; type?: string }

const clientData = (type: string, { challenge, origin }: Claims): Buffer => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

function authenticatorData({ party, counter = 0 }: Claims, flags: number, credential: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt8(flags, 0)
  head.writeUInt32BE(counter, 1)
  return Buffer.concat([sha256(party), head, credential])
}

/** A COSE key (RFC 9053 §7.1.1) for ES256, as CBOR. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const coordinate = (label: number, value: string) => Buffer.concat([Buffer.from([label, 0x58, 32]), Buffer.from(value, 'base64url')])
  return Buffer.concat([Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]), coordinate(0x21, x), coordinate(0x22, y)])
}

const cborText = (text: string): Buffer => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])

/** `{ fmt: 'none', attStmt: {}, authData }` as CBOR. */
function attestation(authData: Buffer): Buffer {
  const length = Buffer.from([0x59, authData.length >> 8, authData.length & 255])
  return Buffer.concat([Buffer.from([0xa3]), cborText('fmt'), cborText('none'), cborText('attStmt'), Buffer.from([0xa0]), cborText('authData'), length, authData])
}

const encoded = (data: Buffer): string => data.toString('base64url')

/** An authenticator in software with one passkey: it says whatever a test wants it to say, and signs that. */
export function makeAuthenticator() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const common = { id: encoded(id), rawId: encoded(id), type: 'public-key', clientExtensionResults: {} }
  return {
    /** The browser's answer when it has made the passkey (WebAuthn §7.1), as JSON. */
    create(claims: Claims): string {
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey(publicKey)])
      const authData = authenticatorData(claims, (claims.flags ?? USER_PRESENT | USER_VERIFIED) | WITH_CREDENTIAL, credential)
      return JSON.stringify({ ...common, response: { clientDataJSON: encoded(clientData(claims.type ?? 'webauthn.create', claims)), attestationObject: encoded(attestation(authData)), transports: ['internal'] } })
    },
    /** The browser's answer when the passkey was used (WebAuthn §7.2), as JSON. */
    use(claims: Claims, key: KeyObject = privateKey): string {
      const data = clientData(claims.type ?? 'webauthn.get', claims)
      const authData = authenticatorData(claims, claims.flags ?? USER_PRESENT | USER_VERIFIED)
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), key)
      return JSON.stringify({ ...common, response: { clientDataJSON: encoded(data), authenticatorData: encoded(authData), signature: encoded(signature) } })
    },
  }
}
