import { randomFillSync } from 'node:crypto'
import { z } from 'zod'

/** Type prefixes of ids. */
export const ID_KINDS = {
  account: 'acc', organization: 'org', user: 'usr', invitation: 'inv', session: 'ses', role: 'rol',
  assignment: 'ras', folder: 'fld', cluster: 'cls', resource: 'res', key: 'key', token: 'tok',
  serviceAccount: 'sva', group: 'grp', policy: 'pol', event: 'evt', mail: 'mal', link: 'lnk', passkey: 'pky', recoveryCode: 'rcv', signIn: 'sin', request: 'req',
  trustedIssuer: 'tru', foundSecret: 'fse', directory: 'dir', scimToken: 'sct', mapping: 'map', provisioningRequest: 'prq',
  connection: 'con', domain: 'dom', groupMapping: 'gmp', breakGlassCode: 'bgc', samlKey: 'smk',
  allowlistEntry: 'ale', denial: 'den',
} as const

export type IdKind = keyof typeof ID_KINDS

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

const random = Buffer.alloc(4096)
let offset = random.length
let lastMs = 0
let counter = 0

function takeRandom(bytes: number): Buffer {
  if (offset + bytes > random.length) {
    randomFillSync(random)
    offset = 0
  }
  offset += bytes
  return random.subarray(offset - bytes, offset)
}

/** UUIDv7 (RFC 9562 §5.7), rising within a process: the 12 bits after the time count within a millisecond. */
export function uuidv7(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs
    counter = takeRandom(2).readUInt16BE() & 0x3ff
  } else if (++counter > 0xfff) {
    lastMs += 1
    counter = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const tail = Buffer.from(takeRandom(8))
  tail.writeUInt8((tail.readUInt8(0) & 0x3f) | 0x80, 0)
  const hex = tail.toString('hex')
  const rand = counter.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rand}-${hex.slice(0, 4)}-${hex.slice(4)}`
}

/** A new id such as `usr_0193…`, time-ordered. */
export const newId = (kind: IdKind): string => `${ID_KINDS[kind]}_${uuidv7()}`

/** A zod schema for an id of this kind; anything else cannot exist, so it is told as such. */
export const idSchema = (kind: IdKind) =>
  z.string().regex(new RegExp(`^${ID_KINDS[kind]}_${UUID}$`), `expected an id of the form ${ID_KINDS[kind]}_…`)

/** The smallest id of this kind made at or after that moment: turns a time into an id boundary. */
export function firstIdAt(kind: IdKind, at: Date): string {
  const time = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
  return `${ID_KINDS[kind]}_${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

/** A pending membership is shown as an invitation: same UUID, other prefix. */
export const invitationIdOf = (membershipId: string): string => membershipId.replace(/^usr_/, 'inv_')
export const membershipIdOf = (invitationId: string): string => invitationId.replace(/^inv_/, 'usr_')
