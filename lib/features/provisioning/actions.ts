'use server'

import { defineAction } from '@/lib/boundary/action'
import { deleteDirectory, handOverGroup, releaseGroup, releaseMember, updateDirectory } from './directory-operations'
import { createMapping, deleteMapping, updateMapping } from './mapping-operations'
import { createScimToken, deleteScimToken, rotateScimToken } from './token-operations'

export const createScimTokenAction = defineAction(createScimToken)
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
