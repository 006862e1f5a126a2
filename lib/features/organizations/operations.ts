import { excludeSessions } from '@/lib/access/principals/session'
import { accountOperation } from '@/lib/boundary/account-operation'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { assertAdministratorRemains, lockOrganization } from '@/lib/features/members/last-administrator'
import { lockPerson } from '@/lib/features/members/life'
import { requireUnmanaged } from '@/lib/features/provisioning/managed'
import { assertCreatorsStay } from '@/lib/features/resources/creators'
import { insertInvitation } from '@/lib/features/invitations/insert'
import { enqueueMails } from '@/lib/mail/outbox'
import { grantFounderRoles, insertFounder, insertOrganization } from './insert'
import { CreateOrganizationInput, LeaveOrganizationInput, RenameOrganizationInput } from './schema'

/**
 * Makes an organization. When the owner is the person asking they become its founder at once;
 * another owner is invited by mail with the founder's roles, and the person asking founds it until then.
 */
export const createOrganization = accountOperation({
  event: 'organization.create',
  input: CreateOrganizationInput,
  run: async ({ tx, actor }, input) => {
    const organization = await insertOrganization(tx, { ...input, founder: actor.name || actor.email })
    await insertFounder(tx, organization, { id: actor.accountId, email: actor.email })
    if (input.ownerEmail === actor.email) {
      await enqueueMails(tx, [{ recipient: actor.email, template: 'organization-created', subject: `${organization.name} is ready on Gatehouse`, params: { organization: organization.name, slug: organization.slug, creator: actor.name || actor.email } }])
    } else {
      const membershipId = await insertInvitation(tx, { organizationId: organization.id, organizationName: organization.name, email: input.ownerEmail, inviter: { id: null, name: actor.name || actor.email }, roleTitles: ['Owner'], message: '' })
      await grantFounderRoles(tx, organization, membershipId)
    }
    return {
      value: { id: organization.id, slug: organization.slug },
      events: [{ organizationId: organization.id, targets: [{ type: 'organization', id: organization.id, name: organization.name }], after: { name: organization.name, slug: organization.slug, accessModel: input.accessModel, owner: input.ownerEmail } }],
    }
  },
})

/** Changes the organization's name; its address stays, so that links keep working. */
export const renameOrganization = operation({
  event: 'organization.rename',
  permission: 'organization:write',
  input: RenameOrganizationInput,
  run: async (ctx, { name }) => {
    const before = ctx.organization.name
    if (before === name) return { value: { name }, events: [] }
    await ctx.tx.organization.update({ where: { id: ctx.orgId }, data: { name } })
    await ctx.tx.resource.update({ where: { id: ctx.orgId }, data: { name } })
    return { value: { name }, targets: [{ type: 'organization', id: ctx.orgId, name }], before: { name: before }, after: { name } }
  },
})

/** Ends one's own membership. The last administrator stays (409). */
export const leaveOrganization = operation({
  event: 'organization.leave',
  permission: null,
  input: LeaveOrganizationInput,
  run: async (ctx) => {
    const { membership, actor } = ctx
    if (membership === null || actor.type !== 'session') throw new AppError('forbidden', 'only a signed-in person can leave an organization')
    await lockOrganization(ctx.tx, ctx.orgId)
    const { directoryId, email } = await lockPerson(ctx, membership.id)
    await requireUnmanaged(ctx, { name: email, directoryId }, 'whether they may enter')
    await assertCreatorsStay(ctx, { membershipId: membership.id })
    await ctx.tx.membership.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id: membership.id } } })
    await assertAdministratorRemains(ctx)
    await excludeSessions(ctx.tx, actor.accountId, ctx.orgId)
    return { value: {}, targets: [{ type: 'user', id: membership.id, name: membership.email }] }
  },
})
