import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, manyOf, pageQuery, TimeText } from '@/lib/boundary/http-schema'
import { readMail, retryMail } from './operations'
import { findMailRow, listMails } from './queries'
import { MAIL_STATES } from './rules'
import { MailInput } from './schema'

const EXAMPLE_ID = 'mal_019a0b6e-8800-7abc-8d10-2a3b4c5d6e7f'

const Mail = z.object({
  id: idText(EXAMPLE_ID, 'Id of the mail.'),
  recipient: z.string(),
  subject: z.string(),
  template: z.string().meta({ description: 'What kind of mail it is.', example: 'invitation' }),
  state: z.enum(MAIL_STATES).meta({ description: '`kept` where no mail server is configured, `failing` after a failed attempt, `unanswered` when nobody knows whether the server took it.' }),
  attempts: z.int(),
  lastError: z.string().nullable(),
  createdAt: TimeText,
  sentAt: TimeText.nullable(),
  nextAttemptAt: TimeText.nullable().meta({ description: 'When it is tried next, of one that waits.' }),
}).meta({ id: 'Mail', description: 'A mail of the outbox.' })

const example = {
  id: EXAMPLE_ID, recipient: 'new.member@example.com', subject: 'Join Acme on Gatehouse', template: 'invitation', state: 'kept' as const, attempts: 0, lastError: null,
  createdAt: '2026-11-22T09:30:00.000Z', sentAt: null, nextAttemptAt: null,
}

const Letter = z.object({
  id: idText(EXAMPLE_ID, 'Id of the mail.'), recipient: z.string(), subject: z.string(), text: z.string(),
  link: z.string().nullable().meta({ description: 'Of an invitation: its link. Whoever has it can accept.' }),
}).meta({ id: 'MailText' })

const Query = z.strictObject({
  ...pageQuery,
  q: z.string().trim().max(200).default('').meta({ description: 'Words of recipient or subject.' }),
  state: manyOf(z.enum(MAIL_STATES)).meta({ description: `States, with commas between: ${MAIL_STATES.join(', ')}.` }),
})

const Params = z.object({ id: MailInput.shape.id.meta({ description: 'Id of the mail.', example: EXAMPLE_ID }) })
const tag = 'Mails'
const show = (ctx: Ctx<'member:write'>, { id }: { id: string }) => findMailRow(ctx, id)

export const mailRoutes = [
  defineRead({
    path: '/mails',
    tag,
    summary: 'List mails',
    description: 'What Gatehouse wrote for this organization, newest first. A person’s own mail, such as a password reset, is not among them.',
    permission: 'member:write',
    query: Query,
    output: listOf(Mail),
    example: { data: [example], nextCursor: null },
    errors: ['forbidden'],
    read: async (ctx, { query: { limit, cursor, ...filter } }) => {
      const { rows, nextCursor } = await listMails(ctx, filter, { limit, ...(cursor !== undefined && { after: cursor }) })
      return { data: rows, nextCursor }
    },
  }),
  defineRead({
    path: '/mails/{id}',
    tag,
    summary: 'Show a mail',
    description: 'How it stands. Its text is read by `POST /mails/{id}/read`.',
    permission: 'member:write',
    params: Params,
    output: Mail,
    example,
    read: (ctx, { params }) => show(ctx, params),
  }),
  defineRoute({
    method: 'post',
    path: '/mails/{id}/read',
    tag,
    summary: 'Read a mail',
    description: 'Its text as it is, or would be, sent. It may hold a link, so the audit log tells who read it, and whoever could not have given what the link gives is refused.',
    operation: readMail,
    params: Params,
    input: ({ params }) => params,
    output: Letter,
    example: { id: EXAMPLE_ID, recipient: example.recipient, subject: example.subject, text: 'You are invited …', link: 'https://gatehouse.example/invite/inv_019a0b6e-….…' },
    errors: ['link-invalid', 'forbidden'],
    answer: (_ctx, letter) => Promise.resolve(letter),
    secretOf: ({ id }) => id,
  }),
  defineRoute({
    method: 'post',
    path: '/mails/{id}/retry',
    tag,
    summary: 'Send a mail again',
    description: 'One that waits is sent now, and one again of which nobody knows whether the server took it.',
    operation: retryMail,
    params: Params,
    input: ({ params }) => params,
    output: Mail,
    example: { ...example, state: 'queued', nextAttemptAt: '2026-11-22T09:45:00.000Z' },
    errors: ['conflict'],
    answer: (ctx, { id }) => show(ctx, { id }),
  }),
]
