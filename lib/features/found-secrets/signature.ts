import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { fetchJson } from '@/lib/outgoing/fetch-json'
import { keeper } from '@/lib/outgoing/kept'

const KeyList = z.object({ public_keys: z.array(z.object({ key_identifier: z.string(), key: z.string() })).max(100) })

const lists = keeper(
  'scanner-keys',
  (url) => fetchJson(url, KeyList, 'a list of public keys'),
  ({ public_keys: keys }, id) => keys.some((key) => key.key_identifier === id),
)

/** Headers as code hosts send them. */
export const KEY_ID_HEADER = 'github-public-key-identifier'
export const SIGNATURE_HEADER = 'github-public-key-signature'

/** @throws AppError `unauthenticated` */
const refuse = (message: string): never => {
  throw new AppError('unauthenticated', message)
}

function isSigned(text: string, pem: string, signature: string): boolean {
  try {
    return verify('sha256', Buffer.from(text), createPublicKey(pem), Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/**
 * Checks that a code host signed a body: ECDSA over SHA-256, by a key of the list at `GATEHOUSE_SCANNER_KEYS_URL`.
 *
 * @returns the id of the key
 * @throws AppError `unauthenticated` saying why; `unavailable` when the list cannot be had
 */
export async function checkSignature(text: string, keyId: string, signature: string): Promise<string> {
  const url = env().GATEHOUSE_SCANNER_KEYS_URL
  if (url === undefined) return refuse('signatures are not accepted: no list of keys is configured; send a credential')
  const found = await lists.find(url, keyId)
  if (!found.ok) throw new AppError('unavailable', 'the list of public keys cannot be had at the moment', { retryAfterSeconds: 60 })
  const key = found.value.public_keys.find(({ key_identifier: id }) => id === keyId)
  if (!key || !isSigned(text, key.key, signature)) return refuse('the signature is not by a key of the configured list')
  return keyId
}

/** For tests: as after a start. */
export const forgetScannerKeys = (): void => lists.forget()
