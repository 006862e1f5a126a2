import type { AccessModel } from '@/lib/access/models/access-model'
import { resourceTypesOf } from '@/lib/access/policies/cedar-schema'
import { attributeReaders } from '@/lib/access/policies/attributes'
import type { Request } from '@/lib/access/policies/entities'
import { actionsBringing } from '@/lib/access/policies/grants'
import { actionRef, principalRef, resourceRef } from '@/lib/access/policies/names'
import { Datetime, type CedarRecord } from '@/lib/access/policies/values'
import type { Question } from './engine/decide'
import { GROUP } from './engine/snapshot'
import { IndexEntities, type Brought } from './index-entities'
import type { KnownPolicy } from './policy-index'
import type { AccessIndex } from './snapshots/access-index'

type Json = Readonly<Record<string, unknown>>

/** What a question says beside who, what and where. Attributes the model declares reach policies; what is stored goes before them. */
export type QuestionFacts = {
  context?: Json | undefined
  subject?: Json | undefined
  action?: Json | undefined
  resource?: Json | undefined
  /** The id of a resource that was never registered. */
  unregisteredId?: string | undefined
}

/** A question as policies are asked: about known things only. */
export type PolicyRequest = {
  request: Request
  entities: IndexEntities
  /** The type asked about, in the model. */
  type: string
  /** The resource, or the one under which an unregistered one would lie. */
  node: number
  isUnregistered: boolean
}

const NO_FACTS: QuestionFacts = {}

/** The moment of the question, unless it brings one, is a policy's `context.time`. */
function contextOf({ model }: AccessIndex, { context, action }: QuestionFacts, at: number): CedarRecord {
  const read = attributeReaders(model).ofContext
  // An action has no attributes of its own in Cedar; what a question says of it is part of the circumstances.
  const told = context === undefined && action === undefined ? new Map() : new Map([...read(action), ...read(context)])
  return told.has('time') ? told : told.set('time', new Datetime(at))
}

/**
 * Makes the request of a question. Principal, permission and resource must be known, as `decide` finds.
 *
 * @param memberOf a group the principal counts as a member of, for trying a policy out
 * @returns null for a resource of a type that the model has no more: policies say nothing about it
 */
export function policyRequestOf(index: AccessIndex, question: Question, memberOf?: string): PolicyRequest | null {
  const { model, snapshot: { principals, tree, vocabulary } } = index
  const facts = question.facts ?? NO_FACTS
  const kind = principals.kindOf(principals.ids.find(question.principalId))
  const node = tree.ids.find(question.resourceId)
  const type = question.unregisteredType ?? vocabulary.typeNames[tree.typeOf(node)]
  if (kind === 'unknown' || type === undefined || vocabulary.typeOf(type) < 0) return null
  const readers = attributeReaders(model)
  const principal = principalRef(model, kind, question.principalId)
  const isUnregistered = question.unregisteredType !== undefined
  const resource = isUnregistered ? resourceRef(model, type, facts.unregisteredId ?? '') : new IndexEntities(index).refOf(node)
  const brought: Brought = {
    ...((facts.subject !== undefined || memberOf !== undefined) && { principal: { ref: principal, attributes: readers.ofPrincipal(facts.subject) } }),
    ...((facts.resource !== undefined || isUnregistered) && {
      resource: { ref: resource, attributes: readers.ofResource(type)(facts.resource), ...(isUnregistered && { parent: node }) },
    }),
    ...(memberOf !== undefined && { memberOf }),
  }
  return {
    request: { principal, action: actionRef(model, question.permission), resource, context: contextOf(index, facts, question.at) },
    entities: new IndexEntities(index, brought), type, node, isUnregistered,
  }
}

const applying = new WeakMap<AccessModel, Map<string, ReadonlySet<string>>>()

/** Whether a permission applies to resources of a type themselves, so that a policy can speak of it there. */
export function appliesTo({ model }: AccessIndex, permission: string, type: string): boolean {
  const known = applying.get(model) ?? new Map<string, ReadonlySet<string>>()
  applying.set(model, known)
  const types = known.get(permission) ?? new Set(resourceTypesOf(model, permission))
  known.set(permission, types)
  return types.has(type)
}

/** The permissions whose grant brings this one along, by name. */
export const namesBringing = ({ model }: AccessIndex, permission: string): string[] => actionsBringing(model, permission).map(({ id }) => id)

/** The policies that speak for a principal: those of its groups; of a group that is asked about, its own. */
export function policiesOf({ policies, snapshot: { principals } }: AccessIndex, principalId: string): KnownPolicy[] {
  if (!policies.hasGroups) return []
  const principal = principals.ids.find(principalId)
  if (principal < 0) return []
  const found: KnownPolicy[] = []
  const add = (group: number) => {
    const known = policies.at(group)
    if (known && principals.isActive(group)) found.push(known)
  }
  if (principals.kindOf(principal) === 'group') add(principal)
  for (let entry = 0; entry < principals.groupsOf.count(principal); entry++) add(principals.groupsOf.get(principal, entry, GROUP))
  return found
}

/** Whether a resource lies where a group's policy speaks: anywhere, or at and below what the group belongs to. */
export function isInHome({ directory, snapshot: { tree } }: AccessIndex, groupId: string, node: number): boolean {
  const home = directory.homeOf(groupId)
  return home === null || tree.isAtOrBelow(node, tree.ids.find(home))
}
