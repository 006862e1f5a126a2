import { z } from 'zod'
import { publicOperation } from '@/lib/boundary/public-operation'
import { AppError } from '@/lib/errors'
import { factorKinds, type ProofKind } from '@/lib/features/identity-proofs/rules'
import { findProofFacts } from '@/lib/features/identity-proofs/queries'
import { ProofInput } from '@/lib/features/identity-proofs/schema'
import { mailRecoveryCodeUsed } from '@/lib/features/second-factors/notices'
import { proofOptions } from '@/lib/features/second-factors/passkeys'
import { requireFactor } from '@/lib/features/second-factors/proofs'
import { findPendingSignIn, takePendingSignIn } from './pending-sign-in'
import { startSession } from './sign-in'

const tooLate = () => new AppError('unauthenticated', 'that took too long; sign in again from the beginning')

/** The second factors that whoever has taken the first step may show now, and what that was; null when it took too long. */
export async function findSecondStep(secret: string | undefined): Promise<{ email: string; method: string; kinds: ProofKind[] } | null> {
  const pending = await findPendingSignIn(secret)
  return pending && { method: pending.method, email: pending.account.email, kinds: factorKinds(await findProofFacts(pending.account.id)) }
}

/**
 * The second step of signing in: whoever has taken the first shows a second factor, and gets the session.
 *
 * @throws AppError `unauthenticated` when it took too long, `wrong-second-factor`, `too-many-requests`
 */
export const completeSignIn = publicOperation({
  event: 'session.second-step',
  input: ProofInput.extend({ secret: z.string().max(200) }),
  limits: (_input, address) => [{ name: 'second-factor-address', by: address }],
  run: async (ctx, { secret, kind, value }) => {
    const pending = await findPendingSignIn(secret)
    if (!pending) throw tooLate()
    if (kind === 'password') throw new AppError('wrong-second-factor', 'the first step was taken already; show a second factor')
    await requireFactor(pending.account, kind, value, 'session.second-step')
    return ctx.write(async (tx) => {
      if (!(await takePendingSignIn(tx, pending.id))) throw tooLate()
      if (kind === 'recovery-code') await mailRecoveryCodeUsed(tx, pending.account, ctx.now)
      return startSession(tx, ctx.browser, pending.account, pending.method, kind)
    })
  },
})

/** A question to the authenticator of whoever has taken the first step. @throws AppError `unauthenticated` when it took too long */
export const askPendingPasskey = publicOperation({
  event: 'session.ask-passkey',
  input: z.strictObject({ secret: z.string().max(200) }),
  limits: (_input, address) => [{ name: 'second-factor-address', by: address }],
  run: async (ctx, { secret }) => {
    const pending = await findPendingSignIn(secret)
    if (!pending) throw tooLate()
    return proofOptions(pending.account.id, ctx.now)
  },
})
