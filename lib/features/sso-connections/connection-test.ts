import type { SessionActor } from '@/lib/access/principals/actor'
import { enter, requirePermission } from '@/lib/access/enter'
import { auditActorOf, writeAudit } from '@/lib/boundary/audit'
import { db, transaction } from '@/lib/db'
import type { Prisma } from '@/lib/generated/prisma/client'
import { requestFacts } from '@/lib/request'
import type { Attempt } from './attempts'
import { judgeIdentity, type SignInConnection } from './judge'
import { planRoles } from './mapped-roles'
import type { SignInRefusal } from './refusals'
import type { ProviderIdentity } from './rules'

const TEXT_MAX = 500
const LIST_MAX = 50

/** An attribute as the page of a test shows it: texts, not too many, none too long. */
function shown(value: unknown): Prisma.InputJsonValue {
  if (Array.isArray(value)) return value.slice(0, LIST_MAX).map(shown)
  if (typeof value === 'boolean' || typeof value === 'number') return value
  return (typeof value === 'string' ? value : JSON.stringify(value ?? null)).slice(0, TEXT_MAX)
}

const shownAttributes = (attributes: Readonly<Record<string, unknown>>): Prisma.InputJsonObject =>
  Object.fromEntries(Object.entries(attributes).slice(0, LIST_MAX).map(([name, value]) => [name.slice(0, TEXT_MAX), shown(value)]))

/**
 * The end of a test: what came is kept for the page, with what would have become of it; nobody is let in.
 *
 * @param browser who is signed in here; a test is shown to nobody but the session that asked for it
 * @returns false when it was asked for by another session
 */
export async function completeConnectionTest(connection: SignInConnection, identity: ProviderIdentity, attempt: Attempt, browser: SessionActor | null): Promise<boolean> {
  if (browser === null || browser.sessionId !== attempt.sessionId) return false
  await transaction(async (tx) => {
    const entered = await enter(tx, browser, connection.organizationId)
    const ctx = requirePermission(entered, 'sign-in:write')
    const judgement = await judgeIdentity(ctx, connection, identity, true)
    const member = judgement.member
    const plan = judgement.isLetIn ? await planRoles(ctx, { connectionId: connection.id, membershipId: member?.id ?? null, groups: identity.groups, isProvisioned: judgement.how === 'provision' }) : null
    const actor = auditActorOf(entered)
    const testResult: Prisma.InputJsonObject = {
      at: ctx.now.toISOString(), byName: browser.email, subject: identity.subject.slice(0, TEXT_MAX), email: identity.email, name: identity.name.slice(0, TEXT_MAX), groups: identity.groups.slice(0, LIST_MAX).map((group) => group.slice(0, TEXT_MAX)),
      attributes: shownAttributes(identity.attributes), isLetIn: judgement.isLetIn, how: judgement.isLetIn ? judgement.how : null, reason: judgement.isLetIn ? null : judgement.reason,
      roles: plan === null ? [] : [...plan.kept.map(({ words }) => ({ words, because: 'Held already' })), ...plan.add.map(({ words, because }) => ({ words, because }))],
    }
    const passed = judgement.isLetIn && {
      testedAt: ctx.now, testedById: actor.id, testedByName: browser.email, testedSessionId: browser.sessionId, isTestedAsSelf: member?.accountId === browser.accountId,
      ...(connection.status === 'draft' && { status: 'tested' }),
    }
    await tx.ssoConnection.update({ where: { organizationId_id: { organizationId: ctx.orgId, id: connection.id } }, data: { testResult, ...passed }, select: { id: true } })
    await writeAudit(tx, [{
      organizationId: ctx.orgId, event: 'connection.test', outcome: judgement.isLetIn ? 'success' : 'failed', actor,
      targets: [{ type: 'connection', id: connection.id, name: connection.name }], detail: { email: identity.email ?? '', ...(!judgement.isLetIn && { code: judgement.reason }), request: requestFacts().id },
    }])
  })
  return true
}

/** The page of a connection, where a test ends; with the reason when its answer was refused before anybody was named. */
export async function testPagePath({ id, organizationId }: SignInConnection, refused?: SignInRefusal): Promise<string> {
  const { slug } = await db().organization.findUniqueOrThrow({ where: { id: organizationId }, select: { slug: true } })
  return `/${slug}/settings/sign-in/${id}${refused === undefined ? '' : `?refused=${refused}`}#test`
}
