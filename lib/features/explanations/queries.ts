import type { Ctx } from '@/lib/access/context'
import { explainAccess } from '@/lib/access/decide'
import type { ConsideredAssignment, Explanation } from '@/lib/access/engine/explain'
import { findGrantors } from '@/lib/access/grantors'
import { findSubject } from '@/lib/access/named-things'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { AppError } from '@/lib/errors'
import { boxesOf } from './boxes'
import { fixesOf } from './fixes'
import { describeAction, findNames, findWho, kindOfId, placeOf, type Names } from './names'
import { tellPolicies } from './policies'
import type { ExplainRequest } from './schema'
import type { ToldAssignment, ToldExplanation, Who } from './told'
import { checksOf, outcomeInWords, sentenceOf } from './words'

const NOBODY = (id: string): Who => ({ id, kind: 'Somebody', name: id, detail: 'not in this organization', href: null })

export const GRANTORS_SHOWN = 5

/** An assignment of a derivation, in names. */
export function tellAssignment(ctx: Pick<Ctx, 'model'>, names: Names, { assignmentId, role, viaGroup, scope, inheritedThrough, outcome, expiresAt }: ConsideredAssignment): ToldAssignment {
  const declared = ctx.model.roles.find(({ name }) => name === role.name)
  return {
    id: assignmentId,
    role: (role.id === null ? declared?.title : names.roles.get(role.id)?.title) ?? role.name,
    via: viaGroup === null ? null : (names.groups.get(viaGroup) ?? viaGroup),
    scope: placeOf(ctx, scope), through: inheritedThrough.map((step) => placeOf(ctx, step)),
    outcome, words: outcomeInWords(outcome, expiresAt), expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    given: assignmentId === null ? 'held by everybody' : (names.given.get(assignmentId) ?? ''),
  }
}

const sayNear = (considered: readonly ToldAssignment[]) => considered.map(({ outcome, role, scope, via }) => ({ outcome, role, scope: scope.name, via }))

/** Addresses of members, in their order. */
export async function findAddresses({ tx, orgId }: Ctx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.membership.findMany({ where: { organizationId: orgId, id: { in: [...ids] } }, select: { email: true }, orderBy: { email: 'asc' } })
  return rows.map(({ email }) => email)
}

/** Asking about others needs the permission at the resource asked about. @throws AppError `forbidden` */
function requireAsk({ rights, orgId, organization }: Ctx<'decision:ask'>, resourceId: string | undefined): void {
  const scope = resourceId ?? orgId
  if (!rights.holds('decision:ask', scope))
    throw new AppError('forbidden', `\`decision:ask\` is missing in ${organization.name}`, { missing: { permission: 'decision:ask', scope } })
}

/** To whom a role could be given so that the subject has it. */
function receiversOf(answer: Explanation, who: Who, names: Names): ToldExplanation['receivers'] {
  const { principal, considered } = answer
  if (!principal || (principal.kind !== 'user' && principal.kind !== 'group' && principal.kind !== 'service_account')) return []
  const groups = [...new Set(considered.map(({ viaGroup }) => viaGroup).filter((id) => id !== null))]
  return [{ type: principal.kind, id: principal.id, name: who.name }, ...groups.map((id) => ({ type: 'group' as const, id, name: names.groups.get(id) ?? id }))]
}

/**
 * The whole derivation of a decision in names: yes or no in a sentence, every granting path, every assignment looked at,
 * and for a no what would grant it.
 *
 * @throws AppError `forbidden` unless the reader may ask at the resource
 */
export async function findExplanation(ctx: Ctx<'decision:ask'>, request: ExplainRequest): Promise<ToldExplanation> {
  const index = await indexStore().atLeast(ctx.orgId, 0)
  const at = (request.at ?? ctx.now).getTime()
  const { tree } = index.snapshot
  const node = tree.ids.find(request.resource)
  const hasResource = node >= 0 && tree.isPresent(node)
  requireAsk(ctx, hasResource ? request.resource : undefined)
  const type = index.directory.credential(request.who)?.type ?? kindOfId(request.who)
  const asked = type === null ? undefined : findSubject(index, { type, id: request.who }, at)
  const found = await findWho(ctx, index, request.who)
  const subject = found?.who ?? NOBODY(request.who)
  const answer = explainAccess(index, { principalId: '', ...asked, permission: request.action, resourceId: request.resource, at, ...(request.ip !== null && { facts: { context: { ip: request.ip } } }) })
  const names = await findNames(ctx, answer.considered, answer.wouldGrant.map(({ role }) => role.id), answer.policies.groups.map(({ groupId }) => groupId))
  const policies = tellPolicies(answer.policies, names.groups, ctx.organization.slug)
  const permitting = policies.filter(({ outcome, groupId }) => outcome === 'allows' && groupId !== null)
  const considered = answer.considered.map((each) => tellAssignment(ctx, names, each))
  const path = answer.path.map((step) => placeOf(ctx, step))
  const resource = path.at(-1)
  const action = describeAction(ctx, request.action)
  const scopeId = hasResource ? request.resource : ctx.orgId
  const words = { who: subject.name, action: action.title, resource: resource?.name ?? request.resource }
  return {
    allow: answer.allow, because: answer.because, sentence: sentenceOf(answer.because, words, sayNear(considered), permitting.map(({ owner }) => owner)),
    who: subject, owner: found?.owner ?? null, action, path, considered, policies,
    boxes: answer.because === 'guardrail' ? [] : boxesOf(found?.owner ?? subject, considered, policies, resource),
    checks: checksOf({
      because: answer.because, byPolicy: permitting.length > 0, isKnown: answer.principal !== null, isActive: answer.principal?.active ?? false, hasResource, typeTitle: resource?.typeTitle ?? 'resource', considered: sayNear(considered),
    }),
    fixes: fixesOf(ctx, answer.wouldGrant, names),
    receivers: receiversOf(answer, found?.owner ?? subject, names),
    replaces: ctx.model.rules.rolesPerMember === 'one',
    grantors: answer.allow ? [] : await findAddresses(ctx, findGrantors(index, request.action, scopeId, at, GRANTORS_SHOWN)),
    at: new Date(at).toISOString(),
  }
}
