'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { previewMove } from './move-preview'
import { createResource, deleteResource, moveResource, updateResource } from './operations'
import { MoveTargetSearchInput, PreviewMoveInput, TreeLevelsInput, TreePathInput, TreeTopInput } from './schema'
import { findTreePath, findTreeTop, listTreeLevels, searchMoveTargets } from './tree'

export const createResourceAction = defineAction(createResource)
export const updateResourceAction = defineAction(updateResource)
export const moveResourceAction = defineAction(moveResource)
export const deleteResourceAction = defineAction(deleteResource)

export const listTreeLevelsAction = defineReadAction('resource:read', TreeLevelsInput, listTreeLevels)
export const findTreeTopAction = defineReadAction('resource:read', TreeTopInput, (ctx, { movingId }) => findTreeTop(ctx, movingId))
export const findTreePathAction = defineReadAction('resource:read', TreePathInput, (ctx, { id }) => findTreePath(ctx, id))
export const searchMoveTargetsAction = defineReadAction('resource:read', MoveTargetSearchInput, (ctx, { movingId, q }) => searchMoveTargets(ctx, movingId, q))
export const previewMoveAction = defineReadAction('resource:write', PreviewMoveInput, previewMove)
