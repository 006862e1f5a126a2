import type { Entered } from '@/lib/access/context'
import { findAdministrators } from '@/lib/features/members/last-administrator'
import { enqueueMails } from '@/lib/mail/outbox'

/** Most administrators who are told. */
const TOLD_MAX = 1_000

/** Tells every administrator, and whoever did it, that a code has opened the SSO settings. */
export async function mailGlassBroken(inside: Entered, email: string, left: number): Promise<void> {
  const { tx, orgId, organization, request, now } = inside
  const ids = await findAdministrators(inside, TOLD_MAX)
  const rows = await tx.membership.findMany({ where: { organizationId: orgId, id: { in: ids } }, select: { email: true } })
  const params = { organization: organization.name, slug: organization.slug, email, address: request.address || 'unknown', left, at: now.toISOString() }
  await enqueueMails(tx, [...new Set([...rows.map((row) => row.email), email])].map((recipient) => ({
    recipient, template: 'break-glass-used' as const, organizationId: orgId, subject: `A break-glass code opened the SSO settings of ${organization.name}`, params,
  })))
}
