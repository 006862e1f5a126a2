import type { SessionActor } from '@/lib/access/principals/actor'
import { enter, requirePermission } from '@/lib/access/enter'
import { requireActor } from '@/lib/boundary/browser'
import { db } from '@/lib/db'
import type { SignInConnection } from '@/lib/features/sso-connections/judge'

/** Who is signed in here, when they may change how people sign in. @throws AppError `unauthenticated`, `not-found`, `forbidden` */
export async function testerOf({ organizationId }: SignInConnection): Promise<SessionActor> {
  const actor = requireActor()
  requirePermission(await enter(db(), actor, organizationId), 'sign-in:write')
  return actor
}
