import { COMMAND } from '@/lib/access/principals/actor'
import { endSessions } from '@/lib/access/principals/session'
import { eventsOfMemberships } from '@/lib/boundary/account-operation'
import { writeAudit, type AuditActor } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import { transaction, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { mailFactorChanged } from './notices'

/** Takes every second factor off an account and ends its sessions. Returns how many sessions. */
export async function takeFactorsOff(tx: Tx, account: { id: string; email: string }, what: string): Promise<number> {
  await tx.totpFactor.deleteMany({ where: { accountId: account.id } })
  await tx.passkey.deleteMany({ where: { accountId: account.id } })
  await tx.recoveryCode.deleteMany({ where: { accountId: account.id } })
  await tx.pendingSignIn.deleteMany({ where: { accountId: account.id } })
  await mailFactorChanged(tx, account.email, what, now())
  return endSessions(tx, account.id, 'second-factor-reset')
}

/**
 * For whoever runs the installation: lets a person in again who has lost every second factor. The account is theirs
 * across organizations, so no organization can do this by itself; each of them finds it in its log.
 *
 * @throws AppError `not-found`
 */
export function resetSecondFactors(email: string): Promise<{ email: string; sessionsEnded: number }> {
  return transaction(async (tx) => {
    const account = await tx.account.findUnique({ where: { email: email.trim().toLowerCase() }, select: { id: true, email: true } })
    if (!account) throw new AppError('not-found', `no account \`${email}\``)
    const sessionsEnded = await takeFactorsOff(tx, account, 'Whoever runs this installation of Gatehouse took all second factors off your account.')
    const actor: AuditActor = { ...COMMAND, credentialId: null }
    const entries = await eventsOfMemberships(tx, account.id, { targets: [], detail: { sessionsEnded } })
    await writeAudit(tx, entries.map((entry) => ({ ...entry, event: 'second-factor.reset', outcome: 'success' as const, actor })))
    return { email: account.email, sessionsEnded }
  })
}
