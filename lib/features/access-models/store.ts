import type { Ctx } from '@/lib/access/context'
import type { AccessModel } from '@/lib/access/models/access-model'
import { giverOf } from '@/lib/features/roles/insert'
import { newId } from '@/lib/ids'
import { CUSTOM_MODEL } from './reading'
import { goneRoles, lostPermissions, lostPlaces, type Inventory } from './rules'

type NewVersion = { version: number; text: string; note: string; model: AccessModel }

/** Ends what can no longer be: assignments of roles that go or cannot be held where they are, then those roles. */
async function removeLost(ctx: Ctx, model: AccessModel, inventory: Inventory): Promise<void> {
  const { tx, orgId: organizationId } = ctx
  for (const { roleId, scopeType } of lostPlaces(model, inventory))
    await tx.roleAssignment.deleteMany({ where: { organizationId, roleId, scope: { organizationId, type: scopeType } } })
  const gone = goneRoles(model, inventory).map(({ id }) => id)
  // Tokens that were revoked long ago still name their role; those that work were refused before.
  if (gone.length > 0) await tx.applicationToken.deleteMany({ where: { organizationId, roleId: { in: gone }, status: 'revoked' } })
  if (gone.length > 0) await tx.role.deleteMany({ where: { organizationId, id: { in: gone } } })
  for (const role of inventory.roles) {
    const lost = lostPermissions(model, role)
    if (lost.length === 0) continue
    const permissions = role.permissions.filter((name) => !lost.includes(name))
    await tx.role.update({ where: { organizationId_id: { organizationId, id: role.id } }, data: { permissions } })
  }
}

/** Rows of the model's roles: titles as the model has them, a row for each that is new. */
async function writeRoles(ctx: Ctx, model: AccessModel, { roles }: Inventory): Promise<void> {
  const { tx, orgId: organizationId } = ctx
  const stored = new Map(roles.filter(({ builtIn }) => builtIn).map((role) => [role.name, role]))
  const renamed = model.roles.flatMap((role) => {
    const row = stored.get(role.name)
    return row && (row.title !== role.title || row.description !== role.description) ? [{ ...role, id: row.id }] : []
  })
  // Two steps, since roles may have swapped their titles, which are unique at every moment.
  for (const { id } of renamed) await tx.role.update({ where: { organizationId_id: { organizationId, id } }, data: { title: id } })
  for (const { id, title, description } of renamed) await tx.role.update({ where: { organizationId_id: { organizationId, id } }, data: { title, description } })
  const added = model.roles.filter(({ name }) => !stored.has(name))
  await tx.role.createMany({ data: added.map(({ name, title, description }) => ({ id: newId('role'), organizationId, name, title, description, builtIn: true })) })
}

/** Writes a version of the organization's own model and brings what depends on it along. What may be lost was checked before. */
export async function storeModel(ctx: Ctx, { version, text, note, model }: NewVersion, inventory: Inventory): Promise<void> {
  const { tx, orgId: organizationId } = ctx
  await removeLost(ctx, model, inventory)
  await writeRoles(ctx, model, inventory)
  await tx.accessModelVersion.create({ data: { organizationId, version, text, note, savedByName: giverOf(ctx).name, savedAt: ctx.now } })
  if (ctx.organization.accessModel !== CUSTOM_MODEL) await tx.organization.update({ where: { id: organizationId }, data: { accessModel: CUSTOM_MODEL } })
}
