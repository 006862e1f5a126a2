'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineAccountReadAction, defineReadAction } from '@/lib/boundary/read-action'
import { describeModel } from './describe'
import { saveAccessModel } from './operations'
import { readModel } from './reading'
import { ReadModelInput, TryAccessModelInput } from './schema'
import { tryAccessModel } from './tryout'

export const saveAccessModelAction = defineAction(saveAccessModel)

export const tryAccessModelAction = defineReadAction('organization:write', TryAccessModelInput, tryAccessModel)

/** What a text says, before there is an organization for it. */
export const readModelAction = defineAccountReadAction(ReadModelInput, (_actor, { text }) => describeModel(readModel(text, 'modelText')))
