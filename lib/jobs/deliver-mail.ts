import { createTransport } from 'nodemailer'
import { now } from '@/lib/clock'
import { db, type Tx } from '@/lib/db'
import { env } from '@/lib/env'
import { isAppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { renderMail } from '@/lib/mail/templates'
import { processWide } from '@/lib/process-state'

type Due = { id: string; recipient: string; template: string; params: unknown; attempts: number }

const BACKOFF_SECONDS = [10, 30, 120, 600, 1800, 3600] as const
const transport = (url: string) => processWide(`smtp.${url}`, () => createTransport(url, { from: env().MAIL_FROM }))

/** Takes the next mail that is due; its row lock lives as long as this transaction, so a killed process frees it. */
async function takeDue(tx: Tx): Promise<Due | undefined> {
  const [due] = await tx.$queryRaw<Due[]>`
    SELECT "id", "recipient", "template", "params", "attempts" FROM "Mail"
    WHERE "status" = 'queued' AND "nextAttemptAt" <= ${now()} ORDER BY "nextAttemptAt" LIMIT 1 FOR UPDATE SKIP LOCKED`
  return due
}

async function send(tx: Tx, mail: Due, smtpUrl: string): Promise<void> {
  const letter = await renderMail(tx, mail.template, mail.params)
  // The row is marked first and committed right after the server's yes: the gap in which a kill could send twice is one commit.
  await tx.mail.update({ where: { id: mail.id }, data: { status: 'sent', sentAt: now(), subject: letter.subject, attempts: mail.attempts + 1, lastError: null } })
  await transport(smtpUrl).sendMail({ to: mail.recipient, ...letter, messageId: `<${mail.id}@${env().publicUrl.hostname}>` })
}

async function postpone(mail: Due, error: unknown): Promise<void> {
  const gone = isAppError(error) && error.code === 'link-invalid'
  const seconds = BACKOFF_SECONDS[Math.min(mail.attempts, BACKOFF_SECONDS.length - 1)] ?? 3600
  const lastError = error instanceof Error ? error.message.slice(0, 300) : 'unknown error'
  if (gone) {
    await db().mail.deleteMany({ where: { id: mail.id, status: 'queued' } })
    return
  }
  log().warn({ mailId: mail.id, attempts: mail.attempts + 1, reason: lastError }, 'mail could not be sent; it will be tried again')
  await db().mail.updateMany({
    where: { id: mail.id, status: 'queued' },
    data: { attempts: mail.attempts + 1, lastError, nextAttemptAt: new Date(now().getTime() + seconds * 1000) },
  })
}

/** Sends one mail that is due. Returns whether there was one; a failed one waits longer each time. */
export async function deliverNextMail(smtpUrl: string): Promise<boolean> {
  let taken: Due | undefined
  try {
    await db().$transaction(async (tx) => {
      taken = await takeDue(tx)
      if (taken) await send(tx, taken, smtpUrl)
    }, { timeout: 60_000, maxWait: 10_000 })
  } catch (error) {
    if (!taken) throw error
    await postpone(taken, error)
  }
  return taken !== undefined
}

/** Sends everything that is due. Safe in several processes at once. */
export async function deliverMails(): Promise<void> {
  const smtpUrl = env().SMTP_URL
  if (smtpUrl === undefined) return
  while (await deliverNextMail(smtpUrl)) {
    // One after the other; the next is already waiting.
  }
}
