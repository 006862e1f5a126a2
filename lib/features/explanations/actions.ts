'use server'

import { refresh } from 'next/cache'
import { requireActor } from '@/lib/boundary/browser'
import { readAs } from '@/lib/boundary/page'
import { perform } from '@/lib/boundary/perform'
import { defineReadAction } from '@/lib/boundary/read-action'
import { refusalOf } from '@/lib/boundary/report'
import type { ActionResult } from '@/lib/boundary/result'
import { setMemberRoles } from '@/lib/features/members/operations'
import { rolesWith } from './giving'
import { SearchInput } from './schema'
import { searchActions, searchPrincipals, searchResources } from './search'

export const searchPrincipalsAction = defineReadAction('decision:ask', SearchInput, searchPrincipals)
export const searchActionsAction = defineReadAction('decision:ask', SearchInput, (ctx, input) => Promise.resolve(searchActions(ctx, input)))
export const searchResourcesAction = defineReadAction('decision:ask', SearchInput, searchResources)

type Giving = { principal: { type: 'user' | 'group' | 'service_account'; id: string }; role: string; scope: string }

/** Gives a person a role beside those they hold; where everybody holds exactly one, in its place. */
export async function giveRoleAction(org: string, { principal, role, scope }: Giving): Promise<ActionResult<unknown>> {
  try {
    const input = await readAs(org, 'member:write', (ctx) => rolesWith(ctx, principal, { role, scope }))
    return { ok: true, value: await perform(setMemberRoles, requireActor(), org, input) }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  } finally {
    refresh()
  }
}
