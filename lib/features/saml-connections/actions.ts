'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { dropNextSamlKey, makeNextSamlKey, promoteSamlKey, setSamlMetadata, setSamlRequirements } from './operations'
import { ReadMetadataInput } from './schema'
import { previewMetadata } from './view'

/** Reads metadata, fetched or given, without taking it over. */
export const previewMetadataAction = defineReadAction('sign-in:write', ReadMetadataInput, previewMetadata)
export const setSamlMetadataAction = defineAction(setSamlMetadata)
export const setSamlRequirementsAction = defineAction(setSamlRequirements)
export const makeNextSamlKeyAction = defineAction(makeNextSamlKey)
export const promoteSamlKeyAction = defineAction(promoteSamlKey)
export const dropNextSamlKeyAction = defineAction(dropNextSamlKey)
