import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'

/** A credential with its principal and organization, in one form whatever its kind. */
export type CredentialRow = {
  id: string
  name: string
  secretHash: string
  status: 'active' | 'suspended' | 'revoked'
  expiresAt: Date | null
  lastUsedAt: Date | null
  roleId: string | null
  scopeId: string | null
  addresses: string[]
  tokensValidFrom: Date | null
  principalType: 'user' | 'service_account' | 'token'
  principalId: string
  principalName: string
  /** Of a member. */
  email: string | null
  isPrincipalActive: boolean
  organizationId: string
  slug: string
  organizationName: string
  accessModel: string
  memberLimit: number | null
  accessVersion: bigint
  /** What the organization allows each credential; null: as much as the installation does. */
  requestsPerMinute: number | null
}

const ORGANIZATION = Prisma.sql`o."id" AS "organizationId", o."slug", o."name" AS "organizationName", o."accessModel", o."memberLimit", o."accessVersion",
  (SELECT p."requestsPerMinute" FROM "CredentialPolicy" p WHERE p."organizationId" = o."id") AS "requestsPerMinute"`

type Ref = { publicId: string } | { id: string }

const matching = (alias: string, ref: Ref): Prisma.Sql =>
  'publicId' in ref ? Prisma.sql`${Prisma.raw(alias)}."publicId" = ${ref.publicId}` : Prisma.sql`${Prisma.raw(alias)}."id" = ${ref.id}`

/** Key, owner and organization in one statement: this is on the path of machine requests. */
export async function findKey(ref: Ref): Promise<CredentialRow | undefined> {
  const [row] = await db().$queryRaw<CredentialRow[]>(Prisma.sql`
    SELECT k."id", k."name", k."secretHash", k."status"::text AS "status", k."expiresAt", k."lastUsedAt", k."roleId", k."scopeId", k."addresses", k."tokensValidFrom",
      CASE WHEN m."id" IS NULL THEN 'service_account' ELSE 'user' END AS "principalType", coalesce(m."id", s."id") AS "principalId",
      coalesce(m."name", s."name") AS "principalName", m."email", coalesce(m."status" = 'active', NOT s."isSuspended") AS "isPrincipalActive", ${ORGANIZATION}
    FROM "ApiKey" k
    LEFT JOIN "Membership" m ON m."organizationId" = k."organizationId" AND m."id" = k."membershipId"
    LEFT JOIN "ServiceAccount" s ON s."organizationId" = k."organizationId" AND s."id" = k."serviceAccountId"
    JOIN "Organization" o ON o."id" = k."organizationId"
    WHERE ${matching('k', ref)}`)
  return row
}

/** What a token is called where it acts: its description, or what can be shown of its client id. */
export const tokenName = ({ description, publicId }: { description: string; publicId: string }): string => description || `gh_tok_${publicId.slice(0, 6)}…`

export async function findToken(ref: Ref): Promise<CredentialRow | undefined> {
  const [row] = await db().$queryRaw<CredentialRow[]>(Prisma.sql`
    SELECT t."id", coalesce(nullif(t."description", ''), 'gh_tok_' || left(t."publicId", 6) || '…') AS "name", t."secretHash", t."status"::text AS "status",
      t."expiresAt", t."lastUsedAt", NULL AS "roleId", NULL AS "scopeId", '{}'::text[] AS "addresses", t."tokensValidFrom", 'token' AS "principalType",
      t."id" AS "principalId", coalesce(nullif(t."description", ''), 'gh_tok_' || left(t."publicId", 6) || '…') AS "principalName", NULL AS "email",
      true AS "isPrincipalActive", ${ORGANIZATION}
    FROM "ApplicationToken" t JOIN "Organization" o ON o."id" = t."organizationId"
    WHERE ${matching('t', ref)}`)
  return row
}

/** A trust in an outside issuer, as what access tokens come from. It has no secret of its own. */
export async function findIssuer(ref: { id: string }): Promise<CredentialRow | undefined> {
  const [row] = await db().$queryRaw<CredentialRow[]>(Prisma.sql`
    SELECT i."id", i."name", '' AS "secretHash", i."status"::text AS "status", NULL AS "expiresAt", i."lastUsedAt", NULL AS "roleId", NULL AS "scopeId",
      '{}'::text[] AS "addresses", i."tokensValidFrom", 'service_account' AS "principalType", s."id" AS "principalId", s."name" AS "principalName",
      NULL AS "email", NOT s."isSuspended" AS "isPrincipalActive", ${ORGANIZATION}
    FROM "TrustedIssuer" i
    JOIN "ServiceAccount" s ON s."organizationId" = i."organizationId" AND s."id" = i."serviceAccountId"
    JOIN "Organization" o ON o."id" = i."organizationId"
    WHERE ${matching('i', ref)}`)
  return row
}
