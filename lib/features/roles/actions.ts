'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { defineRehearsal } from '@/lib/boundary/rehearsal-action'
import { describePreview } from '@/lib/features/access-preview/describe'
import { findRolePicking, searchScopes } from './choices'
import { deleteRole } from './deletion'
import { findMissing, findReplacing, searchChosen } from './editing'
import { createRole, updateRole } from './operations'
import { ChosenInput, ReplacementsInput, RolePickingInput, ScopeSearchInput } from './schema'

/** What a dialog that gives roles needs, asked for when it opens. */
export const findRolePickingAction = defineReadAction('member:read', RolePickingInput, findRolePicking)

export const searchScopesAction = defineReadAction('member:read', ScopeSearchInput, (ctx, { q }) => searchScopes(ctx, q, 'member:read'))

export const createRoleAction = defineAction(createRole)
export const updateRoleAction = defineAction(updateRole)
export const deleteRoleAction = defineAction(deleteRole)

/** Resources the editor offers to restrict a role to. */
export const searchChosenAction = defineReadAction('role:write', ScopeSearchInput, (ctx, { q }) => searchChosen(ctx, q))

/** Permissions the author lacks at the chosen resources, asked anew when these change. */
export const findMissingAction = defineReadAction('role:write', ChosenInput, (ctx, { resources }) => findMissing(ctx, resources))

/** Whose access a change or a deletion would change; refused as that itself. */
export const previewUpdateAction = defineRehearsal(updateRole, describePreview)
export const previewDeletionAction = defineRehearsal(deleteRole, describePreview)

export const findReplacementsAction = defineReadAction('role:write', ReplacementsInput, (ctx, { id }) => findReplacing(ctx, id))
