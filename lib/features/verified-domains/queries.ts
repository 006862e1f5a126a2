import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { recordName, recordValue } from './rules'

export type DomainSummary = { id: string; domain: string; record: { name: string; value: string }; verifiedAt: Date | null; checkedAt: Date | null; missingSince: Date | null; createdAt: Date }

const columns = { id: true, domain: true, token: true, verifiedAt: true, checkedAt: true, missingSince: true, createdAt: true } as const

type Row = Omit<DomainSummary, 'record'> & { token: string }

const summaryOf = ({ token, ...row }: Row): DomainSummary => ({ ...row, record: { name: recordName(row.domain), value: recordValue(token) } })

/** E-mail domains of the organization by name; there are few. */
export async function listDomains(ctx: Ctx<'sign-in:read'>): Promise<DomainSummary[]> {
  const rows = await ctx.tx.verifiedDomain.findMany({ where: { organizationId: ctx.orgId }, select: columns, orderBy: { domain: 'asc' }, take: 500 })
  return rows.map(summaryOf)
}

/** One of them, for whoever may see it or has just changed it. @throws AppError `not-found` */
export async function findDomain(ctx: Ctx, id: string): Promise<DomainSummary> {
  const row = await ctx.tx.verifiedDomain.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: columns })
  if (!row) throw new AppError('not-found', `no domain \`${id}\``)
  return summaryOf(row)
}
