import { isIP } from 'node:net'
import { z } from 'zod'
import { PAGE_LIMIT_MAX } from '@/lib/pagination'
import { parseTime } from './rules'

export const OUTCOMES = ['success', 'denied', 'failed'] as const
export const EXPORT_FORMATS = ['csv', 'ndjson'] as const

/** Given once or several times. */
const oneOrMany = <T extends z.ZodType>(item: T, message: string) =>
  z.union([item.transform((value) => [value]), z.array(item).max(20)], message).default([])

/** A moment: RFC 3339, or without an offset as UTC. */
const Time = z.string().transform((text, ctx) => {
  const at = parseTime(text)
  if (at) return at
  ctx.addIssue({ code: 'custom', message: 'Expected a time such as 2025-03-14T09:41:00Z' })
  return z.NEVER
})

const plain = (message: string) => z.string().trim().min(1, message).max(254).refine((text) => !/[\u0000-\u001f]/.test(text), message)

const NO_EVENT = 'Expected the name of an event such as member.suspend'
const NO_OUTCOME = 'Expected success, denied or failed'
const EventName = z.string().regex(/^[a-z][a-z-]*\.[a-z][a-z-]*$/, NO_EVENT)

/** What narrows the log. `from` is included, `to` is not. */
export const AuditFilters = z.strictObject({
  from: Time.optional(),
  to: Time.optional(),
  /** An id of who acted, or their e-mail address. */
  actor: plain('Expected an id or an e-mail address').optional(),
  /** Names of events such as `member.suspend`. */
  event: oneOrMany(EventName, NO_EVENT),
  /** The id of what an event was about. */
  target: z.string().trim().regex(/^[A-Za-z0-9_.:-]{1,100}$/, 'Expected the id of a target such as usr_…').optional(),
  outcome: oneOrMany(z.enum(OUTCOMES, NO_OUTCOME), NO_OUTCOME),
  address: z.string().trim().toLowerCase().refine((text) => isIP(text) !== 0, 'Expected an IP address such as 192.0.2.7').optional(),
  /** Words of the search box: an id, an IP address, an e-mail address, part of a name, or an event. */
  q: plain('Expected words to look for').optional(),
})

export type AuditFilters = z.output<typeof AuditFilters>
export type AuditFiltersInput = z.input<typeof AuditFilters>

/** A page of the list; `cursor` is the machine API's word for `after`. */
export const AuditPage = z.strictObject({
  limit: z.coerce.number({ error: 'Expected a number' }).int().min(1).max(PAGE_LIMIT_MAX).default(50),
  after: z.string().max(2000).optional(),
  before: z.string().max(2000).optional(),
  last: z.boolean().default(false),
})

export type AuditPage = z.output<typeof AuditPage>

/** Filters and the form of the file. */
export const ExportInput = AuditFilters.extend({
  format: z.enum(EXPORT_FORMATS, 'Expected csv or ndjson'),
  /** A resource at which the asker may read the log, when it is not the whole organization. */
  scope: z.string().max(100).optional(),
})

export const Head = z.string().trim().toLowerCase().regex(/^[0-9a-f]{64}$/, 'Expected the head of an anchor: 64 hexadecimal digits')
const Count = z.union([z.number().int().min(1), z.string().trim().regex(/^\d{1,15}$/)], 'Expected the count of an anchor').transform(BigInt)

/** A copy of the anchor to compare with. */
export const VerifyOptionsInput = z.strictObject({ kept: z.strictObject({ count: Count, head: Head }).optional() })

/** What a verification found, as the log is told; without it the operation only asks whether one may verify. */
export const VerifyInput = z.strictObject({
  result: z.strictObject({ state: z.enum(['intact', 'broken']), count: z.number().int().min(0), head: z.string().max(64), problems: z.number().int().min(0) }).optional(),
})

export const AuditActorOutput = z.object({ type: z.string(), id: z.string(), name: z.string(), credentialId: z.string().nullable() })
export const AuditTargetOutput = z.object({ type: z.string(), id: z.string(), name: z.string() })

/** An event as machines read it. */
export const AuditEventOutput = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  event: z.string(),
  outcome: z.enum(OUTCOMES),
  source: z.string(),
  sentence: z.string(),
  actor: AuditActorOutput,
  targets: z.array(AuditTargetOutput),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
  address: z.string(),
  userAgent: z.string(),
  requestId: z.string(),
  /** Its place in the chain, and the seal there; null for about a second, until it is sealed. */
  seal: z.object({ sequence: z.string(), value: z.string() }).nullable(),
})

export type AuditEventView = z.output<typeof AuditEventOutput>

export const AnchorOutput = z.object({
  organization: z.string(),
  count: z.number().int(),
  head: z.string(),
  updatedAt: z.iso.datetime(),
})
