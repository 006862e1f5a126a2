import type { Tx } from '@/lib/db'
import { env } from '@/lib/env'
import { newId } from '@/lib/ids'
import type { TemplateName, TemplateParams } from './templates'

export type NewMail<T extends TemplateName> = { recipient: string; template: T; params: TemplateParams<T>; organizationId?: string; subject: string }

/** Whether mails can leave; without a mail server they are kept for an administrator to read. */
export const mailServerConfigured = (): boolean => env().SMTP_URL !== undefined

/** Puts mails into the outbox, in the transaction of the change that causes them. Returns their ids. */
export async function enqueueMails<T extends TemplateName>(tx: Tx, mails: readonly NewMail<T>[]): Promise<string[]> {
  const status = mailServerConfigured() ? ('queued' as const) : ('kept' as const)
  const rows = mails.map((mail) => ({
    id: newId('mail'), recipient: mail.recipient, template: mail.template, params: mail.params, subject: mail.subject, status,
    ...(mail.organizationId && { organizationId: mail.organizationId }),
  }))
  await tx.mail.createMany({ data: rows })
  if (status === 'queued') await tx.$executeRaw`SELECT pg_notify('gatehouse_mail', '')`
  return rows.map((row) => row.id)
}
