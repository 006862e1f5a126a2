import type { Entered } from '@/lib/access/context'
import { enter } from '@/lib/access/enter'
import { commandActor } from '@/lib/access/principals/actor'
import type { Tx } from '@/lib/db'
import { findHoldingRoles } from '@/lib/features/roles/queries'
import { holdersSql } from '@/lib/features/roles/holders-sql'
import { Prisma } from '@/lib/generated/prisma/client'

const RECIPIENTS_MAX = 50

/** Everybody who may change how people sign in, by address: for notices that Gatehouse sends by itself. */
export async function findSignInWriters(tx: Tx, organizationId: string): Promise<{ organization: Entered['organization']; emails: string[] }> {
  const inside = await enter(tx, commandActor, organizationId)
  const { ids, isEveryone } = (await findHoldingRoles(inside))('sign-in:write')
  const holds = isEveryone ? Prisma.empty : Prisma.sql`AND m."id" IN (${holdersSql({ organizationId, roleIds: ids, atOrganization: true, when: inside.now })})`
  const rows = await tx.$queryRaw<{ email: string }[]>`
    SELECT m."email" FROM "Membership" m WHERE m."organizationId" = ${organizationId} AND m."status" = 'active' ${holds} ORDER BY m."email" LIMIT ${RECIPIENTS_MAX}`
  return { organization: inside.organization, emails: rows.map(({ email }) => email) }
}
