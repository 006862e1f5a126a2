import type { Ctx } from '@/lib/access/context'

/** What to decide about the keys of people who are to be removed. */
export type HandoverChoices = {
  /** Keys of theirs that still work, or may again. */
  keys: number
  /** Service accounts that could take them over, by name; empty for who may not decide that. */
  accounts: { id: string; name: string }[]
}

const ACCOUNTS_SHOWN = 200

/** Counts the keys of these people and lists who could take them over. */
export async function findHandoverChoices(ctx: Ctx<'member:write'>, membershipIds: readonly string[]): Promise<HandoverChoices> {
  const { tx, orgId: organizationId, rights, now } = ctx
  const running = { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  const keys = await tx.apiKey.count({ where: { organizationId, membershipId: { in: [...membershipIds] }, status: { not: 'revoked' }, ...running } })
  if (keys === 0 || !rights.holds('service-account:write')) return { keys, accounts: [] }
  const accounts = await tx.serviceAccount.findMany({ where: { organizationId, isSuspended: false }, select: { id: true, name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: ACCOUNTS_SHOWN })
  return { keys, accounts }
}
