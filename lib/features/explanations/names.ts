import type { Ctx } from '@/lib/access/context'
import type { ConsideredAssignment } from '@/lib/access/engine/explain'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { CORE_PERMISSIONS, isCorePermission } from '@/lib/access/permissions'
import type { AccessIndex } from '@/lib/access/snapshots/access-index'
import type { Place, Who } from './told'

/** The names that a derivation's ids go by. */
export type Names = {
  roles: ReadonlyMap<string, { title: string; description: string; name: string; builtIn: boolean; permissions: string[] }>
  groups: ReadonlyMap<string, string>
  given: ReadonlyMap<string, string>
}

/** Titles of roles, names of groups, and who gave what, for the assignments of a derivation and the roles that would help. */
export async function findNames({ tx, orgId }: Ctx, considered: readonly ConsideredAssignment[], helpingRoles: readonly string[], groupIds: readonly string[] = []): Promise<Names> {
  const ids = (list: readonly (string | null)[]) => [...new Set(list.filter((id) => id !== null))]
  const where = (list: readonly (string | null)[]) => ({ organizationId: orgId, id: { in: ids(list) } })
  const roles = await tx.role.findMany({
    where: where([...considered.map(({ role }) => role.id), ...helpingRoles]), select: { id: true, title: true, description: true, name: true, builtIn: true, permissions: true },
  })
  const groups = await tx.group.findMany({ where: where([...considered.map(({ viaGroup }) => viaGroup), ...groupIds]), select: { id: true, name: true } })
  const assignments = await tx.roleAssignment.findMany({ where: where(considered.map(({ assignmentId }) => assignmentId)), select: { id: true, reason: true, grantedByName: true } })
  const told = (reason: string, by: string): string => [by && `given by ${by}`, reason].filter(Boolean).join(': ')
  return {
    roles: new Map(roles.map(({ id, ...role }) => [id, role])),
    groups: new Map(groups.map(({ id, name }) => [id, name])),
    given: new Map(assignments.map(({ id, reason, grantedByName }) => [id, told(reason, grantedByName)])),
  }
}

/** A resource in words. */
export function placeOf({ model }: Pick<Ctx, 'model'>, { id, type, name }: { id: string; type: string; name: string }): Place {
  return { id, type, name: name || id, typeTitle: model.resourceTypes.find((each) => each.name === type)?.title ?? type }
}

/** A permission in words; an unknown one by the name it was asked with. */
export function describeAction({ model }: Pick<Ctx, 'model'>, name: string): { name: string; title: string; description: string } {
  const core = name.startsWith(CORE_PREFIX) ? name.slice(CORE_PREFIX.length) : ''
  if (isCorePermission(core)) return { name, title: CORE_PERMISSIONS[core].title, description: CORE_PERMISSIONS[core].description }
  const found = model.permissions.find((permission) => permission.name === name)
  return { name, title: found?.title ?? name, description: found?.description ?? '' }
}

const KINDS = { usr: 'user', grp: 'group', sva: 'service_account', key: 'api_key', tok: 'token' } as const

/** What an id is of, by its prefix. */
export function kindOfId(id: string): (typeof KINDS)[keyof typeof KINDS] | null {
  const prefix = id.slice(0, 3)
  return id.charAt(3) === '_' && (prefix === 'usr' || prefix === 'grp' || prefix === 'sva' || prefix === 'key' || prefix === 'tok') ? KINDS[prefix] : null
}

const STATUSES = { active: '', invited: 'invited, has not accepted yet', suspended: 'suspended' } as const

/** A user, group, service account or key by id, in words; null when there is none here. */
export async function findWho(ctx: Ctx, index: AccessIndex, id: string): Promise<{ who: Who; owner: Who | null } | null> {
  const { tx, orgId, organization: { slug }, rights } = ctx
  const where = { organizationId_id: { organizationId: orgId, id } }
  switch (kindOfId(id)) {
    case 'user': {
      const found = await tx.membership.findUnique({ where, select: { name: true, email: true, status: true } })
      if (!found) return null
      const detail = [found.name ? found.email : '', STATUSES[found.status]].filter(Boolean).join(', ')
      return { who: { id, kind: 'User', name: found.name || found.email, detail, href: rights.anywhere('member:read') ? `/${slug}/users/${id}` : null }, owner: null }
    }
    case 'group': {
      const found = await tx.group.findUnique({ where, select: { name: true, description: true } })
      return found && { who: { id, kind: 'Group', name: found.name, detail: found.description, href: rights.anywhere('group:read') ? `/${slug}/groups/${id}` : null }, owner: null }
    }
    case 'service_account': {
      const found = await tx.serviceAccount.findUnique({ where, select: { name: true, description: true, isSuspended: true } })
      return found && { who: { id, kind: 'Service account', name: found.name, detail: found.isSuspended ? 'suspended' : found.description, href: rights.anywhere('service-account:read') ? `/${slug}/service-accounts/${id}` : null }, owner: null }
    }
    case 'api_key': {
      const key = index.directory.credential(id)
      const found = key && (await tx.apiKey.findUnique({ where, select: { name: true } }))
      if (!found) return null
      const owner = await findWho(ctx, index, key.principalId)
      const detail = [key.status === 'active' ? '' : key.status, key.narrowing ? 'limited to less than its owner may' : ''].filter(Boolean).join(', ')
      return { who: { id, kind: key.type === 'api_key' ? 'API key' : 'Service account key', name: found.name, detail, href: null }, owner: owner?.who ?? null }
    }
    case 'token': {
      const found = await tx.applicationToken.findUnique({ where, select: { description: true, publicId: true, status: true } })
      return found && { who: { id, kind: 'Application token', name: found.description || found.publicId, detail: found.status === 'active' ? '' : found.status, href: null }, owner: null }
    }
    default: return null
  }
}
