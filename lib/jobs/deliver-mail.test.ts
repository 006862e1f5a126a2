import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { now, setClock } from '@/lib/clock'
import { db, transaction } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { enqueueMails } from '@/lib/mail/outbox'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { deliverMails, deliverNextMail } from './deliver-mail'

testDatabase()

const received: { to: string; source: string }[] = []
let answer: Error | null = null
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      if (!answer) received.push({ to: session.envelope.rcptTo.map((to) => to.address).join(), source: Buffer.concat(chunks).toString() })
      done(answer)
    })
  },
})
let url = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  url = `smtp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  process.env['SMTP_URL'] = url
  forgetEnv()
})
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))
afterEach(() => {
  answer = null
  received.length = 0
  setClock(null)
})

async function enqueue(recipient: string): Promise<string> {
  const [id = ''] = await transaction((tx) => enqueueMails(tx, [{ recipient, template: 'password-changed', subject: 'changed', params: { at: now().toISOString() } }]))
  return id
}

const find = (id: string) => db().mail.findUniqueOrThrow({ where: { id } })

test('what is due is sent once, also by two senders at once', async () => {
  const ids = await Promise.all(['a@example.test', 'b@example.test', 'c@example.test'].map(enqueue))
  await Promise.all([deliverMails(), deliverMails()])
  expect(received.map((mail) => mail.to).sort()).toEqual(['a@example.test', 'b@example.test', 'c@example.test'])
  for (const id of ids) expect(await find(id)).toMatchObject({ status: 'sent', attempts: 1, lastError: null })
  expect(received[0]?.source).toContain(`Message-ID: <mal_`)
  expect(await deliverNextMail(url)).toBe(false)
})

test('a mail the server refuses stays queued, says why, and waits longer each time', async () => {
  const id = await enqueue('later@example.test')
  answer = new Error('mailbox busy')
  const begun = Date.now()
  expect(await deliverNextMail(url)).toBe(true)
  const first = await find(id)
  expect(first).toMatchObject({ status: 'queued', attempts: 1 })
  expect(first.lastError).toContain('mailbox busy')
  expect(first.nextAttemptAt.getTime() - begun).toBeGreaterThanOrEqual(10_000)
  expect(await deliverNextMail(url)).toBe(false)
  setClock(new Date(begun + 60_000))
  await deliverNextMail(url)
  const second = await find(id)
  expect(second.attempts).toBe(2)
  expect(second.nextAttemptAt.getTime() - (begun + 60_000)).toBe(30_000)
  answer = null
  setClock(new Date(begun + 600_000))
  await deliverMails()
  expect(received.map((mail) => mail.to)).toEqual(['later@example.test'])
})

test('a mail about an invitation that is gone is not sent', async () => {
  const params = { membershipId: newId('user'), organizationId: newId('organization'), organization: 'Acme', inviter: 'ops', roles: [], message: '', expiresAt: now().toISOString() }
  const [id = ''] = await transaction((tx) => enqueueMails(tx, [{ recipient: 'gone@example.test', template: 'invitation', subject: 'Join', params }]))
  await deliverMails()
  expect(received).toEqual([])
  expect(await db().mail.findUnique({ where: { id } })).toBeNull()
})

test('a mail of a change that did not happen does not exist', async () => {
  await expect(transaction(async (tx) => {
    await enqueueMails(tx, [{ recipient: 'never@example.test', template: 'password-changed', subject: 'changed', params: { at: now().toISOString() } }])
    throw new Error('the change failed')
  })).rejects.toThrow('the change failed')
  await deliverMails()
  expect(received).toEqual([])
})
