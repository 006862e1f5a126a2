import type { Ctx } from '@/lib/access/context'
import { findAssignments } from '@/lib/features/roles/queries'
import { permissionsAt } from '@/lib/features/roles/rules'
import { describePermissions, type PermissionGroup } from '@/lib/features/roles/describe'
import { findAdministrators, findLastAdministrator } from './last-administrator'
import { requireVisible, toMemberRow } from './queries'
import type { MemberRole, MemberRow } from './rules'

/** Everything the organization knows about one of its people; nothing of what they are elsewhere. */
export type MemberDetail = MemberRow & {
  invitedBy: string
  /** Ended ones too. */
  assignments: (MemberRole & { id: string; isEnded: boolean })[]
  /** What the person may do at the organization, the floor role included; empty unless active. */
  access: PermissionGroup[]
  isSelf: boolean
  isAdministrator: boolean
  /** Removing, suspending or demoting them would be refused. */
  isLastAdministrator: boolean
  /** Open sessions that reach this organization. */
  sessions: number
  /** What goes with them. */
  owned: { apiKeys: number }
}

const columns = {
  id: true, accountId: true, email: true, name: true, status: true, source: true, lastMethod: true, lastSeenAt: true, createdAt: true,
  joinedAt: true, suspendedAt: true, invitationExpiresAt: true, invitedByName: true,
} as const

type Assignment = Awaited<ReturnType<typeof findAssignments>>[number]

const toMemberRole = (assignment: Assignment): MemberRole => ({
  roleId: assignment.roleId, name: assignment.roleName, title: assignment.roleTitle, expiresAt: assignment.expiresAt?.toISOString() ?? null,
  scope: { type: assignment.scopeType, id: assignment.scopeId, name: assignment.scopeName },
})

/** What assignments in force at the organization permit there, and what everybody may. */
function accessOf(ctx: Ctx, inForce: readonly Assignment[]): PermissionGroup[] {
  const { model } = ctx
  const floor = model.roles.filter((role) => role.floor).flatMap(({ name }) => [...permissionsAt(model, { name, builtIn: true, permissions: [] }, 'organization')])
  const held = inForce.filter(({ scopeId, reach }) => scopeId === ctx.orgId && reach === null).flatMap(({ permissions }) => [...permissions])
  return describePermissions(model, new Set([...floor, ...held]))
}

async function countSessions(ctx: Ctx, accountId: string | null): Promise<number> {
  if (accountId === null) return 0
  return ctx.tx.session.count({ where: { accountId, endedAt: null, expiresAt: { gt: ctx.now }, exclusions: { none: { organizationId: ctx.orgId } } } })
}

/**
 * One person of the organization, or one open invitation.
 *
 * @param id `usr_…` or `inv_…`
 * @throws AppError `not-found`, also for somebody of another organization
 */
export async function findMember(ctx: Ctx<'member:read'>, id: string): Promise<MemberDetail> {
  const membershipId = await requireVisible(ctx, id)
  const stored = await ctx.tx.membership.findUniqueOrThrow({ where: { organizationId_id: { organizationId: ctx.orgId, id: membershipId } }, select: columns })
  const assignments = await findAssignments(ctx, membershipId)
  const inForce = assignments.filter(({ expiresAt }) => expiresAt === null || expiresAt > ctx.now)
  const administrators = await findAdministrators(ctx, 1, [membershipId])
  const sessions = await countSessions(ctx, stored.accountId)
  const apiKeys = await ctx.tx.apiKey.count({ where: { organizationId: ctx.orgId, membershipId, revokedAt: null } })
  return {
    ...toMemberRow(stored, inForce.map(toMemberRole), ctx.now),
    invitedBy: stored.invitedByName,
    assignments: assignments.map((assignment) => ({ ...toMemberRole(assignment), id: assignment.id, isEnded: !inForce.includes(assignment) })),
    access: stored.status === 'active' ? accessOf(ctx, inForce) : [],
    isSelf: ctx.membership?.id === membershipId,
    isAdministrator: administrators.length > 0,
    isLastAdministrator: (await findLastAdministrator(ctx)) === membershipId,
    sessions,
    owned: { apiKeys },
  }
}
