import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, pageQuery, TimeText } from '@/lib/boundary/http-schema'
import { REHEARSAL, RehearsedQuery } from '@/lib/features/access-preview/schema'
import { tellPreview } from '@/lib/features/access-preview/tell'
import { MemberId } from '@/lib/features/members/schema'
import { ManagedBy } from '@/lib/features/provisioning/http-shape'
import { addGroupMembers, createGroup, deleteGroup, removeGroupMembers, updateGroup } from './operations'
import { findGroup, listGroupMembers, listGroups } from './queries'
import type { GroupDetail, GroupRow } from './rules'
import { CreateGroupInput, GroupFilter, GroupId, UpdateGroupInput } from './schema'

const EXAMPLE_ID = 'grp_019a0b6e-5b2c-7d3e-8f10-2a3b4c5d6e7f'
const USER_ID = 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f'
const example = {
  id: EXAMPLE_ID, name: 'Operators', description: 'On call for the clusters', resource: null, locked: false, members: 4,
  externalId: null, managedBy: null, createdAt: '2026-11-22T09:30:00.000Z',
}
const exampleRole = {
  role: { id: 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f', name: 'viewer', title: 'Viewer' },
  scope: { type: 'organization', id: 'org_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f', name: 'Acme' }, expiresAt: null,
}

const Place = z.object({ type: z.string(), id: z.string(), name: z.string() })

const Group = z.object({
  id: idText(EXAMPLE_ID, 'Id of the group.'),
  name: z.string(),
  description: z.string(),
  resource: Place.nullable().meta({ description: 'The resource it belongs to, in models that tie groups to one; null: the organization.' }),
  locked: z.boolean().meta({ description: 'Made with its resource: its roles and its policy cannot be edited.' }),
  members: z.number().int().meta({ description: 'How many people are in it.' }),
  externalId: z.string().nullable(),
  managedBy: ManagedBy.nullable().meta({ description: 'The directory that decides about its name and its members; then `managed` (409) is the answer to changing those here.' }),
  createdAt: TimeText,
}).meta({ id: 'Group', description: 'A named set of users who share roles and a policy.' })

const WholeGroup = Group.extend({
  roles: z.array(z.object({ role: z.object({ id: z.string(), name: z.string(), title: z.string() }), scope: Place, expiresAt: TimeText.nullable() })).meta({ description: 'Roles in force.' }),
}).meta({ id: 'GroupWithRoles' })

const GroupMember = z.object({
  id: idText(USER_ID, 'Id of the user.'),
  email: z.string(),
  name: z.string(),
  status: z.enum(['active', 'suspended', 'invited']),
  addedAt: TimeText,
  addedBy: z.string(),
}).meta({ id: 'GroupMember' })

function toGroup(row: GroupRow): z.input<typeof Group> {
  const { id, name, description, resource, isLocked, memberCount, externalId, managedBy, createdAt } = row
  return { id, name, description, resource, locked: isLocked, members: memberCount, externalId, managedBy: managedBy && { id: managedBy.id, name: managedBy.name }, createdAt }
}

const toWholeGroup = (group: GroupDetail): z.input<typeof WholeGroup> => ({
  ...toGroup(group), roles: group.roles.map(({ roleId, name, title, scope, expiresAt }) => ({ role: { id: roleId, name, title }, scope, expiresAt })),
})

const idParam = GroupId.meta({ description: 'Id of the group.', example: EXAMPLE_ID })
const Params = z.object({ id: idParam })
const MemberParams = z.object({ id: idParam, userId: MemberId.meta({ description: 'Id of the user.', example: USER_ID }) })
const tag = 'Groups'

const Query = z.strictObject({
  ...pageQuery,
  q: GroupFilter.shape.q.meta({ description: 'Words of which each occurs in name or description.' }),
  resource: GroupFilter.shape.resourceId.meta({ description: 'Id of the resource they belong to.' }),
  user: GroupFilter.shape.userId.meta({ type: 'string', description: 'Id of a user who is in them.' }),
  sort: GroupFilter.shape.sort.meta({ type: 'string', default: 'name', description: '`name` or `added`; a minus before it turns the order around.', example: '-added' }),
})

const MemberQuery = z.strictObject({ ...pageQuery, q: GroupFilter.shape.q.meta({ description: 'Words of which each occurs in name or address.' }) })

const resource = {
  schema: WholeGroup,
  table: 'Group' as const,
  permission: 'group:read' as const,
  idOf: ({ id }: { id: string }) => id,
  read: async (ctx: Ctx<'group:read'>, { id }: { id: string }) => toWholeGroup(await findGroup(ctx, id)),
}

const Changes = UpdateGroupInput.omit({ id: true })
const oneMember = ({ params }: { params: { id: string; userId: string } }) => ({ id: params.id, userIds: [params.userId] })

export const groupRoutes = [
  defineRead({
    path: '/groups', tag, summary: 'List groups', permission: 'group:read', query: Query, output: listOf(Group), example: { data: [example], nextCursor: null },
    read: async (ctx, { query: { limit, cursor, resource: resourceId, user: userId, ...rest } }) => {
      const { rows, nextCursor } = await listGroups(ctx, { ...rest, resourceId, userId }, { limit, after: cursor, isCounted: false })
      return { data: rows.map(toGroup), nextCursor }
    },
  }),
  defineRoute({
    method: 'post', path: '/groups', tag, summary: 'Create a group', status: 201,
    description: 'A new group gives nothing yet: roles are given to it under `/role-assignments`, its policy is written under `/groups/{id}/policy`. In models whose groups belong to a resource, name that resource.',
    operation: createGroup, body: CreateGroupInput, bodyExample: { name: 'Operators', description: 'On call for the clusters' }, input: ({ body }) => body,
    output: WholeGroup, example: { ...example, members: 0, roles: [] }, location: ({ id }) => `/groups/${id}`,
    answer: (_ctx, { id, name, description, resource: home, createdAt }) => Promise.resolve({
      id, name, description, resource: home, locked: false, members: 0, externalId: null, managedBy: null, createdAt: createdAt.toISOString(), roles: [],
    }),
    errors: ['already-exists', 'not-found'],
  }),
  defineRead({
    path: '/groups/{id}', tag, summary: 'Show a group', permission: 'group:read', params: Params, output: WholeGroup, example: { ...example, roles: [exampleRole] },
    hasVersion: true, read: (ctx, { params }) => resource.read(ctx, params),
  }),
  defineRoute({
    method: 'patch', path: '/groups/{id}', tag, summary: 'Change a group', description: 'Its name or description.',
    operation: updateGroup, params: Params, body: Changes, bodyExample: { name: 'Operators' }, input: ({ params, body }) => ({ ...body, id: params.id }),
    resource, errors: ['already-exists', 'conflict', 'managed'],
  }),
  defineRoute({
    method: 'delete', path: '/groups/{id}', tag, summary: 'Delete a group', status: 204,
    description: `Its roles and its policy go with it; its members stay users. Refused (409) for a locked group, while a policy or a guardrail names it, and when it makes the last administrator. ${REHEARSAL}`,
    operation: deleteGroup, params: Params, query: RehearsedQuery, rehearsal: tellPreview, input: ({ params }) => ({ id: params.id }), resource, errors: ['conflict', 'last-administrator', 'managed'],
  }),
  defineRead({
    path: '/groups/{id}/members', tag, summary: 'List members of a group', permission: 'group:read', params: Params, query: MemberQuery, output: listOf(GroupMember),
    example: { data: [{ id: USER_ID, email: 'member42@acme.test', name: 'Member 42', status: 'active', addedAt: '2026-11-22T09:30:00.000Z', addedBy: 'admin@acme.test' }], nextCursor: null },
    read: async (ctx, { params, query: { limit, cursor, q } }) => {
      const { rows, nextCursor } = await listGroupMembers(ctx, { id: params.id, q }, { limit, after: cursor, isCounted: false })
      return { data: rows.map(({ id, email, name, status, addedAt, addedByName }) => ({ id, email, name, status, addedAt, addedBy: addedByName })), nextCursor }
    },
  }),
  defineRoute({
    method: 'put', path: '/groups/{id}/members/{userId}', tag, summary: 'Add a member', status: 204,
    description: `Whoever adds somebody must hold all that the group gives (403). Somebody who is in it already stays. ${REHEARSAL}`,
    operation: addGroupMembers, params: MemberParams, query: RehearsedQuery, rehearsal: tellPreview, input: oneMember, errors: ['managed'],
  }),
  defineRoute({
    method: 'delete', path: '/groups/{id}/members/{userId}', tag, summary: 'Remove a member', status: 204,
    description: `Takes away what they held through the group. Refused (409) when they are an administrator through it and nobody else is one. ${REHEARSAL}`,
    operation: removeGroupMembers, params: MemberParams, query: RehearsedQuery, rehearsal: tellPreview, input: oneMember, errors: ['last-administrator', 'managed'],
  }),
]
