import type { SessionActor } from '@/lib/access/principals/actor'
import { accountOperation, eventsOfMemberships } from '@/lib/boundary/account-operation'
import { requirePassword } from '@/lib/features/accounts/password-proof'
import { fieldProblem } from '@/lib/features/accounts/rules'
import { mailRecoveryCodeUsed } from '@/lib/features/second-factors/notices'
import { requireFactor } from '@/lib/features/second-factors/proofs'
import { findProofFacts } from './queries'
import { proofKinds } from './rules'
import { ProofInput, type Proof } from './schema'

/** Checks a proof, counting the attempt. @throws AppError `invalid-input` at `value`, `wrong-second-factor`, `too-many-requests` */
async function requireProof(actor: SessionActor, { kind, value }: Proof): Promise<void> {
  if (!proofKinds(await findProofFacts(actor.accountId)).includes(kind)) throw fieldProblem('value', 'This cannot prove that it is you; choose another way')
  if (kind === 'password') await requirePassword(actor, value, 'value')
  else await requireFactor({ id: actor.accountId, email: actor.email }, kind, value, 'session.confirm')
}

/** Step-up: proves once more that it is the person who signed in. For ten minutes they may do what is dangerous. */
export const confirmIdentity = accountOperation({
  event: 'session.confirm',
  input: ProofInput,
  mayBeThroughConnection: true,
  before: requireProof,
  run: async ({ tx, actor, now }, { kind }) => {
    await tx.session.update({ where: { id: actor.sessionId }, data: { confirmedAt: now, ...(kind !== 'password' && { secondFactor: kind }) }, select: { id: true } })
    if (kind === 'recovery-code') await mailRecoveryCodeUsed(tx, { id: actor.accountId, email: actor.email }, now)
    const entry = { targets: [{ type: 'session', id: actor.sessionId, name: actor.method }], detail: { method: kind } }
    return { value: null, events: await eventsOfMemberships(tx, actor.accountId, entry) }
  },
})
