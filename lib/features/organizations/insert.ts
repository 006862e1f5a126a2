import type { AccessModel } from '@/lib/access/models/access-model'
import { firstAnchor } from '@/lib/boundary/audit-chain'
import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'
import { chooseModel } from '@/lib/features/access-models/reading'
import { newId } from '@/lib/ids'

/** `modelText`: the JSON of an access model of its own; `accessModel` is then `custom`. `founder`: who is named as its author. */
export type NewOrganization = { name: string; slug: string; accessModel: string; modelText?: string | undefined; founder?: string }
export type InsertedOrganization = { id: string; slug: string; name: string; model: AccessModel; roleIds: ReadonlyMap<string, string> }

/**
 * Writes an organization with its root resource and the roles of its access model. Nobody is in it yet.
 *
 * @throws AppError `invalid-input` naming `accessModel` or `modelText`
 */
export async function insertOrganization(tx: Tx, input: NewOrganization): Promise<InsertedOrganization> {
  const { name: accessModel, model, text } = chooseModel(input)
  const id = newId('organization')
  await tx.organization.create({ data: { id, slug: input.slug, name: input.name, accessModel } })
  if (text !== null) await tx.accessModelVersion.create({ data: { organizationId: id, version: 1, text, savedByName: input.founder ?? '', savedAt: now() } })
  await tx.resource.create({ data: { id, organizationId: id, type: 'organization', name: input.name } })
  await tx.auditAnchor.create({ data: firstAnchor(id) })
  const roles = model.roles.map((role) => ({ id: newId('role'), organizationId: id, name: role.name, title: role.title, description: role.description, builtIn: true }))
  await tx.role.createMany({ data: roles })
  return { id, slug: input.slug, name: input.name, model, roleIds: new Map(roles.map((role) => [role.name, role.id])) }
}

/** Makes an account an active member who founded the organization: with the model's founder roles. Returns the membership id. */
export async function insertFounder(tx: Tx, organization: InsertedOrganization, account: { id: string; email: string }): Promise<string> {
  const id = newId('user')
  const at = now()
  await tx.membership.create({
    data: { id, organizationId: organization.id, accountId: account.id, email: account.email, status: 'active', source: 'founder', joinedAt: at, createdAt: at },
  })
  await grantFounderRoles(tx, organization, id)
  return id
}

/** The founder's roles for a membership, accepted or still invited. */
export async function grantFounderRoles(tx: Tx, organization: InsertedOrganization, membershipId: string): Promise<void> {
  const roleIds = organization.model.rules.founderRoles.map((name) => organization.roleIds.get(name)).filter((roleId) => roleId !== undefined)
  await tx.roleAssignment.createMany({
    data: roleIds.map((roleId) => ({
      id: newId('assignment'), organizationId: organization.id, membershipId, roleId, scopeId: organization.id, reason: 'founder of the organization',
    })),
  })
}
