import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { AppError } from '@/lib/errors'
import type { Prisma } from '@/lib/generated/prisma/client'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { mailStateOf, type MailRow, type MailState } from './rules'
import type { MailFilter } from './schema'

export type MailPageRequest = { limit: number; after?: string | undefined; before?: string | undefined; last?: boolean | undefined }

const columns = {
  id: true, recipient: true, subject: true, template: true, status: true, attempts: true, lastError: true, createdAt: true, sentAt: true, nextAttemptAt: true,
} as const

type Stored = Prisma.MailGetPayload<{ select: typeof columns }>

const WHERE: Record<MailState, Prisma.MailWhereInput> = {
  queued: { status: 'queued', attempts: 0 }, failing: { status: 'queued', attempts: { gt: 0 } }, unanswered: { status: 'sent', lastError: { not: null } }, sent: { status: 'sent', lastError: null }, kept: { status: 'kept' },
}

const toRow = (stored: Stored): MailRow => ({
  id: stored.id, recipient: stored.recipient, subject: stored.subject, template: stored.template, state: mailStateOf(stored), attempts: stored.attempts,
  lastError: stored.lastError, createdAt: stored.createdAt.toISOString(), sentAt: stored.sentAt?.toISOString() ?? null,
  nextAttemptAt: stored.status === 'queued' ? stored.nextAttemptAt.toISOString() : null,
})

function matching(words: string): Prisma.MailWhereInput[] {
  return words.replaceAll('\0', '').split(/\s+/).filter(Boolean).slice(0, 8).map((word) => {
    const contains = { contains: word.replace(/[\\%_]/g, (sign) => `\\${sign}`), mode: 'insensitive' as const }
    return { OR: [{ recipient: contains }, { subject: contains }] }
  })
}

/**
 * Mails of this organization, newest first, a page at a time. A person's own mail, such as a reset, is in none.
 *
 * @throws AppError `invalid-input` for a cursor of another list, `forbidden` for whoever may write users only somewhere below
 */
export async function listMails(ctx: Ctx<'member:write'>, filter: MailFilter, page: MailPageRequest): Promise<Page<MailRow>> {
  // Mails belong to the organization as a whole: a right over a part of it opens none.
  requirePermission(ctx, 'member:write', ctx.orgId)
  const fingerprint = listFingerprint(['mails', ctx.orgId, filter])
  const after = page.after === undefined ? undefined : decodeCursor(page.after, fingerprint)
  const before = page.before === undefined ? undefined : decodeCursor(page.before, fingerprint)
  const isBackwards = before !== undefined || page.last === true
  const [boundary] = before ?? after ?? []
  const stored = await ctx.tx.mail.findMany({
    where: {
      organizationId: ctx.orgId,
      AND: matching(filter.q),
      ...(filter.state.length > 0 && { OR: filter.state.map((state) => WHERE[state]) }),
      ...(boundary !== undefined && { id: before ? { gt: boundary } : { lt: boundary } }),
    },
    select: columns,
    orderBy: { id: isBackwards ? 'asc' : 'desc' },
    take: page.limit + 1,
  })
  const request = { limit: page.limit, ...(after && { after }), ...(before && { before }), ...(page.last && { last: true }) }
  const { rows, ...cursors } = toPage(stored, request, fingerprint, (row) => [row.id])
  return { ...cursors, rows: rows.map(toRow) }
}

/** One mail of this organization, to be rendered. @throws AppError `not-found` */
export async function findMail(ctx: Ctx<'member:write'>, id: string) {
  const mail = await ctx.tx.mail.findFirst({ where: { organizationId: ctx.orgId, id }, select: { ...columns, params: true } })
  if (!mail) throw new AppError('not-found', `no mail \`${id}\``)
  return { ...mail, state: mailStateOf(mail) }
}

/** One mail as a line of the outbox. @throws AppError `not-found`, `forbidden` for whoever may write users only somewhere below */
export async function findMailRow(ctx: Ctx<'member:write'>, id: string): Promise<MailRow> {
  requirePermission(ctx, 'member:write', ctx.orgId)
  const stored = await ctx.tx.mail.findFirst({ where: { organizationId: ctx.orgId, id }, select: columns })
  if (!stored) throw new AppError('not-found', `no mail \`${id}\``)
  return toRow(stored)
}
