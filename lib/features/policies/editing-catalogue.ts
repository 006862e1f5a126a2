import type { AccessModel, Attributes } from '@/lib/access/models/access-model'
import { contextAttributes } from '@/lib/access/policies/cedar-schema'
import { formCatalogue } from '@/lib/access/policies/form-catalogue'
import { namesOf } from '@/lib/access/policies/names'
import { permissionTitle } from '@/lib/features/roles/rules'
import type { AttributeView, CompletionData, EditingCatalogue } from './editing-view'

/** Types that may lie below each type, at any depth, itself left out unless it nests. */
function typesBelow(model: AccessModel, name: string): string[] {
  const found = new Set<string>()
  const descend = (parent: string) => {
    for (const type of model.resourceTypes) {
      if (!type.parents.includes(parent) || found.has(type.name)) continue
      found.add(type.name)
      descend(type.name)
    }
  }
  descend(name)
  return [...found]
}

/** What the form of a model offers, in a shape that travels to the browser. */
export function editingCatalogue(model: AccessModel): EditingCatalogue {
  return {
    categories: formCatalogue(model).map(({ title, items }) => ({
      title,
      items: items.map(({ value, title: itemTitle, description, permissions, types }) =>
        ({ value, title: itemTitle, description, permissions, types: types.length === model.resourceTypes.length ? 'any' : types })),
    })),
    types: model.resourceTypes.map(({ name, title, plural }) => ({ name, title, plural, below: typesBelow(model, name) })),
  }
}

const viewOf = (attributes: Attributes = {}): AttributeView[] => Object.entries(attributes).map(([name, type]) => ({ name, type }))

/** What completion in the code offers for a model. */
export function completionData(model: AccessModel): CompletionData {
  const names = namesOf(model)
  const ofPrincipal = viewOf(model.userAttributes)
  const { user, group, service_account: account, token } = names.principalTypes
  return {
    actionType: names.actionType,
    actions: names.permissions.map((name) => ({ name, title: permissionTitle(model, name) })),
    types: [
      { cedar: user, title: 'User', finds: 'user', type: 'user', attributes: ofPrincipal },
      { cedar: account, title: 'Service account', finds: 'service_account', type: 'service_account', attributes: ofPrincipal },
      { cedar: token, title: 'Application token', finds: 'nothing', type: 'token', attributes: ofPrincipal },
      ...(model.resourceTypes.some(({ standsFor }) => standsFor === 'group') ? [] : [{ cedar: group, title: 'Group', finds: 'group' as const, type: 'group', attributes: [] }]),
      ...model.resourceTypes.map(({ name, title, attributes, standsFor }) => ({
        cedar: names.typeOf(name) ?? name, title, finds: standsFor === 'group' ? ('group' as const) : ('resource' as const), type: name, attributes: viewOf(attributes),
      })),
    ],
    principal: ofPrincipal,
    context: viewOf(contextAttributes(model)),
  }
}
