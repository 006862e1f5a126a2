import { coverageOf, namesPermission } from '@/lib/access/policies/coverage'
import { decideAccess } from './decide'
import { decide } from './engine/decide'
import type { IdTable } from './engine/id-table'
import {
  addSubject, isAskableOf, nodesBelow, pageOf, searchActions, searchResources, searchSubjects, subjectsByRole,
  type Found, type Page, type ResourceQuestion, type SubjectQuestion,
} from './engine/search'
import { rootNodes } from './engine/roots'
import type { KnownPolicy } from './policy-index'
import { isInHome, namesBringing, policiesOf, type QuestionFacts } from './policy-question'
import { startsOf } from './policy-roots'
import type { AccessIndex } from './snapshots/access-index'

type Facts = { facts?: QuestionFacts }

/** Most candidates that are tried for one page, so that a search ends in time; a page may then be shorter than asked for. */
export const TRIED_MAX = 20_000

const NONE: Found = { ids: [], next: null }

/** One page of those candidates that pass, in the order of their ids. */
function passingPage(table: IdTable, candidates: readonly number[], { after, limit }: Page, passes: (id: string, index: number) => boolean): Found {
  const ids: string[] = []
  let tried = 0
  let last = after
  for (let size = limit + 1; ; size *= 4) {
    const chunk = pageOf(table, candidates, { limit: size, ...(last !== undefined && { after: last }) })
    for (const id of chunk.ids) {
      if (tried++ >= TRIED_MAX) return { ids, next: last ?? null }
      if (passes(id, table.find(id))) ids.push(id)
      if (ids.length > limit) return { ids: ids.slice(0, limit), next: ids[limit - 1] ?? null }
      last = id
    }
    if (chunk.next === null) return { ids, next: null }
  }
}

/** Whether a policy has a permit that names a permission, or one that brings it along. */
function speaksOf(index: AccessIndex, { compiled }: KnownPolicy, permission: string): boolean {
  const names = [permission, ...namesBringing(index, permission)]
  return coverageOf(index.model, compiled?.parsed ?? [], () => true).permits.some((permit) => names.some((name) => namesPermission(permit, name)))
}

/** Principals of one kind who may do something on a resource, in pages. */
export function findSubjects(index: AccessIndex, question: SubjectQuestion & Facts, page: Page): Found {
  const { snapshot, policies } = index
  if (policies.isEmpty) return searchSubjects(snapshot, question, page)
  const byRole = subjectsByRole(snapshot, question)
  if (byRole === null) return NONE
  const { kind, ...asked } = question
  const candidates = new Set(byRole)
  const node = snapshot.tree.ids.find(question.resourceId)
  for (const groupId of policies.groupIds) {
    const policy = policies.of(groupId)
    if (policy && isInHome(index, groupId, node) && speaksOf(index, policy, question.permission)) addSubject(snapshot, snapshot.principals.ids.find(groupId), kind, candidates)
  }
  const isSafe = policies.guardrails === null
  return passingPage(snapshot.principals.ids, [...candidates], page, (principalId, principal) =>
    (isSafe && byRole.has(principal)) || decideAccess(index, { ...asked, principalId }).allow)
}

/** Resources of one type on which a principal may do something, in pages. */
export function findResources(index: AccessIndex, question: ResourceQuestion & Facts, page: Page): Found {
  const { snapshot, policies } = index
  if (policies.isEmpty) return searchResources(snapshot, question, page)
  const { type: typeName, ...asked } = question
  const { tree, vocabulary, principals } = snapshot
  const type = vocabulary.typeOf(typeName)
  const principal = principals.ids.find(question.principalId)
  if (!isAskableOf(snapshot, question.permission, type) || principal < 0 || !principals.isActive(principal)) return NONE
  const starts = policiesOf(index, question.principalId).flatMap((policy) => startsOf(index, question.permission, policy))
  const candidates = new Set(nodesBelow(snapshot, [...new Set([...rootNodes(snapshot, asked), ...starts])], type))
  const isSafe = policies.guardrails === null
  return passingPage(tree.ids, [...candidates], page, (resourceId) => {
    const one = { ...asked, resourceId }
    return (isSafe && decide(snapshot, one).allow) || decideAccess(index, one).allow
  })
}

type ActionQuestion = Parameters<typeof searchActions>[1] & Facts

/** What a principal may do on a resource. */
export function findActions(index: AccessIndex, question: ActionQuestion): string[] {
  const { snapshot, policies } = index
  if (policies.isEmpty) return searchActions(snapshot, question)
  return snapshot.vocabulary.permissionNames.filter((permission) => decideAccess(index, { ...question, permission }).allow)
}
