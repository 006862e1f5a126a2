import { accountOperation, eventsOfMemberships } from '@/lib/boundary/account-operation'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { endPendingSignIns } from '@/lib/features/accounts/pending-sign-in'
import type { SignInRefusal } from '@/lib/features/sso-connections/refusals'
import { KIND_TITLES } from '@/lib/features/sso-connections/rules'
import { enqueueMails } from '@/lib/mail/outbox'
import { hasOtherWayIn } from './queries'
import { isAccountProvider } from './rules'
import { ProviderIdentityInput, UnlinkInput, type ProviderIdentity } from './schema'

const titleOf = (provider: string): string => (isAccountProvider(provider) ? KIND_TITLES[provider] : provider)

/** Tells a person by mail that a provider opens their account from now on, which they may not have been asked. */
export async function mailLinked(tx: Tx, recipient: string, provider: string, at: Date): Promise<void> {
  await enqueueMails(tx, [{ recipient, template: 'provider-linked', params: { provider: titleOf(provider), at: at.toISOString() }, subject: `${titleOf(provider)} now opens your Gatehouse account` }])
}

/** Why an identity cannot be linked to an account; null when it can. */
async function obstacleTo(tx: Tx, accountId: string, { issuer, subject }: ProviderIdentity): Promise<SignInRefusal | null> {
  if (subject === '') return 'subject-missing'
  const known = await tx.accountIdentity.findUnique({ where: { issuer_subject: { issuer, subject } }, select: { accountId: true } })
  if (known && known.accountId !== accountId) return 'linked-elsewhere'
  const own = await tx.accountIdentity.findUnique({ where: { accountId_issuer: { accountId, issuer } }, select: { subject: true, unlinkedAt: true } })
  return own && own.unlinkedAt === null && own.subject !== subject ? 'linked-otherwise' : null
}

/**
 * Lets who one is at a provider of the installation open one's account, as its own page asks for. Their addresses need not be
 * the same: whoever does it has just proven to be both.
 */
export const linkProvider = accountOperation({
  event: 'account.link-provider',
  input: ProviderIdentityInput,
  recent: true,
  run: async ({ tx, actor, now }, identity): Promise<{ value: { refused: SignInRefusal | null }; events: Awaited<ReturnType<typeof eventsOfMemberships>> }> => {
    const { accountId } = actor
    const refused = await obstacleTo(tx, accountId, identity)
    if (refused !== null) return { value: { refused }, events: [] }
    const { provider, issuer, subject } = identity
    await tx.accountIdentity.deleteMany({ where: { accountId, issuer, unlinkedAt: { not: null } } })
    const made = await tx.accountIdentity.createMany({ data: [{ issuer, subject, accountId, provider, email: identity.email ?? '', createdAt: now, lastSignInAt: now }], skipDuplicates: true })
    // Linked already, or by another link at the same moment: then that one may stand in the way.
    if (made.count === 0) return { value: { refused: await obstacleTo(tx, accountId, identity) }, events: [] }
    await mailLinked(tx, actor.email, provider, now)
    return { value: { refused: null }, events: await eventsOfMemberships(tx, accountId, { targets: [], detail: { method: provider } }) }
  },
})

/**
 * Keeps a provider from opening one's account, until one links it again oneself: an address that it has verified does not do
 * so any more. Other sessions that it opened end.
 *
 * @throws AppError `not-found`, `conflict` when it is the only way in
 */
export const unlinkProvider = accountOperation({
  event: 'account.unlink-provider',
  input: UnlinkInput,
  recent: true,
  run: async ({ tx, actor, now }, { issuer }) => {
    const { accountId } = actor
    // Sign-ins hold the row too: one that is under way is finished before, and its session ends below.
    await tx.$executeRaw`SELECT 1 FROM "Account" WHERE "id" = ${accountId} FOR UPDATE`
    const own = await tx.accountIdentity.findUnique({ where: { accountId_issuer: { accountId, issuer }, unlinkedAt: null }, select: { provider: true } })
    if (!own) throw new AppError('not-found', 'no such provider is linked to your account')
    const title = titleOf(own.provider)
    if (!(await hasOtherWayIn(tx, accountId, issuer))) throw new AppError('conflict', `${title} is the only way into your account; set a password first, through “Forgot password?” on the sign-in page`)
    await tx.accountIdentity.update({ where: { accountId_issuer: { accountId, issuer } }, data: { unlinkedAt: now }, select: { issuer: true } })
    const { count: sessionsEnded } = await tx.session.updateMany({
      where: { accountId, organizationId: null, method: own.provider, endedAt: null, id: { not: actor.sessionId } }, data: { endedAt: now, endReason: 'provider-unlinked' },
    })
    await endPendingSignIns(tx, accountId)
    await enqueueMails(tx, [{ recipient: actor.email, template: 'provider-unlinked', params: { provider: title, at: now.toISOString() }, subject: `${title} no longer opens your Gatehouse account` }])
    return { value: { sessionsEnded }, events: await eventsOfMemberships(tx, accountId, { targets: [], detail: { method: own.provider, sessionsEnded } }) }
  },
})
