import type { Ctx } from '@/lib/access/context'

/** A group of a directory, or of a connection's provider, that gives a role at a place; `by` is what it is mapped in. */
type Mapping = { group: string; by: string; settings: string }

const NAMED = 3

/** What directories and connections map to a role, or at a place. */
async function mappingsOf({ tx, orgId: organizationId }: Ctx, of: { roleId: string } | { scopeId: string }): Promise<Mapping[]> {
  const ofDirectories = await tx.provisioningMapping.findMany({
    where: { organizationId, ...of }, select: { value: true, directory: { select: { name: true } } }, orderBy: [{ directoryId: 'asc' }, { priority: 'asc' }, { id: 'asc' }],
  })
  const ofConnections = await tx.groupMapping.findMany({
    where: { organizationId, ...of }, select: { group: true, connection: { select: { name: true } } }, orderBy: [{ connectionId: 'asc' }, { priority: 'asc' }, { id: 'asc' }],
  })
  return [
    ...ofDirectories.map(({ value, directory }) => ({ group: value, by: directory.name, settings: 'Provisioning' })),
    ...ofConnections.map(({ group, connection }) => ({ group, by: connection.name, settings: 'Security & SSO' })),
  ]
}

/** Which mappings these are, and what can be done about them; `to` is where their groups could be mapped instead. */
function inWords(mappings: readonly Mapping[], to: string): { which: string; remedy: string } {
  const named = mappings.slice(0, NAMED).map(({ group, by }) => `\`${group}\` of ${by}`)
  const more = mappings.length - named.length
  const groups = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  const pages = [...new Set(mappings.map(({ settings }) => `Settings, ${settings}`))].join(' and ')
  return mappings.length === 1
    ? { which: `the mapping of the group ${groups}`, remedy: `map that group ${to}, or delete the mapping, under ${pages}` }
    : { which: `the mappings of the groups ${groups}`, remedy: `map those groups ${to}, or delete the mappings, under ${pages}` }
}

/** Why a role cannot be deleted while mappings give it, or null: whoever the next sync or sign-in is about would get nothing. */
export async function givenByMappings(ctx: Ctx, roleId: string): Promise<string | null> {
  const mappings = await mappingsOf(ctx, { roleId })
  if (mappings.length === 0) return null
  const { which, remedy } = inWords(mappings, 'to another role')
  return `is given by ${which}; ${remedy}`
}

/** Why a place cannot be deleted while mappings give roles there, or null. */
export async function placeOfMappings(ctx: Ctx, scopeId: string): Promise<string | null> {
  const mappings = await mappingsOf(ctx, { scopeId })
  if (mappings.length === 0) return null
  const { which, remedy } = inWords(mappings, 'to a role elsewhere')
  return `is where ${which} ${mappings.length === 1 ? 'gives' : 'give'} a role; ${remedy}`
}

/** Why a role cannot be deleted while it is what people get who come in by autoprovision, or null. */
export async function givenByAutoprovision({ tx, orgId }: Ctx, roleId: string): Promise<string | null> {
  const isDefault = (await tx.organization.count({ where: { id: orgId, autoprovisionRoleId: roleId } })) > 0
  return isDefault ? 'is the default role of people who come in by autoprovision; choose another under Settings, Security & SSO' : null
}
