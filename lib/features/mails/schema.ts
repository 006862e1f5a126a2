import { z } from 'zod'
import { idSchema } from '@/lib/ids'
import { MAIL_STATES } from './rules'

/** What narrows the outbox: words of recipient or subject, states. */
export const MailFilter = z.strictObject({
  q: z.string().trim().max(200).default(''),
  state: z.array(z.enum(MAIL_STATES)).default([]),
})

export type MailFilter = z.output<typeof MailFilter>

export const MailInput = z.strictObject({ id: idSchema('mail') })
