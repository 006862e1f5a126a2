import { accountOperation, eventsOfMemberships } from '@/lib/boundary/account-operation'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { fieldProblem } from '@/lib/features/accounts/rules'
import { newId } from '@/lib/ids'
import { firstCodes, forgetWithoutFactor, markShown } from './first-and-last'
import { mailFactorChanged } from './notices'
import { passkeysWorkHere, readNewPasskey, registrationOptions } from './passkeys'
import { AddPasskeyInput, NothingInput, RemovePasskeyInput, RenamePasskeyInput } from './schema'

/** At most so many passkeys an account. */
export const PASSKEYS_MAX = 20

async function requireRoom(tx: Tx, accountId: string): Promise<void> {
  if ((await tx.passkey.count({ where: { accountId } })) >= PASSKEYS_MAX) throw new AppError('limit-reached', `an account has at most ${PASSKEYS_MAX} passkeys; remove one first`)
}

/** Asks the browser for a new passkey: what it needs to make one. */
export const beginPasskey = accountOperation({
  event: 'second-factor.begin',
  input: NothingInput,
  recent: true,
  run: async ({ tx, actor, now }) => {
    if (!passkeysWorkHere()) throw new AppError('conflict', 'browsers give passkeys to names only, and this installation is reached by an address')
    await requireRoom(tx, actor.accountId)
    return { value: await registrationOptions({ id: actor.accountId, email: actor.email, name: actor.name }, now), events: [] }
  },
})

/** Adds the passkey that the browser has made. Answers recovery codes, shown once, when it is the first factor. */
export const addPasskey = accountOperation({
  event: 'second-factor.add',
  input: AddPasskeyInput,
  recent: true,
  run: async (ctx, { name, answer }) => {
    const { tx, actor, now } = ctx
    await requireRoom(tx, actor.accountId)
    const made = await readNewPasskey(actor.accountId, answer, now)
    if (!made) throw fieldProblem('name', 'The browser’s answer was not accepted; try again')
    const recoveryCodes = await firstCodes(ctx)
    const id = newId('passkey')
    await tx.passkey.create({ data: { id, accountId: actor.accountId, name, ...made, createdAt: now } })
    await markShown(ctx, 'passkey')
    await mailFactorChanged(tx, actor.email, `The passkey “${name}” was added to your account.`, now)
    return { value: { recoveryCodes }, events: await eventsOfMemberships(tx, actor.accountId, { targets: [{ type: 'passkey', id, name }], detail: { method: 'passkey' } }) }
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
    return { value: null, events: await eventsOfMemberships(tx, actor.accountId, { targets: [{ type: 'passkey', id, name: passkey.name }], detail: { method: 'passkey' } }) }
  },
})
