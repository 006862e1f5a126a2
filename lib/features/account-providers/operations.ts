import { eventsOfMemberships } from '@/lib/boundary/account-operation'
import { auditActorOfUnproven, type AuditJson } from '@/lib/boundary/audit'
import { publicOperation, type PublicEvent } from '@/lib/boundary/public-operation'
import type { Tx } from '@/lib/db'
import { openPendingSignIn } from '@/lib/features/accounts/pending-sign-in'
import { findOnlyThroughProvider, holdAccount, startSession, type SignInOutcome } from '@/lib/features/accounts/sign-in'
import { Email } from '@/lib/features/organizations/schema'
import type { SignInRefusal } from '@/lib/features/sso-connections/refusals'
import { newId } from '@/lib/ids'
import { mailLinked } from './links'
import { ProviderIdentityInput, type ProviderIdentity } from './schema'

type Person = { id: string; email: string }
type Refused = { reason: SignInRefusal; claimed: Person | null }
/** `known`: by its subject. `found`: by its verified address, from now on by its subject. `invited`: the account is made. */
type Judged = { how: 'known' | 'found'; account: Person } | { how: 'invited'; email: string } | Refused

/** Whether an invitation waits for this address in an organization that a sign-in of this kind opens. */
async function isInvited(tx: Tx, email: string, at: Date): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "Membership" m JOIN "Organization" o ON o."id" = m."organizationId"
      WHERE m."email" = ${email} AND m."status" = 'invited' AND m."invitationExpiresAt" > ${at} AND NOT o."isSsoOnly") AS "found"`
  return row?.found ?? false
}

async function judge(tx: Tx, { issuer, subject, email, emailVerified }: ProviderIdentity, at: Date): Promise<Judged> {
  if (subject === '') return { reason: 'subject-missing', claimed: null }
  const known = await tx.accountIdentity.findUnique({ where: { issuer_subject: { issuer, subject } }, select: { unlinkedAt: true, account: { select: { id: true, email: true } } } })
  if (known) return known.unlinkedAt === null ? { how: 'known', account: known.account } : { reason: 'unlinked', claimed: known.account }
  const parsed = Email.safeParse(email ?? '')
  if (!parsed.success) return { reason: 'email-missing', claimed: null }
  const found = await tx.account.findUnique({ where: { email: parsed.data }, select: { id: true, email: true, identities: { where: { issuer }, select: { subject: true, unlinkedAt: true } } } })
  const account = found && { id: found.id, email: found.email }
  if (!emailVerified) return { reason: 'email-unverified', claimed: account }
  const [own] = found?.identities ?? []
  if (own?.unlinkedAt) return { reason: 'unlinked', claimed: account }
  // Another first sign-in of the same person may have linked it since it was looked for above.
  if (account && own?.subject === subject) return { how: 'known', account }
  if (own) return { reason: 'linked-otherwise', claimed: account }
  if (account) return { how: 'found', account }
  return (await isInvited(tx, parsed.data, at)) ? { how: 'invited', email: parsed.data } : { reason: 'account-unknown', claimed: null }
}

async function makeAccount(tx: Tx, email: string, name: string, at: Date): Promise<Person> {
  const shown = name.replace(/\p{Cc}/gu, ' ').trim().slice(0, 80)
  // Of two sign-ins at once one makes it.
  await tx.account.createMany({ data: [{ id: newId('account'), email, name: shown, emailVerifiedAt: at, createdAt: at }], skipDuplicates: true })
  return tx.account.findUniqueOrThrow({ where: { email }, select: { id: true, email: true } })
}

/** Ties an account to who it is at the provider, and tells its person, who may not have been asked. */
async function link(tx: Tx, { provider, issuer, subject, email }: ProviderIdentity, account: Person, at: Date): Promise<PublicEvent[]> {
  const { count } = await tx.accountIdentity.createMany({ data: [{ issuer, subject, accountId: account.id, provider, email: email ?? '', createdAt: at, lastSignInAt: at }], skipDuplicates: true })
  if (count === 0) return []
  await mailLinked(tx, account.email, provider, at)
  const entries = await eventsOfMemberships(tx, account.id, { event: 'account.link-provider', targets: [], detail: { method: provider } })
  return entries.map((entry) => ({ ...entry, actor: auditActorOfUnproven(account) }))
}

/** Tells the organizations of the account that was claimed; of nobody's claim there is nobody to tell. */
async function eventsOfRefusal(tx: Tx, { reason, claimed }: Refused, { provider, email }: ProviderIdentity): Promise<PublicEvent[]> {
  if (claimed === null) return []
  const detail: AuditJson = { method: provider, code: reason, ...(email !== null && { email }) }
  const entries = await eventsOfMemberships(tx, claimed.id, { event: 'session.open', targets: [], detail })
  return entries.map((entry) => ({ ...entry, outcome: 'failed' as const, actor: auditActorOfUnproven(claimed) }))
}

export type ProviderSignIn = { ok: true; outcome: SignInOutcome } | { ok: false; reason: SignInRefusal }
type Written = { value: ProviderSignIn; events: readonly PublicEvent[] }

/**
 * Signs in who a provider of the whole installation has named to this browser, just now. Only people with an account or an
 * invitation come in, by their subject or by a verified address; an account with a second factor is asked for it, and
 * organizations that are entered through their own connections stay closed.
 */
export const signInByProvider = publicOperation({
  event: 'session.open-by-provider',
  input: ProviderIdentityInput,
  limits: (_input, address) => [{ name: 'provider-address', by: address }],
  run: (ctx, identity): Promise<ProviderSignIn> => ctx.write(async (tx): Promise<Written> => {
    const refuse = async (refused: Refused): Promise<Written> => ({ value: { ok: false, reason: refused.reason }, events: await eventsOfRefusal(tx, refused, identity) })
    const judged = await judge(tx, identity, ctx.now)
    if ('reason' in judged) return refuse(judged)
    const account = judged.how === 'invited' ? await makeAccount(tx, judged.email, identity.name, ctx.now) : judged.account
    if ((await findOnlyThroughProvider(tx, account.id)) !== null) return refuse({ reason: 'sso-required', claimed: account })
    const present = await holdAccount(tx, account.id)
    const linked = judged.how === 'known' ? [] : await link(tx, identity, account, ctx.now)
    // The account is held: whoever unlinked it since it was judged, or linked the subject to another account, has done so, and everybody later waits.
    const { count } = await tx.accountIdentity.updateMany({ where: { issuer: identity.issuer, subject: identity.subject, accountId: account.id, unlinkedAt: null }, data: { lastSignInAt: ctx.now, email: identity.email ?? '' } })
    if (count === 0) return refuse({ reason: 'unlinked', claimed: account })
    if (present?.hasSecondFactor) {
      const pendingSecret = await openPendingSignIn(tx, account.id, identity.provider)
      return { value: { ok: true, outcome: { step: 'second-factor', pendingSecret } }, events: linked }
    }
    const { value, events } = await startSession(tx, ctx.browser, account, identity.provider)
    return { value: { ok: true, outcome: { step: 'done', ...value } }, events: [...linked, ...events] }
  }),
})
