import { now } from '@/lib/clock'
import { transaction, type Tx } from '@/lib/db'
import { makeOneTimeLink, oneTimeLinkUrl } from '@/lib/links'
import { FIRST_START_LOCK } from './first-start-lock'

const MINUTES = 24 * 60
/** A link that ends sooner than this is not worth showing again. */
const WORTH_SHOWING_MS = 3600_000

/** Runs `work` while no organization exists; of several processes one at a time. Null when one does. */
function whileNothingIsSetUp(work: (tx: Tx) => Promise<string>): Promise<string | null> {
  return transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_START_LOCK})`
    if (await tx.organization.findFirst({ select: { id: true } })) return null
    return work(tx)
  })
}

const makeLink = async (tx: Tx): Promise<string> => oneTimeLinkUrl('set-up', await makeOneTimeLink(tx, 'set-up', null, MINUTES))

/**
 * The one-time link that sets up an installation without organization. The same one again while it is good,
 * so that processes that start together, or again, show one link.
 *
 * @returns null when an organization exists
 */
export function ensureSetUpLink(): Promise<string | null> {
  return whileNothingIsSetUp(async (tx) => {
    const open = await tx.oneTimeLink.findFirst({
      where: { purpose: 'set-up', usedAt: null, expiresAt: { gt: new Date(now().getTime() + WORTH_SHOWING_MS) } },
      select: { id: true },
      orderBy: { id: 'desc' },
    })
    return open ? oneTimeLinkUrl('set-up', open.id) : makeLink(tx)
  })
}

/** A new set-up link; earlier ones stop working. Null when an organization exists. */
export const renewSetUpLink = (): Promise<string | null> => whileNothingIsSetUp(makeLink)
