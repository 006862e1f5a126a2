import type { SessionActor } from '@/lib/access/principals/actor'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { passkeysWorkHere } from './passkeys'
import type { OwnFactors } from './view'

/** The second factors of the signed-in person, and who demands one. */
export async function findOwnFactors(actor: SessionActor): Promise<OwnFactors> {
  const { accountId } = actor
  const [totp, passkeys, recoveryCodesLeft, demanding] = await Promise.all([
    db().totpFactor.findUnique({ where: { accountId }, select: { confirmedAt: true, lastUsedAt: true } }),
    db().passkey.findMany({ where: { accountId }, select: { id: true, name: true, createdAt: true, lastUsedAt: true, isSynced: true }, orderBy: { id: 'asc' } }),
    db().recoveryCode.count({ where: { accountId, usedAt: null } }),
    listDemanding(actor),
  ])
  return {
    totp: totp?.confirmedAt ? { since: totp.confirmedAt.toISOString(), lastUsedAt: totp.lastUsedAt?.toISOString() ?? null } : null,
    passkeys: passkeys.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), lastUsedAt: row.lastUsedAt?.toISOString() ?? null })),
    recoveryCodesLeft, demandedBy: demanding, canUsePasskeys: passkeysWorkHere(),
  }
}

/** Organizations of the signed-in person that demand a second factor of sessions by password, now or soon. */
export async function listDemanding({ accountId }: Pick<SessionActor, 'accountId'>): Promise<OwnFactors['demandedBy']> {
  const rows = await db().membership.findMany({
    where: { accountId, status: 'active', organization: { secondFactorFrom: { not: null } } },
    select: { organization: { select: { name: true, secondFactorFrom: true } } },
    orderBy: { organization: { name: 'asc' } }, take: 200,
  })
  const at = now()
  return rows.flatMap(({ organization: { name, secondFactorFrom: from } }) => (from === null ? [] : [{ name, from: from.toISOString(), isNow: from <= at }]))
}

/** Whether an organization of the account demands a second factor, now or soon, and the account has none. */
export async function lacksDemandedFactor(accountId: string): Promise<boolean> {
  const row = await db().membership.findFirst({
    where: { accountId, status: 'active', account: { hasSecondFactor: false }, organization: { secondFactorFrom: { not: null } } }, select: { id: true },
  })
  return row !== null
}
