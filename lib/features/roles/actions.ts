'use server'

import { defineReadAction } from '@/lib/boundary/read-action'
import { findRolePicking, searchScopes } from './choices'
import { RolePickingInput, ScopeSearchInput } from './schema'

/** What a dialog that gives roles needs, asked for when it opens. */
export const findRolePickingAction = defineReadAction('member:read', RolePickingInput, findRolePicking)

export const searchScopesAction = defineReadAction('member:read', ScopeSearchInput, (ctx, { q }) => searchScopes(ctx, q))
