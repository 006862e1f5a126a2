import { mentionsOf } from '@/lib/access/policies/references'
import { reachOf } from '@/lib/access/policies/coverage'
import { namesOf, resourceRef } from '@/lib/access/policies/names'
import type { ParsedStatement } from '@/lib/access/policies/policy-text'
import { resourceTypesOf } from '@/lib/access/policies/cedar-schema'
import { decideAccess } from './decide'
import type { AccessPreview, Judge } from './engine/preview'
import type { Pairs } from './engine/preview-pairs'
import type { Change } from './engine/rows'
import { nodesBelow } from './engine/search'
import { addBarred } from './guardrail-preview'
import { IndexEntities } from './index-entities'
import type { KnownPolicy, PolicyIndex } from './policy-index'
import { namesBringing, policiesOf } from './policy-question'
import type { AccessIndex } from './snapshots/access-index'

/** A text written, or with null taken away: of a group, or with the organization's id its guardrails. */
export type PolicyChange = { ownerId: string; text: string | null }

/** A statement that decides by the circumstances of each request, its address and time among them, so that no preview can count it. */
export type Undecided = { ownerId: string; text: string }

/** What policies say of a preview. */
export type PolicyJudge = Judge & { undecided: (preview: AccessPreview) => Undecided[] }

/** Most questions asked of each side of a preview: about half a second. */
const QUESTIONS_MAX = 20_000
/** Most resources that are looked at where conditions decide resource by resource. */
const SAMPLED_MAX = 20

/** Statements of one owner whose say is different, or is heard by others than before. */
type Spoken = { ownerId: string; statements: readonly ParsedStatement[]; /** Who hears them; null: the whole group. */ listeners: readonly string[] | null }

const parsedOf = (policy: KnownPolicy | null | undefined): readonly ParsedStatement[] => policy?.compiled?.parsed ?? []

/** Statements that stand in one text only, by their text. */
function differing(one: KnownPolicy | null | undefined, other: KnownPolicy | null | undefined): ParsedStatement[] {
  const texts = (policy: typeof one) => new Set(parsedOf(policy).map(({ start, end }) => policy?.text.slice(start, end)))
  const [mine, theirs] = [texts(one), texts(other)]
  return [
    ...parsedOf(one).filter(({ start, end }) => !theirs.has(one?.text.slice(start, end))),
    ...parsedOf(other).filter(({ start, end }) => !mine.has(other?.text.slice(start, end))),
  ]
}

/** What of the policies a change of rows lets others hear, or hear no more. */
function spokenBy(index: AccessIndex, change: Change): Spoken[] {
  const { policies, snapshot: { principals } } = index
  const whole = (groupId: string, listeners: readonly string[] | null): Spoken => ({ ownerId: groupId, statements: parsedOf(policies.of(groupId)), listeners })
  const id = 'put' in change ? ('id' in change.put ? change.put.id : '') : typeof change.remove === 'string' ? change.remove : ''
  switch (change.kind) {
    case 'assignment':
    case 'role': return []
    case 'groupMember': {
      const { groupId, memberId } = 'put' in change ? change.put : change.remove
      return [whole(groupId, [memberId])]
    }
    case 'group': return [whole(id, null)]
    case 'resource': return [...policies.groupIds].map((groupId) => whole(groupId, null))
    case 'member':
    case 'serviceAccount':
    case 'token': return principals.ids.find(id) < 0 ? [] : policiesOf(index, id).map(({ ownerId }) => whole(ownerId, [id]))
  }
}

/** Where a statement of a group begins to speak; where conditions look at the resource, some of those below too. */
function placesOf(index: AccessIndex, ownerId: string, statement: ParsedStatement): number[] {
  const { model, directory, snapshot } = index
  const { tree, root, vocabulary } = snapshot
  const { resource, permissions } = reachOf(model, statement)
  if (resource === null) return []
  const home = directory.homeOf(ownerId)
  const start = resource.kind === 'one' || resource.kind === 'within' ? new IndexEntities(index).nodeOf(resourceRef(model, resource.type, resource.id)) : home === null ? root : tree.ids.find(home)
  if (start < 0 || !tree.isPresent(start)) return []
  const found = new Set([start])
  if (resource.kind === 'one' || !mentionsOf(statement).variables.has('resource')) return [...found]
  const names = permissions === '*' ? [] : permissions
  const types = new Set(names.flatMap((name) => [...resourceTypesOf(model, name)]))
  for (const type of types)
    for (const node of nodesBelow(snapshot, [start], vocabulary.typeOf(type))) {
      if (found.size > SAMPLED_MAX) return [...found]
      found.add(node)
    }
  return [...found]
}

function concernedBy(index: AccessIndex, statements: readonly ParsedStatement[]): string[] {
  const all = namesOf(index.model).permissions
  const named = new Set(statements.flatMap((statement) => {
    const { permissions } = reachOf(index.model, statement)
    return permissions === '*' ? all : permissions
  }))
  return all.filter((name) => named.has(name) || namesBringing(index, name).some((bringing) => named.has(bringing)))
}

/**
 * What policies and guardrails have to say about changes that were not made, for a preview; undefined where there are none,
 * so that roles alone tell. Conditions count as they are met at that moment, from no particular address: `undecided` tells which
 * look at more than that.
 */
export function judgeOf(index: AccessIndex, changes: readonly Change[], texts: readonly PolicyChange[], at: number): PolicyJudge | undefined {
  const policies = texts.reduce<PolicyIndex>((known, { ownerId, text }) => known.with(ownerId, text ?? ''), index.policies)
  if (index.policies.isEmpty && policies.isEmpty) return undefined
  const later = { ...index, policies }
  const isGuarding = ({ ownerId }: PolicyChange) => ownerId === index.organizationId
  const spoken: Spoken[] = [
    ...texts.filter((text) => !isGuarding(text)).map(({ ownerId }): Spoken => ({ ownerId, statements: differing(index.policies.of(ownerId), policies.of(ownerId)), listeners: null })),
    ...changes.flatMap((change) => [...spokenBy(index, change), ...spokenBy(later, change)]),
  ]
  const barring = differing(index.policies.guardrails, policies.guardrails)
  const moved = changes.some(({ kind }) => kind === 'resource')
  const heard = [...spoken.flatMap(({ statements }) => statements), ...barring, ...(moved ? parsedOf(policies.guardrails) : [])]
  const concerned = concernedBy(index, heard)
  const touch = (pairs: Pairs): number => {
    const { principals } = index.snapshot
    for (const { ownerId, statements, listeners } of spoken) {
      const who = (listeners ?? [ownerId]).map((id) => principals.ids.find(id))
      const places = moved ? statements.flatMap((statement) => nearMoved(index, changes, placesOf(index, ownerId, statement))) : statements.flatMap((statement) => placesOf(index, ownerId, statement))
      for (const principal of who) for (const node of new Set(places)) pairs.add(principal, node)
    }
    return addBarred(index, barring, concerned, pairs)
  }
  const holds = (side: AccessIndex) => (principalId: string, permission: string, resourceId: string) => decideAccess(side, { principalId, permission, resourceId, at }).allow
  const owners = new Set([index.organizationId, ...spoken.map(({ ownerId }) => ownerId)])
  const undecided = (preview: AccessPreview) => [index, later].reduce<Undecided[]>((told, side) => withCircumstances(side, owners, preview, moved, told), [])
  return { touch, concerned, before: holds(index), after: holds(later), questionsMax: QUESTIONS_MAX, undecided }
}

/** Most statements that are told, and most principals whose policies are looked through for them. */
const UNDECIDED_MAX = 20
const LOOKED_THROUGH_MAX = 100

/**
 * Adds statements about what a preview asked, there, that look at the circumstances of a request: guardrails, policies that
 * the change is about, and those of who gains or loses. A move leaves alone what is said about everything.
 */
function withCircumstances(index: AccessIndex, owners: ReadonlySet<string>, { shifts, asked }: AccessPreview, moved: boolean, told: readonly Undecided[]): Undecided[] {
  const { model, organizationId, policies, snapshot: { tree, root } } = index
  const concerned = shifts.slice(0, LOOKED_THROUGH_MAX).flatMap(({ principalId }) => policiesOf(index, principalId))
  const known = new Set([...[...owners].map((ownerId) => policies.of(ownerId)), ...concerned].filter((each) => each !== undefined))
  const nodes = [...asked.resourceIds].map((id) => tree.ids.find(id))
  const isMet = (ownerId: string, statement: ParsedStatement): boolean => {
    const { permissions, resource } = reachOf(model, statement)
    if (permissions !== '*' && !permissions.some((name) => asked.permissions.has(name))) return false
    const [place = -1] = resource === null ? [root] : placesOf(index, ownerId, statement)
    if (place < 0 || (moved && place === root && ownerId !== organizationId)) return false
    return nodes.some((node) => tree.isAtOrBelow(node, place) || tree.isAtOrBelow(place, node))
  }
  const found = [...known].flatMap((policy) => parsedOf(policy).filter((statement) => mentionsOf(statement).variables.has('context') && isMet(policy.ownerId, statement))
    .map(({ start, end }): Undecided => ({ ownerId: policy.ownerId, text: policy.text.slice(start, end) })))
  const news = found.filter(({ ownerId, text }) => !told.some((one) => one.ownerId === ownerId && one.text === text))
  return [...told, ...news].slice(0, UNDECIDED_MAX)
}

/** Of a statement that speaks at these places, what of it a move may change: at what is moved, where that lies below or above them. */
function nearMoved({ snapshot: { tree } }: AccessIndex, changes: readonly Change[], places: readonly number[]): number[] {
  const nodes = changes.flatMap((change) => (change.kind === 'resource' ? [tree.ids.find('put' in change ? change.put.id : change.remove)] : [])).filter((node) => node >= 0)
  return nodes.flatMap((node) => places.flatMap((place) => (tree.isAtOrBelow(node, place) ? [node] : tree.isAtOrBelow(place, node) ? [place] : [])))
}
