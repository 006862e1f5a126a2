import { now } from '@/lib/clock'
import { db, type Tx } from '@/lib/db'
import { newId } from '@/lib/ids'
import { mac, randomSecret } from '@/lib/secrets'

/** So long somebody may take from the password to the second factor. */
export const PENDING_MINUTES = 10

const hashOf = (secret: string): string => mac('session', `pending:${secret}`)

/** Remembers that the first step was right: a password, or what `method` names. Returns the secret for the browser's cookie. */
export async function openPendingSignIn(tx: Tx, accountId: string, method = 'password'): Promise<string> {
  const secret = randomSecret()
  await tx.pendingSignIn.create({ data: { id: newId('signIn'), accountId, method, secretHash: hashOf(secret), createdAt: now(), expiresAt: new Date(now().getTime() + PENDING_MINUTES * 60_000) } })
  return secret
}

export type PendingSignIn = { id: string; method: string; account: { id: string; email: string } }

/** Whose first step this browser has taken, or null when it took too long or a new password has ended it. */
export async function findPendingSignIn(secret: string | undefined): Promise<PendingSignIn | null> {
  if (!secret) return null
  const row = await db().pendingSignIn.findUnique({ where: { secretHash: hashOf(secret) }, select: { id: true, method: true, expiresAt: true, account: { select: { id: true, email: true } } } })
  return row && row.expiresAt > now() ? { id: row.id, method: row.method, account: row.account } : null
}

/** Uses it up; of two requests at once only one gets it. */
export async function takePendingSignIn(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.pendingSignIn.deleteMany({ where: { id } })
  return count === 1
}

/** A new password ends what the old one began. */
export async function endPendingSignIns(tx: Tx, accountId: string): Promise<void> {
  await tx.pendingSignIn.deleteMany({ where: { accountId } })
}
