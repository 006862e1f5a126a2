'use server'

import { performForAccount } from '@/lib/boundary/account-operation'
import { requireActor } from '@/lib/boundary/browser'
import { submitForm } from '@/lib/boundary/form-action'
import type { FormState } from '@/lib/boundary/form-state'
import { perform } from '@/lib/boundary/perform'
import { CUSTOM_MODEL } from '@/lib/features/access-models/reading'
import { createOrganization, leaveOrganization } from '@/lib/features/organizations/operations'
import { suggestSlug } from './slug-suggestion'

/** Form fields: `name`, `slug` (empty: from the name), `ownerEmail`, `accessModel`, and with `custom` its JSON as `modelText`. */
export const createOrganizationFormAction = async (_before: FormState, form: FormData): Promise<FormState> =>
  submitForm(form, ['name', 'slug', 'ownerEmail', 'accessModel', 'modelText'], async ({ name = '', slug, ownerEmail, accessModel, modelText = '' }) => {
    // A text left behind when another model was chosen in the end counts for nothing.
    const own = accessModel === CUSTOM_MODEL ? { modelText: modelText.replaceAll('\r\n', '\n') } : {}
    const made = await performForAccount(createOrganization, requireActor(), { name, slug: slug || suggestSlug(name), ownerEmail, accessModel, ...own })
    return `/${made.slug}`
  })

/** Form fields: `org`, its address. */
export const leaveOrganizationFormAction = async (_before: FormState, form: FormData): Promise<FormState> =>
  submitForm(form, [], async ({ org = '' }) => {
    await perform(leaveOrganization, requireActor(), org, {})
    return '/organizations?done=left'
  })
