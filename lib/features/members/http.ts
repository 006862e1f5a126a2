import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { defineChoice } from '@/lib/boundary/http-open'
import { idText, listOf, manyOf, pageQuery, TimeText } from '@/lib/boundary/http-schema'
import { DryRun, REHEARSAL, RehearsedQuery } from '@/lib/features/access-preview/schema'
import { tellPreview } from '@/lib/features/access-preview/tell'
import { ManagedBy } from '@/lib/features/provisioning/http-shape'
import { findMember } from './detail'
import { removeMember, resetMemberPassword, resumeMember, suspendMember } from './operations'
import { listMembers } from './queries'
import { MEMBER_STATUSES, type MemberRow } from './rules'
import { MemberFilter, MemberId, RemoveMemberInput } from './schema'

const EXAMPLE_ID = 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f'
const example = {
  id: EXAMPLE_ID, email: 'member42@acme.test', name: 'Member 42', status: 'active',
  roles: [{ role: { id: 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f', name: 'viewer', title: 'Viewer' }, scope: { type: 'organization', id: 'org_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f', name: 'Acme' }, expiresAt: null }],
  source: 'invitation', signInMethod: 'password', createdAt: '2026-11-01T08:00:00.000Z', joinedAt: '2026-11-02T10:15:00.000Z', suspendedAt: null, lastSeenAt: '2026-11-22T09:30:00.000Z', managedBy: null,
}

/** A role somebody holds, and where. */
export const HeldRole = z.object({
  role: z.object({ id: z.string(), name: z.string(), title: z.string() }),
  scope: z.object({ type: z.string(), id: z.string(), name: z.string() }),
  expiresAt: TimeText.nullable(),
}).meta({ id: 'HeldRole' })

export const heldRoles = (row: MemberRow): z.input<typeof HeldRole>[] =>
  row.roles.filter(({ via }) => via === undefined).map(({ roleId: id, name, title, scope, expiresAt }) => ({ role: { id, name, title }, scope, expiresAt }))

const User = z.object({
  id: idText(EXAMPLE_ID, 'Id of the membership; it stays the same from invitation to removal.'),
  email: z.string(),
  name: z.string(),
  status: z.enum(MEMBER_STATUSES).meta({ description: '`pending` and `expired` are invitations nobody has accepted.' }),
  roles: z.array(HeldRole).meta({ description: 'Roles in force. The floor role, which everybody holds, is not told.' }),
  source: z.string().meta({ description: 'How the person came in: `founder`, `invitation`.' }),
  signInMethod: z.string().nullable().meta({ description: 'How the person last signed in.' }),
  createdAt: TimeText,
  joinedAt: TimeText.nullable(),
  suspendedAt: TimeText.nullable(),
  lastSeenAt: TimeText.nullable().meta({ description: 'At most a minute late; null: never.' }),
  managedBy: ManagedBy.nullable().meta({ description: 'The directory that decides whether they may enter; then `managed` (409) is the answer to suspending and removing them here.' }),
}).meta({ id: 'User', description: 'A person’s membership in the organization.' })

function toUser(row: MemberRow): z.input<typeof User> {
  const { id, email, name, status, source, signInMethod, addedAt, joinedAt, suspendedAt, lastSeenAt, managedBy } = row
  return { id, email, name, status, roles: heldRoles(row), source, signInMethod, createdAt: addedAt, joinedAt, suspendedAt, lastSeenAt, managedBy: managedBy && { id: managedBy.id, name: managedBy.name } }
}

const RemovalQuery = z.strictObject({
  dryRun: DryRun,
  handoverTo: RemoveMemberInput.shape.handoverTo.meta({ description: 'A service account that takes over the person’s API keys; you need `gatehouse/service-account:write` and all that the account may do.' }),
})

const Params = z.object({ id: MemberId.meta({ description: 'Id of the user.', example: EXAMPLE_ID }) })
const tag = 'Users'

const Query = z.strictObject({
  ...pageQuery,
  q: MemberFilter.shape.q.meta({ description: 'Words of which each occurs in name or address.' }),
  status: manyOf(z.enum(MEMBER_STATUSES)).meta({ description: 'Repeat it, or separate by commas. Left out: `active,suspended`.', example: ['active'] }),
  role: MemberFilter.shape.roleId.meta({ description: 'Id of a role held anywhere.' }),
  administrators: z.stringbool().default(false).meta({ type: 'boolean', description: 'Only administrators of the organization.' }),
  unused90Days: z.stringbool().default(false).meta({ type: 'boolean', description: 'Only members not seen for 90 days.' }),
  sort: MemberFilter.shape.sort.meta({ type: 'string', default: 'name', description: '`name`, `email`, `last-seen` or `added`; a minus before it turns the order around.', example: '-last-seen' }),
})

const resource = {
  schema: User,
  table: 'Membership' as const,
  permission: 'member:read' as const,
  idOf: ({ id }: { id: string }) => id,
  read: async (ctx: Parameters<typeof findMember>[0], { id }: { id: string }) => toUser(await findMember(ctx, id)),
}

const change = { method: 'patch', path: '/users/{id}', tag, params: Params, query: RehearsedQuery, rehearsal: tellPreview, resource, bodyExample: { status: 'suspended' } } as const

const Status = z.strictObject({ status: z.enum(['active', 'suspended']) })
const byId = ({ params }: { params: { id: string } }) => ({ id: params.id })

const suspend = defineRoute({ ...change, summary: 'Suspend a user', operation: suspendMember, body: Status, input: byId })
const resume = defineRoute({ ...change, summary: 'Resume a user', operation: resumeMember, body: Status, input: byId })

export const memberRoutes = [
  defineRead({
    path: '/users',
    tag,
    summary: 'List users',
    description: 'Members of the organization. Open invitations are listed when `status` asks for `pending` or `expired`.',
    permission: 'member:read',
    query: Query,
    output: listOf(User),
    example: { data: [example], nextCursor: null },
    read: async (ctx, { query: { limit, cursor, role, status, ...rest } }) => {
      const filter: MemberFilter = { ...rest, roleId: role, status: status.length === 0 ? ['active', 'suspended'] : status }
      const { rows, nextCursor } = await listMembers(ctx, filter, { limit, after: cursor, isCounted: false })
      return { data: rows.map(toUser), nextCursor }
    },
  }),
  defineRead({
    path: '/users/{id}',
    tag,
    summary: 'Show a user',
    permission: 'member:read',
    params: Params,
    output: User,
    example,
    hasVersion: true,
    read: (ctx, { params }) => resource.read(ctx, params),
  }),
  defineChoice({ suspended: suspend, active: resume }, (body) => (typeof body === 'object' && body !== null && 'status' in body ? body.status : undefined), {
    summary: 'Suspend or resume a user',
    description: `Suspending ends the person’s sessions in this organization and stops their API keys; roles stay. The last administrator cannot be suspended (409). ${REHEARSAL}`,
    errors: ['last-administrator', 'conflict', 'managed'],
  }),
  defineRoute({
    method: 'delete',
    path: '/users/{id}',
    tag,
    summary: 'Remove a user',
    description: `Ends the membership: roles go, API keys are revoked (or, with \`handoverTo\`, go on working with a service account’s rights instead), sessions no longer reach the organization. The account stays. The last administrator cannot be removed (409). ${REHEARSAL}`,
    operation: removeMember,
    params: Params,
    query: RemovalQuery,
    rehearsal: tellPreview,
    input: ({ params, query }) => ({ id: params.id, ...(query.handoverTo !== undefined && { handoverTo: query.handoverTo }) }),
    status: 204,
    resource,
    errors: ['last-administrator', 'conflict', 'managed'],
  }),
  defineRoute({
    method: 'post',
    path: '/users/{id}/password-reset',
    tag,
    summary: 'Mail a password reset',
    description: 'Mails the person a link to choose a new password. The link goes to nobody else.',
    operation: resetMemberPassword,
    params: Params,
    input: byId,
    output: z.object({
      id: z.string(), email: z.string(),
      delivery: z.enum(['queued', 'kept']).meta({ description: '`kept` where no mail server is configured: the mail waits in the outbox.' }),
    }),
    answer: (_ctx, value) => Promise.resolve(value),
    errors: ['conflict'],
  }),
]
