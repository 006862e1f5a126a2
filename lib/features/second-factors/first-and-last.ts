import type { AccountCtx } from '@/lib/boundary/account-operation'
import { makeRecoveryCodes, replaceRecoveryCodes } from './recovery-codes'

/** With the first factor come recovery codes; with a further one, those there are stay. Null: they stay. */
export async function firstCodes({ tx, actor }: AccountCtx): Promise<string[] | null> {
  const { hasSecondFactor } = await tx.account.findUniqueOrThrow({ where: { id: actor.accountId }, select: { hasSecondFactor: true } })
  if (hasSecondFactor) return null
  const made = await makeRecoveryCodes()
  await replaceRecoveryCodes(tx, actor.accountId, made)
  return made.codes
}

/** Whoever has just set up a factor has shown it. */
export const markShown = ({ tx, actor }: AccountCtx, secondFactor: string) => tx.session.update({ where: { id: actor.sessionId }, data: { secondFactor }, select: { id: true } })

/** Without any factor recovery codes stand for nothing, and no session has shown one. */
export async function forgetWithoutFactor({ tx, actor }: AccountCtx): Promise<void> {
  const { hasSecondFactor } = await tx.account.findUniqueOrThrow({ where: { id: actor.accountId }, select: { hasSecondFactor: true } })
  if (hasSecondFactor) return
  await tx.recoveryCode.deleteMany({ where: { accountId: actor.accountId } })
  await tx.session.updateMany({ where: { accountId: actor.accountId, secondFactor: { not: null } }, data: { secondFactor: null } })
}
