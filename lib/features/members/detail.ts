import type { Ctx } from '@/lib/access/context'
import { listAssignmentsOf } from '@/lib/features/role-assignments/queries'
import { findManagers } from '@/lib/features/provisioning/managed'
import type { HeldAssignment } from '@/lib/features/role-assignments/rules'
import { findAdministrators, findLastAdministrator } from './last-administrator'
import { requireVisible, toMemberRow } from './queries'
import type { MemberRole, MemberRow } from './rules'

/** Everything the organization knows about one of its people; nothing of what they are elsewhere. */
export type MemberDetail = MemberRow & {
  invitedBy: string
  /** Own ones and those through groups, ended ones too. */
  assignments: HeldAssignment[]
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
  joinedAt: true, suspendedAt: true, invitationExpiresAt: true, invitedByName: true, directoryId: true,
} as const

const toMemberRole = ({ role, scope, expiresAt, via }: HeldAssignment): MemberRole => ({ roleId: role.id, name: role.name, title: role.title, expiresAt, scope, ...(via && { via }) })

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
  const assignments = await listAssignmentsOf(ctx, membershipId, 'member:read')
  const administrators = await findAdministrators(ctx, 1, [membershipId])
  const sessions = await countSessions(ctx, stored.accountId)
  const apiKeys = await ctx.tx.apiKey.count({ where: { organizationId: ctx.orgId, membershipId, revokedAt: null } })
  return {
    ...toMemberRow(stored, { roles: assignments.filter(({ isEnded }) => !isEnded).map(toMemberRole), managedBy: (await findManagers(ctx, [stored]))(stored) }, ctx.now),
    invitedBy: stored.invitedByName,
    assignments,
    isSelf: ctx.membership?.id === membershipId,
    isAdministrator: administrators.length > 0,
    isLastAdministrator: (await findLastAdministrator(ctx)) === membershipId,
    sessions,
    owned: { apiKeys },
  }
}
