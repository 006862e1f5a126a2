import type { Tx } from '@/lib/db'
import { enqueueMails } from '@/lib/mail/outbox'

/** Tells the person by mail what became of their second factors. `what` is a sentence. */
export async function mailFactorChanged(tx: Tx, email: string, what: string, at: Date): Promise<void> {
  await enqueueMails(tx, [{ recipient: email, template: 'second-factor-changed', params: { what, at: at.toISOString() }, subject: 'Your Gatehouse second factor was changed' }])
}

/** Tells the person by mail that a recovery code was used, and how many are left. */
export async function mailRecoveryCodeUsed(tx: Tx, account: { id: string; email: string }, at: Date): Promise<void> {
  const left = await tx.recoveryCode.count({ where: { accountId: account.id, usedAt: null } })
  await enqueueMails(tx, [{ recipient: account.email, template: 'recovery-code-used', params: { left, at: at.toISOString() }, subject: 'A recovery code opened your Gatehouse account' }])
}
