import type { SessionActor } from '@/lib/access/principals/actor'
import { accountOperation, eventsOfMemberships } from '@/lib/boundary/account-operation'
import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { fieldProblem } from '@/lib/features/accounts/rules'
import { countAttempt, forgetAttempts } from '@/lib/rate-limit'
import { unseal } from '@/lib/secrets'
import { mailFactorChanged } from './notices'
import { makeRecoveryCodes, replaceRecoveryCodes } from './recovery-codes'
import { firstCodes, forgetWithoutFactor, markShown } from './first-and-last'
import { ConfirmTotpInput, NothingInput } from './schema'
import { makeSeed, qrPicture, seedUri, stepOfCode } from './totp'

const wrongCode = () => fieldProblem('code', 'The code is wrong or has passed; enter the one that the app shows now')

/** The seed that waits for its first code, and the step of that code. @throws AppError `conflict`, `invalid-input`, `too-many-requests` */
async function checkFirstCode({ accountId }: SessionActor, code: string, at: Date): Promise<{ sealedSeed: string; step: number }> {
  const factor = await db().totpFactor.findUnique({ where: { accountId } })
  if (!factor || factor.confirmedAt !== null) throw new AppError('conflict', 'no authenticator app waits for its first code; begin again')
  await countAttempt('second-factor-account', accountId)
  const step = stepOfCode(unseal(factor.sealedSeed), code, at)
  if (step === null) throw wrongCode()
  await forgetAttempts('second-factor-account', accountId)
  return { sealedSeed: factor.sealedSeed, step }
}

/** Makes a seed for an authenticator app. It counts for nothing until its first code has come. */
export const beginTotp = accountOperation({
  event: 'second-factor.begin',
  input: NothingInput,
  recent: true,
  run: async ({ tx, actor, now }) => {
    const { seed, sealedSeed } = makeSeed()
    const present = await tx.totpFactor.findUnique({ where: { accountId: actor.accountId }, select: { confirmedAt: true } })
    if (present && present.confirmedAt !== null) throw new AppError('conflict', 'you have an authenticator app already; remove it first')
    const data = { sealedSeed, lastStep: 0, createdAt: now }
    await tx.totpFactor.upsert({ where: { accountId: actor.accountId, confirmedAt: null }, create: { accountId: actor.accountId, ...data }, update: data })
    return { value: { seed, qr: qrPicture(seedUri(seed, actor.email)) }, events: [] }
  },
})

/** Puts the authenticator app in force by its first code. Answers recovery codes, shown once, when it is the first factor. */
export const confirmTotp = accountOperation({
  event: 'second-factor.add',
  input: ConfirmTotpInput,
  recent: true,
  run: async (ctx, { code }) => {
    const { tx, actor, now } = ctx
    const { sealedSeed, step } = await checkFirstCode(actor, code, now)
    const recoveryCodes = await firstCodes(ctx)
    const { count } = await tx.totpFactor.updateMany({ where: { accountId: actor.accountId, sealedSeed, confirmedAt: null }, data: { confirmedAt: now, lastStep: step, lastUsedAt: now } })
    if (count === 0) throw wrongCode()
    await markShown(ctx, 'totp')
    await mailFactorChanged(tx, actor.email, 'An authenticator app was added to your account.', now)
    return { value: { recoveryCodes }, events: await eventsOfMemberships(tx, actor.accountId, { targets: [], detail: { method: 'totp' } }) }
  },
})

/** Takes the authenticator app off the account. */
export const removeTotp = accountOperation({
  event: 'second-factor.remove',
  input: NothingInput,
  recent: true,
  run: async (ctx) => {
    const { tx, actor, now } = ctx
    const { count } = await tx.totpFactor.deleteMany({ where: { accountId: actor.accountId, confirmedAt: { not: null } } })
    if (count === 0) throw new AppError('not-found', 'you have no authenticator app')
    await forgetWithoutFactor(ctx)
    await mailFactorChanged(tx, actor.email, 'The authenticator app was removed from your account.', now)
    return { value: null, events: await eventsOfMemberships(tx, actor.accountId, { targets: [], detail: { method: 'totp' } }) }
  },
})

/** Ten new recovery codes, shown once; earlier ones stop working. */
export const regenerateRecoveryCodes = accountOperation({
  event: 'second-factor.regenerate-codes',
  input: NothingInput,
  recent: true,
  run: async ({ tx, actor, now }) => {
    if (!actor.hasSecondFactor) throw new AppError('conflict', 'recovery codes come with a second factor; set one up first')
    const made = await makeRecoveryCodes()
    await replaceRecoveryCodes(tx, actor.accountId, made)
    await mailFactorChanged(tx, actor.email, 'New recovery codes were made for your account; earlier ones stopped working.', now)
    return { value: { recoveryCodes: made.codes }, events: await eventsOfMemberships(tx, actor.accountId, { targets: [] }) }
  },
})
