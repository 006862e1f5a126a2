import type { Client } from 'pg'
import { z } from 'zod'
import type { EntryRow } from '@/lib/access/allowlist/allowlist-index'
import { NO_ALLOWLIST, type Settings } from '@/lib/access/allowlist/waiting'
import type { Change } from '@/lib/access/engine/rows'
import { readEntryRow, readSettings } from './allowlist-rows'
import { assignmentOfToken, credentialOfIssuer, credentialOfKey, credentialOfToken, type KnownCredential } from './known-credentials'

/** A change row as the triggers write it. */
export type ChangeRow = { version: number; kind: string; operation: 'INSERT' | 'UPDATE' | 'DELETE'; row: unknown }

const Text = z.string()
const Time = z.string().nullable().transform((at) => (at === null ? null : Date.parse(at)))
const List = z.array(z.string()).nullable().transform((list) => list ?? [])
const Membership = z.object({ id: Text, status: Text, email: Text, externalId: Text.nullable() })
const Resource = z.object({ id: Text, type: Text, parentId: Text.nullable(), name: Text, externalId: Text.nullable(), attributes: z.record(z.string(), z.unknown()).catch({}) })
const Role = z.object({ id: Text, name: Text, builtIn: z.boolean(), permissions: List, resourceIds: List.transform((ids) => (ids.length > 0 ? ids : null)) })
const Assignment = z.object({ id: Text, membershipId: Text.nullable(), groupId: Text.nullable(), serviceAccountId: Text.nullable(), roleId: Text, scopeId: Text, expiresAt: Time })
  .transform(({ membershipId, groupId, serviceAccountId, ...rest }) => ({ ...rest, principalId: membershipId ?? groupId ?? serviceAccountId ?? '' }))
const Group = z.object({ id: Text, resourceId: Text.nullable(), externalId: Text.nullable(), isAdmin: z.boolean() })
const ApiKey = z.object({
  id: Text, publicId: Text, membershipId: Text.nullable(), serviceAccountId: Text.nullable(), status: Text, expiresAt: Time,
  roleId: Text.nullable(), scopeId: Text.nullable(), addresses: List, tokensValidFrom: Time,
})
const ApplicationToken = z.object({ id: Text, publicId: Text, status: Text, expiresAt: Time, roleId: Text, scopeId: Text, tokensValidFrom: Time })
const TrustedIssuer = z.object({ id: Text, serviceAccountId: Text, status: Text, tokensValidFrom: Time })
const GroupMember = z.object({ groupId: Text, membershipId: Text }).transform(({ groupId, membershipId }) => ({ groupId, memberId: membershipId }))
const ServiceAccount = z.object({ id: Text, isSuspended: z.boolean(), externalId: Text.nullable() })
  .transform(({ isSuspended, ...rest }) => ({ ...rest, status: isSuspended ? 'suspended' : 'active' }))
const Policy = z.object({ ownerId: Text, text: Text })

/**
 * A change as the index, the directory and the policies take it. `allowlist-anew`: too many entries to
 * follow one by one. `reload`: the model changed, read everything anew.
 */
export type Followed =
  | { about: 'index'; change: Change }
  | { about: 'member'; change: Change; row: z.output<typeof Membership>; isGone: boolean }
  | { about: 'resource'; change: Change; row: z.output<typeof Resource>; isGone: boolean }
  | { about: 'service-account'; change: Change; row: z.output<typeof ServiceAccount>; isGone: boolean }
  | { about: 'group'; change: Change; row: z.output<typeof Group>; isGone: boolean }
  | { about: 'credential'; row: KnownCredential; isGone: boolean; changes: Change[] }
  | { about: 'policy'; ownerId: string; text: string | null }
  | { about: 'allowlist'; settings: Settings }
  | { about: 'allowlist-entry'; row: EntryRow; isGone: boolean }
  | { about: 'allowlist-anew' }
  | { about: 'reload' }

const written = <K extends Change['kind'], R extends { id: string }>(kind: K, row: R, isGone: boolean) => (isGone ? { kind, remove: row.id } : { kind, put: row })

/** What was revoked is as good as gone. */
const followedCredential = (row: KnownCredential, isDeleted: boolean, changes: Change[] = []): Followed =>
  ({ about: 'credential', row, isGone: isDeleted || row.status === 'revoked', changes })

/** Reads one change row. @throws ZodError when the row has another shape than the triggers write */
export function followedOf({ kind, operation, row }: ChangeRow): Followed {
  const isGone = operation === 'DELETE'
  switch (kind) {
    case 'Membership': {
      const put = Membership.parse(row)
      return { about: 'member', change: written('member', put, isGone), row: put, isGone }
    }
    case 'Resource': {
      const put = Resource.parse(row)
      return { about: 'resource', change: written('resource', put, isGone), row: put, isGone }
    }
    case 'ServiceAccount': {
      const put = ServiceAccount.parse(row)
      return { about: 'service-account', change: written('serviceAccount', put, isGone), row: put, isGone }
    }
    case 'Role': return { about: 'index', change: written('role', Role.parse(row), isGone) }
    case 'RoleAssignment': return { about: 'index', change: written('assignment', Assignment.parse(row), isGone) }
    case 'Group': {
      const put = Group.parse(row)
      return { about: 'group', change: written('group', put, isGone), row: put, isGone }
    }
    case 'ApiKey': return followedCredential(credentialOfKey(ApiKey.parse(row)), isGone)
    case 'TrustedIssuer': return followedCredential(credentialOfIssuer(TrustedIssuer.parse(row)), isGone)
    case 'ApplicationToken': {
      const put = ApplicationToken.parse(row)
      return followedCredential(credentialOfToken(put), isGone, [written('token', put, isGone), written('assignment', assignmentOfToken(put), isGone)])
    }
    case 'GroupMember': {
      const put = GroupMember.parse(row)
      return { about: 'index', change: isGone ? { kind: 'groupMember', remove: put } : { kind: 'groupMember', put } }
    }
    case 'Policy': {
      const { ownerId, text } = Policy.parse(row)
      return { about: 'policy', ownerId, text: isGone ? null : text }
    }
    case 'Allowlist': return { about: 'allowlist', settings: isGone ? NO_ALLOWLIST : readSettings(row) }
    case 'AllowlistEntry': return { about: 'allowlist-entry', row: readEntryRow(row), isGone }
    case 'AllowlistAnew': return { about: 'allowlist-anew' }
    default: return { about: 'reload' }
  }
}

/**
 * Changes of an organization after a version, in order.
 *
 * @returns null when they are no longer kept, so that the organization has to be read anew
 */
export async function readChanges(client: Client, organizationId: string, after: number): Promise<{ version: number; changes: ChangeRow[] } | null> {
  const { rows } = await client.query<{ version: string }>(`SELECT "accessVersion"::text AS version FROM "Organization" WHERE "id" = $1`, [organizationId])
  const version = Number(rows[0]?.version ?? Number.NaN)
  if (Number.isNaN(version)) return null
  const { rows: changes } = await client.query<{ version: string; kind: string; operation: ChangeRow['operation']; row: unknown }>(
    `SELECT "version"::text AS version, "kind", "operation", "row" FROM "AccessChange"
     WHERE "organizationId" = $1 AND "version" > $2 AND "version" <= $3 ORDER BY "version", "ordinal"`,
    [organizationId, after, version],
  )
  const first = Number(changes[0]?.version ?? version + 1)
  if (version > after && first !== after + 1) return null
  return { version, changes: changes.map((change) => ({ ...change, version: Number(change.version) })) }
}
