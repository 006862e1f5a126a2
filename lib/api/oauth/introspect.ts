import type { AddressSet } from '@/lib/access/addresses/address-set'
import { decideAccess } from '@/lib/access/decide'
import type { Narrowing } from '@/lib/access/engine/decide'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import type { CorePermission } from '@/lib/access/permissions'
import { isAccessToken } from '@/lib/access/principals/access-token'
import { inspectCredential } from '@/lib/access/principals/credential'
import { noteUse } from '@/lib/access/principals/last-use'
import { clientIdOf, readSecret } from '@/lib/access/principals/secret-format'
import { callerAtOnce, callerOf, checkAndKeep, readClaims, type Caller } from '@/lib/access/principals/verified-keys'
import type { indexStore } from '@/lib/access/snapshots/index-store'
import { AppError, isAppError } from '@/lib/errors'
import { isNoteDue } from '../decisions/caller'
import { issuerName } from './metadata'
import { OauthError } from './refusal'

type IndexStore = ReturnType<typeof indexStore>

const PERMISSION: CorePermission = 'credential:introspect'

export type Introspection =
  | { active: false }
  | {
      active: true; iss: string; sub: string; token_type: 'Bearer'; client_id?: string; username?: string; iat?: number; exp?: number
      principal: { type: string; id: string }
      /** Of an access token the id is that of what it was made from. */
      credential: { type: string; id: string }
      organization: { id: string }
      /** What of the principal's rights it may use; left out: all. */
      narrowing?: { role?: string; scope?: string }
    }

/** Nothing is told of what is unknown, over, or another organization's: all of these look the same. */
const INACTIVE: Introspection = { active: false }

/** @throws OauthError `insufficient_scope` unless the caller may introspect */
export function requireIntrospect({ index, principalId, narrowing }: Caller, at: number, address: () => string): void {
  const facts = index.policies.isEmpty ? undefined : { context: { ip: address() } }
  const question = { principalId, permission: CORE_PREFIX + PERMISSION, resourceId: index.organizationId, at, ...(narrowing && { narrowing }), ...(facts && { facts }) }
  if (!decideAccess(index, question).allow) throw new OauthError('insufficient_scope', `\`${CORE_PREFIX}${PERMISSION}\` is missing at ${index.organizationId}`, 403)
}

/** Whose credential it is, by the database; null when it is not good. */
async function findAsked(store: IndexStore, token: string, at: number): Promise<Caller | null> {
  const check = async () => {
    const found = await inspectCredential(token)
    if ('refused' in found) throw new AppError('unauthenticated', found.message)
    const { id, organizationId, accessVersion } = found.row
    return { id, organizationId, accessVersion }
  }
  try {
    const { id, organizationId, accessVersion } = await checkAndKeep(store, token, check)
    const index = await store.atLeast(organizationId, Number(accessVersion))
    const credential = index.directory.credential(id)
    return (credential && callerOf({ index, credential }, at)) ?? null
  } catch (error) {
    if (isAppError(error) && error.code === 'unauthenticated') return null
    throw error
  }
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

function clientIdIn(token: string, asked: Caller): string | undefined {
  const parts = readSecret(token)
  if (parts) return clientIdOf(parts.kind, parts.publicId)
  const publicId = asked.source.type === 'token' ? asked.index.directory.credential(asked.source.id)?.publicId : null
  return publicId ? clientIdOf('tok', publicId) : undefined
}

const narrowingOf = ({ roleId, scopeId }: Narrowing) => ({ ...(roleId !== undefined && { role: roleId }), ...(scopeId !== undefined && { scope: scopeId }) })

/** A credential bound to addresses is good only for a client whose address the asker names. */
const mayComeFrom = (addresses: AddressSet | null, clientAddress: string | undefined): boolean => addresses === null || (clientAddress !== undefined && addresses.has(clientAddress))

function tell(token: string, asked: Caller): Introspection {
  const { source, principalId, narrowing, index } = asked
  const credential = index.directory.credential(source.id)
  const claims = isAccessToken(token) ? readClaims(token) : null
  const expiresAt = claims?.expiresAt.getTime() ?? credential?.expiresAt ?? null
  const clientId = clientIdIn(token, asked)
  const username = index.directory.emailOf(principalId)
  const { principals } = index.snapshot
  return {
    active: true, iss: issuerName(), sub: principalId, token_type: 'Bearer',
    ...(clientId !== undefined && { client_id: clientId }), ...(username !== undefined && { username }),
    ...(claims && { iat: seconds(claims.issuedAt.getTime()) }), ...(expiresAt !== null && { exp: seconds(expiresAt) }),
    principal: { type: principals.kindOf(principals.ids.find(principalId)), id: principalId },
    credential: { type: claims ? 'access_token' : (credential?.type ?? ''), id: source.id },
    organization: { id: index.organizationId }, ...(narrowing && { narrowing: narrowingOf(narrowing) }),
  }
}

/** What is asked: a credential of any kind, and where its client comes from, where the asker knows. */
export type Asked = { token: string; clientAddress: string | undefined }

/**
 * Whether a credential is good and whose it is (RFC 7662), for a caller who may ask.
 *
 * @returns at once for what this process knows by heart, else when the database has answered
 */
export function introspect(store: IndexStore, caller: Caller, { token, clientAddress }: Asked, at: number): Introspection | Promise<Introspection> {
  const answer = (asked: Caller | null): Introspection => {
    if (asked === null || asked.index.organizationId !== caller.index.organizationId || !mayComeFrom(asked.addresses, clientAddress)) return INACTIVE
    // It is used somewhere else, where only the asker sees it: without this it would count as unused, and be suspended as such.
    if (isNoteDue(asked, at)) noteUse(asked.source.type, asked.source.id, null)
    return tell(token, asked)
  }
  const known = callerAtOnce(store, token, at)
  return known === null ? findAsked(store, token, at).then(answer) : answer(known)
}
