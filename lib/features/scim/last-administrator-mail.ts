import type { DirectoryActor } from '@/lib/access/principals/actor'
import { now } from '@/lib/clock'
import { transaction } from '@/lib/db'
import { findAdministrators } from '@/lib/features/members/last-administrator'
import { prove } from '@/lib/boundary/perform'
import { enter } from '@/lib/access/enter'
import { enqueueMails } from '@/lib/mail/outbox'

const DAY_MS = 24 * 3600_000
const TOLD_MAX = 20

/** Tells administrators that a directory tried to take away the last of them: nothing was applied, and the two disagree from now on. At most once a day a directory. */
export async function mailAboutLastAdministrator(actor: DirectoryActor, attempted: string): Promise<void> {
  await transaction(async (tx) => {
    const ctx = prove(await enter(tx, actor, actor.organizationId), 'member:read')
    const recent = await tx.mail.findFirst({ where: { organizationId: ctx.orgId, template: 'last-administrator-kept', createdAt: { gt: new Date(now().getTime() - DAY_MS) } }, select: { id: true } })
    if (recent) return
    const ids = await findAdministrators(ctx, TOLD_MAX)
    const people = await tx.membership.findMany({ where: { organizationId: ctx.orgId, id: { in: ids } }, select: { email: true } })
    await enqueueMails(tx, people.map(({ email }) => ({
      recipient: email, template: 'last-administrator-kept' as const, organizationId: ctx.orgId, subject: `${actor.directory.name} tried to take away the last administrator of ${ctx.organization.name}`,
      params: { organization: ctx.organization.name, slug: ctx.organization.slug, directory: actor.directory.name, attempted },
    })))
  })
}
