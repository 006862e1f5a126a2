import type { Ctx } from '@/lib/access/context'
import type { AccessModel } from '@/lib/access/models/access-model'
import { resourceTypesOf } from '@/lib/access/policies/cedar-schema'
import { formOf, type FormRow } from '@/lib/access/policies/form'
import { formCatalogue } from '@/lib/access/policies/form-catalogue'
import { applyForm, type FormEdit } from '@/lib/access/policies/form-edits'
import { formatPolicyText } from '@/lib/access/policies/policy-text'
import type { Permissions, PolicyResource } from '@/lib/access/policies/scope'
import { permissionTitle } from '@/lib/features/roles/rules'
import { checkOwnedText } from './checking'
import { findEditedOwner, findNamed, type NamedResources } from './editing-search'
import type { EditedPolicy, FormRowView, PlaceWords, PolicyReading } from './editing-view'
import { refKey } from './naming'

/** Whoever may look at a group's policy, or write the guardrails. */
export type EditingCtx = Ctx<'group:read'> | Ctx<'guardrail:write'>

/** A text in the making, of a group or, with the organization's id, of its guardrails. */
export type PolicyDraft = { ownerId: string; text: string }

const TITLES_SHOWN = 3

/** The title of a selection that the catalogue does not have. */
function titleOf(model: AccessModel, row: FormRow): string {
  if (row.permissions === '*') return 'Everything'
  const titles = row.permissions.map((name) => permissionTitle(model, name))
  return titles.length <= TITLES_SHOWN ? titles.join(', ') : `${titles.slice(0, TITLES_SHOWN - 1).join(', ')} and ${titles.length - TITLES_SHOWN + 1} more`
}

/** The category and title under which the form shows a row: the catalogue's, or those of its first permission. */
function headingOf(model: AccessModel, row: FormRow): { category: string; title: string } {
  const catalogue = formCatalogue(model)
  const [first] = row.permissions
  for (const { title: category, items } of catalogue) {
    const item = items.find(({ value }) => value === (row.choice ?? first))
    if (item) return { category, title: row.choice === null ? titleOf(model, row) : item.title }
  }
  return { category: catalogue[0]?.title ?? '', title: titleOf(model, row) }
}

/** A statement without a resource is about all of what its actions apply to. */
function everywhere(model: AccessModel, permissions: Permissions): string {
  const types = new Set(permissions === '*' ? [] : permissions.flatMap((name) => [...resourceTypesOf(model, name)]))
  const [only] = model.resourceTypes.filter(({ name }) => types.has(name))
  return types.size === 1 && only ? `All ${only.plural.toLowerCase()}` : 'Everywhere'
}

function placeOf(model: AccessModel, { resource, permissions }: FormRow, named: NamedResources): PlaceWords {
  if (resource.kind === 'everything') return { name: everywhere(model, permissions), detail: '', isMissing: false }
  const typeOf = (name: string) => model.resourceTypes.find((type) => type.name === name)
  const type = typeOf(resource.type)
  if (resource.kind === 'type') return { name: `All ${(type?.plural ?? resource.type).toLowerCase()}`, detail: '', isMissing: false }
  const name = named.get(refKey(resource))
  const title = type?.title ?? resource.type
  const only = resource.kind === 'within' && resource.only !== null ? typeOf(resource.only)?.plural.toLowerCase() : undefined
  const reach = resource.kind === 'one' ? '' : only === undefined ? ', and everything below' : `, all ${only} below`
  return { name: name ?? resource.id, detail: `${title}${reach}`, isMissing: name === undefined }
}

const resourcesOf = (rows: readonly { kind: string; resource?: PolicyResource }[]) =>
  rows.flatMap(({ resource }) => (resource && (resource.kind === 'one' || resource.kind === 'within') ? [resource] : []))

/** What a policy text says: its form with the names of what it speaks of, and all that is wrong with it. */
export async function readPolicy(ctx: EditingCtx, { ownerId, text }: PolicyDraft): Promise<PolicyReading> {
  const { model } = ctx
  const owner = await findEditedOwner(ctx, ownerId)
  const { rows, problems: unread } = formOf(model, text)
  const { problems } = await checkOwnedText(ctx, owner, text)
  const named = await findNamed(ctx, owner, resourcesOf(rows))
  return {
    isParsed: unread.length === 0,
    problems,
    rows: rows.map((row) => {
      const { index, start, end } = row
      if (row.kind === 'code') return { kind: row.kind, index, start, end, effect: row.effect, reason: row.reason, sentence: row.sentence }
      const { permissions, resource, choice } = row
      const view: FormRowView = { kind: row.kind, index, start, end, choice, permissions, resource, ...headingOf(model, row), place: placeOf(model, row, named) }
      return view
    }),
  }
}

/**
 * One edit of the form made in the text.
 *
 * @throws AppError `invalid-input` when the text does not parse or has no such row
 */
export async function editPolicy(ctx: EditingCtx, { ownerId, text, edit }: PolicyDraft & { edit: FormEdit }): Promise<EditedPolicy> {
  const edited = applyForm(ctx.model, text, [edit])
  return { text: edited, reading: await readPolicy(ctx, { ownerId, text: edited }) }
}

/** The text in Cedar's usual layout; as it was where it does not parse. */
export async function formatPolicy(ctx: EditingCtx, { ownerId, text }: PolicyDraft): Promise<EditedPolicy> {
  const formatted = formatPolicyText(text)
  return { text: formatted, reading: await readPolicy(ctx, { ownerId, text: formatted }) }
}
