import type { SessionActor } from '@/lib/access/principals/actor'
import { db } from '@/lib/db'
import { domainOf } from './rules'

/** A way in through an organization's identity provider, as the sign-in page offers it. */
export type Method = { id: string; name: string; href: string; organization: string; isOnlyWay: boolean }

const columns = { id: true, kind: true, name: true, allowedDomains: true, organization: { select: { name: true, isSsoOnly: true } } } as const

type Row = { id: string; kind: string; name: string; organization: { name: string; isSsoOnly: boolean } }

/** Where a sign-in through a connection begins. */
export const beginPathOf = ({ id, kind }: { id: string; kind: string }): string => `/sso/${kind === 'saml' ? 'saml' : 'oidc'}/${id}/begin`

const methodOf = ({ id, kind, name, organization }: Row): Method =>
  ({ id, name, href: beginPathOf({ id, kind }), organization: organization.name, isOnlyWay: organization.isSsoOnly })

/** Most organizations that one domain leads to. */
const ORGANIZATIONS_MAX = 20

/**
 * Ways in for an address. They follow from its domain alone, which whoever verified it has made public; whether there
 * is such an account is not looked at.
 */
export async function findMethodsOf(email: string): Promise<Method[]> {
  const domain = domainOf(email)
  if (domain === null) return []
  const verified = await db().verifiedDomain.findMany({ where: { domain, verifiedAt: { not: null } }, select: { organizationId: true }, take: ORGANIZATIONS_MAX })
  if (verified.length === 0) return []
  const rows = await db().ssoConnection.findMany({
    where: { organizationId: { in: verified.map(({ organizationId }) => organizationId) }, status: 'enabled' }, select: columns, orderBy: { id: 'asc' },
  })
  return rows.filter(({ allowedDomains }) => allowedDomains.length === 0 || allowedDomains.includes(domain)).map(methodOf)
}

/** The way in that this browser took last, while it is open. */
export async function findLastMethod(connectionId: string | undefined): Promise<Method | null> {
  if (connectionId === undefined || connectionId === '') return null
  const row = await db().ssoConnection.findUnique({ where: { id: connectionId }, select: { ...columns, status: true } })
  return row?.status === 'enabled' ? methodOf(row) : null
}

/** Ways into an organization that asks for single sign-on, for a member who is signed in otherwise; null for everybody else. */
export async function findWaysInto(actor: SessionActor, slug: string): Promise<{ organization: string; isSsoOnly: boolean; methods: Method[] } | null> {
  const membership = await db().membership.findFirst({
    where: { accountId: actor.accountId, status: 'active', organization: { slug } }, select: { organization: { select: { id: true, name: true, isSsoOnly: true } } },
  })
  if (!membership) return null
  const { id, name, isSsoOnly } = membership.organization
  const rows = await db().ssoConnection.findMany({ where: { organizationId: id, status: 'enabled' }, select: columns, orderBy: { id: 'asc' } })
  return { organization: name, isSsoOnly, methods: rows.map(methodOf) }
}
