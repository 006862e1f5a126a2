import type { SessionActor } from '@/lib/access/principals/actor'
import { accountOperation, eventsOfMemberships, type AccountCtx } from '@/lib/boundary/account-operation'
import type { AuditJson, Target } from '@/lib/boundary/audit'
import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { fieldProblem } from '@/lib/features/accounts/rules'
import { newId } from '@/lib/ids'
import { countAttempt, forgetAttempts } from '@/lib/rate-limit'
import { unseal } from '@/lib/secrets'
import { mailFactorChanged } from './notices'
import { readNewPasskey } from './passkeys'
import { makeRecoveryCodes, replaceRecoveryCodes } from './recovery-codes'
import { AddPasskeyInput, ConfirmTotpInput, NothingInput, RemovePasskeyInput, RenamePasskeyInput } from './schema'
import { makeSeed, qrPicture, seedUri, stepOfCode } from './totp'

/** At most so many passkeys an account. */
export const PASSKEYS_MAX = 20

const entry = (targets: Target[], detail: AuditJson) => ({ targets, detail })
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

/** With the first factor come recovery codes; with a further one, those there are stay. Null: they stay. */
async function firstCodes({ tx, actor }: AccountCtx): Promise<string[] | null> {
  const { hasSecondFactor } = await tx.account.findUniqueOrThrow({ where: { id: actor.accountId }, select: { hasSecondFactor: true } })
  if (hasSecondFactor) return null
  const made = await makeRecoveryCodes()
  await replaceRecoveryCodes(tx, actor.accountId, made)
  return made.codes
}

/** Whoever has just set up a factor has shown it. */
const markShown = ({ tx, actor }: AccountCtx, secondFactor: string) => tx.session.update({ where: { id: actor.sessionId }, data: { secondFactor }, select: { id: true } })

/** Without any factor recovery codes stand for nothing, and no session has shown one. */
async function forgetWithoutFactor({ tx, actor }: AccountCtx): Promise<void> {
  const { hasSecondFactor } = await tx.account.findUniqueOrThrow({ where: { id: actor.accountId }, select: { hasSecondFactor: true } })
  if (hasSecondFactor) return
  await tx.recoveryCode.deleteMany({ where: { accountId: actor.accountId } })
  await tx.session.updateMany({ where: { accountId: actor.accountId, secondFactor: { not: null } }, data: { secondFactor: null } })
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
    return { value: { recoveryCodes }, events: await eventsOfMemberships(tx, actor.accountId, entry([], { method: 'totp' })) }
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
    return { value: null, events: await eventsOfMemberships(tx, actor.accountId, entry([], { method: 'totp' })) }
  },
})

/** Adds the passkey that the browser has made. Answers recovery codes, shown once, when it is the first factor. */
export const addPasskey = accountOperation({
  event: 'second-factor.add',
  input: AddPasskeyInput,
  recent: true,
  run: async (ctx, { name, answer }) => {
    const { tx, actor, now } = ctx
    if ((await tx.passkey.count({ where: { accountId: actor.accountId } })) >= PASSKEYS_MAX) throw new AppError('limit-reached', `an account has at most ${PASSKEYS_MAX} passkeys`)
    const made = await readNewPasskey(actor.accountId, answer, now)
    if (!made) throw fieldProblem('name', 'The browser’s answer was not accepted; try again')
    const recoveryCodes = await firstCodes(ctx)
    const id = newId('passkey')
    await tx.passkey.create({ data: { id, accountId: actor.accountId, name, ...made, createdAt: now } })
    await markShown(ctx, 'passkey')
    await mailFactorChanged(tx, actor.email, `The passkey “${name}” was added to your account.`, now)
    return { value: { recoveryCodes }, events: await eventsOfMemberships(tx, actor.accountId, entry([{ type: 'passkey', id, name }], { method: 'passkey' })) }
  },
})

/** Calls a passkey something else. */
export const renamePasskey = accountOperation({
  event: 'second-factor.rename',
  input: RenamePasskeyInput,
  run: async ({ tx, actor }, { id, name }) => {
    const passkey = await tx.passkey.findFirst({ where: { id, accountId: actor.accountId }, select: { name: true } })
    if (!passkey) throw new AppError('not-found', 'this passkey is gone, or is not yours')
    await tx.passkey.update({ where: { id }, data: { name }, select: { id: true } })
    return { value: null, events: await eventsOfMemberships(tx, actor.accountId, { targets: [{ type: 'passkey', id, name }], before: { name: passkey.name }, after: { name } }) }
  },
})

/** Takes a passkey off the account. */
export const removePasskey = accountOperation({
  event: 'second-factor.remove',
  input: RemovePasskeyInput,
  recent: true,
  run: async (ctx, { id }) => {
    const { tx, actor, now } = ctx
    const passkey = await tx.passkey.findFirst({ where: { id, accountId: actor.accountId }, select: { name: true } })
    const { count } = await tx.passkey.deleteMany({ where: { id, accountId: actor.accountId } })
    if (!passkey || count === 0) throw new AppError('not-found', 'this passkey is gone, or is not yours')
    await forgetWithoutFactor(ctx)
    await mailFactorChanged(tx, actor.email, `The passkey “${passkey.name}” was removed from your account.`, now)
    return { value: null, events: await eventsOfMemberships(tx, actor.accountId, entry([{ type: 'passkey', id, name: passkey.name }], { method: 'passkey' })) }
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
