import type { Client } from 'pg'
import { z } from 'zod'
import type { AccessModel } from '@/lib/access/models/access-model'
import { findModel } from '@/lib/access/models/catalogue'
import { parseAccessModel } from '@/lib/access/models/schema'
import { AllowlistIndex } from '@/lib/access/allowlist/allowlist-index'
import { entryOfColumns, readSettings, type StoredEntry } from './allowlist-rows'
import type { AssignmentRow, GroupRow, MemberRow, ResourceRow, ServiceAccountRow, SnapshotRows } from '@/lib/access/engine/rows'
import { assignmentOfToken, credentialOfIssuer, credentialOfKey, credentialOfToken, type IssuerRow, type KeyRow, type KnownCredential, type TokenCredentialRow } from './known-credentials'

/** Rows with what finds and describes them beside what the index needs. */
export type KnownMember = MemberRow & { email: string; externalId: string | null }
export type KnownResource = ResourceRow & { externalId: string | null; attributes: Record<string, unknown> }
export type KnownServiceAccount = ServiceAccountRow & { externalId: string | null }
export type KnownGroup = GroupRow & { externalId: string | null; isAdmin: boolean }
export type KnownRows = SnapshotRows & {
  members: KnownMember[]
  resources: KnownResource[]
  serviceAccounts: KnownServiceAccount[]
  groups: KnownGroup[]
  credentials: KnownCredential[]
}

/** Everything decisions depend on in one organization, as of one moment, and the model it is read with. */
export type LoadedRows = { model: AccessModel; rows: KnownRows; policies: Map<string, string>; allowlist: AllowlistIndex }

const Organization = z.object({ accessModel: z.string(), version: z.coerce.number(), modelText: z.string().nullable() })

/** The model of an organization: a built-in one by name, or its own text. @throws Error when the text is damaged */
export function modelOf(name: string, text: string | null): AccessModel {
  if (name !== 'custom' || text === null) return findModel(name)
  const parsed = parseAccessModel(text)
  if (!parsed.ok) throw new Error('the stored access model does not validate')
  return parsed.model
}

const millis = (column: string): string => `(extract(epoch FROM "${column}") * 1000)::float8 AS "${column}"`

const SQL = {
  organization: `SELECT "accessModel", "accessVersion"::text AS version,
    (SELECT "text" FROM "AccessModelVersion" m WHERE m."organizationId" = o."id" ORDER BY "version" DESC LIMIT 1) AS "modelText"
    FROM "Organization" o WHERE "id" = $1`,
  resources: `SELECT "id", "type", "parentId", "name", "externalId", "attributes" FROM "Resource" WHERE "organizationId" = $1`,
  members: `SELECT "id", "status"::text AS status, "email", "externalId" FROM "Membership" WHERE "organizationId" = $1`,
  groups: `SELECT "id", "resourceId", "externalId", "isAdmin" FROM "Group" WHERE "organizationId" = $1`,
  groupMembers: `SELECT "groupId", "membershipId" AS "memberId" FROM "GroupMember" WHERE "organizationId" = $1`,
  serviceAccounts: `SELECT "id", CASE WHEN "isSuspended" THEN 'suspended' ELSE 'active' END AS status, "externalId" FROM "ServiceAccount" WHERE "organizationId" = $1`,
  roles: `SELECT "id", "name", "builtIn", "permissions", "resourceIds" FROM "Role" WHERE "organizationId" = $1`,
  assignments: `SELECT "id", coalesce("membershipId", "groupId", "serviceAccountId") AS "principalId", "roleId", "scopeId",
    ${millis('expiresAt')} FROM "RoleAssignment" WHERE "organizationId" = $1`,
  // What was revoked is as good as gone.
  keys: `SELECT "id", "publicId", "membershipId", "serviceAccountId", "status"::text AS status, ${millis('expiresAt')}, "roleId", "scopeId", "addresses",
    ${millis('tokensValidFrom')} FROM "ApiKey" WHERE "organizationId" = $1 AND "status" <> 'revoked'`,
  tokens: `SELECT "id", "publicId", "status"::text AS status, ${millis('expiresAt')}, "roleId", "scopeId", ${millis('tokensValidFrom')}
    FROM "ApplicationToken" WHERE "organizationId" = $1`,
  issuers: `SELECT "id", "serviceAccountId", "status"::text AS status, ${millis('tokensValidFrom')} FROM "TrustedIssuer" WHERE "organizationId" = $1`,
  policies: `SELECT "ownerId", "text" FROM "Policy" WHERE "organizationId" = $1`,
  allowlist: `SELECT to_jsonb(a) AS row FROM "Allowlist" a WHERE "organizationId" = $1`,
  allowlistEntries: `SELECT "id", "cidr", "surfaces", ${millis('expiresAt')}, "pending", "previous" FROM "AllowlistEntry" WHERE "organizationId" = $1`,
} as const

/** An organization's allowlist as it is stored. */
export async function readAllowlist(client: Client, organizationId: string): Promise<AllowlistIndex> {
  const { rows: [settings] } = await client.query<{ row: unknown }>(SQL.allowlist, [organizationId])
  const { rows } = await client.query<StoredEntry>(SQL.allowlistEntries, [organizationId])
  return new AllowlistIndex(readSettings(settings?.row), rows.map(entryOfColumns))
}

/**
 * Reads an organization in one repeatable-read transaction, so that its version and its rows belong together.
 *
 * @returns null when there is no such organization
 */
export async function readRows(client: Client, organizationId: string): Promise<LoadedRows | null> {
  const ask = async <T extends object>(sql: string): Promise<T[]> => (await client.query<T>(sql, [organizationId])).rows
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    const [found] = await ask(SQL.organization)
    if (!found) return null
    const { accessModel, version, modelText } = Organization.parse(found)
    const tokens = await ask<TokenCredentialRow>(SQL.tokens)
    const rows: KnownRows = {
      organization: { id: organizationId, version },
      resources: await ask(SQL.resources),
      members: await ask(SQL.members),
      groups: await ask(SQL.groups),
      groupMembers: await ask(SQL.groupMembers),
      serviceAccounts: await ask(SQL.serviceAccounts),
      credentials: [
        ...(await ask<KeyRow>(SQL.keys)).map(credentialOfKey), ...tokens.map(credentialOfToken), ...(await ask<IssuerRow>(SQL.issuers)).map(credentialOfIssuer),
      ],
      tokens,
      roles: (await ask<{ id: string; name: string; builtIn: boolean; permissions: string[] | null; resourceIds: string[] | null }>(SQL.roles)).map(
        (role) => ({ ...role, permissions: role.permissions ?? [], resourceIds: role.resourceIds?.length ? role.resourceIds : null }),
      ),
      assignments: [...(await ask<AssignmentRow>(SQL.assignments)), ...tokens.map(assignmentOfToken)],
    }
    const allowlist = await readAllowlist(client, organizationId)
    const policies = new Map((await ask<{ ownerId: string; text: string }>(SQL.policies)).map(({ ownerId, text }) => [ownerId, text]))
    return { model: modelOf(accessModel, modelText), rows, policies, allowlist }
  } finally {
    await client.query('ROLLBACK')
  }
}
