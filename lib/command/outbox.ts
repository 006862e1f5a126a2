import { z } from 'zod'
import { eventsOfMemberships } from '@/lib/boundary/account-operation'
import { auditActorOf, writeAudit, type AuditEntry } from '@/lib/boundary/audit'
import { asAppError } from '@/lib/boundary/perform'
import { COMMAND, commandActor } from '@/lib/access/principals/actor'
import { db, transaction, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { renderMail } from '@/lib/mail/templates'
import type { Command, CommandAnswer } from './command'
import { UsageError } from './usage'

const MOST = 200
const columns = { id: true, recipient: true, subject: true, template: true, status: true, attempts: true, lastError: true, createdAt: true } as const

/** `outbox list`: mails of all organizations and people. */
export const listOutbox: Command = (args) => {
  args.allow('all')
  const all = args.flag('all')
  return () => list(all)
}

async function list(all: boolean): Promise<CommandAnswer> {
  const rows = await db().mail.findMany({
    ...(!all && { where: { status: { in: ['queued', 'kept'] } } }), select: columns, orderBy: { id: 'desc' }, take: MOST,
  })
  const lines = rows.map((row) => `${row.id}  ${row.createdAt.toISOString()}  ${row.status.padEnd(6)}  ${row.recipient}  ${row.subject}${row.lastError ? `  (${row.lastError})` : ''}`)
  return { json: { data: rows }, lines: lines.length > 0 ? lines : ['No mail waits.'] }
}

/** Organizations that are told who read a mail: its own, or those of the person it is to. */
async function readersLog(tx: Tx, mail: { organizationId: string | null; recipient: string }, entry: AuditEntry): Promise<(AuditEntry & { organizationId: string })[]> {
  if (mail.organizationId !== null) return [{ ...entry, organizationId: mail.organizationId }]
  const account = await tx.account.findUnique({ where: { email: mail.recipient }, select: { id: true } })
  return account ? eventsOfMemberships(tx, account.id, entry) : []
}

const MailId = z.string().regex(/^mal_[0-9a-f-]{36}$/)

/** `outbox show`: a mail as it is sent. It may hold a link, so the log tells that it was read. */
export const showMail: Command = (args) => {
  args.allow()
  const id = args.words[2]
  if (id === undefined) throw new UsageError('outbox show needs the id of a mail; outbox list shows them')
  return () => show(id)
}

async function show(id: string): Promise<CommandAnswer> {
  const shown = await transaction(async (tx) => {
    const mail = MailId.safeParse(id).success ? await tx.mail.findUnique({ where: { id }, select: { ...columns, organizationId: true, params: true } }) : null
    if (!mail) throw new AppError('not-found', `no mail \`${id}\``)
    const { text } = await renderMail(tx, mail.template, mail.params)
    const entries = await readersLog(tx, mail, { targets: [{ type: 'mail', id, name: mail.recipient }] })
    const actor = auditActorOf({ actor: commandActor, principal: COMMAND, membership: null })
    await writeAudit(tx, entries.map((entry) => ({ ...entry, event: 'mail.read', outcome: 'success' as const, actor })))
    const { params: _params, organizationId: _organizationId, ...told } = mail
    return { ...told, text }
  }).catch((error: unknown) => {
    throw asAppError(error)
  })
  return { json: shown, lines: [`To: ${shown.recipient}`, `Subject: ${shown.subject}`, '', shown.text] }
}
