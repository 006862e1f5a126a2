'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { createAssignment } from '@/lib/features/role-assignments/operations'
import { SearchInput } from './schema'
import { searchActions, searchPrincipals, searchResources } from './search'

export const searchPrincipalsAction = defineReadAction('decision:ask', SearchInput, searchPrincipals)
export const searchActionsAction = defineReadAction('decision:ask', SearchInput, (ctx, input) => Promise.resolve(searchActions(ctx, input)))
export const searchResourcesAction = defineReadAction('decision:ask', SearchInput, searchResources)

/** Gives a role that would grant what was asked; where everybody holds exactly one, in its place. */
export const giveRoleAction = defineAction(createAssignment)
