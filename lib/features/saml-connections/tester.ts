import type { SessionActor } from '@/lib/access/principals/actor'
import { enter, requirePermission } from '@/lib/access/enter'
import { requireActor } from '@/lib/boundary/browser'
import { db } from '@/lib/db'
import type { SamlConnection } from './queries'

/** Who is signed in here, when they may change how people sign in. @throws AppError `unauthenticated`, `not-found`, `forbidden` */
export async function testerOf({ organizationId }: SamlConnection): Promise<SessionActor> {
  const actor = requireActor()
  requirePermission(await enter(db(), actor, organizationId), 'sign-in:write')
  return actor
}
