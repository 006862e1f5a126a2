import 'server-only'
import { cache } from 'react'
import type { Ctx, Entered } from '@/lib/access/context'
import { asMember, enter, requirePermission } from '@/lib/access/enter'
import type { CorePermission } from '@/lib/access/permissions'
import { db } from '@/lib/db'
import { requireActor } from './browser'
import { asAppError } from './perform'

/** The signed-in person inside this organization; entered once a request, however many components ask. @throws AppError */
export const enteredPage = cache(async (org: string): Promise<Entered> => {
  try {
    return await enter(db(), requireActor(), org)
  } catch (error) {
    throw asAppError(error)
  }
})

/** For pages: runs a query with the proof of a permission held anywhere. @throws AppError */
export async function readAs<P extends CorePermission, T>(org: string, permission: P, query: (ctx: Ctx<P>) => Promise<T>): Promise<T> {
  const entered = await enteredPage(org)
  try {
    return await query(requirePermission(entered, permission))
  } catch (error) {
    throw asAppError(error)
  }
}

/** For pages of what is one's own: membership suffices. @throws AppError */
export async function readAsMember<T>(org: string, query: (ctx: Ctx) => Promise<T>): Promise<T> {
  const entered = await enteredPage(org)
  try {
    return await query(asMember(entered))
  } catch (error) {
    throw asAppError(error)
  }
}
