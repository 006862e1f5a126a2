import { passGate } from '@/lib/access/gate'
import type { SessionActor } from '@/lib/access/principals/actor'
import type { AccessIndex } from '@/lib/access/snapshots/access-index'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { db } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { isReservedSlug } from '@/lib/features/organizations/schema'
import { processWide } from '@/lib/process-state'
import type { RequestFacts } from '@/lib/request'

const KEPT_MAX = 10_000

/** Ids of organizations by the address of their pages, which never changes. */
const ids = () => processWide('organization-ids', () => new Map<string, string>())

/** The organization a page's path names; null for pages of our own. */
function organizationNamed(path: string): string | null {
  const first = path.split('/', 2)[1] ?? ''
  try {
    const named = decodeURIComponent(first)
    return named === '' || isReservedSlug(named) ? null : named
  } catch {
    return null
  }
}

async function organizationIdOf(named: string): Promise<string | null> {
  if (named.startsWith('org_')) return named
  const known = ids().get(named)
  if (known !== undefined) return known
  const found = await db().organization.findUnique({ where: { slug: named }, select: { id: true } })
  if (!found) return null
  if (ids().size >= KEPT_MAX) ids().clear()
  ids().set(named, found.id)
  return found.id
}

async function indexOf(named: string): Promise<AccessIndex | null> {
  const id = await organizationIdOf(named)
  if (id === null) return null
  return indexStore().atLeast(id, 0).catch((error: unknown) => {
    if (!isAppError(error) || error.code !== 'not-found') throw error
    ids().delete(named)
    return null
  })
}

/**
 * The gate in front of an organization's pages and of the actions sent to them, for who is signed in. Somebody who is no
 * member is let pass: for them the organization does not exist, and its pages say so.
 *
 * @throws AppError `address-not-allowed`
 */
export async function passPageGate(path: string, { email, sessionId }: SessionActor, facts: RequestFacts): Promise<void> {
  const named = organizationNamed(path)
  const index = named === null ? null : await indexOf(named)
  if (index === null || index.allowlist.isIdle) return
  const id = index.directory.memberByEmail(email)
  if (id !== undefined) passGate(index, () => ({ type: 'user', id, name: email, credentialId: sessionId }), facts)
}
