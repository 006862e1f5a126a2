import { passGateOf } from '@/lib/access/gate'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import type { DirectoryActor } from './actor'
import { noteUse } from './last-use'
import { refuse, type Refusal } from './refusals'
import { readSecret, secretMatches } from './secret-format'

const KINDS = { key: 'an API key', sva: 'a key of a service account', tok: 'an application token' } as const

/** Good for `/scim/v2` alone: nothing else takes a token of this kind. @throws AppError `address-not-allowed` */
export async function actorOfScimToken(secret: string): Promise<DirectoryActor | Refusal> {
  const parts = readSecret(secret)
  if (parts && parts.kind !== 'scim') return { refused: 'malformed', message: `SCIM takes a token of a directory (\`gh_scim_…\`), made under Settings, Provisioning; this is ${KINDS[parts.kind]}` }
  if (!parts) return refuse('malformed')
  const row = await db().scimToken.findUnique({
    where: { publicId: parts.publicId },
    select: { id: true, name: true, organizationId: true, secretHash: true, expiresAt: true, lastUsedAt: true, rehearses: true, directory: { select: { id: true, name: true } } },
  })
  if (!row || !secretMatches(secret, row.secretHash)) return refuse('unknown')
  if (row.expiresAt !== null && row.expiresAt <= now()) return refuse('expired', 'token')
  await passGateOf(row.organizationId, 0, () => ({ type: 'directory', id: row.directory.id, name: row.directory.name, credentialId: row.id }))
  noteUse('scim', row.id, row.lastUsedAt)
  return { type: 'directory', organizationId: row.organizationId, directory: row.directory, token: { id: row.id, name: row.name, rehearses: row.rehearses } }
}
