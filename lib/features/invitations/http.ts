import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, manyOf, pageQuery, TimeText } from '@/lib/boundary/http-schema'
import { findMember } from '@/lib/features/members/detail'
import { HeldRole, heldRoles } from '@/lib/features/members/http'
import { listMembers } from '@/lib/features/members/queries'
import type { MemberRow } from '@/lib/features/members/rules'
import { MemberFilter } from '@/lib/features/members/schema'
import { membershipIdOf } from '@/lib/ids'
import { copyInvitationLink, createInvitations, resendInvitation, revokeInvitation } from './operations'
import { InvitationInput } from './schema'

const EXAMPLE_ID = 'inv_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f'
const example = {
  id: EXAMPLE_ID, email: 'newcomer@acme.test', status: 'pending',
  roles: [{ role: { id: 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f', name: 'viewer', title: 'Viewer' }, scope: { type: 'organization', id: 'org_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f', name: 'Acme' }, expiresAt: null }],
  createdAt: '2026-11-22T09:30:00.000Z', expiresAt: '2026-11-29T09:30:00.000Z',
}

const STATUSES = ['pending', 'expired'] as const

const Invitation = z.object({
  id: idText(EXAMPLE_ID, 'Id of the invitation. Accepted, it is a user of the same UUID with the prefix `usr_`.'),
  email: z.string(),
  status: z.enum(STATUSES),
  roles: z.array(HeldRole).meta({ description: 'Roles the person will hold.' }),
  createdAt: TimeText,
  expiresAt: TimeText.nullable(),
}).meta({ id: 'Invitation', description: 'A membership nobody has accepted yet.' })

function toInvitation(row: MemberRow): z.input<typeof Invitation> {
  const { id, invitationId, email, status, addedAt, invitationExpiresAt } = row
  return { id: invitationId ?? id, email, status: status === 'expired' ? status : 'pending', roles: heldRoles(row), createdAt: addedAt, expiresAt: invitationExpiresAt }
}

const Params = z.object({ id: InvitationInput.shape.id.meta({ description: 'Id of the invitation.', example: EXAMPLE_ID }) })
const tag = 'Invitations'

const Query = z.strictObject({
  ...pageQuery,
  q: MemberFilter.shape.q.meta({ description: 'Words of which each occurs in the address.' }),
  status: manyOf(z.enum(STATUSES)).meta({ description: 'Repeat it, or separate by commas. Left out: both.', example: ['pending'] }),
  sort: MemberFilter.shape.sort.meta({ type: 'string', default: 'name', description: '`email` or `added`; a minus before it turns the order around.', example: '-added' }),
})

const resource = {
  schema: Invitation,
  table: 'Membership' as const,
  permission: 'member:read' as const,
  idOf: ({ id }: { id: string }) => membershipIdOf(id),
  read: async (ctx: Ctx<'member:read'>, { id }: { id: string }) => toInvitation(await findMember(ctx, id)),
}

const byId = ({ params }: { params: { id: string } }) => ({ id: params.id })

const Result = z.object({
  email: z.string(),
  status: z.enum(['invited', 'already_member', 'already_invited', 'invalid', 'limit_reached']),
  id: z.string().optional().meta({ description: 'Of the invitation, or of who is there already.' }),
  detail: z.string().optional(),
}).meta({ id: 'InvitationResult', description: 'What became of one address.' })

export const invitationRoutes = [
  defineRead({
    path: '/invitations',
    tag,
    summary: 'List invitations',
    description: 'Invitations nobody has accepted yet, expired ones too.',
    permission: 'member:read',
    query: Query,
    output: listOf(Invitation),
    example: { data: [example], nextCursor: null },
    read: async (ctx, { query: { limit, cursor, q, status, sort } }) => {
      const filter: MemberFilter = { q, sort, status: status.length === 0 ? [...STATUSES] : status, unused90Days: false, administrators: false }
      const { rows, nextCursor } = await listMembers(ctx, filter, { limit, after: cursor, isCounted: false })
      return { data: rows.map(toInvitation), nextCursor }
    },
  }),
  defineRoute({
    method: 'post',
    path: '/invitations',
    tag,
    summary: 'Invite people',
    description: 'Each address is answered on its own, in the order given: one that cannot be invited does not keep the others out. `role` is an id or a name; without `scope` it is held at the organization. Giving roles needs `gatehouse/assignment:write` and every permission of the role.',
    operation: createInvitations,
    bodyExample: { emails: ['newcomer@acme.test', 'member42@acme.test'], roles: [{ role: 'viewer' }] },
    output: z.object({ data: z.array(Result) }),
    example: { data: [{ email: 'newcomer@acme.test', status: 'invited', id: EXAMPLE_ID }, { email: 'member42@acme.test', status: 'already_member', id: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', detail: 'a member already' }] },
    answer: (_ctx, { results }) => Promise.resolve({ data: results }),
    errors: ['not-found'],
  }),
  defineRead({
    path: '/invitations/{id}',
    tag,
    summary: 'Show an invitation',
    permission: 'member:read',
    params: Params,
    output: Invitation,
    example,
    hasVersion: true,
    read: (ctx, { params }) => resource.read(ctx, params),
  }),
  defineRoute({
    method: 'post',
    path: '/invitations/{id}/resend',
    tag,
    summary: 'Resend an invitation',
    description: 'Mails it again, good for another seven days. Links mailed before stop working.',
    operation: resendInvitation,
    params: Params,
    input: byId,
    resource,
    errors: ['conflict'],
  }),
  defineRoute({
    method: 'post',
    path: '/invitations/{id}/link',
    tag,
    summary: 'Get an invitation’s link',
    description: 'The link as it stands in the mail, to hand over by other means. Whoever has it can accept, so the audit log tells who took it.',
    operation: copyInvitationLink,
    params: Params,
    input: byId,
    output: z.object({ id: z.string(), email: z.string(), link: z.string(), expiresAt: TimeText.nullable() }),
    answer: (_ctx, value) => Promise.resolve(value),
    secretOf: ({ id }) => id,
    errors: ['conflict'],
  }),
  defineRoute({
    method: 'delete',
    path: '/invitations/{id}',
    tag,
    summary: 'Revoke an invitation',
    description: 'Its link stops working, and a mail that still waits is not sent.',
    operation: revokeInvitation,
    params: Params,
    input: byId,
    status: 204,
    resource,
    errors: ['conflict', 'managed'],
  }),
]
