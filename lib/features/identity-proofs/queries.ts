import { db } from '@/lib/db'
import type { ProofFacts } from './rules'

/** What an account has to prove itself with. */
export async function findProofFacts(accountId: string): Promise<ProofFacts> {
  const account = await db().account.findUnique({
    where: { id: accountId },
    select: { passwordHash: true, totp: { select: { confirmedAt: true } }, _count: { select: { passkeys: true, recoveryCodes: { where: { usedAt: null } } } } },
  })
  if (!account) return { hasPassword: false, hasTotp: false, passkeys: 0, recoveryCodes: 0 }
  const { passkeys, recoveryCodes } = account._count
  return { hasPassword: account.passwordHash !== null, hasTotp: (account.totp?.confirmedAt ?? null) !== null, passkeys, recoveryCodes }
}
