import type { Ctx } from '@/lib/access/context'
import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { assignmentInWords } from '@/lib/features/roles/rules'
import type { Prisma } from '@/lib/generated/prisma/client'
import type { SignInConnection } from './judge'
import { CONNECTION_STATUSES, isConnectionKind, type AttributeMapping, type ConnectionKind, type ConnectionStatus } from './rules'
import { StoredAttributes, StoredOidcSettings } from './schema'

/** A connection as lists and its page show it; never its secret. */
export type ConnectionSummary = {
  id: string
  kind: ConnectionKind
  name: string
  status: ConnectionStatus
  issuer: string
  clientId: string
  hasClientSecret: boolean
  assumesVerified: boolean
  attributes: AttributeMapping
  allowedDomains: string[]
  testedAt: Date | null
  testedByName: string
  testResult: Prisma.JsonValue
  lastSignInAt: Date | null
  createdAt: Date
}

const columns = {
  id: true, kind: true, name: true, status: true, settings: true, clientSecret: true, attributes: true, allowedDomains: true, testedAt: true, testedByName: true,
  testResult: true, lastSignInAt: true, createdAt: true,
} as const

type Row = Prisma.SsoConnectionGetPayload<{ select: typeof columns }>

function summaryOf({ settings, clientSecret, attributes, kind, status, ...row }: Row): ConnectionSummary {
  const { issuer, clientId, assumesVerified } = StoredOidcSettings.catch({ issuer: '', clientId: '', assumesVerified: false }).parse(settings)
  if (!isConnectionKind(kind)) throw new AppError('internal', `a connection of the unknown kind \`${kind}\``)
  return { ...row, kind, status: CONNECTION_STATUSES.find((each) => each === status) ?? 'draft', issuer, clientId, assumesVerified, hasClientSecret: clientSecret !== null, attributes: StoredAttributes.catch({}).parse(attributes) }
}

/** Connections of the organization, the oldest first; there are few. */
export async function listConnections(ctx: Ctx<'sign-in:read'>): Promise<ConnectionSummary[]> {
  const rows = await ctx.tx.ssoConnection.findMany({ where: { organizationId: ctx.orgId }, select: columns, orderBy: { id: 'asc' }, take: 100 })
  return rows.map(summaryOf)
}

/** One connection, for whoever may see it or has just changed it. @throws AppError `not-found` */
export async function findConnection(ctx: Ctx, id: string): Promise<ConnectionSummary> {
  const row = await ctx.tx.ssoConnection.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: columns })
  if (!row) throw new AppError('not-found', `no connection \`${id}\``)
  return summaryOf(row)
}

export type MappingSummary = { id: string; group: string; role: { id: string; title: string }; scope: { id: string; type: string; name: string }; words: string }

/** Group mappings of a connection in the order of their priority. */
export async function listMappings(ctx: Ctx, connectionId: string): Promise<MappingSummary[]> {
  const rows = await ctx.tx.groupMapping.findMany({
    where: { organizationId: ctx.orgId, connectionId },
    select: { id: true, group: true, role: { select: { id: true, title: true } }, scope: { select: { id: true, type: true, name: true } } }, orderBy: [{ priority: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => ({ ...row, words: assignmentInWords({ roleTitle: row.role.title, scopeType: row.scope.type, scopeName: row.scope.name }) }))
}

/** A connection that speaks OpenID Connect, as its doors need it: outside every organization. */
export type OidcConnection = SignInConnection & { settings: StoredOidcSettings; sealedSecret: string | null; mapping: AttributeMapping; changedAt: Date }

/** A connection by its id, of whichever organization; null when there is none that speaks OpenID Connect. */
export async function findOidcConnection(id: string): Promise<OidcConnection | null> {
  const row = await db().ssoConnection.findUnique({
    where: { id }, select: { id: true, organizationId: true, kind: true, name: true, status: true, allowedDomains: true, settings: true, attributes: true, clientSecret: true, updatedAt: true },
  })
  if (!row || row.kind === 'saml') return null
  const { settings, attributes, clientSecret, updatedAt, ...connection } = row
  return { ...connection, settings: StoredOidcSettings.parse(settings), sealedSecret: clientSecret, mapping: StoredAttributes.catch({}).parse(attributes), changedAt: updatedAt }
}
