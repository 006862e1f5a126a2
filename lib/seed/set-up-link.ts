import { now } from '@/lib/clock'
import { transaction } from '@/lib/db'
import { makeOneTimeLink, oneTimeLinkUrl } from '@/lib/links'
import { FIRST_START_LOCK } from './first-start-lock'

const MINUTES = 24 * 60
/** A link that ends sooner than this is not worth showing again. */
const WORTH_SHOWING_MS = 3600_000

/**
 * The one-time link that sets up an installation without organization. The same one again while it is good,
 * so that processes that start together, or again, show one link.
 *
 * @returns null when an organization exists
 */
export function ensureSetUpLink(): Promise<string | null> {
  return transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_START_LOCK})`
    if (await tx.organization.findFirst({ select: { id: true } })) return null
    const open = await tx.oneTimeLink.findFirst({
      where: { purpose: 'set-up', usedAt: null, expiresAt: { gt: new Date(now().getTime() + WORTH_SHOWING_MS) } },
      select: { id: true },
      orderBy: { id: 'desc' },
    })
    return oneTimeLinkUrl('set-up', open?.id ?? (await makeOneTimeLink(tx, 'set-up', null, MINUTES)))
  })
}
