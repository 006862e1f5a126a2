import type { Ctx } from '@/lib/access/context'
import type { Target } from '@/lib/boundary/audit'
import { AppError } from '@/lib/errors'
import type { Holder } from '@/lib/features/roles/queries'
import { invitationIdOf, membershipIdOf } from '@/lib/ids'
import { PRINCIPAL_WORDS, type PrincipalRef, type PrincipalType, type RoleTaker } from './rules'

/** Somebody of the organization who holds roles, found. */
export type Principal = RoleTaker & PrincipalRef & { holder: Holder; target: Target; detail: string }

type StoredMember = { id: string; name: string; email: string; status: string }

const ofMember = ({ id, name, email, status }: StoredMember): Omit<Principal, 'holder' | 'target' | 'isLockedGroup'> => ({
  type: status === 'invited' ? 'invitation' : 'user', id: status === 'invited' ? invitationIdOf(id) : id, name: name || email, detail: name ? email : '',
})

/** What assignments read of whoever holds them. */
export const principalColumns = {
  membership: { select: { id: true, name: true, email: true, status: true } },
  group: { select: { id: true, name: true, isAdmin: true } },
  serviceAccount: { select: { id: true, name: true } },
} as const

export type StoredPrincipal = { membership: StoredMember | null; group: { id: string; name: string; isAdmin: boolean } | null; serviceAccount: { id: string; name: string } | null }

/** The principal of a stored assignment. */
export function principalOf({ membership, group, serviceAccount }: StoredPrincipal): Principal {
  if (membership)
    return { ...ofMember(membership), isLockedGroup: false, holder: { membershipId: membership.id }, target: { type: 'user', id: membership.id, name: membership.email } }
  if (group)
    return { type: 'group', id: group.id, name: group.name, detail: '', isLockedGroup: group.isAdmin, holder: { groupId: group.id }, target: { type: 'group', id: group.id, name: group.name } }
  const { id, name } = serviceAccount ?? { id: '', name: '' }
  return { type: 'service_account', id, name, detail: '', isLockedGroup: false, holder: { serviceAccountId: id }, target: { type: 'service_account', id, name } }
}

const TYPE_OF_PREFIX: Readonly<Record<string, PrincipalType>> = { usr: 'user', inv: 'invitation', grp: 'group', sva: 'service_account' }

/** What kind of principal an id names, told by its prefix. */
export const principalTypeOf = (id: string): PrincipalType => TYPE_OF_PREFIX[id.slice(0, 3)] ?? 'user'

/** Whose assignments an id names; nothing is looked up. */
export function holderOf(id: string): Holder {
  const type = principalTypeOf(id)
  if (type === 'group') return { groupId: id }
  return type === 'service_account' ? { serviceAccountId: id } : { membershipId: membershipIdOf(id) }
}

async function findStored(ctx: Ctx, { type, id }: PrincipalRef): Promise<StoredPrincipal | null> {
  const none = { membership: null, group: null, serviceAccount: null }
  const where = { organizationId_id: { organizationId: ctx.orgId, id: membershipIdOf(id) } }
  if (type === 'group') {
    const group = await ctx.tx.group.findUnique({ where, ...principalColumns.group })
    return group && { ...none, group }
  }
  if (type === 'service_account') {
    const serviceAccount = await ctx.tx.serviceAccount.findUnique({ where, ...principalColumns.serviceAccount })
    return serviceAccount && { ...none, serviceAccount }
  }
  const membership = await ctx.tx.membership.findUnique({ where, ...principalColumns.membership })
  return membership && (membership.status === 'invited') === (type === 'invitation') ? { ...none, membership } : null
}

/** Finds a principal in the organization. @throws AppError `not-found` */
export async function findPrincipal(ctx: Ctx, ref: PrincipalRef): Promise<Principal> {
  const stored = await findStored(ctx, ref)
  if (stored) return principalOf(stored)
  throw new AppError('not-found', `no ${PRINCIPAL_WORDS[ref.type]} \`${ref.id}\``)
}
