import type { Ctx } from '@/lib/access/context'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { giverOf } from '@/lib/features/roles/insert'
import { resolveAssignments } from '@/lib/features/roles/queries'
import { assignmentInWords, requireHeld } from '@/lib/features/roles/rules'
import { newId } from '@/lib/ids'
import { CreateServiceAccountInput, ServiceAccountInput, UpdateServiceAccountInput } from './schema'

export type LockedAccount = { id: string; name: string; description: string; isSuspended: boolean; externalId: string | null }

export const accountTarget = ({ id, name }: { id: string; name: string }) => ({ type: 'service_account' as const, id, name })

/** A service account of this organization, row held. @throws AppError `not-found` */
export async function lockAccount(ctx: Ctx, id: string): Promise<LockedAccount> {
  const [row] = await ctx.tx.$queryRaw<LockedAccount[]>`
    SELECT "id", "name", "description", "isSuspended", "externalId" FROM "ServiceAccount" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id} FOR UPDATE`
  if (!row) throw new AppError('not-found', `no service account \`${id}\``)
  return row
}

/** A program as a principal, with roles its maker holds wholly. It outlives the person who made it. */
export const createServiceAccount = operation({
  event: 'service-account.create',
  permission: 'service-account:write',
  input: CreateServiceAccountInput,
  run: async (ctx, { name, description, roles: wanted, externalId = null }) => {
    const roles = await resolveAssignments(ctx, wanted)
    requireHeld(ctx.rights, roles)
    const id = newId('serviceAccount')
    const maker = giverOf(ctx)
    await ctx.tx.serviceAccount.create({ data: { id, organizationId: ctx.orgId, name, description, externalId, createdById: maker.id, createdByName: maker.name, createdAt: ctx.now } })
    const data = roles.map(({ roleId, scopeId, expiresAt }) => ({
      id: newId('assignment'), organizationId: ctx.orgId, serviceAccountId: id, roleId, scopeId, expiresAt, grantedById: maker.id, grantedByName: maker.name, createdAt: ctx.now,
    }))
    if (data.length > 0) await ctx.tx.roleAssignment.createMany({ data })
    return { value: { id }, targets: [accountTarget({ id, name })], after: { name, description, roles: roles.map(assignmentInWords) } }
  },
})

/** Renames or describes an account, suspends or resumes it; while it is suspended all its keys are refused. */
export const updateServiceAccount = operation({
  event: 'service-account.update',
  permission: 'service-account:write',
  input: UpdateServiceAccountInput,
  run: async (ctx, { id, status, ...change }) => {
    const account = await lockAccount(ctx, id)
    const before = { name: account.name, description: account.description, externalId: account.externalId }
    const after = { name: change.name ?? account.name, description: change.description ?? account.description, externalId: change.externalId === undefined ? account.externalId : change.externalId }
    const isChanged = JSON.stringify(before) !== JSON.stringify(after)
    const isSuspended = status === undefined ? account.isSuspended : status === 'suspended'
    const turns = isSuspended !== account.isSuspended
    if (isChanged || turns) await ctx.tx.serviceAccount.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { ...after, isSuspended }, select: { id: true } })
    const targets = [accountTarget({ id, name: after.name })]
    return {
      value: { id },
      events: [
        ...(isChanged ? [{ targets, before, after }] : []),
        ...(turns ? [{ event: isSuspended ? 'service-account.suspend' : 'service-account.resume', targets, after: { status: isSuspended ? 'suspended' : 'active' } }] : []),
      ],
    }
  },
})

/** Ends an account for good, with its roles, keys and trusts. */
export const deleteServiceAccount = operation({
  event: 'service-account.delete',
  permission: 'service-account:write',
  recent: true,
  input: ServiceAccountInput,
  run: async (ctx, { id }) => {
    const account = await lockAccount(ctx, id)
    const keys = await ctx.tx.apiKey.findMany({ where: { organizationId: ctx.orgId, serviceAccountId: id, status: { not: 'revoked' } }, select: { id: true, name: true } })
    await ctx.tx.serviceAccount.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } } })
    return {
      value: { id, keysRevoked: keys.length },
      targets: [accountTarget(account), ...keys.slice(0, 100).map((key) => ({ type: 'api_key', ...key }))],
      before: { name: account.name, description: account.description }, detail: { keysRevoked: keys.length },
    }
  },
})
