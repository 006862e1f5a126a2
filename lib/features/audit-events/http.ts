import { z } from 'zod'
import { defineRead } from '@/lib/boundary/http'
import { defineOpen } from '@/lib/boundary/http-open'
import { listOf, pageQuery, parseQuery } from '@/lib/boundary/http-schema'
import { AppError } from '@/lib/errors'
import { idSchema } from '@/lib/ids'
import { streamOf } from '@/lib/text-stream'
import { findEvent, listEvents } from './queries'
import { beginExport, readAnchor, recordReading, verifyAudit } from './reading'
import { AnchorOutput, AuditEventOutput, AuditFilters, EXPORT_FORMATS, Head } from './schema'

const EXAMPLE_ID = 'evt_019a0b6e-9000-7eee-8f10-2a3b4c5d6e7f'
const example = {
  id: EXAMPLE_ID, at: '2026-11-22T09:30:00.000Z', event: 'member.suspend', outcome: 'success', source: 'console', sentence: 'admin@acme.test suspended member42@acme.test',
  actor: { type: 'user', id: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', name: 'admin@acme.test', credentialId: 'ses_019a0b6e-8000-7ddd-8e10-2a3b4c5d6e7f' },
  targets: [{ type: 'user', id: 'usr_019a0b6e-5b2c-7d3e-8f10-2a3b4c5d6e7f', name: 'member42@acme.test' }],
  before: { status: 'active' }, after: { status: 'suspended' }, detail: null, address: '192.0.2.7', userAgent: 'Mozilla/5.0 …', requestId: 'req_019a0b6e-7000-7ccc-8d10-2a3b4c5d6e7f',
  seal: { sequence: '4217', value: '5f1d3c0b9a8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a392817060504' },
}

const AuditEvent = AuditEventOutput.meta({ id: 'AuditEvent', description: 'What happened, and who did it from where.' })

const filters = {
  from: AuditFilters.shape.from.meta({ type: 'string', format: 'date-time', description: 'Events at or after this moment.' }),
  to: AuditFilters.shape.to.meta({ type: 'string', format: 'date-time', description: 'Events before this moment.' }),
  actor: AuditFilters.shape.actor.meta({ type: 'string', description: 'Id or e-mail address of who acted.' }),
  event: AuditFilters.shape.event.meta({ description: 'Name of an event such as `member.suspend`; may be repeated.' }),
  target: AuditFilters.shape.target.meta({ type: 'string', description: 'Id of what it was about.' }),
  outcome: AuditFilters.shape.outcome.meta({ description: '`success`, `denied` or `failed`; may be repeated.' }),
  address: AuditFilters.shape.address.meta({ type: 'string', description: 'Client address.' }),
  q: AuditFilters.shape.q.meta({ type: 'string', description: 'An id, an IP address, an e-mail address, part of a name, or an event.' }),
}

const tag = 'Audit events'

const Verification = z.object({
  state: z.enum(['intact', 'broken']),
  count: z.number().int().optional().meta({ description: 'Sealed events, when intact.' }),
  problems: z.array(z.object({ kind: z.string(), sequence: z.string().optional(), eventId: z.string().optional(), reason: z.string() })).optional().meta({ description: 'The first hundred, when broken.' }),
  total: z.number().int().optional().meta({ description: 'How many problems there are, when broken.' }),
  verifiedAt: z.iso.datetime(),
  tookMs: z.number().int(),
  anchor: z.object({ count: z.number().int(), head: z.string() }).nullable(),
}).meta({ id: 'AuditVerification' })

const KeptAnchor = z.strictObject({
  count: z.coerce.number({ error: 'expected a whole number' }).int().min(1).optional().meta({ description: 'With `head`: count of an anchor kept elsewhere.' }),
  head: Head.optional().meta({ description: 'With `count`: head of an anchor kept elsewhere, through which the chain must lead.' }),
})

export const auditEventRoutes = [
  defineRead({
    path: '/audit-events',
    tag,
    summary: 'List audit events',
    description: 'Newest first. Held at a folder, `gatehouse/audit:read` shows what happened below it. Reading the log is itself told, once an hour.',
    permission: 'audit:read',
    query: z.strictObject({ ...pageQuery, ...filters }),
    output: listOf(AuditEvent),
    example: { data: [example], nextCursor: null },
    read: async (ctx, { query: { limit, cursor, ...asked } }) => {
      await recordReading(ctx)
      const { rows, nextCursor } = await listEvents(ctx, asked, { limit, last: false, ...(cursor !== undefined && { after: cursor }) })
      return { data: rows, nextCursor }
    },
  }),
  defineOpen({
    method: 'get',
    path: '/audit-events/export',
    tag,
    summary: 'Export audit events',
    description: 'All events of the filter, newest first, as a stream. In CSV, cells that a spreadsheet would run begin with an apostrophe. The export is told in the log.',
    permission: 'audit:read',
    query: z.strictObject({ format: z.enum(EXPORT_FORMATS).meta({ description: '`csv` or `ndjson`.' }), ...filters }),
    success: { status: 200, description: 'The events, one a line.', contentTypes: ['text/csv', 'application/x-ndjson'] },
    open: async ({ actor, query }) => {
      const { filename, contentType, pieces } = await beginExport(actor, actor.organizationId, query)
      return { status: 200, headers: { 'content-type': contentType, 'content-disposition': `attachment; filename="${filename}"` }, stream: streamOf(pieces) }
    },
  }),
  defineRead({
    path: '/audit-events/anchor',
    tag,
    summary: 'Show the anchor of the log',
    description: 'How many events are sealed and the last seal. A copy kept elsewhere proves later that none of them was changed or removed.',
    permission: 'audit:read',
    output: AnchorOutput.meta({ id: 'AuditAnchor' }),
    errors: ['not-found'],
    read: async (ctx) => {
      const anchor = await readAnchor(ctx)
      if (!anchor) throw new AppError('not-found', 'no event is sealed yet')
      return anchor
    },
  }),
  defineOpen({
    method: 'post',
    path: '/audit-events/verify',
    tag,
    summary: 'Verify the log',
    description: 'Checks every event and seal of the organization, and the anchor. The result is told in the log.',
    permission: 'audit:read',
    query: KeptAnchor,
    success: { status: 200, description: 'What was found.', schema: Verification },
    open: async (call) => {
      const { actor } = call
      const { count, head } = parseQuery(KeptAnchor, call)
      const kept = count === undefined && head === undefined ? {} : { kept: { count, head } }
      return { status: 200, body: Verification.parse(await verifyAudit(actor, actor.organizationId, kept)) }
    },
  }),
  defineRead({
    path: '/audit-events/{id}',
    tag,
    summary: 'Show an audit event',
    permission: 'audit:read',
    params: z.object({ id: idSchema('event').meta({ description: 'Id of the event.', example: EXAMPLE_ID }) }),
    output: AuditEvent,
    example,
    read: async (ctx, { params }) => {
      await recordReading(ctx)
      const event = await findEvent(ctx, params.id)
      if (!event) throw new AppError('not-found', `no event \`${params.id}\``)
      return event
    },
  }),
]
