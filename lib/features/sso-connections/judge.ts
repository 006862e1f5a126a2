import type { Ctx } from '@/lib/access/context'
import { Email } from '@/lib/features/organizations/schema'
import type { SignInRefusal } from './refusals'
import { domainOf, domainProblem, type ProviderIdentity } from './rules'

/** What of a connection decides about who may come in. */
export type SignInConnection = { id: string; organizationId: string; kind: string; name: string; status: string; allowedDomains: readonly string[] }

export type KnownMember = { id: string; email: string; status: string; source: string; accountId: string | null }

/**
 * `member`: one already, linked now or before. `invitation`: accepts by coming in. `provision`: the membership is made.
 * In each case `subjectIs` says what becomes of the link to the provider's subject.
 */
export type Judgement =
  | { isLetIn: true; how: 'member' | 'invitation'; email: string; member: KnownMember; subjectIs: 'known' | 'new' }
  | { isLetIn: true; how: 'provision'; email: string; member: null; subjectIs: 'new' }
  | { isLetIn: false; reason: SignInRefusal; email: string | null; member: KnownMember | null }

const memberColumns = { id: true, email: true, status: true, source: true, accountId: true, invitationExpiresAt: true } as const

type MemberRow = KnownMember & { invitationExpiresAt: Date | null }

async function isFull(ctx: Ctx): Promise<boolean> {
  const { memberLimit } = ctx.organization
  return memberLimit !== null && (await ctx.tx.membership.count({ where: { organizationId: ctx.orgId } })) >= memberLimit
}

/** The membership an identity belongs to: by its subject, else by its address. */
async function findMember(ctx: Ctx, connection: SignInConnection, subject: string, email: string) {
  const { tx, orgId: organizationId } = ctx
  const linked = await tx.connectionIdentity.findUnique({
    where: { organizationId_connectionId_subject: { organizationId, connectionId: connection.id, subject } },
    select: { membership: { select: memberColumns } },
  })
  const named = await tx.membership.findUnique({ where: { organizationId_email: { organizationId, email } }, select: memberColumns })
  return { linked: linked?.membership ?? null, named }
}

async function judgeMember(ctx: Ctx, row: MemberRow, isAutoprovisioned: boolean): Promise<SignInRefusal | null> {
  if (row.status === 'suspended') return 'suspended'
  const hasExpired = row.status === 'invited' && row.invitationExpiresAt !== null && row.invitationExpiresAt <= ctx.now
  return hasExpired && !isAutoprovisioned ? 'invitation-expired' : null
}

/**
 * Whether an identity may come in through a connection, and as whom; changes nothing.
 *
 * @param ctx the organization of the connection
 * @param isTest a test asks what would happen once the connection is enabled
 */
export async function judgeIdentity(ctx: Ctx, connection: SignInConnection, identity: ProviderIdentity, isTest = false): Promise<Judgement> {
  const refuse = (reason: SignInRefusal, member: KnownMember | null = null): Judgement => ({ isLetIn: false, reason, email: identity.email, member })
  if (!isTest && connection.status !== 'enabled') return refuse('connection-off')
  if (identity.subject === '') return refuse('subject-missing')
  const parsed = Email.safeParse(identity.email ?? '')
  if (!parsed.success) return refuse('email-missing')
  const email = parsed.data
  if (!identity.emailVerified) return refuse('email-unverified')
  const domains = await ctx.tx.verifiedDomain.findMany({ where: { organizationId: ctx.orgId, verifiedAt: { not: null } }, select: { domain: true } })
  const problem = domainProblem(domainOf(email), new Set(domains.map(({ domain }) => domain)), connection.allowedDomains)
  if (problem) return refuse(problem)
  const { linked, named } = await findMember(ctx, connection, identity.subject, email)
  if (linked && named && linked.id !== named.id) return refuse('identity-conflict', named)
  const { isAutoprovisioned } = await ctx.tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { isAutoprovisioned: true } })
  const member = linked ?? named
  if (member === null) {
    if (!isAutoprovisioned) return refuse('not-a-member')
    return (await isFull(ctx)) ? refuse('member-limit') : { isLetIn: true, how: 'provision', email, member: null, subjectIs: 'new' }
  }
  const against = await judgeMember(ctx, member, isAutoprovisioned)
  if (against) return refuse(against, member)
  return { isLetIn: true, how: member.status === 'invited' ? 'invitation' : 'member', email, member, subjectIs: linked ? 'known' : 'new' }
}
