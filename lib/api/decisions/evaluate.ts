import { noteSighting } from '@/lib/access/allowlist/sightings'
import { decideAccess, explainAccess } from '@/lib/access/decide'
import { countDecision, keepDenial, UNKNOWN } from '@/lib/access/decision-log'
import type { Because, Narrowing, Question } from '@/lib/access/engine/decide'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import type { QuestionFacts } from '@/lib/access/policy-question'
import { findPlace, findSubject, type Place, type Subject } from '@/lib/access/named-things'
import type { Caller } from '@/lib/access/principals/verified-keys'
import { AppError } from '@/lib/errors'
import type { CorePermission } from '@/lib/access/permissions'
import { decisionCounts } from './counts'
import { contextOf, type ToldContext } from './explanation'
import type { Asked, Semantic } from './payload'

/** What lets one ask about others, explain and search. */
const ASK: CorePermission = 'decision:ask'

/** One request under way: who asks, when and from where, and whether the derivation is wanted. */
export type Asking = {
  caller: Caller; at: number; explains: boolean; address: () => string
  /** Whether the caller may ask about everything, once that was looked at: a batch asks fifty times. */
  asksEverywhere?: boolean
}

export type Answer = { decision: boolean; context?: ToldContext | { error: { status: number; message: string } } }

/** No id is empty, so it names nothing. */
const NOTHING = ''

type Asker = Pick<Asking, 'caller' | 'at' | 'address' | 'asksEverywhere'>

function mayAsk({ caller: { index, principalId, narrowing }, at, address }: Asker, resourceId: string): boolean {
  const facts = index.policies.isEmpty ? undefined : { context: { ip: address() } }
  return decideAccess(index, { principalId, permission: CORE_PREFIX + ASK, resourceId, at, ...(narrowing && { narrowing }), ...(facts && { facts }) }).allow
}

/** Role grants at the organization hold below it; policies may say otherwise at each place, and are asked there. */
const asksEverywhere = (asking: Asker): boolean =>
  (asking.asksEverywhere ??= asking.caller.index.policies.isEmpty && mayAsk(asking, asking.caller.index.organizationId))

/** @throws AppError `forbidden` unless the caller may ask at a resource, or at the organization when it is unknown */
export function requireAsk(asking: Asker, place: Place | undefined): void {
  const resourceId = place?.resourceId ?? asking.caller.index.organizationId
  if (asksEverywhere(asking) || mayAsk(asking, resourceId)) return
  throw new AppError('forbidden', `asking about others, explaining and searching need \`${CORE_PREFIX}${ASK}\` at ${resourceId}`, {
    missing: { permission: CORE_PREFIX + ASK, scope: resourceId },
  })
}

/** Field by field: spreading the parts cost as much as the decision. */
function questionOf(at: number, permission: string, subject: Subject | undefined, place: Place | undefined): Question {
  const question: Question = { principalId: subject?.principalId ?? NOTHING, permission, resourceId: place?.resourceId ?? NOTHING, at }
  if (place?.unregisteredType !== undefined) question.unregisteredType = place.unregisteredType
  if (subject?.narrowing) question.narrowing = subject.narrowing
  return question
}

/** What of a question policies may ask for. Made only where there are policies. */
const factsOf = ({ subject, actionProperties, resource, context }: Asked, place: Place | undefined): QuestionFacts => ({
  context, subject: subject.properties, action: actionProperties, resource: resource.properties,
  unregisteredId: place?.unregisteredType === undefined ? undefined : resource.id,
})

/** A narrowed key that may not ask about others is told about its owner what it may do itself: asking widens nothing. */
function narrowedLike(asking: Asking, subject: Subject, resourceId: string): Narrowing | null {
  const { narrowing, principalId } = asking.caller
  return narrowing !== null && subject.narrowing === undefined && subject.principalId === principalId && !mayAsk(asking, resourceId) ? narrowing : null
}

/** The address a question is asked for; one that is no text is none that a list could hold. */
export function addressOf(context: Asked['context']): string | undefined {
  const ip = context?.['ip']
  return ip === undefined || typeof ip === 'string' ? ip : ''
}

/** Counts addresses that are not listed, so that report-only mode tells of them. */
function noteAddress({ caller: { index: { allowlist, organizationId } }, at }: Asking, address: string, subject: Subject | undefined): void {
  const verdict = allowlist.judge('data', address, at)
  if (verdict !== 'reported' && verdict !== 'refused') return
  const id = subject?.principalId ?? NOTHING
  noteSighting({ organizationId, address: address.slice(0, 100), surface: 'data', visitor: { type: 'subject', id, name: null, credentialId: null }, requestId: '', userAgent: '', verdict, at })
}

/** Counts a decision, and keeps a no with what was asked. */
function noteDecision({ caller: { index: { organizationId }, principalId: callerId, source }, at }: Asking, asked: Asked, { principalId, permission, resourceId }: Question, { allow, because }: { allow: boolean; because: Because }): void {
  decisionCounts()[allow ? 'allow' : 'deny']++
  const known = because === 'unknown-permission' ? UNKNOWN : permission
  countDecision({ organizationId, permission: known, principalId, allow, at })
  if (allow) return
  const { subject, resource, context } = asked
  keepDenial(() => ({
    organizationId, at, because, principalId, permission: known, resourceId, callerId, credentialId: source.id,
    asked: { subjectType: subject.type, subjectId: subject.id, resourceType: resource.type, resourceId: resource.id, address: addressOf(context) ?? null },
  }), organizationId)
}

/** Answers one question. @throws AppError `forbidden` */
export function evaluate(asking: Asking, asked: Asked): Answer {
  const { caller: { index, principalId }, at, explains } = asking
  const subject = findSubject(index, asked.subject, at)
  const place = findPlace(index, asked.resource)
  if (explains || subject?.principalId !== principalId) requireAsk(asking, place)
  const narrowing = subject && narrowedLike(asking, subject, place?.resourceId ?? index.organizationId)
  const question = questionOf(at, asked.action, subject && narrowing ? { ...subject, narrowing } : subject, place)
  const address = index.allowlist.isIdle ? undefined : addressOf(asked.context)
  if (address !== undefined) {
    question.address = address
    noteAddress(asking, address, subject)
  }
  if (!index.policies.isEmpty) question.facts = factsOf(asked, place)
  const told = explains ? explainAccess(index, question) : null
  const { allow, because } = told ?? decideAccess(index, question)
  noteDecision(asking, asked, question, { allow, because })
  return told ? { decision: allow, context: contextOf(told) } : { decision: allow }
}

const failed = ({ status, message }: AppError): Answer => ({ decision: false, context: { error: { status, message } } })

/** One of many: what says too little or is not permitted to ask is a denial with the error beside it (AuthZEN, errors in individual evaluations). */
function evaluateEntry(asking: Asking, asked: Asked | AppError): Answer {
  if (asked instanceof AppError) return failed(asked)
  try {
    return evaluate(asking, asked)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'forbidden') throw error
    return failed(error)
  }
}

const EXPLAINED_MAX = 100

/** Answers in the order asked; a semantic that stops ends with the answer that stopped it. @throws AppError `malformed-request` */
export function evaluateAll(asking: Asking, { semantic, list }: { semantic: Semantic; list: readonly (Asked | AppError)[] }): { evaluations: Answer[] } {
  if (asking.explains && list.length > EXPLAINED_MAX)
    throw new AppError('malformed-request', `at most ${EXPLAINED_MAX} evaluations are explained at a time; these are ${list.length}`)
  const evaluations: Answer[] = []
  for (const asked of list) {
    const answer = evaluateEntry(asking, asked)
    evaluations.push(answer)
    if (semantic === 'deny_on_first_deny' && !answer.decision) break
    if (semantic === 'permit_on_first_permit' && answer.decision) break
  }
  return { evaluations }
}
