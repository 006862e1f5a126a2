import type { CodeReason } from '@/lib/access/policies/form'
import type { PolicyProblem } from '@/lib/access/policies/policy-text'
import type { Permissions, PolicyResource } from '@/lib/access/policies/scope'

/** Where a row holds, in words. */
export type PlaceWords = {
  name: string
  /** Its type, and how far it reaches; empty when the name says it all. */
  detail: string
  /** The organization has no such resource. */
  isMissing: boolean
}

/** A plain permit, as the form shows it. */
export type FormRowView = {
  kind: 'row'
  /** Place among the statements, from 0: what edits name it by. */
  index: number
  start: number
  end: number
  /** The catalogue's category it stands in. */
  category: string
  /** The catalogue's value; null for another selection of permissions. */
  choice: string | null
  title: string
  permissions: Permissions
  resource: PolicyResource
  place: PlaceWords
}

/** A statement that only the code shows. */
export type CodeRowView = {
  kind: 'code'
  index: number
  start: number
  end: number
  effect: 'permit' | 'forbid'
  reason: CodeReason
  /** Why it is no row, in a sentence. */
  sentence: string
}

/** What a policy text says: the form it makes, and what is wrong with it. */
export type PolicyReading = {
  rows: readonly (FormRowView | CodeRowView)[]
  /** Errors and warnings in the order of the text. */
  problems: readonly PolicyProblem[]
  /** False when there is no form because the text does not parse. */
  isParsed: boolean
}

/** Something to choose in the form. */
export type ItemView = {
  value: string
  title: string
  description: string
  permissions: Permissions
  /** Types of resource it can be about: `any` for every type, none for what is about everything. */
  types: readonly string[] | 'any'
}

export type CategoryView = { title: string; items: readonly ItemView[] }

/** A type of resource in the form's words. */
export type TypeView = { name: string; title: string; plural: string; /** Types that lie below it, at any depth. */ below: readonly string[] }

/** What the form and the editor of an access model offer. */
export type EditingCatalogue = { categories: readonly CategoryView[]; types: readonly TypeView[] }

/** A resource to choose, as policies name it. */
export type ResourceChoice = { type: string; id: string; name: string; /** Its type and where it lies. */ detail: string }

/** What completion in the code offers; entities are searched for. */
export type CompletionData = {
  /** Type of actions, e.g. `RocketAdmin::Action`. */
  actionType: string
  actions: readonly { name: string; title: string }[]
  types: readonly { cedar: string; title: string; /** What of it a search finds. */ finds: 'user' | 'group' | 'service_account' | 'resource' | 'nothing'; type: string; attributes: readonly AttributeView[] }[]
  principal: readonly AttributeView[]
  context: readonly AttributeView[]
}

export type AttributeView = { name: string; type: string }

/** A text after an edit, and what it says. */
export type EditedPolicy = { text: string; reading: PolicyReading }

/** An entity found while one types its id. */
export type EntityChoice = { id: string; name: string; detail: string }
