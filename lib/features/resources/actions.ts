'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { previewMove } from './move-preview'
import { createResource, deleteResource, moveResource, updateResource } from './operations'
import { MoveTargetSearchInput, PreviewMoveInput, TreeInput, TreeLevelsInput, TreePathInput } from './schema'
import { findTree, findTreePath, listTreeLevels, searchMoveTargets } from './tree'

export const createResourceAction = defineAction(createResource)
export const updateResourceAction = defineAction(updateResource)
export const moveResourceAction = defineAction(moveResource)
export const deleteResourceAction = defineAction(deleteResource)

export const listTreeLevelsAction = defineReadAction('resource:read', TreeLevelsInput, listTreeLevels)
export const findTreeAction = defineReadAction('resource:read', TreeInput, findTree)
export const findTreePathAction = defineReadAction('resource:read', TreePathInput, (ctx, { id }) => findTreePath(ctx, id))
export const searchMoveTargetsAction = defineReadAction('resource:read', MoveTargetSearchInput, (ctx, { movingId, q }) => searchMoveTargets(ctx, movingId, q))
export const previewMoveAction = defineReadAction('resource:write', PreviewMoveInput, previewMove)
