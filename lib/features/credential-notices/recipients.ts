import type { Entered } from '@/lib/access/context'
import { enter } from '@/lib/access/enter'
import { commandActor } from '@/lib/access/principals/actor'
import type { Tx } from '@/lib/db'
import { findAdministrators } from '@/lib/features/members/last-administrator'

/** Most administrators who are told. */
const ADMINISTRATORS_MAX = 50

/** Everybody who is told of something about an organization's credentials, by address. */
export type Recipients = { organization: Entered['organization']; administrators: readonly string[] }

/** The administrators of an organization, for notices that Gatehouse sends by itself. */
export async function findRecipients(tx: Tx, organizationId: string): Promise<Recipients> {
  const inside = await enter(tx, commandActor, organizationId)
  const ids = await findAdministrators(inside, ADMINISTRATORS_MAX)
  const members = await tx.membership.findMany({ where: { organizationId, id: { in: ids } }, select: { email: true }, orderBy: { email: 'asc' } })
  return { organization: inside.organization, administrators: members.map(({ email }) => email) }
}
