'use server'

import { defineReadAction } from '@/lib/boundary/read-action'
import { editPolicy, formatPolicy, readPolicy } from './editing'
import { completionData } from './editing-catalogue'
import { OwnerInput, EntitySearchInput, FormEditInput, PolicyTextInput, ResourceSearchInput } from './editing-schema'
import { searchEntities, searchPolicyResources } from './editing-search'
import { findPolicy, findVisibleOwner } from './queries'

// What the editor asks while one types: of a group's policy, then the same of guardrails.

export const readPolicyAction = defineReadAction('group:read', PolicyTextInput, readPolicy)
export const editPolicyAction = defineReadAction('group:read', FormEditInput, editPolicy)
export const formatPolicyAction = defineReadAction('group:read', PolicyTextInput, formatPolicy)
export const findCompletionAction = defineReadAction('group:read', OwnerInput, (ctx) => Promise.resolve(completionData(ctx.model)))
export const searchPolicyResourcesAction = defineReadAction('group:read', ResourceSearchInput, searchPolicyResources)
export const searchEntitiesAction = defineReadAction('group:read', EntitySearchInput, searchEntities)

export const readGuardrailsAction = defineReadAction('guardrail:write', PolicyTextInput, readPolicy)
export const formatGuardrailsAction = defineReadAction('guardrail:write', PolicyTextInput, formatPolicy)
export const findGuardrailCompletionAction = defineReadAction('guardrail:write', OwnerInput, (ctx) => Promise.resolve(completionData(ctx.model)))
export const searchGuardrailResourcesAction = defineReadAction('guardrail:write', ResourceSearchInput, searchPolicyResources)
export const searchGuardrailEntitiesAction = defineReadAction('guardrail:write', EntitySearchInput, searchEntities)

// What stands saved at this moment, when somebody saved meanwhile.
export const findCurrentPolicyAction = defineReadAction('group:read', OwnerInput, async (ctx, { ownerId }) => findPolicy(ctx, (await findVisibleOwner(ctx, ownerId)).ownerId))
export const findCurrentGuardrailsAction = defineReadAction('guardrail:write', OwnerInput, (ctx) => findPolicy(ctx, ctx.orgId))
