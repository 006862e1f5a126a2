import type { PolicyResource } from '@/lib/access/policies/scope'
import type { EditingCatalogue, FormRowView, ItemView, ResourceChoice, TypeView } from '@/lib/features/policies/editing-view'

/** What one is about to put into a row: an action, and what it is about. */
export type RowChoice = { category: string; value: string; place: Place | null; reach: Reach }

/** All that the action applies to, or one resource. */
export type Place = { kind: 'all' } | { kind: 'resource'; resource: ResourceChoice }

/** One resource alone, or with all below it. */
export type Reach = 'one' | 'within'

/** Stands for "as it is" where a row's permissions are no item of the catalogue. */
export const AS_IT_IS = ''

export function itemOf({ categories }: EditingCatalogue, { category, value }: Pick<RowChoice, 'category' | 'value'>): ItemView | undefined {
  return categories.find(({ title }) => title === category)?.items.find((item) => item.value === value)
}

const applies = ({ types }: ItemView, type: string): boolean => types === 'any' || types.includes(type)

/** Whether an action needs something to be about. */
export const needsPlace = ({ types }: ItemView): boolean => types === 'any' || types.length > 0

/** Types to search for an action: those it applies to, and those above them. */
export function searchedTypes({ types: all }: EditingCatalogue, { types }: ItemView): readonly string[] | 'any' {
  if (types === 'any') return 'any'
  return all.filter(({ name, below }) => types.includes(name) || below.some((type) => types.includes(type))).map(({ name }) => name)
}

/** How far a row with this action may reach from a resource: itself, all below, or either. */
export function reachesOf({ types: all }: EditingCatalogue, item: ItemView, type: string): Reach[] {
  const below = all.find(({ name }) => name === type)?.below ?? []
  return [...(below.some((each) => applies(item, each)) ? ['within' as const] : []), ...(applies(item, type) ? ['one' as const] : [])]
}

const onlyType = ({ types: all }: EditingCatalogue, { types }: ItemView): TypeView | undefined =>
  types !== 'any' && types.length === 1 ? all.find(({ name }) => name === types[0]) : undefined

/** "All tables", or "Everywhere" for an action of several types. */
export function allInWords(catalogue: EditingCatalogue, item: ItemView): string {
  const type = onlyType(catalogue, item)
  return type ? `All ${type.plural.toLowerCase()}` : 'Everywhere'
}

/** "a table", or "a resource". */
export function thingInWords(catalogue: EditingCatalogue, item: ItemView): string {
  const title = onlyType(catalogue, item)?.title.toLowerCase() ?? 'resource'
  return `${/^[aeiou]/.test(title) ? 'an' : 'a'} ${title}`
}

/** What the row will say about its resource; null while something is still to be chosen. */
export function resourceOf(catalogue: EditingCatalogue, item: ItemView, { place, reach }: RowChoice): PolicyResource | null {
  if (!needsPlace(item)) return { kind: 'everything' }
  if (place === null) return null
  if (place.kind === 'all') return { kind: 'everything' }
  const { type, id } = place.resource
  const reaches = reachesOf(catalogue, item, type)
  const taken = reaches.includes(reach) ? reach : reaches[0]
  return taken === 'within' ? { kind: 'within', type, id, only: null } : { kind: 'one', type, id }
}

const placeOf = ({ resource, place }: FormRowView): Place => resource.kind === 'one' || resource.kind === 'within'
  ? { kind: 'resource', resource: { type: resource.type, id: resource.id, name: place.name, detail: place.detail } }
  : { kind: 'all' }

/** A row as a choice to change. */
export const choiceOfRow = (row: FormRowView): RowChoice => ({
  category: row.category, value: row.choice ?? AS_IT_IS, place: placeOf(row), reach: row.resource.kind === 'within' ? 'within' : 'one',
})

/** Whether a row says the same about a resource already. */
export function isUsed(rows: readonly FormRowView[], value: string, resource: Pick<ResourceChoice, 'type' | 'id'> | null): boolean {
  return rows.some((row) => {
    if (row.choice !== value) return false
    if (resource === null) return row.resource.kind === 'everything'
    return (row.resource.kind === 'one' || row.resource.kind === 'within') && row.resource.type === resource.type && row.resource.id === resource.id
  })
}
