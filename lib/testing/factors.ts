import { generateSync } from 'otplib'
import { now } from '@/lib/clock'
import { db, transaction } from '@/lib/db'
import { makeRecoveryCodes, replaceRecoveryCodes } from '@/lib/features/second-factors/recovery-codes'
import { makeSeed } from '@/lib/features/second-factors/totp'

export type TestFactor = { seed: string; recoveryCodes: string[] }

/** Gives an account an authenticator app and ten recovery codes. */
export async function makeFactor(accountId: string): Promise<TestFactor> {
  const { seed, sealedSeed } = makeSeed()
  const made = await makeRecoveryCodes()
  await transaction(async (tx) => {
    await tx.totpFactor.create({ data: { accountId, sealedSeed, confirmedAt: now() } })
    await replaceRecoveryCodes(tx, accountId, made)
  })
  return { seed, recoveryCodes: made.codes }
}

/** The code that an authenticator app shows, so many steps from now. */
export const codeOf = (seed: string, steps = 0): string => generateSync({ secret: seed, epoch: Math.floor(now().getTime() / 1000) + steps * 30 })

/** Whether an account has a second factor, as sign-in sees it. */
export const hasSecondFactor = async (id: string): Promise<boolean> => (await db().account.findUniqueOrThrow({ where: { id } })).hasSecondFactor
