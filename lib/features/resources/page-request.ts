import type { AccessModel } from '@/lib/access/models/access-model'
import type { ContentsFilter, ResourcePageRequest } from './queries'
import { childTypes, limitsOf, madeTypes, ROOT_TYPE } from './rules'

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

/** Rows on a page that one may choose; the first is the default. */
export const PAGE_SIZES = [50, 100, 200] as const

const listOf = (params: Params, name: string): string[] => [params[name] ?? []].flat().filter((value) => value !== '' && value !== 'any')
const oneOf = (params: Params, name: string): string | undefined => listOf(params, name)[0]

/** What an address says of the contents of a resource. What cannot be understood there counts as absent. */
export function contentsFilterOf(model: AccessModel, params: Params): ContentsFilter {
  const types = listOf(params, 'type')
  return { q: (oneOf(params, 'q') ?? '').trim().slice(0, 200), types: madeTypes(model).map(({ name }) => name).filter((name) => types.includes(name)) }
}

export function contentsPageOf(params: Params): ResourcePageRequest & { limit: number } {
  const limit = PAGE_SIZES.find((size) => String(size) === oneOf(params, 'limit')) ?? PAGE_SIZES[0]
  return { limit, after: oneOf(params, 'after'), before: oneOf(params, 'before'), last: oneOf(params, 'last') === '1' }
}

/** What the tab of the tree is called: Folders, or by what lies at the top of a model without folders, such as Connections. */
export function treeLabel(model: AccessModel): string {
  const top = childTypes(model, ROOT_TYPE)
  const holding = top.filter(({ name }) => childTypes(model, name).length > 0)
  return (top.find(({ name }) => name === 'folder') ?? holding[0] ?? top[0])?.plural ?? 'Resources'
}

export type TypeFacts = {
  nameRules: Record<string, { pattern: string | null; text: string | null }>
  /** Types under which each type may lie. */
  parentsOf: Record<string, readonly string[]>
}

/** What the console needs of the model's types while one types or drags. */
export function typeFacts(model: AccessModel): TypeFacts {
  const types = madeTypes(model)
  return {
    nameRules: Object.fromEntries(types.map(({ name }) => [name, { pattern: limitsOf(model, name).namePattern ?? null, text: limitsOf(model, name).nameRule ?? null }])),
    parentsOf: Object.fromEntries(types.map(({ name, parents }) => [name, parents])),
  }
}
