import type { Ctx } from '@/lib/access/context'
import { givenByAutoprovision, givenByMappings } from './group-mappings'
import { giverOf } from './insert'

const counted = (count: number, one: string, many: string): string[] => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`])

/** Who holds a role now, counted by kind; ended assignments left out. */
export type Holders = { people: number; groups: number; serviceAccounts: number }

/** Credentials that name a role: tokens hold it for good, keys may be narrowed to it. */
export type RoleCredentials = { tokens: number; narrowedKeys: number }

export async function countCredentials({ tx, orgId }: Ctx, roleId: string): Promise<RoleCredentials> {
  const tokens = await tx.applicationToken.count({ where: { organizationId: orgId, roleId } })
  const narrowedKeys = await tx.apiKey.count({ where: { organizationId: orgId, roleId, status: { not: 'revoked' } } })
  return { tokens, narrowedKeys }
}

const heldByTokens = ({ tokens }: RoleCredentials): string | null =>
  tokens === 0 ? null : `is held by ${counted(tokens, 'application token', 'application tokens').join('')}, which cannot get another; delete ${tokens === 1 ? 'it' : 'them'} first`

/** Why a role cannot be deleted whoever would get another in its place, or null: what gives or holds it by itself has to go first. */
export const whyKept = async (ctx: Ctx, roleId: string, credentials: RoleCredentials): Promise<string | null> =>
  heldByTokens(credentials) ?? (await givenByMappings(ctx, roleId)) ?? (await givenByAutoprovision(ctx, roleId))

/** A place at which a role is held now. */
export type HeldAt = { scopeId: string; scopeType: string; scopeName: string }

/** "3 people, 1 group". */
export const holdersInWords = ({ people, groups, serviceAccounts }: Holders): string =>
  [...counted(people, 'person', 'people'), ...counted(groups, 'group', 'groups'), ...counted(serviceAccounts, 'service account', 'service accounts')].join(', ')

export async function countHolders({ tx, orgId, now }: Ctx, roleId: string): Promise<Holders> {
  const [row] = await tx.$queryRaw<Holders[]>`
    SELECT count(DISTINCT "membershipId")::int AS "people", count(DISTINCT "groupId")::int AS "groups", count(DISTINCT "serviceAccountId")::int AS "serviceAccounts"
    FROM "RoleAssignment" WHERE "organizationId" = ${orgId} AND "roleId" = ${roleId} AND ("expiresAt" IS NULL OR "expiresAt" > ${now})`
  return row ?? { people: 0, groups: 0, serviceAccounts: 0 }
}

export const findHeldAt = ({ tx, orgId, now }: Ctx, roleId: string): Promise<HeldAt[]> => tx.$queryRaw<HeldAt[]>`
  SELECT s."id" AS "scopeId", s."type" AS "scopeType", s."name" AS "scopeName"
  FROM (SELECT DISTINCT "scopeId" FROM "RoleAssignment" WHERE "organizationId" = ${orgId} AND "roleId" = ${roleId} AND ("expiresAt" IS NULL OR "expiresAt" > ${now})) a
  JOIN "Resource" s ON s."organizationId" = ${orgId} AND s."id" = a."scopeId" ORDER BY s."id"`

/** Takes the assignments of a role that have ended. */
export async function deleteEnded({ tx, orgId, now }: Ctx, roleId: string): Promise<void> {
  await tx.roleAssignment.deleteMany({ where: { organizationId: orgId, roleId, expiresAt: { lte: now } } })
}

/**
 * Gives everybody who holds a role another one instead, at the same places until the same moments. Who holds that one
 * there already keeps it, until the later of the two ends.
 */
export async function moveAssignments(ctx: Ctx, roleId: string, replacementId: string): Promise<{ moved: number; merged: number }> {
  const { tx, orgId } = ctx
  const giver = giverOf(ctx)
  await tx.$executeRaw`
    UPDATE "RoleAssignment" kept SET "expiresAt" = gone."expiresAt", "grantedById" = ${giver.id}, "grantedByName" = ${giver.name}
    FROM "RoleAssignment" gone
    WHERE kept."organizationId" = ${orgId} AND gone."organizationId" = ${orgId} AND kept."roleId" = ${replacementId} AND gone."roleId" = ${roleId}
      AND kept."scopeId" = gone."scopeId"
      AND coalesce(kept."membershipId", kept."groupId", kept."serviceAccountId") = coalesce(gone."membershipId", gone."groupId", gone."serviceAccountId")
      AND kept."expiresAt" IS NOT NULL AND (gone."expiresAt" IS NULL OR gone."expiresAt" > kept."expiresAt")`
  const merged = await tx.$executeRaw`
    DELETE FROM "RoleAssignment" gone USING "RoleAssignment" kept
    WHERE kept."organizationId" = ${orgId} AND gone."organizationId" = ${orgId} AND kept."roleId" = ${replacementId} AND gone."roleId" = ${roleId}
      AND kept."scopeId" = gone."scopeId"
      AND coalesce(kept."membershipId", kept."groupId", kept."serviceAccountId") = coalesce(gone."membershipId", gone."groupId", gone."serviceAccountId")`
  const moved = await tx.$executeRaw`
    UPDATE "RoleAssignment" SET "roleId" = ${replacementId}, "grantedById" = ${giver.id}, "grantedByName" = ${giver.name}
    WHERE "organizationId" = ${orgId} AND "roleId" = ${roleId}`
  return { moved, merged }
}
