import type { Ctx } from '@/lib/access/context'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import type { CorePermission } from '@/lib/access/permissions'
import type { SessionActor } from '@/lib/access/principals/actor'
import { findSubjects } from '@/lib/access/search'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { BREAK_GLASS_METHOD } from '@/lib/access/way-in'
import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** An administrator who may hold break-glass codes, and what they hold. */
export type Holder = { userId: string; name: string; email: string; isActive: boolean; codesLeft: number; codesMadeAt: Date | null; lastUsedAt: Date | null; chosenBy: string; chosenAt: Date }

const columns = {
  membershipId: true, chosenByName: true, chosenAt: true,
  membership: { select: { name: true, email: true, status: true } },
  codes: { select: { usedAt: true, createdAt: true }, orderBy: { usedAt: { sort: 'desc', nulls: 'last' } } },
} as const

type Row = { membershipId: string; chosenByName: string; chosenAt: Date; membership: { name: string; email: string; status: string }; codes: { usedAt: Date | null; createdAt: Date }[] }

const holderOf = ({ membershipId, membership: { name, email, status }, codes, chosenByName, chosenAt }: Row): Holder => ({
  userId: membershipId, name: name || email, email, isActive: status === 'active', codesLeft: codes.filter(({ usedAt }) => usedAt === null).length,
  codesMadeAt: codes[0]?.createdAt ?? null, lastUsedAt: codes[0]?.usedAt ?? null, chosenBy: chosenByName, chosenAt,
})

/** Who may hold codes, in the order of their choosing; there are few. */
export async function listHolders(ctx: Ctx<'sign-in:read'>): Promise<Holder[]> {
  const rows = await ctx.tx.breakGlassHolder.findMany({ where: { organizationId: ctx.orgId }, select: columns, orderBy: [{ chosenAt: 'asc' }, { membershipId: 'asc' }] })
  return rows.map(holderOf)
}

/** One of them, for whoever may see it or has just chosen it. @throws AppError `not-found` */
export async function findHolder(ctx: Ctx, userId: string): Promise<Holder> {
  const row = await ctx.tx.breakGlassHolder.findUnique({ where: { organizationId_membershipId: { organizationId: ctx.orgId, membershipId: userId } }, select: columns })
  if (!row) throw new AppError('not-found', `\`${userId}\` holds no break-glass codes`)
  return holderOf(row)
}

/** Most candidates that are offered. */
const CANDIDATES_MAX = 100

/** Active members who may change the sign-in settings and hold no codes yet. */
export async function listCandidates({ tx, orgId, now }: Ctx<'sign-in:read'>, holders: readonly Holder[]): Promise<{ userId: string; email: string }[]> {
  const index = await indexStore().atLeast(orgId, 0)
  const permission: CorePermission = 'sign-in:write'
  const { ids } = findSubjects(index, { kind: 'user', permission: CORE_PREFIX + permission, resourceId: orgId, at: now.getTime() }, { limit: CANDIDATES_MAX })
  const known = new Set(holders.map(({ userId }) => userId))
  const rows = await tx.membership.findMany({ where: { organizationId: orgId, status: 'active', id: { in: ids.filter((id) => !known.has(id)) } }, select: { id: true, email: true }, orderBy: { email: 'asc' } })
  return rows.map(({ id, email }) => ({ userId: id, email }))
}

/** What keeps a session from being exchanged for one of a code; null: nothing. */
export type Obstacle = 'not-by-password' | 'no-factor' | 'factor-not-shown'

export function obstacleOf({ method, through, hasSecondFactor, secondFactor }: SessionActor): Obstacle | null {
  if (method !== 'password' || through) return 'not-by-password'
  if (!hasSecondFactor) return 'no-factor'
  return secondFactor === null ? 'factor-not-shown' : null
}

/** Where somebody signed in could break the glass: in an organization that is SSO-only and gave them codes. Null: nowhere. */
export async function findGlass(actor: SessionActor, slug: string): Promise<{ organization: string; codesLeft: number } | null> {
  if (actor.method === BREAK_GLASS_METHOD) return null
  const membership = await db().membership.findFirst({
    where: { accountId: actor.accountId, status: 'active', organization: { slug, isSsoOnly: true } },
    select: { organization: { select: { name: true } }, breakGlassHolder: { select: { _count: { select: { codes: { where: { usedAt: null } } } } } } },
  })
  if (!membership?.breakGlassHolder) return null
  return { organization: membership.organization.name, codesLeft: membership.breakGlassHolder._count.codes }
}

/**
 * Whether an account holds a code for an organization that is SSO-only, and a second factor to show with it. Then its
 * password is taken although every organization is entered through an identity provider: as far as to the question for a code.
 */
export async function mayBreakGlass(accountId: string): Promise<boolean> {
  const row = await db().membership.findFirst({
    where: { accountId, status: 'active', account: { hasSecondFactor: true }, organization: { isSsoOnly: true }, breakGlassHolder: { codes: { some: { usedAt: null } } } }, select: { id: true },
  })
  return row !== null
}
