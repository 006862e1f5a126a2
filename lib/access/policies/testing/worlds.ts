import { attributeReaders } from '@/lib/access/policies/attributes'
import { EntityList, type Entity, type Request } from '@/lib/access/policies/entities'
import { actionRef, principalRef, resourceRef } from '@/lib/access/policies/names'
import type { AccessModel } from '@/lib/access/models/access-model'

type Row = readonly [type: string, id: string, parent?: readonly [type: string, id: string] | undefined, attributes?: Record<string, unknown>]

/** Entities of a model from rows, and a user in some groups. */
export function world(model: AccessModel, rows: readonly Row[], groups: readonly string[] = [], userAttributes: unknown = {}): EntityList {
  const readers = attributeReaders(model)
  const resources = rows.map(([type, id, parent, attributes]): Entity => ({
    ref: resourceRef(model, type, id),
    attributes: readers.ofResource(type)(attributes),
    parents: parent ? [resourceRef(model, ...parent)] : [],
  }))
  return new EntityList([
    ...resources,
    { ref: principalRef(model, 'user', 'usr_1'), attributes: readers.ofPrincipal(userAttributes), parents: groups.map((id) => principalRef(model, 'group', id)) },
  ])
}

/** The user of `world` asks. */
export const asks = (model: AccessModel, permission: string, resource: readonly [type: string, id: string], context: unknown = {}): Request => ({
  principal: principalRef(model, 'user', 'usr_1'),
  action: actionRef(model, permission),
  resource: resourceRef(model, ...resource),
  context: attributeReaders(model).ofContext(context),
})
