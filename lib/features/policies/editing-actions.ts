'use server'

import { defineReadAction } from '@/lib/boundary/read-action'
import { editPolicy, formatPolicy, readPolicy } from './editing'
import { completionData } from './editing-catalogue'
import { CompletionInput, EntitySearchInput, FormEditInput, PolicyTextInput, ResourceSearchInput } from './editing-schema'
import { searchEntities, searchPolicyResources } from './editing-search'

// What the editor asks while one types: of a group's policy, then the same of guardrails.

export const readPolicyAction = defineReadAction('group:read', PolicyTextInput, readPolicy)
export const editPolicyAction = defineReadAction('group:read', FormEditInput, editPolicy)
export const formatPolicyAction = defineReadAction('group:read', PolicyTextInput, formatPolicy)
export const findCompletionAction = defineReadAction('group:read', CompletionInput, (ctx) => Promise.resolve(completionData(ctx.model)))
export const searchPolicyResourcesAction = defineReadAction('group:read', ResourceSearchInput, searchPolicyResources)
export const searchEntitiesAction = defineReadAction('group:read', EntitySearchInput, searchEntities)

export const readGuardrailsAction = defineReadAction('guardrail:write', PolicyTextInput, readPolicy)
export const formatGuardrailsAction = defineReadAction('guardrail:write', PolicyTextInput, formatPolicy)
export const findGuardrailCompletionAction = defineReadAction('guardrail:write', CompletionInput, (ctx) => Promise.resolve(completionData(ctx.model)))
export const searchGuardrailResourcesAction = defineReadAction('guardrail:write', ResourceSearchInput, searchPolicyResources)
export const searchGuardrailEntitiesAction = defineReadAction('guardrail:write', EntitySearchInput, searchEntities)
