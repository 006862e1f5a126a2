import { passGate } from '@/lib/access/gate'
import { noteUse } from '@/lib/access/principals/last-use'
import { noteRefusedAddress } from '@/lib/access/principals/refused-addresses'
import { refuseAddress } from '@/lib/access/principals/refusals'
import { callerAtOnce, callerOf, checkAndKeep, type Caller } from '@/lib/access/principals/verified-keys'
import type { indexStore } from '@/lib/access/snapshots/index-store'
import { now } from '@/lib/clock'
import { AppError } from '@/lib/errors'
import type { RequestFacts } from '@/lib/request'
import { actorOfHeader, secretIn } from '../credential'

type IndexStore = ReturnType<typeof indexStore>

/** Who asks, from memory; null when it takes the database to say. */
export function knownCaller(store: IndexStore, authorization: string | undefined, at: number): Caller | null {
  const secret = authorization === undefined ? undefined : secretIn(authorization)
  return secret === undefined ? null : callerAtOnce(store, secret, at)
}

/**
 * Who asks, by the database, and an index that knows everything the key's row knew, and at least `version`.
 *
 * @throws AppError `unauthenticated`, or `unavailable` when the version does not come within a second
 */
export async function findCaller(store: IndexStore, authorization: string | undefined, version: number): Promise<Caller> {
  const secret = authorization === undefined ? undefined : secretIn(authorization)
  const check = () => actorOfHeader(authorization)
  const actor = secret === undefined ? await check() : await checkAndKeep(store, secret, check)
  const known = Number(actor.entrance?.organization.accessVersion ?? 0)
  const index = await store.atLeast(actor.organizationId, Math.max(known, version))
  const credential = index.directory.credential(actor.credential.id)
  const caller = credential && callerOf({ index, credential }, now().getTime())
  if (!caller) throw new AppError('unauthenticated', 'the credential has just been changed; send the request again')
  return caller
}

const VISITOR_TYPES = { key: 'api_key', token: 'token', issuer: 'service_account' } as const

/** @throws AppError `forbidden` when the credential may not be used from there, `address-not-allowed` when the organization may not be reached */
export function checkAddress({ addresses, index, source, principalId }: Caller, facts: () => RequestFacts): void {
  if (addresses !== null && !addresses.has(facts().address)) {
    noteRefusedAddress(index.organizationId, source.id, facts())
    throw new AppError('forbidden', refuseAddress(facts().address).message)
  }
  if (index.allowlist.isIdle) return
  passGate(index, () => ({ type: principalId.startsWith('sva_') ? 'service_account' : VISITOR_TYPES[source.type], id: principalId, name: null, credentialId: source.id }), facts())
}

const NOTE_MS = 60_000
const NOTED_MAX = 100_000
const noted = new Map<string, number>()

/** Whether the use of a credential is due to be noted: at most once a minute, so that nearly every decision ends here. */
export function isNoteDue({ source: { id } }: Caller, at: number): boolean {
  if (at - (noted.get(id) ?? 0) < NOTE_MS) return false
  if (noted.size >= NOTED_MAX) noted.clear()
  noted.set(id, at)
  return true
}

/** Notes it; called within the request, whose address is written down. */
export const noteCaller = ({ source: { type, id } }: Caller): void => noteUse(type, id, null)
