'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { defineRehearsal } from '@/lib/boundary/rehearsal-action'
import { deleteDirectory, handOverGroup, releaseGroup, releaseMember, updateDirectory } from './directory-operations'
import { describePreview } from '@/lib/features/access-preview/describe'
import { createMapping, deleteMapping, updateMapping } from './mapping-operations'
import { findMappableRoles, searchGroupsToHandOver, searchMappingScopes } from './choices'
import { MappableInput, SearchInput } from './schema'
import { createScimToken, deleteScimToken, rotateScimToken, updateScimToken } from './token-operations'

export const createScimTokenAction = defineAction(createScimToken)
export const updateScimTokenAction = defineAction(updateScimToken)
export const rotateScimTokenAction = defineAction(rotateScimToken)
export const deleteScimTokenAction = defineAction(deleteScimToken)
export const updateDirectoryAction = defineAction(updateDirectory)
export const deleteDirectoryAction = defineAction(deleteDirectory)
export const createMappingAction = defineAction(createMapping)
export const updateMappingAction = defineAction(updateMapping)
export const deleteMappingAction = defineAction(deleteMapping)
export const handOverGroupAction = defineAction(handOverGroup)
export const releaseGroupAction = defineAction(releaseGroup)
export const releaseMemberAction = defineAction(releaseMember)

/** Whose access each of these would change; refused as that itself. */
export const previewMappingAction = defineRehearsal(createMapping, describePreview)
export const previewMappingChangeAction = defineRehearsal(updateMapping, describePreview)
export const previewUnmappingAction = defineRehearsal(deleteMapping, describePreview)
export const previewHandOverAction = defineRehearsal(handOverGroup, describePreview)
export const previewGroupReleaseAction = defineRehearsal(releaseGroup, describePreview)
export const previewDisconnectionAction = defineRehearsal(deleteDirectory, describePreview)

/** What the dialogs offer as one goes on in them. */
export const findMappableRolesAction = defineReadAction('provisioning:write', MappableInput, (ctx, { scopeId }) => findMappableRoles(ctx, scopeId))
export const searchMappingScopesAction = defineReadAction('provisioning:write', SearchInput, (ctx, { q }) => searchMappingScopes(ctx, q))
export const searchGroupsToHandOverAction = defineReadAction('provisioning:write', SearchInput, (ctx, { q }) => searchGroupsToHandOver(ctx, q))
