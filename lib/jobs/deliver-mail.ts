import { Transform } from 'node:stream'
import { createTransport } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { now } from '@/lib/clock'
import { db, type Tx } from '@/lib/db'
import { env } from '@/lib/env'
import { isAppError } from '@/lib/errors'
import { log } from '@/lib/log'
import type { Letter } from '@/lib/mail/letter'
import { renderMail } from '@/lib/mail/templates'
import { processWide } from '@/lib/process-state'

type Due = { id: string; recipient: string; template: string; params: unknown; attempts: number }

const BACKOFF_SECONDS = [10, 30, 120, 600, 1800, 3600] as const
const transport = (url: string) => processWide(`smtp.${url}`, () => createTransport(url))

/** Takes the next mail that is due; its row lock lives as long as this transaction, so a killed process frees it. */
async function takeDue(tx: Tx): Promise<Due | undefined> {
  const [due] = await tx.$queryRaw<Due[]>`
    SELECT "id", "recipient", "template", "params", "attempts" FROM "Mail"
    WHERE "status" = 'queued' AND "nextAttemptAt" <= ${now()} ORDER BY "nextAttemptAt" LIMIT 1 FOR UPDATE SKIP LOCKED`
  return due
}

/** Said of a mail from the moment before its last line until the server's answer; what a kill in between leaves behind. */
const HANDED_OVER = 'handed to the mail server, which has not answered yet'

/** Passes a message on, but holds its end back until told: the mail server takes a mail only with its end. */
function holdingEnd(): { stream: Transform; reached: Promise<void>; release: () => void } {
  let [reach, release] = [() => undefined as void, () => undefined as void]
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const released = new Promise<void>((resolve) => (release = resolve))
  const stream = new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    flush: (done) => {
      reach()
      void released.then(() => done())
    },
  })
  return { stream, reached, release: () => release() }
}

type Sending = { finish: () => Promise<void>; abort: () => void }

/**
 * Sends all of a mail but its end. The mark in the database is committed next, and the end sent right after:
 * a kill leaves a mail either queued and not taken, or taken and not sent again.
 */
async function begin(mail: Due, letter: Letter, smtpUrl: string): Promise<Sending> {
  const message = { from: env().MAIL_FROM, to: mail.recipient, ...letter, messageId: `<${mail.id}@${env().publicUrl.hostname}>` }
  const end = holdingEnd()
  const raw = new MailComposer(message).compile().createReadStream().pipe(end.stream)
  const sent = transport(smtpUrl).sendMail({ envelope: { from: message.from, to: message.to }, raw })
  // Whoever waits for it hears of its failure; until then nobody may.
  sent.catch(() => undefined)
  await Promise.race([end.reached, sent])
  return {
    abort: () => end.stream.destroy(new Error('the mail could not be marked as sent')),
    finish: async () => {
      end.release()
      await sent
      await db().mail.updateMany({ where: { id: mail.id, status: 'sent' }, data: { lastError: null } })
    },
  }
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
    where: { id: mail.id },
    data: { status: 'queued', sentAt: null, attempts: mail.attempts + 1, lastError, nextAttemptAt: new Date(now().getTime() + seconds * 1000) },
  })
}

/** Sends one mail that is due. Returns whether there was one; a failed one waits longer each time. */
export async function deliverNextMail(smtpUrl: string): Promise<boolean> {
  let taken: Due | undefined
  let sending: Sending | undefined
  try {
    await db().$transaction(async (tx) => {
      taken = await takeDue(tx)
      if (!taken) return
      const letter = await renderMail(tx, taken.template, taken.params)
      sending = await begin(taken, letter, smtpUrl)
      await tx.mail.update({ where: { id: taken.id }, data: { status: 'sent', sentAt: now(), subject: letter.subject, attempts: taken.attempts + 1, lastError: HANDED_OVER } })
    }, { timeout: 60_000, maxWait: 10_000 })
    await sending?.finish()
  } catch (error) {
    sending?.abort()
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
