import { auditActorOfUnproven, writeAudit } from '@/lib/boundary/audit'
import { eventsOfMemberships } from '@/lib/boundary/account-operation'
import { now } from '@/lib/clock'
import { transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { ProofKind } from '@/lib/features/identity-proofs/rules'
import { countAttempt, forgetAttempts } from '@/lib/rate-limit'
import { takePasskey } from './passkeys'
import { takeRecoveryCode } from './recovery-codes'
import { takeTotpCode } from './totp'

export type FactorKind = Exclude<ProofKind, 'password'>
type Person = { id: string; email: string }

const TAKE: Readonly<Record<FactorKind, (accountId: string, value: string, at: Date) => Promise<boolean>>> = {
  totp: takeTotpCode, passkey: takePasskey, 'recovery-code': takeRecoveryCode,
}

/** What is said of a proof that does not hold; never which part of it was wrong. */
const REFUSALS: Readonly<Record<FactorKind, string>> = {
  totp: 'the code is wrong, has passed, or was used already; wait for the next one',
  passkey: 'the passkey was not accepted; try again, or use another way',
  'recovery-code': 'the recovery code is wrong or was used already',
}

/**
 * Demands a second factor of an account. Attempts are counted for all processes, within minutes and within a day, and
 * failures are told to the account's organizations.
 *
 * @param event what failed, for the log
 * @throws AppError `wrong-second-factor`, `too-many-requests`
 */
export async function requireFactor(account: Person, kind: FactorKind, value: string, event: string): Promise<void> {
  await countAttempt('second-factor-account', account.id)
  await countAttempt('second-factor-day', account.id)
  if (!(await TAKE[kind](account.id, value, now()))) {
    await recordFailure(account, kind, event)
    throw new AppError('wrong-second-factor', REFUSALS[kind])
  }
  await forgetAttempts('second-factor-account', account.id)
  await forgetAttempts('second-factor-day', account.id)
}

function recordFailure(account: Person, kind: FactorKind, event: string): Promise<void> {
  return transaction(async (tx) => {
    const entries = await eventsOfMemberships(tx, account.id, { event, targets: [], detail: { method: kind, code: 'wrong-second-factor' } })
    await writeAudit(tx, entries.map((entry) => ({ ...entry, event, outcome: 'failed' as const, actor: auditActorOfUnproven(account) })))
  })
}
