import type { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { isAppError } from '@/lib/errors'
import { findDefault, requireTested } from './operations'
import { findSignInPolicy, findSsoOnlyEffects, type People, type SignInPolicy } from './queries'
import type { UpdateSignInPolicyInput } from './schema'

const NOBODY: People = { count: 0, first: [] }

export type SignInPolicyEffects = { before: SignInPolicy; after: SignInPolicy; signedOut: People; withoutConnection: People; problem: string | null }

/** Why SSO-only would not be switched on by whoever asks; null when it would. */
async function problemOf(ctx: Ctx): Promise<string | null> {
  try {
    await requireTested(ctx)
    return null
  } catch (error) {
    if (isAppError(error) && error.code === 'conflict') return error.message
    throw error
  }
}

/** What a change of the policy would do, and to whom; changes nothing. @throws AppError for a role that cannot be the default */
export async function previewSignInPolicy(ctx: Ctx<'sign-in:write'>, { ssoOnly, autoprovision, defaultRole }: z.output<typeof UpdateSignInPolicyInput>): Promise<SignInPolicyEffects> {
  const before = await findSignInPolicy(ctx)
  const role = defaultRole === undefined ? before.defaultRole : defaultRole === null ? null : await findDefault(ctx, defaultRole)
  const after = { ssoOnly: ssoOnly ?? before.ssoOnly, autoprovision: autoprovision ?? before.autoprovision, defaultRole: role }
  if (!after.ssoOnly || before.ssoOnly) return { before, after, signedOut: NOBODY, withoutConnection: NOBODY, problem: null }
  const { signedOut, withoutConnection } = await findSsoOnlyEffects(ctx)
  return { before, after, signedOut, withoutConnection, problem: await problemOf(ctx) }
}
