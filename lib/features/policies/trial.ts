import type { Ctx } from '@/lib/access/context'
import { decideAccess } from '@/lib/access/decide'
import type { Question } from '@/lib/access/engine/decide'
import { findPlace } from '@/lib/access/named-things'
import { compilePolicies, type CompiledPolicies } from '@/lib/access/policies/compile'
import { IndexEntities } from '@/lib/access/index-entities'
import { appliesTo, policyRequestOf, type PolicyRequest } from '@/lib/access/policy-question'
import { resourceRef } from '@/lib/access/policies/names'
import type { AccessIndex } from '@/lib/access/snapshots/access-index'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { AppError } from '@/lib/errors'
import type { PolicyOwner, TestOutcome, Trial } from './rules'
import type { PolicyQuestion, PolicyTestInput } from './schema'

/** The index as it is now; at least as new as what let the asker in. */
export const indexOf = ({ orgId }: Pick<Ctx, 'orgId'>): Promise<AccessIndex> => indexStore().atLeast(orgId, 0)

type Asked = { question: Question; request: PolicyRequest }

/** A question of a trial as the index takes it, or why it cannot be asked. */
function ask(index: AccessIndex, owner: PolicyOwner, { principalId, action, resource, context }: PolicyQuestion, at: Date): Asked | string {
  const { principals, vocabulary, tree } = index.snapshot
  const principal = principals.ids.find(principalId)
  if (principal < 0 || !principals.isKnown(principal)) return `there is nobody \`${principalId}\``
  if (vocabulary.bitOf(action) < 0) return `there is no action \`${action}\``
  if (vocabulary.typeOf(resource.type) < 0) return `there is no resource type \`${resource.type}\``
  const node = new IndexEntities(index).nodeOf(resourceRef(index.model, resource.type, resource.id))
  const place = node >= 0 ? { resourceId: tree.ids.idAt(node) } : findPlace(index, resource)
  if (!place) return `there is no ${resource.type} \`${resource.id}\``
  if (!appliesTo(index, action, resource.type)) return `\`${action}\` does not apply to a ${resource.type}`
  const question: Question = { principalId, permission: action, at: at.getTime(), facts: { context }, ...place }
  const request = policyRequestOf(index, question, owner.kind === 'group' ? owner.ownerId : undefined)
  return request ? { question, request } : 'this question cannot be asked'
}

const verdictOf = (compiled: CompiledPolicies, { request, entities }: PolicyRequest): Trial['verdict'] => {
  const { decision, determining } = compiled.evaluate(request, entities)
  if (decision === 'allow') return 'allow'
  return determining.length > 0 ? 'deny' : 'silent'
}

/**
 * What an unsaved text says to a question, statement by statement; whoever asks counts as a member of its group.
 *
 * @throws AppError `invalid-input` when the text does not parse, or the question names what is not there
 */
export async function tryText(ctx: Ctx, owner: PolicyOwner, text: string, question: PolicyQuestion): Promise<Trial> {
  const index = await indexOf(ctx)
  const compiled = compilePolicies(ctx.model, text)
  const asked = ask(index, owner, question, ctx.now)
  if (typeof asked === 'string') throw new AppError('invalid-input', asked, { fields: [{ path: 'question', message: asked }] })
  const overall = decideAccess({ ...index, policies: index.policies.with(owner.ownerId, text) }, asked.question)
  return {
    verdict: verdictOf(compiled, asked.request),
    statements: compiled.explain(asked.request.request, asked.request.entities).map((trace) => {
      const clause = trace.outcome === 'matched' ? null : trace.clause
      return { ...trace, text: text.slice(trace.start, trace.end), clauseText: clause && text.slice(clause.start, clause.end) }
    }),
    overall: { isAllowed: overall.allow, because: overall.because },
  }
}

const DETAILS = { allow: 'a statement permits it', deny: 'a statement forbids it', silent: 'no statement is about it' } as const

/**
 * Runs tests on a text by itself: of a group, whether it permits; of guardrails, whether they leave it alone.
 *
 * The text must be valid.
 */
export async function runTests(ctx: Ctx, owner: PolicyOwner, text: string, tests: readonly PolicyTestInput[]): Promise<TestOutcome[]> {
  if (tests.length === 0) return []
  const index = await indexOf(ctx)
  const compiled = compilePolicies(ctx.model, text)
  return tests.map(({ name, isAllowed, ...question }) => {
    const asked = ask(index, owner, question, ctx.now)
    if (typeof asked === 'string') return { name, isAllowed, answer: null, hasPassed: false, detail: asked }
    const verdict = verdictOf(compiled, asked.request)
    const answer = owner.kind === 'guardrails' ? verdict !== 'deny' : verdict === 'allow'
    const expected = isAllowed ? 'it should be allowed' : 'it should be denied'
    return { name, isAllowed, answer, hasPassed: answer === isAllowed, detail: answer === isAllowed ? DETAILS[verdict] : `${expected}, and ${DETAILS[verdict]}` }
  })
}
