import type { SessionActor } from '@/lib/access/principals/actor'
import { db, type Tx } from '@/lib/db'
import { KIND_TITLES } from '@/lib/features/sso-connections/rules'
import { isAccountProvider } from './rules'
import { accountProviders } from './settings'
import type { OwnProvider } from './view'

/** Whether a password or another provider that is set up opens the account beside the one of this issuer. */
export async function hasOtherWayIn(tx: Tx, accountId: string, issuer: string): Promise<boolean> {
  const { passwordHash } = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { passwordHash: true } })
  if (passwordHash !== null) return true
  const others = accountProviders().map((provider) => provider.issuer).filter((each) => each !== issuer)
  return (await tx.accountIdentity.count({ where: { accountId, issuer: { in: others }, unlinkedAt: null } })) > 0
}

/** Providers that open the signed-in person's account, and those that could. */
export async function listOwnProviders({ accountId }: SessionActor): Promise<OwnProvider[]> {
  const rows = await db().accountIdentity.findMany({
    where: { accountId, unlinkedAt: null }, select: { issuer: true, provider: true, email: true, createdAt: true, lastSignInAt: true }, orderBy: { createdAt: 'asc' },
  })
  const linked = await Promise.all(rows.map(async ({ issuer, provider, email, createdAt, lastSignInAt }) => ({
    issuer, provider, link: { email, since: createdAt.toISOString(), lastUsedAt: lastSignInAt.toISOString(), isOnlyWay: !(await hasOtherWayIn(db(), accountId, issuer)) },
  })))
  const here = accountProviders().map(({ id, title, issuer }) => ({ id, title, issuer, isSetUp: true, link: linked.find((each) => each.issuer === issuer)?.link ?? null }))
  const gone = linked.flatMap(({ issuer, provider, link }) =>
    isAccountProvider(provider) && !here.some((each) => each.issuer === issuer) ? [{ id: provider, title: KIND_TITLES[provider], issuer, isSetUp: false, link }] : [])
  return [...here, ...gone]
}
