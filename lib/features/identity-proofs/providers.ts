import type { SessionActor } from '@/lib/access/principals/actor'
import { findAccountProof } from '@/lib/features/account-providers/confirmation'
import { findProofProvider } from '@/lib/features/sso-connections/confirmation'
import type { ProofProvider } from './rules'

/** The provider at which the signed-in person can prove once more who they are: the one through which the session came. */
export const findOwnProofProvider = async (actor: SessionActor): Promise<ProofProvider | null> => (actor.through ? findProofProvider(actor) : findAccountProof(actor))
