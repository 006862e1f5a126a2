'use server'

import { defineAction } from '@/lib/boundary/action'
import { requireActor } from '@/lib/boundary/browser'
import { parseInput } from '@/lib/boundary/perform'
import { defineReadAction } from '@/lib/boundary/read-action'
import { refusalOf } from '@/lib/boundary/report'
import type { ActionResult } from '@/lib/boundary/result'
import { describeModel, type ModelSummary } from './describe'
import { saveAccessModel } from './operations'
import { findModelVersion } from './queries'
import { readModel } from './reading'
import { ModelVersionInput, ReadModelInput, TryAccessModelInput } from './schema'
import { tryAccessModel } from './tryout'

export const saveAccessModelAction = defineAction(saveAccessModel)

export const tryAccessModelAction = defineReadAction('organization:write', TryAccessModelInput, tryAccessModel)

/** A former text, to look at and to restore. */
export const findModelVersionAction = defineReadAction('organization:read', ModelVersionInput, (ctx, { version }) => findModelVersion(ctx, version))

/** What a text says, before there is an organization for it: whoever is signed in may ask. */
export async function readModelAction(input: { text: string }): Promise<ActionResult<ModelSummary>> {
  try {
    requireActor()
    const { text } = parseInput(ReadModelInput, input)
    return Promise.resolve({ ok: true, value: describeModel(readModel(text, 'modelText')) })
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  }
}
