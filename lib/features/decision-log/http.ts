import { z } from 'zod'
import { defineRead } from '@/lib/boundary/http'
import { idText, listOf, pageQuery, TimeText } from '@/lib/boundary/http-schema'
import { countByMinute, listDenials, listUses } from './queries'
import { CountFilter, DecisionFilter } from './schema'

const USER_ID = 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f'
const CLUSTER_ID = 'cls_019a0b6e-6400-7bbb-8c10-2a3b4c5d6e7f'
const tag = 'Decisions'

const principalId = z.string().nullable().meta({ description: 'Whom it was about; null for subjects that the organization does not know.', example: USER_ID })
const permission = z.string().nullable().meta({ description: 'Name of the permission; null for names that the access model does not have.', example: 'cluster:scale' })

const Denial = z.object({
  id: idText('den_019a0b6e-9100-7eee-8f10-2a3b4c5d6e7f', 'Id of the denial.'),
  at: TimeText,
  reason: z.string().meta({ description: 'Code of the reason, as `?explain=true` at `/access/v1` has it.', example: 'no-role' }),
  principalId, permission,
  resourceId: z.string().nullable().meta({ description: 'Id of the resource; null where the organization has no such one.' }),
  asked: z.object({
    subject: z.object({ type: z.string(), id: z.string() }), resource: z.object({ type: z.string(), id: z.string() }),
    address: z.string().nullable().meta({ description: '`context.ip` of the question; null where it named none.' }),
  }).meta({ description: 'What the program asked, in its words.' }),
  callerId: z.string().meta({ description: 'Id of who asked.' }),
  credentialId: z.string().meta({ description: 'Id of the credential it asked with.' }),
}).meta({ id: 'Denial', description: 'A no that a program was told.' })

const denial = {
  id: 'den_019a0b6e-9100-7eee-8f10-2a3b4c5d6e7f', at: '2026-11-22T09:30:00.000Z', reason: 'no-role', principalId: USER_ID, permission: 'cluster:scale', resourceId: CLUSTER_ID,
  asked: { subject: { type: 'user', id: 'member42@acme.test' }, resource: { type: 'cluster', id: CLUSTER_ID }, address: null },
  callerId: 'sva_019a0b6e-6c00-7ccc-8d10-2a3b4c5d6e7f', credentialId: 'key_019a0b6e-6e00-7ccc-8d10-2a3b4c5d6e7f',
}

const Use = z.object({
  principalId, permission,
  allowed: z.int().meta({ description: 'How often the answer was yes.' }), denied: z.int().meta({ description: 'How often it was no.' }),
  lastAllowedAt: TimeText.nullable(), lastDeniedAt: TimeText.nullable(),
}).meta({ id: 'PermissionUse', description: 'What programs asked about somebody’s permission, over all time.' })

const filters = {
  principal: DecisionFilter.shape.principal.meta({ description: 'Id of a user, group, service account or token.' }),
  permission: DecisionFilter.shape.permission.meta({ description: 'Name of a permission.' }),
}

export const decisionLogRoutes = [
  defineRead({
    path: '/decisions/denials',
    tag,
    summary: 'List denials',
    description: 'Each no that a program was told at `/access/v1`, newest first, for 30 days. Of an organization each process keeps at most 60 a minute; beyond that they are only counted. They are written within seconds.',
    permission: 'audit:read',
    query: z.strictObject({ ...pageQuery, ...filters }),
    output: listOf(Denial),
    example: { data: [denial], nextCursor: null },
    errors: ['forbidden'],
    read: async (ctx, { query: { limit, cursor, ...filter } }) => {
      const { rows, nextCursor } = await listDenials(ctx, filter, { limit, cursor })
      return { data: rows, nextCursor }
    },
  }),
  defineRead({
    path: '/decisions/uses',
    tag,
    summary: 'List what permissions were used for',
    description: 'Decisions by principal and permission, with when last: what somebody holds and never used does not stand here, or not with a late `lastAllowedAt`. For access reviews.',
    permission: 'audit:read',
    query: z.strictObject({ ...pageQuery, ...filters }),
    output: listOf(Use),
    example: { data: [{ principalId: USER_ID, permission: 'cluster:scale', allowed: 1204, denied: 3, lastAllowedAt: '2026-11-22T09:30:00.000Z', lastDeniedAt: '2026-11-20T14:02:00.000Z' }], nextCursor: null },
    errors: ['forbidden'],
    read: async (ctx, { query: { limit, cursor, ...filter } }) => {
      const { rows, nextCursor } = await listUses(ctx, filter, { limit, cursor })
      return { data: rows, nextCursor }
    },
  }),
  defineRead({
    path: '/decisions/counts',
    tag,
    summary: 'Count decisions by minute',
    description: 'Of a range of at most 24 hours within the last 30 days; left out, the last hour. Minutes without decisions are left out.',
    permission: 'audit:read',
    query: z.strictObject({
      ...filters,
      from: CountFilter.shape.from.meta({ description: 'The first moment.' }), to: CountFilter.shape.to.meta({ description: 'The moment after the last.' }),
    }),
    output: z.object({ data: z.array(z.object({ minute: TimeText, allowed: z.int(), denied: z.int() })) }),
    example: { data: [{ minute: '2026-11-22T09:30:00.000Z', allowed: 912, denied: 4 }] },
    errors: ['forbidden', 'invalid-input'],
    read: async (ctx, { query }) => ({ data: await countByMinute(ctx, query) }),
  }),
]
